"""Cases out of real use: what people did with drafts comes out to be labelled, and nobody is in it."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drafter import check
from drafter.draft import Passed
from drafter.incident import Incident, incident_from, read_incident
from drafter.store import DeskTicket, Store, open_store
from drafter.writer import Writer
from evals.__main__ import main
from evals.gather import gather
from evals.gather.known import Known
from evals.gather.standins import StandIns
from evals.labels.rounds import open_round
from evals.labels.rows import is_open, read_rows, write_rows
from tests.conftest import EXAMPLES, Facts

FLAGGED = "We're sorry if this upset you."
EXCUSED = "We were very busy last week."


def personal(incident: Incident) -> Iterator[str]:
    """Whatever tells who somebody is, as a test would look for it by eye."""
    customer, signer = incident.customer, incident.signer
    for name in filter(None, (customer.name, signer.name, customer.call_by, *incident.people)):
        yield name
        if name.startswith("the "):
            continue  # a team, of whose name each word is a word
        yield from (word for word in re.findall(r"[^\W\d_]{3,}", name) if word not in ("Will", "Price", "Mark", "Long", "May"))
    yield from filter(None, (customer.email, signer.email, customer.account, customer.handle, *customer.address, incident.company.name))
    for number in filter(None, (customer.phone, signer.phone, incident.reference)):
        yield from (digits for digits in re.findall(r"\d{4,}", re.sub(r"(?<=\d)[\s()-]+(?=\d)", "", number)))


def seen(value: str, text: str) -> bool:
    """Whether a value stands in a text in any case, not within a longer word; a number also with blanks between."""
    if value.isdigit():
        return value in re.sub(r"(?<=\d)[\s()./-]+(?=\d)", "", re.sub(r"\d{4}-\d{2}-\d{2}(?:T[\d:.+-]+)?", " ", text))
    return re.search(rf"(?<!\w){re.escape(value)}(?!\w)", text, re.I) is not None


def use(store: Store, incident: Incident, *, told: str = "", person: str = "cust-77831") -> str:
    """One draft that was looked at, passed over, edited, turned down and sent; `told` stands in all of its texts."""
    letter = Writer().draft(incident)
    text = f"{letter.text}\n\n{told} {FLAGGED} {EXCUSED}"
    findings = check(text, incident).findings
    draft = letter.model_copy(update={"text": text, "findings": findings})
    made = store.drafts.accept(incident, person=person, desk=DeskTicket("zendesk", "T-904417", "billing"))
    passed = tuple(Passed(rule=one.rule, text=one.text, reason=f"{told} they asked why") for one in findings if one.rule == "excuse")
    store.drafts.finish(made.id, draft, number=1, by="Petronella Vance")
    store.drafts.finish(made.id, draft.model_copy(update={"passed": passed}), number=2, by="Petronella Vance")
    store.dismissals.add(made.id, rule="conditional-apology", reason=f"agreed with {incident.customer.name or 'them'}")
    store.reviews.add(made.id, version=1, verdict="reject", by="Petronella Vance", reason=f"{told} Petronella thinks it is cold")
    sent = text.replace(FLAGGED, "We got this wrong.")
    store.sent.add(made.id, text=sent, findings=check(sent, incident).findings, distance=0.1, unedited=False)
    return made.id


@pytest.mark.parametrize("told", ["", "Mr Okafor of 12 Elm Grove, Leeds LS6 2AB rang from 07700 900123 about order #88213-QX."])
def test_nothing_of_anybody_comes_out(store: Store, told: str, tmp_path: Path) -> None:
    """Names, numbers, addresses, references and mail of every example, wherever they were written, even in another's letter."""
    incidents = [read_incident(path) for path in EXAMPLES[:: 3 if told else 6]]
    names = " ".join(
        f"{one.customer.name} wrote to {one.signer.name} at {one.customer.email}." for one in incidents[:3] if one.customer.name
    )
    for incident in incidents:
        use(store, incident, told=f"{told} {names}" if told else "")
    found = gather(store)
    written = json.dumps(found.rows, ensure_ascii=False)
    values = {value for incident in incidents for value in personal(incident)}
    values |= {"Okafor", "Elm Grove", "LS6 2AB", "07700900123", "88213", "Petronella", "Vance", "77831", "904417"}
    assert not sorted(value for value in values if seen(value, written))
    assert found.origins.keys() == {"passed over", "kept", "written anew", "rejected", "changed"} - ({"kept"} if not told else set())
    assert found.left_out <= len(found.rows) / 10
    write_rows(tmp_path / "cases.jsonl", found.rows)
    rows = read_rows(tmp_path / "cases.jsonl")
    assert all(map(is_open, rows.values()))
    assert len(open_round(tmp_path / "cases.jsonl", "first", "maya").cases) == len(found.rows)


def test_what_people_did_is_told_with_the_sentence(store: Store, double_charge: Incident) -> None:
    """What was passed over, with why; what was written anew; what was turned down; what was sent, and how it was changed."""
    use(store, double_charge)
    rows = {
        str(row["told"]).split(":")[0]: row
        for row in gather(store).rows
        if "candidate" not in row or row["candidate"]["says"] != "no problem"
    }
    passed = {row["candidate"]["rule"]: row for row in gather(store).rows if row.get("candidate", {}).get("says") == "no problem"}
    assert passed["excuse"]["text"] == EXCUSED
    assert passed["excuse"]["told"].endswith("they asked why")
    assert passed["conditional-apology"]["text"] == FLAGGED
    anew = next(row for row in rows.values() if row["told"] == "found conditional-apology; written anew")
    assert (anew["labels"], anew["unsettled"], anew["register"], anew["trade"]) == (None, True, "email", "retail")
    changed = rows["sent after somebody changed it"]
    assert changed["told"].endswith(f"- {FLAGGED}\n+ We got this wrong.")
    turned_down = rows["turned down"]
    assert turned_down["kind"] == "apology"
    assert "$149.00" in json.dumps(turned_down["facts"])
    assert {"people", "thread"}.isdisjoint(turned_down["facts"])
    report = check(turned_down["text"], incident_from(turned_down["facts"]))
    assert {"ungrounded-name", "ungrounded-number"}.isdisjoint(finding.rule for finding in report.findings)  # texts and facts still agree


