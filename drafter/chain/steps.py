"""The two steps of a draft that ask a model, write and revise. Each takes the work as it stands and gives it back."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from drafter.chain.answer import REMARK, Texts, finished, form_for, sections_of
from drafter.chain.sheet import FIXED, apology_section, frame, sheet, writable
from drafter.chain.trim import spaced
from drafter.chain.verdict import Faults, doubts_of, faults_of, owed_tokens, shape_faults, sound_alone, together
from drafter.checks import Report, check
from drafter.compose import compose
from drafter.compose.channels import gsm
from drafter.compose.phrases import phrases_for
from drafter.compose.wording import Wording
from drafter.draft import LeftOut, Letter, Section, SectionName
from drafter.errors import ModelError
from drafter.incident import Incident
from drafter.model import guarded
from drafter.privacy import Placeholders

if TYPE_CHECKING:
    from drafter.house.tables import House
    from drafter.model import Budget, Model
    from drafter.prompts import Prompt

_LOG = logging.getLogger(__name__)
_BRACKETS = re.compile(r"(\[[A-Z][A-Z0-9_]*\])")
OnSection = Callable[[Section], None]


@dataclass(frozen=True)
class Desk:
    """What the steps work with: a model, its prompts and its budget, and the placeholders of this one draft."""

    model: Model
    draft: Prompt
    revise: Prompt
    budget: Budget
    placeholders: Placeholders
    on_section: OnSection | None = None
    shown: dict[SectionName, Section] = field(default_factory=dict)

    def show(self, section: Section) -> None:
        """Give a section to whoever watches, unless they have it already."""
        if self.on_section and self.shown.get(section.name) != section:
            self.shown[section.name] = section
            self.on_section(section)


@dataclass(frozen=True)
class Work:
    """A draft between two steps: the composed letter, the letter as it stands, and what is wrong with it."""

    incident: Incident
    composed: Letter
    baseline: Report  # the check of the composed letter
    letter: Letter
    report: Report
    faults: Faults = field(default_factory=dict)
    doubts: Faults = field(default_factory=dict)  # what a person should look at, and no more
    trouble: str | None = None  # why the model gave nothing that could be used
    asked: tuple[Prompt, ...] = ()
    notes: tuple[str, ...] = ()  # what else a person should know of how it was written
    house: House | None = None  # by whose rules it is checked
    only: frozenset[SectionName] | None = None  # the sections that may be written again; None: all of them
    unmet: tuple[str, ...] = ()  # why a wish was not followed
    remark: str = ""  # what the model said it did not follow
    brief: bool = False  # composed without what is not owed
    shared: bool = False  # in words that many letters share
    warmer: bool = False  # composed nearer to the person


@dataclass(frozen=True)
class Question:
    """What a model is asked: a prompt with its variables, the sections to write, and whether it may say what it did not follow.

    A section that is `droppable` may be missing from the answer: it is then left out of the letter.
    """

    prompt: Prompt
    sections: Sequence[Section]
    variables: dict[str, str]
    remark: bool = False
    droppable: frozenset[SectionName] = frozenset()

    @property
    def names(self) -> list[SectionName]:
        """The names of the sections to write."""
        return [section.name for section in self.sections]


def begin(incident: Incident, *, house: House | None = None, brief: bool = False, warmer: bool = False) -> Work:
    """The work with the composed letter, which is what is left if nothing else succeeds; it is checked by the house's rules.

    A `brief` letter goes without what is not owed, a `warmer` one is nearer to the person.

    Raises:
        LanguageError: there are no phrases or rules for the incident's language.
        InputError: the house names a rule that is not there.
    """
    composed = compose(incident, brief=brief, warmer=warmer)
    report = check(composed.text, incident, house=house)
    return Work(incident, composed, report, composed, report, house=house, brief=brief, warmer=warmer)


def write(work: Work, desk: Desk) -> Work:
    """The model's own words for every section it may write, checked; the composed letter where it gives none."""
    sections = writable(work.composed)
    if not sections:
        return work
    for section in work.composed.sections:
        if section.name in ("subject", "greeting"):
            desk.show(section)
    return ask(work, desk, Question(desk.draft, sections, variables(work, desk, sections)))


def revise(work: Work, desk: Desk) -> Work:
    """One more try for the sections that have a fault or a warning, with each of them named; the better of the two stays."""
    wanted = {**work.doubts, **work.faults}
    sections = tuple(
        section for section in writable(work.composed) if section.name in wanted and (work.only is None or section.name in work.only)
    )
    if work.trouble or not sections or not work.asked:
        return work
    placeholders = desk.placeholders
    lines = [f"- {name}: {reason}" for name in (section.name for section in sections) for reason in wanted[name]]
    letter = "\n\n".join(
        f"### {s.name}\n{s.text if s.source == 'model' or s.name in FIXED or s.name not in wanted else '(not usable)'}"
        for s in work.letter.sections
        if s.text and s.source != "locked"  # a locked paragraph is never sent
    )
    more = {"letter": placeholders.hide(letter, facts=False), "findings": "\n".join(_hidden(line, placeholders) for line in lines)}
    revised = ask(work, desk, Question(desk.revise, sections, {**variables(work, desk, sections), **more}))
    if revised.trouble:
        return replace(work, asked=revised.asked, notes=(*work.notes, f"The correction failed: {revised.trouble}."))
    worse = len(revised.faults) > len(work.faults) or (not work.faults and _count(revised.doubts) >= _count(work.doubts))
    return replace(work, asked=revised.asked) if worse else revised


