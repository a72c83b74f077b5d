"""docs/rules.md says of each rule what its file says: `make rules-page` brings it up to date."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from drafter import Incident, check
from drafter.checks.rewriting.recipe import Recipe, recipe_for
from drafter.checks.rule import Rule
from drafter.checks.ruleset import rules_for
from drafter.incident import Approved, incident_from
from tests.checks.test_rules import marked
from tests.conftest import ROOT
from tests.shell import run, written

PAGE = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
FACTS = [rule for rule in rules_for("en").rules.values() if rule.kind == "fact"]


def test_the_page_is_what_the_command_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule file that changed without its page fails here."""
    monkeypatch.chdir(tmp_path)
    assert run("rules", "--format", "markdown").stdout == PAGE, "run make rules-page"


def test_every_finding_has_its_section() -> None:
    """Flags, elements, what the facts decide, and the house's own: each once, under the id of its findings."""
    assert sorted(re.findall(r"^### (\S+)$", PAGE, re.M)) == sorted(rules_for("en").by_finding)


@pytest.mark.parametrize("name", sorted(rules_for("en").by_finding))
def test_a_section_says_what_its_rule_says(name: str) -> None:
    """Severity, message, each example, rewrite and sources."""
    rule = rules_for("en").by_finding[name]
    section = run("rules", name, "--format", "markdown").stdout
    assert section in PAGE
    assert f"**{rule.severity.capitalize()}**" in section
    assert rule.message in section
    assert section.count("\n- ") == len(rule.flags) + len(rule.passes)
    assert all(source in section for source in rule.source)
    assert section.count("Rewrite, without facts: ") == int(rule.kind == "flag" and recipe_for(rule.id, "en") != Recipe())


def test_the_page_of_a_house_has_its_rules_and_severities(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A house can write its own page."""
    monkeypatch.chdir(tmp_path)
    written(tmp_path, "[severity]\nexcuse = 'off'\n", "drafter.toml")
    assert "### excuse\n\n**Off**.\n" in run("rules", "--format", "markdown").stdout


@pytest.mark.parametrize("rule", FACTS, ids=lambda rule: rule.id)
def test_the_examples_of_what_facts_decide_are_true(double_charge: Incident, rule: Rule) -> None:
    """Beside the facts of the example that the page names, each is flagged at its brackets, or passes."""
    assert rule.flags
    assert rule.passes
    facts = approving(double_charge) if rule.id == "unapproved-remedy" else told(double_charge, rule.id)
    for example in rule.flags:
        text, spans = marked(example)
        found = [(finding.start, finding.end) for finding in check(text, facts).findings if finding.rule == rule.id]
        assert found == (spans or [(len(text), len(text))])
    for example in rule.passes:
        assert rule.id not in {finding.rule for finding in check(example, facts).findings}


def approving(incident: Incident) -> Incident:
    """The same facts where somebody decides on remedies, and has approved all that they have."""
    remedies = [remedy for problem in incident.problems for remedy in problem.remedies]
    approved = tuple(Approved(kind=one.kind, amount=one.amount, reason=one.reason, by="Ana Ruiz") for one in remedies)
    return incident.model_copy(update={"approved": approved})


def told(double_charge: Incident, rule: str) -> Incident:
    """The facts of the example, and, of the rules on what was sent, with the message that their bodies name."""
    if rule not in ("contradicts-sent", "missing-correction"):
        return double_charge
    twice, thrice = (f"we charged your card {times} for order 1042" for times in ("twice", "three times"))
    data = double_charge.model_dump(mode="json")
    data["problems"][0] |= {"ours": thrice, "known": [], "what": "your card was charged three times for order 1042"}
    data["thread"] = [{"by": "us", "text": f"{twice.capitalize()}.", "when": "2026-11-19 10:00"}]
    data["corrections"] = [{"said": twice, "right": thrice}] if rule == "missing-correction" else []
    return incident_from(data)
