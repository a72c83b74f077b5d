"""Coverage: a fact is found where the text states it, and not where it was left out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from drafter.checks.grounding import cover
from drafter.incident import Incident

DATA = Path(__file__).parent / "data"
SENTENCES = [json.loads(line) for line in (DATA / "sentences.jsonl").read_text("utf-8").splitlines()]
LETTERS = {story: {row["fact"]: row["text"] for row in reversed(SENTENCES) if row["story"] == story} for story in ("cake", "broadband")}
OWED = [(story, fact) for story, letter in LETTERS.items() for fact in letter]


@pytest.mark.parametrize("row", SENTENCES, ids=lambda row: row["text"][:40])
def test_a_fact_in_other_words_is_covered(row: dict[str, str], stories: dict[str, Incident]) -> None:
    """Each sentence states the fact it was written from, and the span lies in it."""
    (covered,) = cover(row["text"], stories[row["story"]], [row["fact"]])
    assert covered.span is not None
    start, end = covered.span
    assert 0 <= start < end <= len(row["text"])


@pytest.mark.parametrize(("story", "fact"), OWED)
def test_a_whole_letter_covers_each_fact_in_its_own_sentence(story: str, fact: str, stories: dict[str, Incident]) -> None:
    """In a letter of all facts each fact's span touches the sentence that was written for it."""
    letter = LETTERS[story]
    text = "\n\n".join(letter.values())
    (covered,) = cover(text, stories[story], [fact])
    start = text.index(letter[fact])
    assert covered.span is not None
    assert covered.span[0] < start + len(letter[fact])
    assert covered.span[1] > start


@pytest.mark.parametrize(("story", "fact"), OWED)
def test_a_letter_without_the_fact_does_not_cover_it(story: str, fact: str, stories: dict[str, Incident]) -> None:
    """With its one sentence gone the fact is missing, whatever else the letter says of the same things."""
    text = "\n\n".join(sentence for name, sentence in LETTERS[story].items() if name != fact)
    assert cover(text, stories[story], [fact])[0].span is None


@pytest.mark.parametrize("fact", ["you paid $72 too much", "you were $72 short", "you received $72 too little"])
@pytest.mark.parametrize("text", ["That cost you $72 too much.", "It left you $72 short.", "You got $72 too little."])
def test_what_the_customer_lost_is_told_in_any_of_its_ways(fact: str, text: str, double: Incident) -> None:
    """Too much that was paid and too little that came are told by their amount, each in its own words."""
    problem = {"what": "your bill was wrong", "ours": "we got your bill wrong", "impacts": [{"id": "lost", "text": fact}]}
    problem |= {"fixes": [{"done": "I refunded the $72"}]}
    data = double.model_dump(include={"company", "signer", "as_of", "timezone"}) | {"problems": [problem]}
    covered = cover(text, Incident.model_validate(data), ["lost"])[0].span
    assert (covered is not None) == (("too much" in fact) == ("too much" in text))


def test_an_unrelated_text_covers_nothing(double: Incident) -> None:
    """Nothing is read into words that say nothing."""
    ids = [stated.id for stated in double.facts if stated.role in ("ours", "impact", "fix", "remedy", "prevention", "next", "ask")]
    assert {covered.span for covered in cover("Hi Tom,\n\nThanks for your patience. We take this seriously.", double, ids)} == {None}


def test_a_refusal_needs_a_refusing_word(cake: Incident) -> None:
    """The reason alone does not decline."""
    assert cover("He has left the company.", cake, ["van"])[0].span is None
    assert cover("He can't come: he has left the company.", cake, ["van"])[0].span is not None


def test_values_alone_state_a_fact_of_values(double: Incident) -> None:
    """A phone number is stated by standing there."""
    text = "My line is 555-0142."
    (covered,) = cover(text, double, ["signer.phone"])
    assert covered.span is not None
    assert text[slice(*covered.span)].startswith("555-0142") or "555-0142" in text[slice(*covered.span)]


def test_an_unknown_fact_is_refused(double: Incident) -> None:
    """An id that the incident does not have is a programming error."""
    with pytest.raises(KeyError):
        cover("It is fixed.", double, ["nothing"])
