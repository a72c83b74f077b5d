"""No request and no log line holds personal data of the people in the examples."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from drafter.incident import Incident, read_incident
from drafter.writer import Writer
from tests.conftest import EXAMPLES
from tests.scripted import Reply, endpoint, faithful


def personal(incident: Incident) -> Iterator[str]:
    """The values that must not leave: names, contacts, addresses and references, and the parts that give them away."""
    customer, signer = incident.customer, incident.signer
    yield from (value for value in (customer.email, customer.phone, customer.account, customer.handle, signer.email, signer.phone) if value)
    yield from (line for line in customer.address if line)
    for name in (customer.name, *incident.people):
        if name:
            yield name
            yield from (word for word in name.split() if len(word) > 3 and word[0].isupper())
    if incident.reference:
        yield incident.reference
        yield from (word for word in re.findall(r"[\w-]*\d[\w-]*", incident.reference) if len(word) > 3)


def found(text: str, incident: Incident) -> list[str]:
    """The personal values that stand in a text as words of their own."""
    return [value for value in dict.fromkeys(personal(incident)) if re.search(rf"(?<!\w){re.escape(value)}(?!\w)", text)]


def requests_of(incident: Incident) -> str:
    """Everything that is sent for a draft with a correction, and for reading a ticket of the same customer."""
    first = faithful(incident)
    name = incident.customer.name or "Someone"
    ticket = f"Hello,\n{incident.problems[0].what}. Mail {incident.customer.email or 'x@y.example'}.\n\nRegards,\n{name}\n"
    with endpoint(Reply(first), Reply("{}"), Reply('{"items": []}')) as running:
        writer = Writer(running.model(time_budget_seconds=20))
        draft = writer.draft(incident)
        if draft.provenance.calls == 1:
            running.replies.pop(0)
        writer.read_ticket(ticket)
    with endpoint(Reply("{}")) as again:  # every section is missing, so the letter as it stands is sent with the correction
        Writer(again.model(time_budget_seconds=20)).draft(incident)
    bodies = running.requests + again.requests
    assert len(again.requests) == 2
    return "\n".join(str(message["content"]) for request in bodies for message in request["messages"])


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_no_request_or_log_line_holds_personal_data(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Drafting, correcting and reading a ticket send placeholders only, and log numbers only, for every example."""
    incident = read_incident(path)
    caplog.set_level(logging.DEBUG)
    sent = requests_of(incident)
    assert found(sent, incident) == []
    assert [record for record in caplog.records if record.name.startswith("drafter")]
    for record in caplog.records:
        line = record.getMessage() + json.dumps({key: str(value) for key, value in vars(record).items()})
        assert found(line, incident) == []
        assert incident.problems[0].what not in line


def test_the_search_finds_what_is_there(double_charge: Incident) -> None:
    """The test above can fail: in a text that was not hidden, each kind of value is found."""
    assert set(found("Tom Becker, tom.becker@example.com, order 1042, on 555-0142", double_charge)) == {
        "tom.becker@example.com",
        "555-0142",
        "Tom Becker",
        "Becker",
        "order 1042",
        "1042",
    }
    assert found("Beckerstown, 10422, tomorrow", double_charge) == []
