"""The command line as the tests run it: in this process, or as the installed command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from typer.testing import CliRunner, Result

from drafter.cli import app
from tests.conftest import ROOT

EXAMPLE = ROOT / "examples" / "double_charge.yaml"
CLEAN = "Hi Tom,\n\nWe charged your card twice, and I'm sorry. I refunded the second $149.00 today.\n"


def run(*arguments: str | Path, given: str | bytes | None = None) -> Result:
    """The command in this process; what Drafter raises on purpose must not reach us."""
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=given, catch_exceptions=False)


def real(*arguments: str | Path, given: str = "", folder: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """The installed command in a process of its own, with nothing of this environment but what a process needs."""
    command = [str(Path(sys.executable).with_name("drafter")), *map(str, arguments)]
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name in ("PATH", "HOME", "LANG", "SYSTEMROOT", "XDG_CACHE_HOME", "XDG_DATA_HOME")
    }
    return subprocess.run(
        command,
        input=given,
        capture_output=True,
        encoding="utf-8",
        env=inherited | environment,
        cwd=folder,
        timeout=60,
        check=False,
    )


def written(tmp_path: Path, text: str, name: str = "reply.txt") -> Path:
    """A file that holds `text`."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path
