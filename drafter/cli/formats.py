"""Findings for machines: JSON lines, SARIF 2.1.0, and GitHub's workflow commands."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from drafter.cli.display import instead, place, printable
from drafter.cli.paths import STDIN
from drafter.markup import Markup

if TYPE_CHECKING:
    from drafter.checks.report import Finding, Report
    from drafter.checks.rule import Rule

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "suggestion": "note"}
_COMMANDS = {"error": "error", "warning": "warning", "suggestion": "notice"}
_MARKS = re.compile(r"[<>&*_`~|\\\[\]]")


@dataclass(frozen=True)
class Checked:
    """One input and what its check found."""

    path: str
    text: str
    report: Report
    markup: Markup = "text"

    def replaceable(self, finding: Finding) -> bool:
        """Whether the rewrite can take the place of the words in the file: nothing of its markup or encoding is in the way."""
        fix = finding.fix
        if not fix or self.markup == "eml" or finding.start + fix.offset < 0:
            return False
        stands = self.text.startswith(fix.replaces, finding.start + fix.offset)
        return stands and (self.markup == "text" or not _MARKS.search(fix.replaces + fix.put))


def json_line(checked: Checked) -> str:
    """One object: path, score, elements and findings, on one line."""
    report = checked.report
    findings = [finding.model_dump() for finding in report.findings]
    return json.dumps(
        {"path": _named(checked.path), "score": report.score, "elements": report.elements, "findings": findings}, ensure_ascii=False
    )


def sarif(results: Sequence[Checked], *, version: str, rules: Mapping[str, Rule]) -> str:
    """A SARIF 2.1.0 log of one run; columns count code points. `rules` are those in force, by the ids of their findings."""
    ids = sorted({finding.rule for checked in results for finding in checked.report.findings})
    driver = {"name": "Drafter", "version": version, "rules": [_descriptor(name, rules[name]) for name in ids]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "artifacts": [{"location": {"uri": _uri(checked.path)}} for checked in results],
        "results": [
            _result(checked, finding, artifact=index, rule=ids.index(finding.rule))
            for index, checked in enumerate(results)
            for finding in checked.report.findings
        ],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def github(checked: Checked) -> Iterator[str]:
    """One workflow command a finding, which GitHub shows beside the line it is about."""
    for finding in checked.report.findings:
        start, end = _shown(checked.text, finding)
        line, column = place(checked.text, start)
        last_line, last_column = place(checked.text, max(start, end - 1))
        at = {"file": printable(checked.path), "line": line, "endLine": last_line, "title": f"Drafter: {finding.rule}"}
        if line == last_line:
            at |= {"col": column, "endColumn": last_column}
        told = finding.message + ("" if finding.rewrite is None else f"\nInstead: {instead(finding.rewrite)}")
        keys = ",".join(f"{key}={_escaped(str(value), key=True)}" for key, value in at.items())
        yield f"::{_COMMANDS[finding.severity]} {keys}::{_escaped(told)}"


def encodable(text: str) -> str:
    """JSON that standard output can encode: itself where that is UTF-8, else with escapes for all that is not ASCII."""
    if (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "").startswith("utf"):
        return text
    return re.sub(r"[^\x00-\x7f]+", lambda found: json.dumps(found[0])[1:-1], text)


def _named(path: str) -> str:
    """The path as text that every reader takes: bytes that are not UTF-8 become a visible mark."""
    return os.fsencode(path).decode("utf-8", "replace")


def _descriptor(name: str, rule: Rule) -> dict[str, Any]:
    return {
        "id": name,
        "shortDescription": {"text": rule.message},
        "fullDescription": {"text": rule.body.strip()},
        "help": {"text": rule.body.strip(), "markdown": rule.body.strip()},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(checked: Checked, finding: Finding, *, artifact: int, rule: int) -> dict[str, Any]:
    location = {"index": artifact, "uri": _uri(checked.path)}
    region = _region(checked.text, *_shown(checked.text, finding))
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": {"artifactLocation": location, "region": region}}],
    }
    if (fix := finding.fix) and checked.replaceable(finding):
        start = finding.start + fix.offset
        replacement = {
            "deletedRegion": _region(checked.text, start, start + len(fix.replaces)),
            "insertedContent": {"text": fix.put},
        }
        change = {"artifactLocation": location, "replacements": [replacement]}
        told = f"Write “{finding.rewrite}”" if finding.rewrite else "Leave these words out"
        result["fixes"] = [{"description": {"text": told}, "artifactChanges": [change]}]
    return result


def _shown(text: str, finding: Finding) -> tuple[int, int]:
    """Where to show a finding: what is missing, after the last words, as a line without any is none to many a reader."""
    last = len(text.rstrip())
    return (finding.start, finding.end) if finding.text else (last, last)


def _region(text: str, start: int, end: int) -> dict[str, Any]:
    line, column = place(text, start)
    last_line, last_column = place(text, end)
    return {"startLine": line, "startColumn": column, "endLine": last_line, "endColumn": last_column} | (
        {"snippet": {"text": text[start:end]}} if end > start else {}
    )


def _uri(path: str) -> str:
    if path == STDIN:
        return "stdin"
    return Path(path).as_uri() if Path(path).is_absolute() else quote(os.fsencode(Path(path).as_posix()))


def _escaped(text: str, *, key: bool = False) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if key else text
