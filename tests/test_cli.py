"""The command line: what it prints, where, and with which exit code."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from drafter import check
from drafter.checks.engine import rules_for
from tests.shell import CLEAN, EXAMPLE, real, run, written

BAD = "Hi Tom,\n\nWe're sorry for any inconvenience caused.\nYou should have read the terms.\n"


# draft


def test_the_main_job_from_a_shell() -> None:
    """The real command prints subject, letter and status, exits 0, and says nothing on stderr."""
    done = real("draft", EXAMPLE, "--model", "none")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Subject: ")
    assert "Hi Tom," in done.stdout
    assert "Ready to send." in done.stdout
    assert "\x1b" not in done.stdout


def test_a_draft_as_json_has_every_promised_key() -> None:
    """Others read these names; sections join to the text, and each finding to its words."""
    result = run("draft", EXAMPLE, "--model", "none", "--format", "json")
    draft = json.loads(result.stdout)
    promised = ["status", "reasons", "subject", "text", "sections", "findings", "coverage", "claims", "left_out", "score", "provenance"]
    assert result.exit_code == 0
    assert set(promised) <= set(draft)
    assert draft["status"] == "ready"
    assert all(section["text"] in draft["text"] for section in draft["sections"] if section["name"] != "subject")
    assert draft["provenance"]["model"] is None


def test_facts_can_come_from_standard_input() -> None:
    """A dash reads the facts that are piped in."""
    result = run("draft", "-", "--model", "none", given=EXAMPLE.read_text(encoding="utf-8"))
    assert result.exit_code == 0
    assert "we charged your card twice" in result.stdout


def test_a_kind_replaces_the_one_of_the_facts() -> None:
    """The same facts make another message, and its provenance stays that of a composed one."""
    apology, follow_up = (json.loads(run("draft", EXAMPLE, "--kind", kind, "--format", "json").stdout) for kind in ("apology", "follow_up"))
    assert apology["text"] != follow_up["text"]


def test_a_sensitive_draft_is_not_ready_and_shows_both_versions(tmp_path: Path) -> None:
    """Exit 1, what was withheld and why, and the withheld version for the person who may release it."""
    facts = written(tmp_path, EXAMPLE.read_text(encoding="utf-8") + "sensitive: true\n", "facts.yaml")
    result = run("draft", facts)
    assert result.exit_code == 1
    assert "Needs a person's review" in result.stdout
    before, after = result.stdout.split("The same reply with what was withheld")
    assert "we charged your card twice" not in before
    assert "we charged your card twice" in after


def test_a_named_model_that_is_nowhere_is_bad_input() -> None:
    """A name without an address or a key says what to set."""
    result = run("draft", EXAMPLE, "--model", "some-model")
    assert result.exit_code == 2
    assert "DRAFTER_BASE_URL" in result.stderr


def test_a_model_that_cannot_be_reached_costs_no_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    """The composed letter is printed, with the reason; the progress line is on stderr only."""
    monkeypatch.setenv("DRAFTER_BASE_URL", "http://127.0.0.1:9/v1")
    result = run("draft", EXAMPLE, "--model", "some-model")
    assert result.exit_code == 0
    assert "some-model is writing" in result.stderr
    assert "is writing" not in result.stdout
    assert "Written without the model" in result.stdout


# rework


def drafted(tmp_path: Path) -> Path:
    """The draft of the example as JSON, in a file."""
    return written(tmp_path, run("draft", EXAMPLE, "--format", "json").stdout, "draft.json")


def test_a_draft_is_written_shorter_and_says_what_went(tmp_path: Path) -> None:
    """The real command takes the JSON of a draft, prints the new letter as draft does, and exits 0."""
    done = real("rework", drafted(tmp_path), "--incident", EXAMPLE, "--wish", "shorter")
    assert (done.returncode, done.stderr) == (0, "")
    assert "timed out" not in done.stdout.split("Ready to send.")[0]
    assert "Left out “when a payment timed out" in done.stdout


@pytest.mark.parametrize("given", ["draft", "text"])
def test_a_reworked_letter_as_json_is_a_draft(tmp_path: Path, given: str) -> None:
    """What comes out can go in again, from a draft as from the bare text of a letter on standard input."""
    before = drafted(tmp_path).read_text(encoding="utf-8")
    start = before if given == "draft" else json.loads(before)["text"]
    result = run("rework", "-", "--incident", EXAMPLE, "--wish", "shorter", "--format", "json", given=start)
    assert result.exit_code == 0
    again = run("rework", "-", "--incident", EXAMPLE, "--wish", "shorter", "--format", "json", given=result.stdout)
    assert json.loads(again.stdout)["text"] == json.loads(result.stdout)["text"]
    assert any(reason.startswith("It could not be made shorter") for reason in json.loads(again.stdout)["reasons"])


def test_what_draft_printed_can_be_reworked(tmp_path: Path) -> None:
    """The subject above the letter and the remarks below it are no part of it."""
    printed = run("draft", EXAMPLE).stdout
    result = run("rework", written(tmp_path, printed), "--incident", EXAMPLE, "--wish", "warmer")
    assert result.exit_code == 0
    assert result.stdout.count("Ready to send.") == 1
    assert "composed anew" not in result.stdout


@pytest.mark.parametrize(
    ("content", "options", "says"),
    [
        (None, ["--wish", "start with the money"], "this wish needs a model"),
        (None, ["--wish", "shorter", "--section", "fix"], "this wish needs a model"),
        (None, ["--wish", " "], "wish: the wish is empty"),
        (None, ["--wish", "shorter", "--section", "fixx"], "--section: 'fixx' is not one of"),
        (None, ["--wish", "shorter", "--format", "yaml"], "--format: 'yaml' is not one of"),
        ('{"text": "Hi"}', ["--wish", "shorter"], "this is JSON, and not a draft"),
        ('{"text": ', ["--wish", "shorter"], "this is JSON, and not a draft"),
        ("", ["--wish", "shorter"], "the text is empty"),
    ],
)
def test_what_rework_cannot_use_is_one_line_and_exit_2(tmp_path: Path, content: str | None, options: list[str], says: str) -> None:
    """Each in the agent's terms, with nothing on stdout."""
    file = drafted(tmp_path) if content is None else written(tmp_path, content, "draft.json")
    result = run("rework", file, "--incident", EXAMPLE, *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr
    assert len(result.stderr.splitlines()) == 1


# check


def test_a_finding_is_underlined_with_its_why_and_place(tmp_path: Path) -> None:
    """The carets stand under the flagged words of the line they are in."""
    path = written(tmp_path, BAD)
    result = run("check", path)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    marked = next(i for i, line in enumerate(lines) if "^" in line)
    start, length = lines[marked].index("^"), lines[marked].count("^")
    flagged = lines[marked - 1][start : start + length]
    finding = check(BAD).findings[0]
    assert flagged == finding.text
    assert f"{path}:3:" in result.stdout
    assert finding.message in " ".join(result.stdout.split())


def test_a_clean_text_has_no_findings(tmp_path: Path) -> None:
    """Exit 0 and a line that says so."""
    result = run("check", written(tmp_path, CLEAN))
    assert (result.exit_code, result.stdout) == (0, "No findings in 1 text.\n")


@pytest.mark.parametrize(("fail_on", "code"), [("error", 0), ("warning", 1), ("suggestion", 1)])
def test_fail_on_names_the_mildest_finding_that_fails(tmp_path: Path, fail_on: str, code: int) -> None:
    """A text whose worst finding is a warning fails from warning down."""
    text = "Your parcel was lost, and I am sorry. We are sending a second one today."
    severities = {finding.severity for finding in check(text).findings}
    assert "warning" in severities
    assert "error" not in severities
    assert run("check", written(tmp_path, text), "--fail-on", fail_on).exit_code == code


def test_json_has_one_object_a_text_with_exact_spans(tmp_path: Path) -> None:
    """Line ends and accents of the file count, as they do for the caller."""
    text = "Grüße, José.\r\n\r\nWe're sorry for any inconvenience caused.\r\n"
    path = tmp_path / "reply.txt"
    path.write_bytes(text.encode())
    result = run("check", path, written(tmp_path, CLEAN, "clean.txt"), "--format", "json")
    first, second = map(json.loads, result.stdout.splitlines())
    assert list(first) == ["path", "score", "elements", "findings"]
    assert (first["path"], first["score"], second["findings"]) == (str(path), None, [])
    assert first["findings"]
    for finding in first["findings"]:
        assert list(finding) == ["rule", "severity", "start", "end", "text", "message", "rewrite", "fix"]
        assert text[finding["start"] : finding["end"]] == finding["text"]


def test_with_the_facts_what_is_missing_and_what_they_do_not_hold_is_found(tmp_path: Path) -> None:
    """A reply without a fix and with another amount is told both."""
    reply = written(tmp_path, "Hi Tom,\n\nWe charged your card twice, and I'm sorry. You will get $500.00.\n\nMaya\n")
    found = json.loads(run("check", reply, "--incident", EXAMPLE, "--format", "json").stdout)
    rules = {finding["rule"] for finding in found["findings"]}
    assert {"missing-concrete-fix", "ungrounded-money"} <= rules
    assert found["elements"]["concrete-fix"] == "missing"
    assert found["score"] < 60


def test_a_kind_alone_makes_a_text_owe_something(tmp_path: Path) -> None:
    """Without facts, the kind says what is missing."""
    path = written(tmp_path, "We will be in touch about your order today.")
    bare, apology = (json.loads(run("check", path, "--format", "json", *more).stdout) for more in ((), ("--kind", "apology")))
    assert not any(finding["rule"].startswith("missing-") for finding in bare["findings"])
    assert any(finding["rule"] == "missing-ownership" for finding in apology["findings"])


def test_standard_input_is_read_without_a_file_name() -> None:
    """A pipe needs no dash."""
    result = real("check", given=BAD)
    assert result.returncode == 1
    assert "^^^" in result.stdout
    assert real("check", "-", given=CLEAN).returncode == 0


def test_control_characters_never_reach_the_terminal(tmp_path: Path) -> None:
    """A text cannot steer the terminal of the one who checks it."""
    text = "We're sorry for any inconvenience caused \x1b[31m\x07 or hidden \u202e."
    assert not re.search("[\x1b\x07\u202e]", run("check", written(tmp_path, text)).stdout)


def test_sarif_points_at_the_words(tmp_path: Path) -> None:
    """Every result has a rule, a level and a region that holds exactly the flagged words."""
    text = "Né.\nWe're sorry for any inconvenience caused.\n"
    path = written(tmp_path, text, "my reply.txt")
    log = json.loads(run("check", path, "--format", "sarif").stdout)
    (only,) = log["runs"]
    assert (log["version"], only["columnKind"]) == ("2.1.0", "unicodeCodePoints")
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    rules = only["tool"]["driver"]["rules"]
    assert only["results"]
    for result in only["results"]:
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == path.as_uri() == only["artifacts"][place["artifactLocation"]["index"]]["location"]["uri"]
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert rules[result["ruleIndex"]]["shortDescription"]["text"] != result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert cut(text, place["region"]) == place["region"]["snippet"]["text"]


def cut(text: str, region: dict[str, Any]) -> str:
    """The words in a SARIF region, whose end column is the one after them."""
    lines = text.splitlines(keepends=True)
    starts = [sum(map(len, lines[:i])) for i in range(len(lines) + 1)]
    first = starts[region["startLine"] - 1] + region["startColumn"] - 1
    return text[first : starts[region["endLine"] - 1] + region["endColumn"] - 1]


def test_sarif_without_findings_is_still_a_log(tmp_path: Path) -> None:
    """A scanner sees that the texts were checked and nothing was found."""
    (only,) = json.loads(run("check", written(tmp_path, CLEAN), "--format", "sarif").stdout)["runs"]
    assert only["results"] == []
    assert len(only["artifacts"]) == 1


def test_github_commands_name_file_and_line(tmp_path: Path) -> None:
    """Each finding is one workflow command; what would end it is escaped."""
    path = written(tmp_path, BAD, "a,b:c.txt")
    lines = run("check", path, "--format", "github").stdout.splitlines()
    assert len(lines) == len(check(BAD).findings)
    where = r"file=[^,:]+,line=\d+,endLine=\d+,title=[^,:]+%3A [a-z-]+(,col=\d+,endColumn=\d+)?"
    assert all(re.fullmatch(rf"::(error|warning|notice) {where}::[^\n]+", line) for line in lines)
    assert "a%2Cb%3Ac.txt" in lines[0]


# rules


def test_rules_lists_every_rule_with_severity_and_a_line() -> None:
    """Each rule of the language is there once."""
    result = run("rules")
    assert result.exit_code == 0
    for name, rule in rules_for("en").rules.items():
        assert re.search(rf"^  {name} +{rule.severity} +\S", result.stdout, re.M), name


@pytest.mark.parametrize("name", ["conditional-apology", "missing-ownership", "ownership"])
def test_rules_shows_the_page_of_one(name: str) -> None:
    """A rule can be named as a finding names it."""
    result = run("rules", name)
    assert result.exit_code == 0
    assert "Flags:" in result.stdout or "Passes:" in result.stdout


def test_an_unknown_rule_names_the_nearest() -> None:
    """A typing slip is told what was meant."""
    result = run("rules", "conditonal-apology")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "there is no rule 'conditonal-apology'; did you mean 'conditional-apology'?\n"


# colour, version, start


def test_colour_follows_the_terminal_and_no_color(tmp_path: Path) -> None:
    """Colour is forced for a program that asks for it, and NO_COLOR wins over nothing being a terminal."""
    path = written(tmp_path, BAD)
    assert "\x1b[" in real("check", path, FORCE_COLOR="1").stdout
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]", real("check", path, FORCE_COLOR="1", NO_COLOR="1").stdout)
    assert "\x1b" not in real("check", path).stdout