def test_a_sent_reply_that_a_sample_found_wanting_comes_out(store: Store, double_charge: Incident) -> None:
    """With its reason, and those that were erased do not."""
    made = use(store, double_charge, person="cust-1")
    sent = store.sent.of(made)[0]
    store.samples.judge(sent.id, "reject", by="Petronella Vance", reason="too stiff")
    assert [row["told"] for row in gather(store).rows if "afterwards" in row["told"]] == ["sent, and turned down afterwards: too stiff"]
    assert not gather(store, datetime.now(UTC) + timedelta(days=1)).rows
    store.forget("cust-1")
    assert not gather(store).rows


def test_the_command_adds_what_is_new_and_leaves_labels_alone(
    store: Store, address: str, double_charge: Incident, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A case that somebody has labelled stays as they labelled it."""
    file = tmp_path / "use.jsonl"
    monkeypatch.setenv("DRAFTER_DATABASE_URL", address)

    def command(*options: str) -> int:
        monkeypatch.setattr(sys, "argv", ["evals", "gather", "--out", str(file), *options])
        return main()

    use(store, double_charge)
    assert command() == 0
    rows = read_rows(file)
    first = next(iter(rows))
    rows[first] = {key: value for key, value in rows[first].items() if key != "unsettled"} | {"labels": []}
    write_rows(file, rows.values())
    use(store, double_charge)
    assert command("--since", "2020-01-01") == 0
    assert read_rows(file)[first] == rows[first]
    assert len(read_rows(file)) == len(rows) + 2  # the two replies; the sentences are the same ones
    assert "new cases in" in capsys.readouterr().out
    assert command("--since", "yesterday") == 2
    assert "'yesterday' is no day such as 2026-06-03" in capsys.readouterr().err


def test_the_command_says_which_store_it_reads_and_makes_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A mistyped name is refused by name; the one in the data folder is named too, as nobody typed it."""
    file = tmp_path / "draftr.db"
    monkeypatch.setattr(sys, "argv", ["evals", "gather", "--out", str(tmp_path / "use.jsonl")])
    monkeypatch.setenv("DRAFTER_DATABASE_URL", f"sqlite:///{file}")
    assert main() == 2
    assert f"there is no database '{file}'" in capsys.readouterr().err
    assert not file.exists()
    open_store(f"sqlite:///{file}").close()
    assert main() == 0
    assert f"reads {file}" in capsys.readouterr().err


NAMES = st.sampled_from(
    ["Tom Becker", "Will Price", "Aoife Ní Bhriain", "Grace May", "Jean-Luc Picquart", "O'Hara Quill", "Müller", "Ravi K. Anand", "Li Wei"]
)


@given(
    customer=NAMES,
    signer=NAMES,
    company=st.sampled_from(["Northwind Coffee", "The Bread Co", "Zweig & Sons Ltd", "Aldgate Water"]),
    local=st.from_regex(r"[a-z]{4,9}", fullmatch=True),
    phone=st.from_regex(r"0161 496 0[1-9][0-9]{2}", fullmatch=True),
    reference=st.from_regex(r"[A-Z]{2}-[1-9][0-9]{4}", fullmatch=True),
    frame=st.sampled_from(
        [
            "Hi {customer}, this is {signer} at {company}. Your reference is {reference}.",
            "{customer} ({email}, {phone}) rang about order {reference} and spoke to {signer}.",
            "CALL {customer} ON {phone}! Mail {email} or see https://shop.example/o/{reference}?to={email}.",
            "{signer} of {company}: card ending 4417, ticket #771034, account 20-40-60 55779911.",
        ]
    ),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whoever_it_is_and_however_it_is_written(facts: Facts, frame: str, **given: str) -> None:
    """The stand-ins hold nothing of what was there, and the sentence around them stays."""
    email = f"{given.pop('local')}@mail.example"
    values: dict[str, Any] = {**given, "email": email}
    incident = incident_from(
        facts(
            customer={"name": given["customer"], "email": email, "phone": given["phone"]},
            signer={"name": given["signer"]},
            company=given["company"],
            reference=f"order {given['reference']}",
        )
    )
    text = frame.format(**values)
    known = Known()
    known.add(incident, texts=[text])
    made = StandIns("seed", incident, known, texts=[text]).replace(text)
    parts = {
        value for key in values for value in (values[key], *re.findall(r"[^\W\d_]{3,}", values[key]) * (key in ("customer", "signer")))
    }
    left = [value for value in parts if re.search(rf"(?<!\w){re.escape(value)}(?!\w)", made)]
    assert not left, made
    assert not [number for number in ("4417", "771034", "55779911") if number in made]
    assert "\ue000" not in made
    assert "[" not in made
    plain = [word for word in re.sub(r"\{\w+\}|\S*://\S*|[\d#-]+", " ", frame).split() if word.isalpha()]
    assert all(word in made for word in plain), made
