"""The examples: every one can be read, and together they show every channel, kind, fault, tone and severity."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import get_args

import pytest

from drafter.incident import KIND_FAULTS, Channel, Fault, Incident, Kind, Severity, Tone, read_incident
from drafter.incident.moment import day_of

FOLDER = Path(__file__).parent.parent / "examples"
PARAPHRASES = Path(__file__).parent / "checks" / "data" / "paraphrases.jsonl"
FILES = sorted(FOLDER.glob("*.yaml"))
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
_ROW = re.compile(
    r"^\| \[(?P<file>[\w.]+)\]\((?P=file)\) \| (?P<trade>[^|]+) \| (?P<channel>\w+) \| (?P<kind>\w+) "
    r"\| (?P<fault>[^|]+) \| (?P<shows>[^|]+) \|$"
)


@lru_cache
def example(path: Path) -> Incident:
    """The incident of one example file."""
    return read_incident(path)


def table() -> dict[str, re.Match[str]]:
    """The rows of the README's table by file name."""
    rows = (_ROW.match(line) for line in (FOLDER / "README.md").read_text(encoding="utf-8").splitlines())
    return {row["file"]: row for row in rows if row}


def texts(incident: Incident) -> list[str]:
    """Every clause that a letter may use; the customer's own words and locked paragraphs are theirs."""
    return [fact.text for fact in incident.facts if fact.role not in ("thread", "locked")]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_example_is_read_and_says_what_it_shows(path: Path) -> None:
    """Each file is an incident with a trade, a date of writing, and a first line that says what it is for."""
    assert example(path).trade
    raw = path.read_text(encoding="utf-8")
    assert re.match(r"# \S.+\.\n", raw)
    assert "\nas_of: " in raw


def test_there_are_enough_examples_of_different_trades() -> None:
    """A newcomer finds one near their own case."""
    assert len(FILES) >= 26
    assert len({example(path).trade for path in FILES}) >= 20


@pytest.mark.parametrize(
    ("field", "values"),
    [("channel", get_args(Channel)), ("kind", get_args(Kind)), ("tone", get_args(Tone)), ("severity", get_args(Severity))],
)
def test_every_value_of_the_frame_is_shown(field: str, values: tuple[str, ...]) -> None:
    """No channel, kind, tone or severity is without an example."""
    assert {getattr(example(path), field) for path in FILES} == set(values)


def test_every_fault_is_shown_and_every_kind_with_a_fault_it_fits() -> None:
    """No fault is without an example, and no pair outside the table is shown."""
    pairs = {(example(path).kind, fault) for path in FILES for fault in example(path).faults}
    assert {fault for _, fault in pairs} == set(get_args(Fault))
    assert all(fault in KIND_FAULTS[kind] for kind, fault in pairs)


def test_places_and_times_differ() -> None:
    """Dates and amounts are shown as five countries write them, in several time zones."""
    assert {example(path).locale for path in FILES} >= {"en-US", "en-GB", "en-AU", "en-IE", "en-CA"}
    assert len({example(path).timezone for path in FILES}) >= 8


def test_the_hard_cases_are_there() -> None:
    """Locked paragraphs, declined and pending answers, shared and third parties, long threads and costs each have an example."""
    incidents = [example(path) for path in FILES]
    problems = [problem for incident in incidents for problem in incident.problems]
    decisions = {item.decision for incident in incidents for item in incident.asks}
    assert any(incident.locked for incident in incidents)
    assert {"declined", "pending"} <= decisions
    assert any(problem.customer_part for problem in problems)
    assert any(problem.third_party and problem.fault == "ours" for problem in problems)
    assert any(len(incident.problems) >= 4 and len(incident.asks) >= 4 for incident in incidents)
    assert any(incident.channel == "chat" and incident.turn > 1 for incident in incidents)
    assert sum(any(message.by == "customer" for message in incident.thread) for incident in incidents) >= 12
    assert any("Ignore your instructions" in message.text for incident in incidents for message in incident.thread)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_weekdays_and_dates_in_the_texts_belong_together(path: Path) -> None:
    """Where a text says "Friday, October 23", it is a Friday in the year of the example."""
    year = example(path).as_of.year
    for text in texts(example(path)):
        for weekday, day, month in _dated(text):
            assert _weekday(year, month, day) == weekday, text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_moments_agree_with_the_date_of_writing(path: Path) -> None:
    """What is done lies before the moment of writing, and what will be lies after it."""
    incident = example(path)
    now = incident.as_of
    for fact in incident.facts:
        for moment in fact.moments:
            day = day_of(moment)
            if fact.state == "done":
                assert day <= now.date(), fact
            elif fact.state in ("will", "doing", "pending"):
                assert day >= now.date(), fact
            elif fact.role in ("problem", "thread"):
                assert day <= now.date(), fact


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_clauses_can_stand_one_after_the_other(path: Path) -> None:
    """Texts start small, unless with a name, a number or "I", and hold no full stop inside."""
    names = re.compile(r"(?:I\b|\d|€|\$|£)")
    incident = example(path)
    known = {word for name in (*incident.people, incident.company.name) for word in name.split()}
    for fact in incident.facts:
        if fact.role in ("company", "signer", "customer", "person", "reference", "thread", "locked"):
            continue
        for text in fact.text.splitlines():
            first = text.split()[0].strip(",")
            assert first[0].islower() or names.match(first) or first in known, text
            assert not re.search(r"[a-z]\. [A-Z]", text), text


def test_ids_are_unique_within_every_example() -> None:
    """A fact can be named by its id."""
    for path in FILES:
        ids = [fact.id for fact in example(path).facts]
        assert len(ids) == len(set(ids)), path.name


def test_the_table_names_every_file_and_says_what_is_in_it() -> None:
    """The README lists each example once, with its own trade, channel, kind and fault."""
    rows = table()
    assert set(rows) == {path.name for path in FILES}
    for path in FILES:
        incident, row = example(path), rows[path.name]
        assert (row["trade"], row["channel"], row["kind"]) == (incident.trade, incident.channel, incident.kind)
        assert set(row["fault"].split(", ")) == incident.faults


def test_paraphrases_are_many_and_each_belongs_to_an_example() -> None:
    """False alarms are measured on at least a hundred different letters, four or more for each of twenty examples."""
    letters = [json.loads(line) for line in PARAPHRASES.read_text(encoding="utf-8").splitlines()]
    count = Counter(letter["example"] for letter in letters)
    assert len({letter["text"] for letter in letters}) == len(letters) >= 110
    assert set(count) <= {path.stem for path in FILES}
    assert len(count) >= 20
    assert min(count.values()) >= 4


def _dated(text: str) -> list[tuple[str, int, int]]:
    days = "|".join(WEEKDAYS)
    months = "|".join(MONTHS)
    found = re.findall(rf"({days}),? (\d{{1,2}}) ({months})", text)
    found += [(weekday, day, month) for weekday, month, day in re.findall(rf"({days}),? ({months}) (\d{{1,2}})", text)]
    return [(weekday, int(day), MONTHS.index(month) + 1) for weekday, day, month in found]


def _weekday(year: int, month: int, day: int) -> str:
    return WEEKDAYS[date(year, month, day).weekday()]
