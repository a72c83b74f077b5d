"""The linters of the npm registry, run by Node.js: installed into a folder that git ignores, when they are measured."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Any

from evals.peers.tool import AbsentError, Run, Span, Tool

CACHE = Path(__file__).resolve().parents[2] / ".cache" / "peers"
SCRIPT = Path(__file__).with_name("node.mjs")
VERSIONS = {"write-good": "1.0.8", "alex": "11.0.1"}
_PATIENCE = 300  # seconds for an install


def write_good() -> Tool:
    """The checks of write-good, with its own settings."""
    return _tool("write-good")


def alex() -> Tool:
    """The checks of alex, with its own settings, for plain text."""
    return _tool("alex")


def node_version() -> str | None:
    """The major version of Node.js, where it is there."""
    try:
        return _said("node", "--version").strip().lstrip("v").partition(".")[0]
    except OSError:
        return None


def spans(text: str, alerts: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    """Spans of UTF-16 units, which JavaScript counts, as spans of code points."""
    if text.isascii():
        return tuple((start, end) for start, end in alerts)
    ends = list(accumulate(2 if char > "\uffff" else 1 for char in text))
    point = {units: number for number, units in enumerate([0, *ends])}
    return tuple((point[start], point[end]) for start, end in alerts)


def _tool(name: str) -> Tool:
    folder = CACHE / name
    _install(name, folder)
    return Tool(name, VERSIONS[name], "any of its checks", partial(_run, name, folder))


def _install(name: str, folder: Path) -> None:
    """Bring the package in, unless it is there."""
    if _installed(name, folder) == VERSIONS[name]:
        return
    folder.mkdir(parents=True, exist_ok=True)
    quiet = ("--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
    try:
        _said("npm", "install", "--prefix", str(folder), *quiet, f"{name}@{VERSIONS[name]}")
    except OSError as error:
        raise AbsentError(name, "Node.js with npm is not installed") from error
    except subprocess.SubprocessError as error:
        raise AbsentError(name, f"npm could not install version {VERSIONS[name]}") from error


def _installed(name: str, folder: Path) -> str | None:
    manifest = folder / "node_modules" / name / "package.json"
    return str(json.loads(manifest.read_text(encoding="utf-8"))["version"]) if manifest.exists() else None


def _run(name: str, folder: Path, texts: Sequence[str]) -> Run:
    lines = "".join(json.dumps(text) + "\n" for text in texts)
    answers: list[dict[str, Any]] = [json.loads(line) for line in _said("node", str(SCRIPT), str(folder), name, given=lines).splitlines()]
    return Run(
        tuple(spans(text, answer["alerts"]) for text, answer in zip(texts, answers, strict=True)),
        tuple(answer["microseconds"] / 1e6 for answer in answers),
    )


def _said(*command: str, given: str = "") -> str:
    done = subprocess.run(command, input=given, stdout=subprocess.PIPE, encoding="utf-8", check=True, timeout=_PATIENCE)
    return done.stdout
