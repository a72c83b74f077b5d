"""Sources: each sentence is given the fact that it states, and no other one that only shares a day, an amount or a name with it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from drafter.checks.grounding import ground, sources
from drafter.checks.sentences import sentence_spans
from drafter.incident import Incident, incident_from, read_incident
from drafter.writer import Writer

ROOT = Path(__file__).parents[3]
DATA = Path(__file__).parent / "data"
SENTENCES = [json.loads(line) for line in (DATA / "sentences.jsonl").read_text("utf-8").splitlines()]
LAMP = {
    "as_of": "2026-03-12 10:00",
    "company": "Lumen Lights",
    "signer": {"name": "Ana Ruiz", "role": "Workshop manager"},
    "customer": "Ravi Anand",
    "people": ["Cleo Marsh"],
    "problems": [
        {
            "what": "your card was charged twice for two lamps",
            "ours": "we charged your card twice for two lamps, $40 each time",
            "when": "2026-03-02",
            "impacts": ["you paid a fee of $12 to your bank"],
            "known": ["the payment page was slow this morning"],
            "fixes": [
                {"done": "I refunded the second $40", "on": "2026-03-12"},
                {"will": "Cleo Marsh will bring you two new lamps", "on": "2026-03-16 18:00"},
            ],
            "remedies": [
                {"kind": "payment", "text": "we pay the $12 fee", "decision": "pending", "on": "2026-03-20", "owner": "our board"},
                {"kind": "voucher", "text": "I sent you a voucher for two shades", "terms": ["the voucher is valid until 31 May 2026"]},
            ],
        }
    ],
    "asks": [
        {
            "text": "for the name of the clerk",
            "decision": "declined",
            "because": "we do not give out names",
            "instead": "you can write to me",
        }
    ],
    "next": [{"will": "I will call you to hear whether the lamps work", "on": "2026-03-17"}],
    "locked": ["You may go to the lamp ombudsman free of charge. Our reply is final."],
}


def rests(text: str, incident: Incident) -> list[list[str]]:
    """The words of the facts that each sentence rests on."""
    spans = list(sentence_spans(text))
    return [[source.text for source in each] for each in sources(text, incident, spans, ground(text, incident).claims)]


@pytest.mark.parametrize(
    ("sentence", "facts"),
    [
        ("We charged your card twice for two lamps, $40 each time.", ["we charged your card twice for two lamps, $40 each time"]),
        ("I refunded the second $40 today.", ["I refunded the second $40"]),
        ("You paid a fee of $12 to your bank.", ["you paid a fee of $12 to your bank"]),
        ("We pay you the $12 fee, if our board says so on 20 March.", ["we pay the $12 fee"]),
        ("On Monday 16 March at 18:00 Cleo Marsh will bring you two new lamps.", ["Cleo Marsh will bring you two new lamps"]),
        ("The voucher is valid until 31 May.", ["the voucher is valid until 31 May 2026"]),
        ("You asked for the name of the clerk.", ["for the name of the clerk"]),
        ("I have to say no to that, because we do not give out names.", ["we do not give out names"]),
        ("You can write to me.", ["you can write to me"]),
        ("We got two things wrong, and I'm sorry.", []),
        ("Here is what is done and what comes next:", []),
        ("Reply to this email and it reaches me.", []),
        ("Workshop manager, Lumen Lights", ["Workshop manager", "Lumen Lights"]),
        ("Hi Ravi,", ["Ravi Anand"]),
        ("Our reply is final.", [LAMP["locked"][0]]),  # type: ignore[index]
        (
            "I refunded the second $40 today, and on 17 March I'll call you to hear whether the lamps work.",
            ["I will call you to hear whether the lamps work", "I refunded the second $40"],
        ),
    ],
)
def test_a_sentence_rests_on_what_it_states(sentence: str, facts: list[str]) -> None:
    """Whole, or in one of the things that a fact holds; a sentence that states nothing rests on nothing."""
    assert rests(sentence, incident_from({**LAMP, "locale": "en-GB"})) == [facts]


def test_a_day_alone_is_that_of_what_was_just_told() -> None:
    """Or of the only fact that comes on it."""
    incident = incident_from({**LAMP, "locale": "en-GB"})
    told = rests("Cleo Marsh will bring you two new lamps. You'll have them by Monday 16 March at 18:00.", incident)
    assert told == [["Cleo Marsh will bring you two new lamps"]] * 2
    assert rests("It happened on Monday 2 March.", incident) == [["your card was charged twice for two lamps"]]


def test_a_fact_in_other_words_is_found(stories: dict[str, Incident]) -> None:
    """Of sentences that were each written from one fact, nearly all show it, and first."""
    shown = [sources(row["text"], stories[row["story"]], [(0, len(row["text"]))])[0] for row in SENTENCES]
    first = sum(bool(found) and _of(found[0].fact) == _of(row["fact"]) for found, row in zip(shown, SENTENCES, strict=True))
    assert first >= 0.9 * len(SENTENCES)


def _of(fact: str) -> str:
    return fact.removesuffix(".ours").removesuffix(".asked")


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.yaml")), ids=lambda path: path.stem)
def test_a_clause_of_a_composed_letter_rests_on_its_fact(path: Path) -> None:
    """Where a letter has a fact word for word, the sentence shows it, and shows it before any other."""
    incident = read_incident(path)
    text = Writer().draft(incident).text
    clauses = {fact.text for fact in incident.facts if fact.role in ("ours", "impact", "known", "fix", "prevention", "containment", "next")}
    spans = list(sentence_spans(text))
    for (start, end), found in zip(spans, rests(text, incident), strict=True):
        sentence = text[start:end].lower()
        said = [clause for clause in clauses if clause.lower() in sentence]
        if len(said) == 1:
            assert found[:1] == said, text[start:end]
        else:
            assert set(said) <= set(found), text[start:end]
