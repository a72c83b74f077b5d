"""Prompts are versioned, refused with file and line where they are wrong, and the shipped ones render."""

from __future__ import annotations

from pathlib import Path

import pytest

from drafter.checks import check
from drafter.errors import PromptError
from drafter.prompts import Prompt, live_prompt, prompts, read_prompt, shipped

GOOD = "---\nstatus: live\nvariables: [facts]\nchange: First version.\n---\n# system\n\nBe brief.\n\n# user\n\n{facts}\n"


def test_a_prompt_is_read_with_its_head_and_two_messages(tmp_path: Path) -> None:
    """Name and version come from the file name, and the body renders as a system and a user message."""
    prompt = read_prompt(_file(tmp_path, GOOD, "draft.v3.md"))
    assert (prompt.label, prompt.status, prompt.variables, prompt.change) == ("draft.v3", "live", ("facts",), "First version.")
    messages = prompt.template.invoke({"facts": 'a {brace} & "quote"'}).to_messages()
    assert [(message.type, message.content) for message in messages] == [("system", "Be brief."), ("human", 'a {brace} & "quote"')]


def test_doubled_braces_are_braces(tmp_path: Path) -> None:
    """A brace written twice stands in the message once."""
    prompt = read_prompt(_file(tmp_path, GOOD.replace("Be brief.", 'Answer {{"a": 1}}.')))
    assert prompt.template.invoke({"facts": ""}).to_messages()[0].content == 'Answer {"a": 1}.'


def test_the_highest_live_version_is_used(tmp_path: Path) -> None:
    """Trials and retired versions are never used by themselves, however high their number."""
    for version, status in ((1, "retired"), (2, "live"), (10, "live"), (11, "trial")):
        _file(tmp_path, GOOD.replace("live", status), f"draft.v{version}.md")
    assert live_prompt("draft", tmp_path).label == "draft.v10"
    assert [prompt.version for prompt in prompts(tmp_path)] == [1, 2, 10, 11]


def test_a_name_without_a_live_version_is_said(tmp_path: Path) -> None:
    """The error names what there is."""
    _file(tmp_path, GOOD, "draft.v1.md")
    with pytest.raises(PromptError, match="no live prompt 'revise'; there is draft"):
        live_prompt("revise", tmp_path)


def test_the_hash_follows_the_content(tmp_path: Path) -> None:
    """One letter more is another hash; line endings are not."""
    first = read_prompt(_file(tmp_path, GOOD)).hash
    assert read_prompt(_file(tmp_path, GOOD.replace("brief", "briefs"))).hash != first
    assert read_prompt(_file(tmp_path, GOOD.replace("\n", "\r\n"))).hash == first


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("status: live", "statue: live", r"draft.v1.md: line 2: statue: unknown key; did you mean 'status'\?"),
        ("status: live", "status: lively", "line 2: status: 'lively' is not one of live, trial, retired"),
        ("change: First version.\n", "", "line 1: change: this key is missing"),
        ("change: First version.", "change:", "line 4: change: say in a sentence"),
        ("variables: [facts]", "variables: facts", "line 3: variables: this is a list of names"),
        ("variables: [facts]", "variables: [facts, tone]", "line 3: variables: 'tone' is declared, and the body never uses it"),
        ("{facts}", "{fact}", r"line 12: \{fact\} is not among the variables of the head; did you mean 'facts'\?"),
        ("Be brief.", 'Answer {"a": 1}.', "line 8: a brace that is meant as a brace is written twice"),
        ("Be brief.", "Be {brief.", "line 8: a brace that is meant"),
        ("Be brief.", "Be {facts!r}.", "line 8: a brace that is meant"),
        ("# user", "# human", "line 10: the body is '# system', then '# user'"),
        ("Be brief.", "", "nothing stands under '# system'"),
        ("---\n# system", "# system", "starts with a head"),
        ("variables: [facts]", "variables: [facts", "line 4: the head is not YAML|line 3: the head is not YAML"),
    ],
)
def test_a_wrong_prompt_is_refused_with_file_and_line(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    """Every fault of head and body names its line and what to write."""
    assert old in GOOD
    with pytest.raises(PromptError, match=complaint):
        read_prompt(_file(tmp_path, GOOD.replace(old, new, 1)))


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    """A reviewer mends a file once, not once per fault."""
    with pytest.raises(PromptError) as caught:
        read_prompt(_file(tmp_path, GOOD.replace("live", "lively").replace("{facts}", "{fact}")))
    assert len(caught.value.complaints) == 3


@pytest.mark.parametrize("name", ["draft.md", "draft.v0.md", "Draft.v1.md", "draft.v1.txt"])
def test_a_wrong_file_name_is_refused(tmp_path: Path, name: str) -> None:
    """The name holds the version."""
    with pytest.raises(PromptError, match=r"named <name>\.v<number>\.md"):
        read_prompt(_file(tmp_path, GOOD, name))


@pytest.mark.parametrize("prompt", prompts(), ids=lambda prompt: prompt.label)
def test_a_shipped_prompt_renders(prompt: Prompt) -> None:
    """Every shipped prompt is rendered with values in every place, and no brace is left over."""
    values = {name: f"<{name}>" for name in prompt.variables}
    text = "\n".join(str(message.content) for message in prompt.template.invoke(values).to_messages())
    assert all(value in text for value in values.values())
    assert "{{" not in text
    assert "}}" not in text


def test_each_use_has_a_live_prompt() -> None:
    """What the chain and the ticket reading ask for is there."""
    assert {live_prompt(name).name for name in ("draft", "revise", "read_ticket")} == {"draft", "revise", "read_ticket"}
    assert shipped().is_dir()


def test_the_example_in_the_drafting_prompt_is_clean() -> None:
    """The prompt does what it asks for: its own example letter has no finding."""
    lines = [line.partition(": ")[2] for line in live_prompt("draft").text.splitlines() if line.startswith("> ")]
    assert len(lines) == 2
    assert check(" ".join(lines)).findings == ()


def _file(folder: Path, text: str, name: str = "draft.v1.md") -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path
