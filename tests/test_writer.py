"""Writer: drafts with and without a model, statuses with their reasons, and nothing personal in the log."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from drafter import check
from drafter.compose import compose
from drafter.draft import Section
from drafter.errors import LanguageError, PromptError
from drafter.incident import Incident, incident_from, read_incident
from drafter.writer import Writer
from tests.conftest import EXAMPLES, Facts
from tests.scripted import Reply, endpoint, faithful


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_draft_without_a_model_is_the_composed_letter_checked(path: Path) -> None:
    """Every example becomes its composed letter, says that no model wrote it, and is never ready with an error."""
    incident = read_incident(path)
    draft = Writer().draft(incident)
    letter = compose(incident)
    assert (draft.text, draft.subject, draft.sections, draft.left_out) == (letter.text, letter.subject, letter.sections, letter.left_out)
    assert draft.findings == check(letter.text, incident).findings
    assert draft.reasons[0] == "Written without a model: none is set."
    assert (draft.status == "blocked") == any(finding.severity == "error" for finding in draft.findings)
    assert draft.provenance.model is None
    assert draft.provenance.calls == 0
    assert draft.provenance.rules_hash


@pytest.mark.parametrize("channel", ["sms", "social"])
def test_what_the_customer_waits_for_and_has_no_room_is_said(facts: Facts, channel: str) -> None:
    """A fix that a text message has no room for needs a person; a public post leaves it out by design."""
    words = "checked every cable, bolt, bearing and seal of the bicycle and replaced what was worn, "
    fixes = [{"done": f"I {words * 3}round number {number}"} for number in range(4)]
    asks = [{"text": f"whether we could {words * 2}at once", "decision": "declined", "because": f"we {words * 2}before"}]
    draft = Writer().draft(incident_from(facts(channel=channel, fixes=fixes, asks=asks)))
    lines = [line for line in draft.reasons if line.startswith("Left out for lack of room: ")]
    assert draft.left_out
    if channel == "social":
        assert lines == []
        return
    assert draft.status == "needs_review"
    assert len(lines) == 1
    assert lines[0].endswith("; send it another way.")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_faithful_model_writes_every_example(path: Path) -> None:
    """With a model that says what the facts say, each example comes out as without one, in one call, and nothing is replaced."""
    incident = read_incident(path)
    with endpoint(Reply(faithful(incident))) as running:
        draft = Writer(running.model(time_budget_seconds=20)).draft(incident)
    alone = Writer().draft(incident)
    assert draft.text == alone.text
    assert draft.status == alone.status
    assert draft.provenance.calls == 1
    assert not [section.name for section in draft.sections if section.replaced]


def test_a_sensitive_draft_needs_a_person(facts: Facts) -> None:
    """What is withheld, why and by whom it may be released is among the reasons; the released letter stands beside."""
    incident = incident_from(facts(sensitive=True, fixes=[{"done": "I finished your bike this morning"}]))
    draft = Writer().draft(incident)
    assert draft.status == "needs_review"
    assert draft.withheld
    assert draft.withheld_text == compose(incident, release=True).text
    assert draft.withheld_text != draft.text
    assert any(
        line.startswith("Sensitive (declared sensitive): ") and "ownership" in line and "released by" in line for line in draft.reasons
    )


def test_sections_are_shown_without_a_model_too(double_charge: Incident) -> None:
    """Who watches gets each composed section once, in order."""
    shown: list[Section] = []
    draft = Writer().draft(double_charge, on_section=shown.append)
    assert tuple(shown) == draft.sections


def test_a_card_number_in_the_facts_is_masked_before_anything_else(facts: Facts) -> None:
    """Neither the draft nor a request holds it; its last digits stay."""
    incident = incident_from(facts(fixes=[{"done": "I sent the money back to your card 4012 8888 8888 1881"}]))
    with endpoint(Reply(faithful(incident))) as running:
        model = running.model()
        draft = Writer(model).draft(incident)
    assert "4012" not in running.sent
    assert "4012" not in draft.model_dump_json()
    assert "card ending 1881" in draft.text


def test_prompts_of_ones_own_are_used(tmp_path: Path, double_charge: Incident) -> None:
    """A folder of prompts takes the place of the shipped ones, and the draft records them."""
    text = "---\nstatus: live\nvariables: [{}]\nchange: Ours.\n---\n# system\nBe brief.\n# user\n{}\n"
    (tmp_path / "draft.v7.md").write_text(text.format("message, sections", "{message}\n{sections}"))
    (tmp_path / "revise.v1.md").write_text(text.format("message, letter, findings, sections", "{message}{letter}{findings}{sections}"))
    with endpoint(Reply(faithful(double_charge))) as running:
        draft = Writer(running.model(), prompts=tmp_path).draft(double_charge)
    assert draft.provenance.prompt == "draft.v7"
    assert "Be brief." in running.sent
    (tmp_path / "revise.v2.md").write_text("nothing")
    other = tmp_path / "other"
    other.mkdir()
    (other / "draft.v1.md").write_text("nothing")
    with pytest.raises(PromptError):
        Writer(running.model(), prompts=other).draft(double_charge)


def test_a_language_without_rules_is_refused(facts: Facts) -> None:
    """The error lists what works, before any model is asked."""
    with endpoint(Reply("")) as running, pytest.raises(LanguageError, match="en"):
        Writer(running.model()).draft(incident_from(facts(locale="fr-FR")))
    assert running.requests == []


def test_checks_go_through(double_charge: Incident) -> None:
    """`Writer.check` is `drafter.check`."""
    text = compose(double_charge).text
    assert Writer().check(text, double_charge) == check(text, double_charge)


def test_many_drafts_at_once_keep_their_own_placeholders(facts: Facts) -> None:
    """Two drafts with one Writer do not share values or budgets."""
    first = incident_from(facts(customer={"name": "Ada Quill"}, reference="job 55501", ours="we lost job 55501"))
    second = incident_from(facts(customer={"name": "Bo Reyes"}, reference="job 66602", ours="we lost job 66602"))
    for incident, own, other in ((first, "55501", "66602"), (second, "66602", "55501")):
        with endpoint(Reply(faithful(incident))) as running:
            draft = Writer(running.model()).draft(incident)
        assert own in draft.text
        assert other not in draft.text
        assert own not in running.sent


def test_a_failure_that_passes_prints_nothing(double_charge: Incident) -> None:
    """Whoever sets up no logging sees none of it: a busy endpoint leaves standard error empty."""
    code = (
        "import sys\nfrom pathlib import Path\nfrom drafter.incident import read_incident\nfrom drafter.model import Model\n"
        "from drafter.settings import load_settings\nfrom drafter.writer import Writer\n"
        "print(Writer(Model(load_settings())).draft(read_incident(Path(sys.argv[1]))).status)"
    )
    with endpoint(Reply(status=429, headers={"Retry-After": "0"}), Reply(status=500), Reply(faithful(double_charge))) as running:
        set_up = {**os.environ, "DRAFTER_BASE_URL": running.url, "DRAFTER_MODEL": "scripted"}
        done = subprocess.run(
            [sys.executable, "-c", code, str(EXAMPLES[0].parent / "double_charge.yaml")],
            env=set_up,
            capture_output=True,
            text=True,
            check=True,
        )
    assert (done.stdout, done.stderr) == ("ready\n", "")
    assert len(running.requests) == 3


def test_the_chain_outside_the_model_is_quick(double_charge: Incident) -> None:
    """Composing, hiding, checking twice and restoring take a fraction of the time of any model; no bound of a machine is tested."""
    with endpoint(Reply(faithful(double_charge))) as running:
        writer = Writer(running.model())
        writer.draft(double_charge)
        started = time.perf_counter()
        draft = writer.draft(double_charge)
    assert draft.provenance.milliseconds <= (time.perf_counter() - started) * 1000
