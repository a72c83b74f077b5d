"""Agreement: where two people differ, case by case, and Cohen's kappa of each rule, element or line, with its 95% interval."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from drafter.checks import ELEMENTS
from evals.kappa import kappa
from evals.labels.rounds import differs
from evals.labels.rows import Row, kind_of, rule_ids
from evals.labels.screen import answer_of, sentences_of

Pair = tuple[Row, Row]
Answers = dict[str, list[tuple[bool, bool]]]  # rule, element or line -> what the two said, question by question
ANY = "anything"


def answers(both: Sequence[Pair]) -> Answers:
    """What two people answered, yes or no: whether a rule applies to a sentence, an element is in a reply, a line holds of a letter.

    Rules that neither of them raised anywhere are left out.
    """
    found: Answers = defaultdict(list)
    for one, other in both:
        kind = kind_of(one)
        if kind == "letter":
            for line, holds in one["first"].items():
                if line in other["first"]:
                    found[line].append((holds, other["first"][line]))
            continue
        for first, second in _sentences(one, other):
            found[ANY].append((bool(first), bool(second)))
            for rule in rule_ids():
                found[rule].append((rule in first, rule in second))
        if kind == "reply":
            for element in ELEMENTS:
                found[element].append((element in one["elements"], element in other["elements"]))
    return {name: said for name, said in found.items() if name not in rule_ids() or any(first or second for first, second in said)}


def page(both: Sequence[Pair]) -> Iterator[str]:
    """The cases on which the two differ, and the table."""
    differ = [each for each in both if differs(*each)]
    for number, (one, other) in enumerate(differ, 1):
        yield f"{number}. {one.get('id', '')} {' '.join(str(one.get('letter', one.get('text'))).split())}".replace(".  ", ". ")
        yield f"   first:  {answer_of(one)}"
        yield f"   second: {answer_of(other)}"
    yield f"{len(differ)} of {len(both)} cases differ."
    if both:
        yield f"{'':28}{'answers':>8}{'both yes':>10}{'one alone':>11}{'kappa, 95%':>22}"
    for name, said in answers(both).items():
        yes, alone = sum(first and second for first, second in said), sum(first != second for first, second in said)
        yield f"{name:28}{len(said):8}{yes:10}{alone:11}{_told(said):>22}"


def _told(said: list[tuple[bool, bool]]) -> str:
    """Kappa, or a line where it cannot be told from chance: both said the same throughout."""
    return "-" if len(set(said)) == 1 else str(kappa(said))


def _sentences(one: Row, other: Row) -> Iterator[tuple[set[str], set[str]]]:
    """What each of two people raised, sentence by sentence."""
    if kind_of(one) == "sentence":
        yield set(one["labels"]), set(other["labels"])
        return
    for sentence in sentences_of(one["text"]):
        yield _raised(one, sentence), _raised(other, sentence)


def _raised(row: Row, sentence: str) -> set[str]:
    """The rules of the quotes that a sentence is part of, or that are part of it."""
    return {rule for mark in row["labels"] for rule in mark["labels"] if mark["quote"] in sentence or sentence in mark["quote"]}
