"""What a person must still say before a reply can own the matter: the fewest questions, the weightiest first."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from itertools import chain, zip_longest

from drafter.incident import Ask, Incident, Problem
from drafter.incident.fragments import propose

MOST = 7  # questions that a person answers before the next ticket; the rest can wait for the draft
_SHOWN = 90  # characters of a fact that a question repeats


@dataclass(frozen=True)
class Question:
    """One thing to ask the agent; `key` is where its answer goes in the incident: "problems.1.ours"."""

    key: str
    text: str
    why: str


def questions(incident: Incident, *, settled: Container[str] = ()) -> tuple[Question, ...]:
    """What is not known and matters most: what we did, whose fault, what is fixed, what we give and answer, what is next.

    Nothing is asked that the incident holds already, that it says is unknown, or whose key is `settled`.
    """
    by_problem = [list(_of_problem(incident, place)) for place in range(len(incident.problems))]
    weighed = [question for rank in zip_longest(*by_problem) for question in rank if question]  # the first of each, then the second
    asked = [
        (_rank(question.key), question)
        for question in chain(
            weighed,
            (_of_ask(place, ask) for place, ask in enumerate(incident.asks, 1) if _is_open(incident, ask)),
            _of_the_rest(incident),
        )
        if question.key not in settled
    ]
    return tuple(question for _, question in sorted(asked, key=lambda pair: pair[0]))[:MOST]


_ORDER = ("ours", "fault", "fixes", "remedies", "asks", "next")


def _rank(key: str) -> int:
    first, _, last = key.partition(".")
    return _ORDER.index(first if first in _ORDER else last.rpartition(".")[2])


def _of_problem(incident: Incident, place: int) -> Iterator[Question]:
    problem = incident.problems[place]
    key, said = f"problems.{place + 1}", _shown(problem.what)
    if problem.fault == "unknown":
        yield Question(f"{key}.ours", f"{said}: what did we do? {_example(problem, incident)}", "A reply can own only what we say we did.")
        yield Question(
            f"{key}.fault", f"{said}: ours, shared, not ours, or not known yet?", "Until then the reply admits nothing and denies nothing."
        )
    if not problem.fixes:
        yield Question(
            f"{key}.fixes", f"{said}: what is done about it, by whom, and when?", "The customer waits for this more than for an apology."
        )
    if not problem.remedies and problem.fault != "not_ours" and incident.severity != "minor" and not _money_is_asked(incident):
        yield Question(
            f"{key}.remedies",
            f"{said}: what do we give, if anything (refund, credit, replacement)?",
            "Nothing is promised that you do not enter.",
        )


def _of_ask(place: int, ask: Ask) -> Question:
    return Question(
        f"asks.{place}",
        f"They asked {_shown(ask.text, bare=True)}: yes, no (and why), or by when?",
        "Every request is answered, dated or declined openly.",
    )


def _of_the_rest(incident: Incident) -> Iterator[Question]:
    dated = any(action.on or action.by for action in incident.next)
    if not dated and not incident.resolved:
        yield Question("next", "What happens next, and when will you write again?", "A time to expect keeps them from asking again.")


def _is_open(incident: Incident, ask: Ask) -> bool:
    covered = {name for action in incident.next for name in action.covers}
    for problem in incident.problems:
        covered |= {name for fix in problem.fixes for name in fix.covers} | {name for remedy in problem.remedies for name in remedy.covers}
    return not (ask.answer or ask.decision or ask.id in covered)


def _money_is_asked(incident: Incident) -> bool:
    """Whether a request settles what we give: then it is not asked twice."""
    words = ("refund", "credit", "replace", "compensat", "reimburse", "money back", "pay ")
    return any(word in ask.text.lower() for ask in incident.asks for word in words)


def _example(problem: Problem, incident: Incident) -> str:
    own = propose(problem.what, incident.company.name)
    return f"Perhaps “{own[0].ours}”." if own else "Start with “we” or “I”."


def _shown(text: str, *, bare: bool = False) -> str:
    short = text if len(text) <= _SHOWN else f"{text[:_SHOWN].rsplit(' ', 1)[0]} …"
    return short if bare or "“" in short else f"“{short}”"
