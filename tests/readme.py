"""Writes the commands' real output into README.md: run `python -m tests.readme` and read the difference."""

from __future__ import annotations

import re
import shlex

from tests.conftest import ROOT
from tests.shell import real

README = ROOT / "README.md"
BLOCK = re.compile(r"(?P<head><!-- output of: (?P<command>drafter [^\n]*) -->\n```text\n)(?P<output>.*?)(?=```\n)", re.S)


def output(command: str) -> str:
    """What a command prints, without the line that says how long it took."""
    done = real(*shlex.split(command)[1:], folder=ROOT)
    assert done.returncode in (0, 1), done.stderr
    return re.sub(r"^Composed in \d+ ms\.\n", "", done.stdout, flags=re.M).rstrip() + "\n"


def main() -> None:
    """Replace every marked block."""
    text = README.read_text(encoding="utf-8")
    README.write_text(BLOCK.sub(lambda block: block["head"] + output(block["command"]), text), encoding="utf-8")


if __name__ == "__main__":
    main()
