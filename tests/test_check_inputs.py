"""What `drafter check` reads, by name, pattern and folder, and how its results point into files with markup."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from drafter import check
from drafter.texts import MAX_MAIL
from tests.shell import CLEAN, EXAMPLE, run, written

BAD = "You should have read the terms."
MARKDOWN = f"---\ntitle: {BAD}\n---\n\nÉtienne 🙈,\n\nWe're *sorry* if you were affected: 100% of you.\n\n- We value your\n  loyalty.\n"
MAIL = (
    "Subject: x\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
    "We=E2=80=99re sorry if =\nyou were affected.\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with texts at several depths."""
    monkeypatch.chdir(tmp_path)
    for name in ("one.txt", "b/two.md", "b/c/three.html", "b/c/notes.log", ".hidden/four.md", "b/[x].txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        written(tmp_path, BAD, name)
    return tmp_path


def paths(*arguments: str) -> list[str]:
    """The texts that are checked."""
    result = run("check", *arguments, "--format", "json")
    assert result.exit_code == 1, result.output
    return [json.loads(line)["path"] for line in result.stdout.splitlines()]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["*.txt"], ["one.txt"]),
        (["**/*.txt"], ["b/[x].txt", "one.txt"]),
        (["**/*.md", "b/c/*"], ["b/two.md", "b/c/notes.log", "b/c/three.html"]),
        (["b"], ["b/[x].txt", "b/c/three.html", "b/two.md"]),
        (["."], ["b/[x].txt", "b/c/three.html", "b/two.md", "one.txt"]),
        (["b/[x].txt"], ["b/[x].txt"]),
        (["o?e.[t]xt", "one.txt", "one.txt"], ["one.txt"]),
        ([".hidden"], [".hidden/four.md"]),
    ],
)
def test_patterns_and_folders_stand_for_files(folder: Path, arguments: list[str], found: list[str]) -> None:
    """Each file once, in order; hidden ones only where they are named."""
    assert paths(*arguments) == found


def test_a_pattern_from_the_root_works(folder: Path) -> None:
    """A shell that leaves patterns alone leaves absolute ones too."""
    assert paths(f"{folder}/**/*.md") == [f"{folder}/b/two.md"]


def test_what_stands_for_nothing_is_told_and_the_others_are_judged(folder: Path) -> None:
    """Pattern, folder and file, a line each after the findings of the rest; exit 2."""
    (folder / "empty").mkdir()
    result = run("check", "none.txt", "**/*.rst", "one.txt", "empty")
    assert result.exit_code == 2
    assert result.stdout.startswith("one.txt:1:1: error blame-customer\n")
    assert result.stderr.splitlines() == [
        "no file matches '**/*.rst'.",
        "the folder 'empty' holds no text to check (.txt, .md, .markdown, .html, .htm, .eml).",
        "none.txt: there is no such file.",
    ]


def test_bad_comments_of_some_files_leave_the_others_judged(folder: Path) -> None:
    """Each is told with its file and line, at the end."""
    for name in ("x.md", "y.html"):
        written(folder, "Hello.\n<!-- drafter: off excus -->\n", name)
    result = run("check", "x.md", "y.html", "one.txt", "--format", "json")
    assert (result.exit_code, [json.loads(line)["path"] for line in result.stdout.splitlines()]) == (2, ["one.txt"])
    what = "line 2: a comment names the rule 'excus', which is not there; did you mean 'excuse'?"
    assert result.stderr.splitlines() == [f"x.md: {what}", f"y.html: {what}"]


def test_standard_input_is_read_as_the_file_that_it_is_called() -> None:
    """An editor pipes the text of a Markdown file and gets results for its name."""
    result = run("check", "-", "--stdin-filename", "docs/reply.md", "--format", "json", given=MARKDOWN)
    checked = json.loads(result.stdout)
    assert checked["path"] == "docs/reply.md"
    assert [finding["rule"] for finding in checked["findings"]] == ["conditional-apology", "stock-phrase"]
    plain = json.loads(run("check", "--format", "json", given=MARKDOWN).stdout)
    assert (plain["path"], plain["findings"][0]["rule"]) == ("-", "blame-customer")


