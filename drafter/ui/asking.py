"""Asking: the weightiest things that a form of facts does not say yet, whatever else in it is still wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from drafter.incident import Action, Ask, Company, Incident, Person, Problem, Remedy
from drafter.ticket import Question, questions
from drafter.ui import facts as form

_ADDS = ("remedies", "next")  # answered in an entry of its own
_MOST = 100  # questions that are worth a list


def asked(facts: form.Facts) -> list[dict[str, Any]]:
    """What to ask, and where its answer goes; nothing before there is something to ask about, nor what was settled."""
    numbers = {
        "problems": [at for at, problem in enumerate(facts["problems"], 1) if _words(problem.get("what"))],
        "asks": [at for at, ask in enumerate(facts["asks"], 1) if _is_asked(ask)],
    }
    if not numbers["problems"]:
        return []
    shown = {_renumbered(key, numbers, back=True) for key in form.settled(facts)}
    return [
        {"key": key, "text": question.text, "why": question.why, "go": _field(key)}
        for question in _every(_sketch(facts), shown)
        if (key := _renumbered(question.key, numbers))
    ]


def _every(sketch: Incident, settled: set[str]) -> list[Question]:
    """All that is still worth asking, in its order; nothing is asked of what is done about what was not our mistake."""
    passed = settled | {f"problems.{at}.fixes" for at, problem in enumerate(sketch.problems, 1) if problem.fault == "not_ours"}
    found: list[Question] = []
    while len(found) < _MOST and (more := questions(sketch, settled=passed)):
        found += more
        passed |= {question.key for question in more}
    return found


def _field(key: str) -> str:
    """The field that a question is answered in; "" where its entry has to be added first."""
    if key.startswith("asks."):
        return f"{key}.answer"
    kind = key.rpartition(".")[2]
    return "" if kind in _ADDS else f"{key}.1.text" if kind == "fixes" else key


def _renumbered(key: str, numbers: Mapping[str, list[int]], *, back: bool = False) -> str:
    """A key of the sketch, which has no empty entries, as the form numbers it, or back; "" where there is none."""
    kind, _, rest = key.partition(".")
    if kind not in numbers:
        return key
    number, dot, last = rest.partition(".")
    found = numbers[kind]
    if not back:
        return f"{kind}.{found[int(number) - 1]}{dot}{last}"
    return f"{kind}.{found.index(int(number)) + 1}{dot}{last}" if int(number) in found else ""


def _sketch(facts: form.Facts) -> Incident:
    """The facts as they are typed, unchecked: a date that is wrong is a date, and no reason to stop asking."""
    return Incident.model_construct(
        company=Company.model_construct(name=str(facts["company"].get("name") or "us")),
        signer=Person.model_construct(name="me"),
        severity=facts.get("severity") or "normal",
        kind="holding",
        problems=tuple(_problem(problem) for problem in facts["problems"] if _words(problem.get("what"))),
        asks=tuple(_ask(ask, at) for at, ask in enumerate(filter(_is_asked, facts["asks"]), 1)),
        next=_actions(facts["next"]),
    )


def _problem(problem: Mapping[str, Any]) -> Problem:
    fault: Any = problem.get("fault") or form.UNKNOWN
    if fault in ("ours", "shared") and not _words(problem.get("ours")):
        fault = form.UNKNOWN  # what we did is what is asked then
    remedies = [remedy for remedy in problem.get("remedies") or () if any(_words(remedy.get(key)) for key in ("text", "amount", "because"))]
    return Problem.model_construct(
        what=_words(problem.get("what")),
        fault=fault,
        cause=problem.get("cause") or None,
        unknown=tuple(filter(None, (_words(entry.get("text")) for entry in problem.get("unknown") or ()))),
        fixes=_actions(problem.get("fixes") or ()),
        remedies=tuple(
            Remedy.model_construct(kind="other", decision=remedy.get("decision") or "granted", covers=_covers(remedy))
            for remedy in remedies
        ),
    )


def _actions(actions: Iterable[Mapping[str, Any]]) -> tuple[Action, ...]:
    return tuple(_action(action) for action in actions if _words(action.get("text")))


def _action(action: Mapping[str, Any]) -> Action:
    on = datetime.now(UTC) if _words(action.get("on")) or _words(action.get("by")) else None
    clause: dict[str, Any] = {str(action.get("state") or "done"): _words(action.get("text"))}
    return Action.model_construct(**clause, on=on, covers=_covers(action))


def _is_asked(ask: Mapping[str, Any]) -> bool:
    return bool(_words(ask.get("text")))


def _ask(ask: Mapping[str, Any], at: int) -> Ask:
    words: dict[str, Any] = {key: _words(ask.get(key)) or None for key in ("text", "answer", "decision")}
    return Ask.model_construct(id=ask.get("id") or f"ask{at}", **words)


def _covers(entry: Mapping[str, Any]) -> tuple[str, ...]:
    covered = entry.get("covers") or ()
    return (covered,) if isinstance(covered, str) else tuple(covered)


def _words(value: Any) -> str:
    return " ".join(str(value or "").split())
