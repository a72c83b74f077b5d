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
DRAFT = f"suite: brevity\nabout: x\ndrafts:\n  - id: a\n{FACTS}"


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
        ("suite: brevity\nabout: x\ncases: []\n", "brevity.yaml:3: cases: there is no such key; there are suite, about, texts, drafts"),
        ("suite: other\nabout: x\n", "a suite has the name of its file"),
        ("suite: [\n", "brevity.yaml:2: this is not YAML"),
        ("suite: brevity\nabout: x\ntexts:\n  - {id: a, text: Hello, findings: [blaming]}\n", "no rule is called blaming"),
        ("suite: brevity\nabout: x\ntexts:\n  - {id: a, text: Hello, elements: {apology: present}}\n", "no element is called apology"),
        ("suite: brevity\nabout: x\ndrafts:\n  - {id: a}\n", "a case has facts, or a ticket with a desk"),
        ("suite: brevity\nabout: x\ndrafts:\n  - {id: a, facts: {company: A}}\n", "a: facts.signer: this key is missing"),
        (
            "suite: brevity\nabout: x\ndrafts:\n  - {id: a, ticket: Thank you, desk: {company: A, signer: {name: B}}}\n",
            "went wrong",
        ),
        (
            f"suite: brevity\nabout: x\ndrafts:\n  - id: a\n{FACTS}    expect: {{worst: 3}}\n",
            "brevity.yaml:10: a: expect.worst: there is no",
        ),
        (f"{DRAFT}    expect: {{wrods: {{at_most: 3}}}}\n", "expect.wrods: there is no such key; did you mean 'words'?"),
        (
            f"{DRAFT}    expect:\n      mentions: candles\n",
            "brevity.yaml:11: a: expect.mentions: a list of words is needed: [one, another]",
        ),
        (
            f"{DRAFT}    expect:\n      mentions:\n        - [a]\n        - {{b: c}}\n",
            "brevity.yaml:13: a: expect.mentions.2: a word is needed here",
        ),
        (f"{DRAFT}    expect: {{status: [readi]}}\n", "expect.status.1: 'readi' is none of ready, needs_review, blocked"),
        (f"{DRAFT}    expect: {{words: {{at_most: many}}}}\n", "expect.words.at_most: write a number"),
        (f"{DRAFT}    expect: {{owed: perhaps}}\n", "expect.owed: write true or false"),
        (f"{DRAFT}    expect: {{mentions: [a]}}\n    expect: {{owed: false}}\n", "brevity.yaml:11: expect: this key stands twice"),
        (DRAFT.replace("ours:", "our:"), "brevity.yaml:9: a: facts.problems.1.our: unknown key; did you mean 'ours'"),
        (DRAFT.replace("id: a", "id: A b"), "brevity.yaml:4: A b: id: a name has small letters"),
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
    with pytest.raises(InputError, match=r"two cases are called a: .*one\.yaml:4 and .*two\.yaml:4"):
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