def test_a_mail_in_another_charset_is_read(tmp_path: Path) -> None:
    """A file that is not UTF-8 is read in the charset that it names, or refused."""
    path = tmp_path / "mail.eml"
    head = "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: 8bit\n\n"
    path.write_bytes(f"{head}Grüße. {BAD}".encode("latin-1"))
    (finding,) = json.loads(run("check", path, "--format", "json").stdout)["findings"]
    assert (finding["start"], finding["text"]) == (len(head) + 7, "You should have read")
    path.write_bytes(f"{head.replace('iso-8859-1', 'utf-8')}Grüße".encode("latin-1"))
    assert "line 4 is not UTF-8" in run("check", path).stderr
    path.write_bytes(f"{head.replace('iso-8859-1', 'x-none')}Grüße".encode("latin-1"))
    assert "it is in 'x-none', which is not known here" in run("check", path).stderr


def test_a_mail_may_have_attachments_that_a_text_may_not(tmp_path: Path) -> None:
    """The limit of a text is one for what is judged; a mail has one of its own."""
    text = f"Content-Type: multipart/mixed; boundary=x\n\n--x\n\n{BAD}\n--x\nContent-Type: image/png\n\n{'QUJD' * 500_000}\n--x--\n"
    assert run("check", written(tmp_path, text, "mail.eml"), "--format", "json").exit_code == 1
    assert "too large (2.0 MB); the limit is 1 MB" in run("check", written(tmp_path, text)).stderr
    assert "the mail is too large" in run("check", written(tmp_path, "a: b\n\n" + "a" * MAX_MAIL, "mail.eml")).stderr
    assert "the text is too large" in run("check", written(tmp_path, "a: b\n\n" + "a" * (2 << 20), "mail.eml")).stderr


def test_the_words_of_a_file_with_marks_are_underlined(tmp_path: Path) -> None:
    """A person sees the line as it stands in the file, with its number."""
    path = written(tmp_path, MARKDOWN, "reply.md")
    first = check(MARKDOWN, markup="markdown").findings[0]
    shown = run("check", path).stdout.splitlines()
    where = shown.index(f"{path}:7:1: error {first.rule}")
    assert shown[where + 1].strip() == "We're *sorry* if you were affected: 100% of you."
    assert shown[where + 2].strip() == "^" * len(first.text)
    assert "*" in first.text