def test_the_version_is_that_of_the_package() -> None:
    """`drafter --version` prints one line."""
    done = real("--version")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"drafter \d+\.\d+\.\d+\S*\n", done.stdout)


def test_no_arguments_shows_the_commands() -> None:
    """A newcomer who types the bare name sees what there is."""
    output = run().output
    assert all(command in output for command in ("draft", "check", "rules", "serve"))


def test_the_package_runs_as_a_module() -> None:
    """`python -m drafter` is the same command."""
    done = subprocess.run([sys.executable, "-m", "drafter", "--version"], capture_output=True, encoding="utf-8", timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == real("--version").stdout


# streams and places as they come


@pytest.mark.parametrize("columns", ["0", "1", "4", "12"])
def test_a_tiny_terminal_still_gets_every_word(tmp_path: Path, columns: str) -> None:
    """A width in which nothing fits is not waited for, and takes nothing away."""
    done = real("check", written(tmp_path, BAD), COLUMNS=columns)
    assert (done.returncode, done.stderr) == (1, "")
    assert check(BAD).findings[0].message in " ".join(done.stdout.split())
    assert "^" in done.stdout


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "koi8-r"])
def test_an_encoding_without_our_characters_costs_no_output(tmp_path: Path, encoding: str) -> None:
    """A person reads escapes for what is lacking, and JSON says the same as in UTF-8."""
    path = written(tmp_path, "Γειά, We’re sorry for any inconvenience caused.\n")
    shown = real("check", path, PYTHONIOENCODING=encoding)
    assert (shown.returncode, shown.stderr) == (1, "")
    assert r"\u0393\u03b5" in shown.stdout
    for shape in ("json", "sarif"):
        narrow = real("check", path, "--format", shape, PYTHONIOENCODING=encoding)
        assert narrow.stdout.isascii()
        assert json.loads(narrow.stdout) == json.loads(real("check", path, "--format", shape).stdout)
