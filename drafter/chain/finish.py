"""The last step of a draft: what is still wrong is replaced, and the Draft says what it is, why, and whether it may go."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from drafter.chain.sheet import writable
from drafter.chain.steps import Desk, Work
from drafter.chain.trim import spaced
from drafter.chain.verdict import Faults, describe, faults_of
from drafter.checks import check, rules_in_force
from drafter.checks.grounding.words import content, tokens
from drafter.checks.sensitive import reader
from drafter.compose import compose
from drafter.compose.channels import SEGMENTS
from drafter.compose.phrases import phrases_for
from drafter.compose.wording import Wording
from drafter.draft import Draft, Letter, Provenance, SectionName, Status
from drafter.incident import Incident, Problem, Role

_SHOWN = 2  # reasons for one part
_AWAITED: frozenset[Role] = frozenset({"ask", "remedy", "fix"})  # what a customer waits to hear
_END = re.compile(r"(?<=[.!?]) +(?=[A-Z])")


def finish(work: Work, desk: Desk | None = None) -> Draft:
    """The Draft: every remaining fault replaced by composed words, checked again, with its status and the reasons for it.

    Never ready with an error, nor with a warning, nor where the matter is sensitive. `milliseconds` is left at nought.
    """
    work = settle(work)
    if desk:
        for section in work.letter.sections:
            desk.show(section)
    report, letter = work.report, work.letter
    return Draft(
        status=_status(work),
        reasons=tuple(_reasons(work, with_model=desk is not None or work.shared)),
        subject=letter.subject,
        text=letter.text,
        sections=letter.sections,
        findings=report.findings,
        coverage=report.coverage,
        claims=report.claims,
        elements=dict(report.elements),
        left_out=letter.left_out,
        withheld=report.withheld,
        withheld_text=compose(work.incident, release=True, brief=work.brief, warmer=work.warmer).text if report.withheld else None,
        score=report.score,
        provenance=_provenance(work, desk),
    )


def settle(work: Work) -> Work:
    """The letter without what is still wrong: one section replaced by its composed twin, or the whole letter."""
    if work.trouble:
        return work
    faults = work.faults
    if len(faults) == 1:
        ((name, reasons),) = faults.items()
        letter = _replaced(work.letter, work.composed, {name: _joined(reasons)})
        report = check(letter.text, work.incident, house=work.house)
        left = faults_of(letter, report, work.incident, composed=work.composed, baseline=work.baseline)
        if not left:
            doubts = {other: reasons for other, reasons in work.doubts.items() if other != name}
            return replace(work, letter=letter, report=report, doubts=doubts)
        faults = {**left, **faults}
    if not faults:
        return work
    own = {section.name for section in writable(work.composed)} | faults.keys()
    letter = _replaced(work.letter, work.composed, {name: _joined(faults.get(name, ())) for name in own})
    report = work.baseline if letter.text == work.composed.text else check(letter.text, work.incident, house=work.house)
    return replace(work, letter=letter, report=report, faults=faults, doubts={})


def _status(work: Work) -> Status:
    if work.report.errors:
        return "blocked"
    warned = any(finding.severity == "warning" for finding in work.report.findings)
    open_ends = unsaid(work) or open_asks(work.incident) or bare_problems(work.incident)
    return "needs_review" if warned or work.doubts or work.unmet or reader(work.incident) or open_ends else "ready"


def unsaid(work: Work) -> list[str]:
    """What the customer waits to hear and a private message has no room for; a public one leaves it to a private one by design."""
    incident = work.incident
    if incident.public:
        return []
    wording = Wording(incident, phrases_for(incident.language))
    crowded = {wording.say("left.channel"), wording.say("left.long", limit=str(SEGMENTS))}
    facts = (incident.fact(left.fact) for left in work.letter.left_out if left.because in crowded)
    return [fact.text for fact in facts if fact.role in _AWAITED]


def open_asks(incident: Incident) -> list[str]:
    """What the customer asked and nobody has answered, decided or covered: the letter can only say that the answer is not there yet."""
    steps = [*incident.next, *(step for problem in incident.problems for step in problem.fixes)]
    remedies = [remedy for problem in incident.problems for remedy in problem.remedies]
    covered = {name for part in (*(step.covers for step in steps), *(remedy.covers for remedy in remedies)) for name in part}
    asks = [] if incident.public else [ask for ask in incident.asks if not ask.answer and ask.decision is None]
    return [ask.text for ask in asks if ask.id not in covered]


def bare_problems(incident: Incident) -> list[str]:
    """What is not ours, stands beside other problems, and has no word of ours to it: the letter could only tell it back.

    An ask about the same things answers it.
    """
    if incident.public or len(incident.problems) == 1:
        return []
    asked = content(tokens(" ".join(f"{ask.text} {ask.answer or ''}" for ask in incident.asks)))
    return [one.what for one in incident.problems if one.fault == "not_ours" and _is_bare(one) and not asked & content(tokens(one.what))]


def _is_bare(problem: Problem) -> bool:
    said = (problem.third_party, problem.cause, problem.known, problem.unknown, problem.fixes, problem.remedies)
    return not any(said)


def _reasons(work: Work, *, with_model: bool) -> Iterator[str]:
    """Why the draft is what it is, in sentences for the person who sends it."""
    if not with_model:
        yield "Written without a model: none is set."
    if work.trouble:
        yield f"Written without the model: {work.trouble}."
    replaced = [section for section in work.letter.sections if section.replaced]
    if work.faults and len(replaced) == 1:
        yield f"Part {named(replaced[0].name)} is in Drafter's own words. The model's was not used – {replaced[0].replaced}."
    elif work.faults:
        yield from _why_all(work)
    yield from work.unmet
    yield from work.notes
    if work.report.withheld:
        withheld = work.report.withheld
        yield f"Sensitive ({', '.join(withheld.because)}): {', '.join(withheld.elements)} left out until released by {withheld.release}."
    elif first := reader(work.incident):
        yield first
    if left := unsaid(work):
        yield f"Left out for lack of room: {'; '.join(left)}; send it another way."
    if bare := bare_problems(work.incident):
        yield f"Nothing is entered in answer to this: {'; '.join(bare)}. Say what you know of it or can do, or leave it out."
    if asks := open_asks(work.incident):
        yield f"No answer is entered yet to what the customer asked: {'; '.join(asks)}. Enter one, or the day on which it comes."
    lines = {describe(finding): finding.severity for finding in work.report.findings if finding.severity != "suggestion"}
    for line, severity in lines.items():
        yield f"{'Blocked' if severity == 'error' else 'Look at this'}: {line}"
    for name, reasons in work.doubts.items():
        yield from (f"Look at part {named(name)}: {reason}" for reason in reasons if reason not in lines)


def _why_all(work: Work) -> Iterator[str]:
    """Why no part of the model's letter was kept."""
    why = _by_reason(work.faults)
    if len(why) == 1 and len(work.faults) == len(writable(work.composed)):
        yield f"The whole letter is in Drafter's own words: {next(iter(why))}."
        return
    yield f"The whole letter is in Drafter's own words, because {_counted(work.faults)} of the model's could not be used."
    yield from (f"The model's {named(*names)} – {reasons}." for reasons, names in why.items())


