"""The suites that come with Drafter hold, and what does not follow their format is said in a reviewer's terms."""

from __future__ import annotations

from pathlib import Path

import pytest

from drafter.errors import InputError
from evals.suites import HEADER, SCHEMA, SUITES, Suite, read_suite, schema, suites
from tests.conftest import EXAMPLES

FILES = sorted(SUITES.glob("*.yaml"))
FACTS = """\
    facts:
      company: Alder Bakery
      signer: {name: Iris}
      channel: chat
      problems: [{what: the candles were missing from your box, ours: we left the candles out of your box}]
"""


def written(folder: Path, text: str, name: str = "brevity") -> Path:
    """A suite in a file of its own."""
    path = folder / f"{name}.yaml"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_suite_holds_and_is_about_something(path: Path) -> None:
    """Every shipped suite reads, names its schema for editors, and has cases of drafts that are no example of the project."""
    assert path.read_text("utf-8").splitlines()[0] == HEADER
    suite = read_suite(path)
    assert suite.drafts
    assert suite.about.endswith(".")
    whats = {problem.what for case in suite.drafts for problem in case.incident.problems}
    assert not [example.name for example in EXAMPLES if any(what in example.read_text("utf-8") for what in whats)]


def test_the_schema_for_editors_is_the_one_of_the_code() -> None:
    """`python -m evals suites` was run after the last change."""
    assert SCHEMA.read_text("utf-8") == schema()
    assert len(suites()) == len(FILES)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("suite: brevity\nabout: x\ncases: []\n", "cases: Extra inputs are not permitted"),
        ("suite: other\nabout: x\n", "a suite has the name of its file"),
        ("suite: [\n", "is not YAML"),
        ("suite: brevity\nabout: x\ntexts:\n  - {id: a, text: Hello, findings: [blaming]}\n", "no rule is called blaming"),
        ("suite: brevity\nabout: x\ntexts:\n  - {id: a, text: Hello, elements: {apology: present}}\n", "no element is called apology"),
        ("suite: brevity\nabout: x\ndrafts:\n  - {id: a}\n", "a case has facts, or a ticket with a desk"),
        ("suite: brevity\nabout: x\ndrafts:\n  - {id: a, facts: {company: A}}\n", "signer"),
        (
            "suite: brevity\nabout: x\ndrafts:\n  - {id: a, ticket: Thank you, desk: {company: A, signer: {name: B}}}\n",
            "went wrong",
        ),
        (f"suite: brevity\nabout: x\ndrafts:\n  - id: a\n{FACTS}    expect: {{worst: 3}}\n", "expect.worst"),
    ],
)
def test_what_does_not_follow_the_format_is_said(tmp_path: Path, text: str, said: str) -> None:
    """The message names the file, the place, and what is wrong with it."""
    with pytest.raises(InputError, match="brevity") as raised:
        read_suite(written(tmp_path, text))
    assert said in str(raised.value)


def test_two_cases_of_one_name_are_refused(tmp_path: Path) -> None:
    """A report names cases by id alone."""
    case = f"about: x\ndrafts:\n  - id: a\n{FACTS}"
    for name in ("one", "two"):
        written(tmp_path, f"suite: {name}\n{case}", name)
    with pytest.raises(InputError, match="two cases are called a"):
        suites(folder=tmp_path)
    assert [suite.suite for suite in suites(("two",), folder=tmp_path)] == ["two"]
    with pytest.raises(InputError, match="there is no suite called three; there are one, two"):
        suites(("three",), folder=tmp_path)


def test_a_ticket_is_read_by_rules() -> None:
    """A case of a ticket has the facts that rules find in it, and what the desk knows."""
    case = Suite.model_validate(
        {
            "suite": "threads",
            "about": "Threads.",
            "drafts": [
                {
                    "id": "a",
                    "ticket": "Hello, you charged my card twice for order 1042.",
                    "desk": {"company": "Northwind", "signer": {"name": "Iris"}},
                }
            ],
        }
    ).drafts[0]
    assert [problem.fault for problem in case.incident.problems] == ["unknown"]
    assert "twice" in case.incident.problems[0].what
