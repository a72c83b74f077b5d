"""Recipes: the rewrite of every rule on its own examples, and files that do not follow the format."""

from __future__ import annotations

from pathlib import Path

import pytest

from drafter.checks import Finding, check
from drafter.checks.engine import rules_for
from drafter.checks.rewriting.recipe import FOLDER, read_recipe, recipe_for
from drafter.checks.rule import Rule
from drafter.errors import RuleError
from drafter.incident import Incident
from tests.checks.test_rules import marked

FLAGS = [rule for rule in rules_for("en").rules.values() if rule.kind == "flag"]
EXAMPLES = [pytest.param(rule, marked(text)[0], id=f"{rule.id}-{n}") for rule in FLAGS for n, text in enumerate(rule.flags)]


def put_in(text: str, finding: Finding) -> str:
    """The text with the fix of one finding, safe or not."""
    assert finding.fix
    start = finding.start + finding.fix.offset
    assert text.startswith(finding.fix.replaces, start)
    return text[:start] + finding.fix.put + text[start + len(finding.fix.replaces) :]


def of_rule(rule: Rule, text: str, public: Incident) -> list[Finding]:
    """What the rule finds in a text; on a public channel, where it is for those."""
    report = check(text, public) if rule.public else check(text)
    return [finding for finding in report.findings if finding.rule == rule.id]


@pytest.fixture(scope="module")
def public() -> Incident:
    """Little facts of a public reply, without anything that a flag could meet."""
    return Incident(
        company="Sand & Sail", signer="Ida Vane", channel="social", problems=[{"what": "the pier lift stood still", "fault": "unknown"}]
    )


SUSPECTED = "What speaks for it here"  # in the message of a warning that no rule raises: it reads the whole sentence, not the words


@pytest.mark.parametrize(("rule", "text"), EXAMPLES)
def test_each_rewrite_of_an_example_passes_its_own_check(rule: Rule, text: str, public: Incident) -> None:
    """Every flagged example is offered words, and with them in place the rule finds one thing less."""
    found = of_rule(rule, text, public)
    assert found
    for finding in found:
        assert finding.rewrite is not None, finding.text
        mended = put_in(text, finding)
        assert mended != text
        left = [other for other in of_rule(rule, mended, public) if SUSPECTED not in other.message] if mended.strip() else []
        assert len(left) < len(found), mended


@pytest.mark.parametrize(("rule", "text"), EXAMPLES)
def test_the_seam_of_each_rewrite_is_clean(rule: Rule, text: str, public: Incident) -> None:
    """No double blank, no lonely comma, a capital at each start of a sentence and an end to it, as the example had them."""
    for finding in of_rule(rule, text, public):
        mended = put_in(text, finding)
        assert "  " not in mended
        assert " ," not in mended
        assert " ." not in mended
        assert mended == mended.strip()
        if mended and text[0].isupper():
            assert mended.lstrip("[")[0].isupper()
        if mended and text.endswith((".", "!", "?")):
            assert mended.endswith((".", "!", "?"))


@pytest.mark.parametrize("rule", FLAGS, ids=lambda rule: rule.id)
def test_every_flag_has_a_recipe_that_reads(rule: Rule) -> None:
    """A new flag comes with the words to put instead, or says that its words can go."""
    recipe = read_recipe(FOLDER / "en" / f"{rule.id}.yaml", strict=True)
    assert recipe == recipe_for(rule.id, "en")
    assert recipe.steps or recipe.leave_out != "never"


def test_each_recipe_belongs_to_a_flag() -> None:
    """No recipe outlives its rule."""
    assert {path.stem for path in (FOLDER / "en").glob("*.yaml")} == {rule.id for rule in FLAGS}


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("colour: red", "unknown key 'colour'; the keys are leave_out, steps"),
        ("leave_out: sometimes", "'sometimes' is not one of never, propose, safe"),
        ("steps:\n  - find: 'a'", "a step is written"),
        ("steps: none", "steps is a list"),
        ("steps:\n  - {find: '(?!a)', put: ''}", r"'\(\?!a\)': "),
        ("steps:\n  - {find: '{nobody_has_this}', put: ''}", "no word list {nobody_has_this}"),
        ("steps:\n  - {find: 'a', put: '', safe: perhaps}", "'perhaps' is not true or false"),
        ("steps:\n  - {find: 'a', put: '', wants: b}", "unknown key 'wants'"),
    ],
)
def test_a_wrong_recipe_is_refused(tmp_path: Path, head: str, words: str) -> None:
    """The one who adds a recipe is told the file and what to write."""
    path = tmp_path / "wrong.yaml"
    path.write_text(head, "utf-8")
    with pytest.raises(RuleError, match=words) as caught:
        read_recipe(path, strict=True)
    assert caught.value.source == "wrong.yaml"
