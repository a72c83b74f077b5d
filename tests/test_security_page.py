"""docs/security.md: no threat without a test, and no test that is not there."""

from __future__ import annotations

import ast
import re

import pytest

from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
HEAD = "| threat | what stands against it | test | what remains |"
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ") and line != HEAD]
TESTS = sorted(set(re.findall(r"`(tests/[\w/]+\.py(?:::\w+)?)`", PAGE)))


def test_the_page_has_its_threats() -> None:
    """Every table has the same columns, and the attackers of the page are all there."""
    assert len(ROWS) > 25
    assert PAGE.count(HEAD) == PAGE.count("\n## ")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].strip()[:60])
def test_no_threat_stands_without_a_test(row: str) -> None:
    """Each says what stands against it, which test covers it, and what remains."""
    _, threat, protection, tests, remains, _ = (cell.strip() for cell in row.split("|"))
    assert threat
    assert protection
    assert remains
    assert re.fullmatch(r"`tests/[\w/]+\.py(?:::\w+)?`(?:, `tests/[\w/]+\.py(?:::\w+)?`)*", tests)


@pytest.mark.parametrize("named", TESTS)
def test_every_test_that_the_page_names_is_there(named: str) -> None:
    """A test that is renamed or taken away fails here until the page follows."""
    path, _, name = named.partition("::")
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    found = {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}
    assert name in found if name else found