def ask(work: Work, desk: Desk, question: Question) -> Work:
    """The work after one question: what came back is put in, checked, and its faults are named."""
    asked: list[str] = [*question.names, *([REMARK] if question.remark else [])]
    on_text = _watcher(work, desk, question.names) if desk.on_section else None
    chain = question.prompt.template | desk.model.step(form_for(asked), budget=desk.budget, on_text=on_text)
    work = replace(work, asked=(*work.asked, question.prompt))
    try:
        with guarded():  # judging too: a text may be more than the checks take
            answer = chain.invoke(question.variables)
            found = sections_of(answer, asked)
            texts: Texts = {name: found[name] for name in question.names if name in found}
            work = replace(work, remark=found.get(REMARK, work.remark))
            return _read(work, desk, question, texts, cut=answer.ended == "cut_off")
    except ModelError as error:
        return replace(work, trouble=str(error))


def _read(work: Work, desk: Desk, question: Question, texts: Texts, *, cut: bool) -> Work:
    gone = frozenset() if cut or not texts else question.droppable - texts.keys()
    sections = tuple(section for section in question.sections if section.name not in gone)
    owed = owed_tokens(sections, desk.placeholders, question.variables["sections"])
    return _judged(without(work, gone) if gone else work, desk, owed, texts, cut=cut)


def without(work: Work, names: frozenset[SectionName]) -> Work:
    """The work without some sections, whose facts are listed as left out."""
    wording = Wording(work.incident, phrases_for(work.incident.language))
    kept = [section for section in work.composed.sections if section.name not in names]
    said = {fact for section in kept for fact in section.facts}
    lost = dict.fromkeys(fact for section in work.composed.sections if section.name in names for fact in section.facts if fact not in said)
    left = (*work.composed.left_out, *(LeftOut(fact=fact, because=wording.say("left.asked")) for fact in lost))
    letter = [section for section in work.letter.sections if section.name not in names]
    return replace(
        work,
        composed=work.composed.model_copy(update={"sections": tuple(kept), "left_out": left}),
        letter=work.letter.model_copy(update={"sections": tuple(letter), "left_out": left}),
    )


def _judged(work: Work, desk: Desk, owed: dict[SectionName, frozenset[str]], texts: Texts, *, cut: bool) -> Work:
    shape = shape_faults(texts, owed, desk.placeholders, public=work.incident.public)
    if cut:
        shape = {name: ("the answer was cut off before it ended",) if name not in texts else reasons for name, reasons in shape.items()}
    usable = {name: desk.placeholders.restore(text) for name, text in texts.items() if not desk.placeholders.faults(text)}
    judged = put_in(work, usable, shape)
    _LOG.info("a letter was judged", extra={"sections": len(texts), "faults": len(judged.faults), "doubts": len(judged.doubts)})
    return judged


def put_in(work: Work, texts: Texts, known: Faults) -> Work:
    """The work with these words in its letter, checked; `known` is what is wrong with them before any check."""
    letter = _written(work, texts)
    report = check(letter.text, work.incident, house=work.house)
    faults = together(known, faults_of(letter, report, work.incident, composed=work.composed, baseline=work.baseline))
    doubts = doubts_of(letter, report, work.incident, composed=work.composed, baseline=work.baseline)
    return replace(work, letter=letter, report=report, faults=faults, doubts=doubts)


def variables(work: Work, desk: Desk, sections: Sequence[Section]) -> dict[str, str]:
    """What every prompt has: the frame of the message, and the facts of the sections to write, without personal values."""
    incident, withheld = work.incident, work.baseline.withheld
    opening = apology_section(work.composed)
    facts = sheet(incident, sections, opening=opening, withheld=withheld)
    return {"message": desk.placeholders.hide(frame(incident, withheld)), "sections": desk.placeholders.hide(facts)}


def _watcher(work: Work, desk: Desk, names: Sequence[SectionName]) -> Callable[[str], None]:
    """Shows each section as soon as it is whole, when nothing in it is an error."""
    seen: dict[SectionName, str] = {}

    def show(name: SectionName, text: str) -> None:
        if sound_alone(text, work.incident, house=work.house):
            desk.show(next(section for section in _written(work, {name: text}).sections if section.name == name))

    def watch(text: str) -> None:
        for name, words in finished(text, names).items():
            if words and seen.get(name) != words:
                seen[name] = words
                if not desk.placeholders.faults(words):
                    show(name, desk.placeholders.restore(words))

    return watch


def _written(work: Work, texts: Texts) -> Letter:
    sections = [
        section.model_copy(update={"text": _fitting(texts[section.name], work.incident), "source": "model", "replaced": None})
        if section.name in texts
        else section
        for section in work.letter.sections
    ]
    return spaced(work.letter.model_copy(update={"sections": tuple(sections)}), work.composed)


def _fitting(text: str, incident: Incident) -> str:
    """The text as the channel takes it: one line and plain characters in an SMS, one line in a social reply."""
    if incident.channel in ("sms", "social"):
        text = " ".join(re.sub(r"(?m)^- ", "", text).split())
    return gsm(text) if incident.channel == "sms" else text


def _hidden(line: str, placeholders: Placeholders) -> str:
    """A fault without personal values; what it quotes in brackets is the model's own, and stays for it to see."""
    return "".join(part if i % 2 else placeholders.hide(part, facts=False) for i, part in enumerate(_BRACKETS.split(line)))


def _count(faults: Faults) -> int:
    return sum(len(reasons) for reasons in faults.values())