TEXTS = {"reply.md": MARKDOWN, "mail.eml": MAIL, "page.html": f"<p>Né</p>\n<p>{BAD[:10]}<b>{BAD[10:]}</b></p>\n", "bad.txt": BAD + "\n"}


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The SARIF log of texts of every kind, beside facts, in a house with a severity and a replacement of its own."""
    monkeypatch.chdir(tmp_path)
    written(
        tmp_path,
        "[severity]\nconditional-apology = 'suggestion'\n[phrases]\nbanned = [{phrase = 'loyalty', instead = 'trust'}]\n",
        "drafter.toml",
    )
    for name, text in TEXTS.items():
        written(tmp_path, text, name)
    found: dict[str, Any] = json.loads(run("check", *TEXTS, "--incident", EXAMPLE, "--format", "sarif").stdout)
    return found


def test_sarif_has_the_structure_of_its_standard(log: dict[str, Any]) -> None:
    """Every object has what the 2.1.0 schema requires of it and nothing that it does not know."""
    assert set(log) == {"$schema", "version", "runs"}
    (only,) = log["runs"]
    assert set(only) == {"tool", "columnKind", "artifacts", "results"}
    driver = only["tool"]["driver"]
    assert set(driver) == {"name", "version", "rules"}
    for rule in driver["rules"]:
        assert set(rule) == {"id", "shortDescription", "fullDescription", "help", "defaultConfiguration"}
        assert all(isinstance(rule[key]["text"], str) and rule[key]["text"] for key in ("shortDescription", "fullDescription", "help"))
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
    assert len({rule["id"] for rule in driver["rules"]}) == len(driver["rules"])
    for result in only["results"]:
        assert set(result) - {"fixes"} == {"ruleId", "ruleIndex", "level", "message", "locations"}
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert set(result["message"]) == {"text"}


def regions(log: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """File, region and result of each result."""
    for result in log["runs"][0]["results"]:
        (location,) = result["locations"]
        place = location["physicalLocation"]
        assert set(place) == {"artifactLocation", "region"}
        yield place["artifactLocation"]["uri"], place["region"], result


def test_sarif_regions_hold_the_words_of_the_file(log: dict[str, Any]) -> None:
    """Lines and columns count the characters of the file as it stands; what is missing follows its last words."""
    for uri, region, result in regions(log):
        lines = TEXTS[uri].split("\n")
        starts = [sum(len(line) + 1 for line in lines[:i]) for i in range(len(lines))]
        start = starts[region["startLine"] - 1] + region["startColumn"] - 1
        end = starts[region["endLine"] - 1] + region["endColumn"] - 1
        assert TEXTS[uri][start:end] == region.get("snippet", {"text": ""})["text"]
        if result["ruleId"].startswith("missing-"):
            assert start == end == len(TEXTS[uri].rstrip())


def test_sarif_shows_the_severities_of_the_house(log: dict[str, Any]) -> None:
    """In the rule and in the result."""
    rules = {rule["id"]: rule["defaultConfiguration"]["level"] for rule in log["runs"][0]["tool"]["driver"]["rules"]}
    assert rules["conditional-apology"] == "note"
    assert {result["level"] for result in log["runs"][0]["results"] if result["ruleId"] == "conditional-apology"} == {"note"}


def test_sarif_fixes_change_nothing_but_words(log: dict[str, Any]) -> None:
    """No fix writes over marks, tags or encoded text; where there are only words, it is there."""
    fixed = [(uri, region, result) for uri, region, result in regions(log) if "fixes" in result]
    assert ("reply.md", "loyalty") in [(uri, region["snippet"]["text"]) for uri, region, _ in fixed]
    for uri, region, result in fixed:
        assert uri != "mail.eml"
        (change,) = result["fixes"][0]["artifactChanges"]
        (replacement,) = change["replacements"]
        deleted = replacement["deletedRegion"]
        assert not re.search(r"[<>&*_`\[\]]", deleted["snippet"]["text"] + replacement["insertedContent"]["text"])
        assert (deleted["startLine"], deleted["startColumn"]) <= (region["endLine"], region["endColumn"])


@pytest.mark.usefixtures("log")
def test_github_commands_point_into_files_with_markup() -> None:
    """Line and columns are those of the file, the severity is the house's, and what would end a command is escaped."""
    lines = run("check", *TEXTS, "--format", "github").stdout.splitlines()
    first = check(MARKDOWN, markup="markdown").findings[0]
    where = f"line=7,endLine=7,title=Drafter%3A conditional-apology,col=1,endColumn={len(first.text)}"
    assert lines[0].startswith(f"::notice file=reply.md,{where}::")
    assert any(line.startswith("::warning file=reply.md,line=9,endLine=10,title=Drafter%3A stock-phrase::") for line in lines)
    assert any(
        "title=Drafter%3A banned-phrase,col=3,endColumn=9::A phrase that this house does not use.%0AInstead: trust" in line
        for line in lines
    )
    assert any(line.startswith("::notice file=mail.eml,line=5,endLine=5,") for line in lines)
    assert not any("\r" in line or line.count("::") < 2 for line in lines)


def test_a_clean_file_of_each_kind_is_clean(tmp_path: Path) -> None:
    """Nothing of markup or headers is taken for a fault."""
    for name, text in {"a.md": f"# Hi\n\n{CLEAN}", "a.html": f"<p>{CLEAN}</p>", "a.eml": f"Subject: {BAD}\n\n{CLEAN}"}.items():
        assert run("check", written(tmp_path, text, name)).exit_code == 0


def test_a_channel_that_everyone_reads_shows_nothing_of_a_person(folder: Path) -> None:
    """The same text is clean in a mail; with facts, their channel holds."""
    text = "@rina_w your order 55120 is on the van.\n"
    written(folder, text, "post.txt")
    for channel, codes in (("email", 0), ("social", 1), ("status_page", 1)):
        result = run("check", "post.txt", "--channel", channel)
        assert (result.exit_code, "public-disclosure" in result.stdout) == (codes, bool(codes))
    assert "public-disclosure" in {finding.rule for finding in check(text, channel="social", kind="update").findings}
    wrong = run("check", "post.txt", "--channel", "socail")
    assert (wrong.exit_code, wrong.stderr.splitlines()[0].endswith("did you mean 'social'?")) == (2, True)
    both = run("check", "post.txt", "--channel", "social", "--incident", EXAMPLE)
    assert (both.exit_code, "the facts are for email, not social" in both.stderr) == (2, True)


def test_an_empty_settings_file_decides_nothing(folder: Path) -> None:
    """Somebody has begun to write it."""
    for content in ("", "\n", "# later\n"):
        written(folder, content, "drafter.toml")
        assert run("check", "one.txt").exit_code == 1
