"""A letter in other words, with a model: what a wish makes worse stands as it was, and what was not followed is said."""

from __future__ import annotations

from dataclasses import dataclass, replace

from drafter.chain.finish import named
from drafter.chain.sheet import writable
from drafter.chain.standing import Standing
from drafter.chain.steps import Desk, Question, Work, ask, variables, without
from drafter.chain.trim import spaced
from drafter.chain.verdict import describe, doubts_of, faults_of
from drafter.chain.wish import Wish, broken, impossible, reasons, remarked
from drafter.checks import check
from drafter.checks.elements import owed_facts
from drafter.draft import Letter, SectionName
from drafter.errors import InputError


@dataclass(frozen=True)
class Rework:
    """What is to be written again: the letter as it stands, the wish, and the one section it is about, if it is one."""

    standing: Standing
    wish: Wish
    only: SectionName | None = None


def sections_to_rework(composed: Letter, only: SectionName | None) -> frozenset[SectionName]:
    """The sections that may be written again.

    Raises:
        InputError: the letter has no section `only` that is written in free words.
    """
    names = [section.name for section in writable(composed)]
    if only is not None and only not in names:
        raise InputError(f"this letter has no part '{only}' to write again; it has {', '.join(names)}.", "section")
    return frozenset(names if only is None else [only])


def stand(work: Work, standing: Standing) -> Work:
    """The work with the letter as it stands in place of the composed one, and with what is wrong with it.

    What a person took out of it stays out where it is not owed.
    """
    if not standing.divided:
        return work
    gone = standing.gone & optional(work)
    return without(_judged(work, standing.letter), gone) if gone else _judged(work, standing.letter)


def rework(work: Work, desk: Desk, task: Rework) -> Work:
    """The model's words for the sections that may be written again; the letter as it stood wherever they are worse.

    `work` is what `stand` made. What a letter of an agent's held that no letter can hold is named in its notes.
    """
    allowed = sections_to_rework(work.composed, task.only)
    sections = [section for section in writable(work.composed) if section.name in allowed]
    if not sections:
        return work
    letter = "\n\n".join(f"### {name}\n{text}" for name, text in task.standing.parts)
    hide = desk.placeholders.hide
    given = variables(work, desk, sections) | {"letter": hide(letter, facts=False), "wish": hide(task.wish.told, facts=False)}
    question = Question(desk.draft, sections, given, remark=True, droppable=optional(work) if task.wish.removes else frozenset())
    written = ask(replace(work, only=allowed), desk, question)
    codes = impossible(task.wish, work.incident, work.composed, house=work.house) | remarked(written.remark)
    if task.wish.ready is None:
        codes |= broken(finding for finding in written.report.errors if finding not in work.report.errors)
    return replace(written, unmet=reasons(codes, work.incident))


def keep(work: Work, before: Work, task: Rework) -> Work:
    """The work with each section that came out worse as it stood `before`, where it was sound; the rest is for `finish`."""
    if work.trouble:
        return replace(before if task.standing.divided else work, asked=work.asked, unmet=(work.trouble,))
    if not task.standing.divided:
        return work
    back = {name: reasons for name, reasons in work.faults.items() if name not in before.faults}
    if not back:
        return work
    kept = _judged(work, _with(work, before, set(back)))
    if set(kept.faults) - set(before.faults):  # the old part does not go with the new ones
        kept = replace(before, asked=work.asked)
    stood = (f"what came for part {named(name)} could not be used – {_first(reasons)}" for name, reasons in back.items())
    return replace(kept, unmet=(*work.unmet, *stood))


def told(work: Work, task: Rework) -> Work:
    """The work with sentences for the agent: why a wish was not followed, what of their text went, and what changed nothing."""
    longer = not work.unmet and task.wish.ready == "shorter" and not _shorter(work, task)
    notes = (*work.notes, *_unfounded(work, task.standing), *(["It did not become shorter."] if longer else []))
    return replace(work, unmet=task.wish.unmet(work.unmet), notes=notes)


def recompose(work: Work, task: Rework) -> Work:
    """The composed letter as a wish that needs no model makes it."""
    notes = ("It is composed anew from the facts: words that a person or a model wrote are not in it.",) if task.standing.own else ()
    if task.wish.ready == "shorter" and not _shorter(work, task):
        notes = (*notes, "It could not be made shorter: all that is in it is owed.")
    elif work.letter.text == task.standing.text:
        notes = (*notes, f"Nothing changed: the letter has the {work.incident.tone} tone already, and more of it needs a model.")
    return replace(work, notes=notes)


def _shorter(work: Work, task: Rework) -> bool:
    return len(work.letter.text.split()) < len(task.standing.text.split())


def _unfounded(work: Work, standing: Standing) -> tuple[str, ...]:
    """What an agent wrote into a letter that no letter can hold, a sentence each: it goes, and that is said."""
    report = check(standing.text, work.incident, house=work.house)
    known = {finding.text for finding in work.baseline.errors}
    return tuple(f"Your text could not keep {describe(f)}" for f in report.errors if f.text and f.text not in known)


def _judged(work: Work, letter: Letter) -> Work:
    report = check(letter.text, work.incident, house=work.house)
    faults = faults_of(letter, report, work.incident, composed=work.composed, baseline=work.baseline)
    doubts = doubts_of(letter, report, work.incident, composed=work.composed, baseline=work.baseline)
    return replace(work, letter=letter, report=report, faults=faults, doubts=doubts)


def _with(work: Work, before: Work, names: set[SectionName]) -> Letter:
    old = {section.name: section for section in before.letter.sections}
    sections = tuple(old[section.name] if section.name in names else section for section in work.letter.sections)
    return spaced(work.letter.model_copy(update={"sections": sections}), work.composed)


def optional(work: Work) -> frozenset[SectionName]:
    """The sections that may go where a person wants it: those with nothing in them that is owed."""
    owed = frozenset(owed_facts(work.incident))
    return frozenset(section.name for section in writable(work.composed) if not owed & set(section.facts))


def _first(reasons: tuple[str, ...]) -> str:
    return reasons[0].rstrip(".")