def _counted(faults: Faults) -> str:
    return "1 part" if len(faults) == 1 else f"{len(faults)} parts"


def _provenance(work: Work, desk: Desk | None) -> Provenance:
    rules = rules_in_force(work.incident.language, work.house).hash
    if desk is None:
        return Provenance(rules_hash=rules)
    budget = desk.budget
    return Provenance(
        model=desk.model.name if work.asked else None,
        prompt=", ".join(prompt.label for prompt in work.asked) or None,
        prompt_hash=", ".join(prompt.hash for prompt in work.asked) or None,
        rules_hash=rules,
        calls=budget.calls,
        input_tokens=budget.input_tokens,
        output_tokens=budget.output_tokens,
        cost=budget.cost,
    )


def _replaced(letter: Letter, composed: Letter, reasons: dict[SectionName, str]) -> Letter:
    twins = {section.name: section for section in composed.sections}
    sections = [
        twins[section.name].model_copy(update={"replaced": reasons[section.name]}) if section.name in reasons else section
        for section in letter.sections
    ]
    return spaced(letter.model_copy(update={"sections": tuple(sections)}), composed)


def _by_reason(faults: Faults) -> dict[str, list[SectionName]]:
    """What is wrong -> the sections that it is wrong with: one thing is said once."""
    found: dict[str, list[SectionName]] = {}
    for name, reasons in faults.items():
        found.setdefault(_joined(reasons), []).append(name)
    return found


def named(*names: SectionName) -> str:
    """Sections as a sentence names them."""
    return ", ".join(f"“{name.replace('_', ' ')}”" for name in names)


def _joined(reasons: Sequence[str]) -> str:
    """The first reasons on one line, without a full stop: of each the first sentence, as what to do about it no longer matters."""
    if not reasons:
        return "other parts of the model's letter could not be used"
    more = f"; and {len(reasons) - _SHOWN} more" if len(reasons) > _SHOWN else ""
    return "; ".join(_END.split(reason, maxsplit=1)[0].rstrip(".") for reason in reasons[:_SHOWN]) + more
