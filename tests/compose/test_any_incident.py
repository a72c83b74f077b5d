"""Whatever the facts are, the letter is correct: hundreds of incidents of every kind, fault, channel, tone and length."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest

from drafter.checks import Finding, check
from drafter.compose import compose
from drafter.draft import Letter
from drafter.incident import Ask, Incident, Remedy
from drafter.incident.moment import day_of, written_day
from tests.compose.bank import MATTERS, Maker

SEEDS = range(420)
CHUNKS = [range(start, start + 60) for start in range(0, len(SEEDS), 60)]
SLIPS = re.compile(r" {2}|\.\.| [,.;:]|,[.,;]|[;:]\.|\bNone\b|[{}]|\bthe the\b|\ba a\b|\band and\b|\bbecause because\b")
STARTS = re.compile(r"[A-Z\d\"“‘'(£$€@-]")
CONFESSES = re.compile(
    r"\b(?:our|my) (?:mistake|part)\b|\b(?:was|were) (?:ours|mine)\b|got (?:that|this|it|\w+ things) wrong|wrong of us|\bapologi[sz]e\b",
    re.I,
)
UNOWED = {"missing-concrete-fix": ("fixes", "remedies"), "missing-known-unknown-next": ("next",)}  # a fact that was not entered
FALSE_ALARMS = {
    ("ungrounded-promise", "29 Dec. You'll get a voucher from us"),  # two sentences are read as one after "Dec."
    ("ungrounded-money", "$10.50"),  # a credit of its own, beside another one of $15
    ("missing-answer", "Whether the powder is dangerous."),  # answered: "No, it is not, and you need not do anything."
    ("missing-answer", "For a person to speak to."),  # answered: "That is me."
}


@cache
def letters() -> tuple[tuple[int, Incident, Letter], ...]:
    """Every incident with its letter, by its seed."""
    incidents = ((seed, Maker(seed).incident()) for seed in SEEDS)
    return tuple((seed, incident, compose(incident)) for seed, incident in incidents)


def body(incident: Incident, letter: Letter) -> str:
    """The text between greeting and signature, without numbers and marks of lists."""
    parts = [part.text for part in letter.sections if part.name not in ("subject", "greeting", "closing")]
    return re.sub(r"(?m)^(?:\d\.|-) ", "", "\n".join(parts))


def sentences(text: str) -> list[str]:
    """The sentences of a text; a short title, as "Mr.", ends none."""
    return [part.strip() for part in re.split(r"(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<=[.!?])\s+|\n+", text) if part.strip()]


def test_the_bank_is_wide() -> None:
    """There are matters of fifteen trades at least, and the incidents have every kind, channel, tone, severity, fault and turn."""
    assert len({matter["trade"] for matter in MATTERS}) >= 15
    incidents = [incident for _, incident, _ in letters()]
    assert len(incidents) >= 300
    for field, least in (("kind", 7), ("channel", 6), ("tone", 3), ("severity", 4), ("locale", 6), ("turn", 2)):
        assert len({getattr(incident, field) for incident in incidents}) >= least
    assert {len(incident.problems) for incident in incidents} == {1, 2, 3, 4}
    decisions = {item.decision for incident in incidents for item in _decided(incident)}
    assert {"granted", "declined", "pending"} <= decisions


def test_no_slip_of_the_pen() -> None:
    """No double space or stop, no unfilled slot, no "None", and every sentence starts as a sentence does."""
    wrong = [
        (seed, letter.text[max(0, slip.start() - 30) : slip.end() + 20])
        for seed, _, letter in letters()
        for slip in SLIPS.finditer(letter.text)
    ]
    assert wrong == []
    starts = [(seed, text) for seed, incident, letter in letters() for text in sentences(body(incident, letter)) if not STARTS.match(text)]
    assert starts == []


def test_nothing_is_said_twice_and_no_three_sentences_open_alike() -> None:
    """No sentence stands twice in a letter, and no three in a row begin with the same three words."""
    for seed, incident, letter in letters():
        said = sentences(body(incident, letter))
        assert len(said) == len(set(said)), (seed, [text for text in said if said.count(text) > 1])
        openers = [" ".join(text.split()[:3]) for text in said]
        assert not any(one == two == three for one, two, three in zip(openers, openers[1:], openers[2:], strict=False)), (seed, openers)


@pytest.mark.parametrize("seeds", CHUNKS, ids=lambda seeds: f"from-{seeds.start}")
def test_no_letter_has_an_error(seeds: range) -> None:
    """The checks find no error in any letter, but for what the facts themselves do not hold."""
    found = [
        (seed, finding.rule, finding.text or finding.message)
        for seed, incident, letter in letters()
        if seed in seeds
        for finding in check(letter.text, incident).findings
        if finding.severity == "error" and not _excused(incident, finding)
    ]
    assert found == []


def test_nothing_is_owned_that_is_not_ours() -> None:
    """Where every cause is unknown or another's, no letter confesses."""
    for seed, incident, letter in letters():
        if not incident.faults & {"ours", "shared"}:
            assert not CONFESSES.search(letter.text), (seed, letter.text)


def test_refusals_have_their_reason_and_open_answers_their_day() -> None:
    """In every channel with room for answers, a no stands with its reason, and what is pending with the day of its answer."""
    for seed, incident, letter in letters():
        if incident.public or incident.channel == "sms":
            continue
        for item in _decided(incident):
            if item.decision == "declined":
                assert (item.because or "") in letter.text, (seed, item.because)
            if item.decision == "pending" and item.on:
                assert any(form in letter.text for form in _forms(incident, item)), (seed, item.on, letter.text)


def test_public_messages_hold_nothing_of_one_person() -> None:
    """No name, handle, reference or amount stands where everyone reads."""
    for seed, incident, letter in letters():
        if incident.public:
            names = [incident.customer.name, incident.customer.handle, incident.reference, "HL-20931"]
            whole = f"{letter.subject or ''} {letter.text}"
            assert not any(name and name in whole for name in names), (seed, whole)
            assert not re.search(r"[£$€]\s?\d", whole), (seed, whole)


def test_every_fact_is_told_or_left_out_with_a_reason() -> None:
    """No fact of a problem and no ask vanishes without a word."""
    for seed, incident, letter in letters():
        told = {fact for part in letter.sections if part.name != "subject" for fact in part.facts} | {item.fact for item in letter.left_out}
        assert {fact.id for fact in incident.facts if fact.role in ("impact", "cause", "known", "fix", "remedy", "ask", "next")} <= told, (
            seed
        )


def _decided(incident: Incident) -> Iterator[Ask | Remedy]:
    yield from incident.asks
    for problem in incident.problems:
        yield from problem.remedies


def _excused(incident: Incident, finding: Finding) -> bool:
    """Whether the facts lack what is demanded, or the finding is known to be wrong."""
    if finding.rule == "missing-concrete-fix" and incident.public:
        return True  # a public message cannot tell a fix that concerns one person
    if fields := UNOWED.get(finding.rule):
        owners = [incident] if fields == ("next",) else incident.problems
        return any(not any(getattr(owner, field) for field in fields) for owner in owners)
    text = finding.text or finding.message.split(": ", 1)[-1]
    return any(finding.rule == rule and text.endswith(end) for rule, end in FALSE_ALARMS)


def _forms(incident: Incident, item: Ask | Remedy) -> list[str]:
    assert item.on is not None
    day, today = day_of(item.on, incident.zone), day_of(incident.as_of, incident.zone)
    forms = [written_day(day, incident.locale)]
    near = {0: ["today", "at ", "by "], 1: ["tomorrow"]}.get((day - today).days, [])
    return forms + near
