"""Writes the composed letters of the examples to tests/data/golden: run `python -m tests.golden` and read the difference."""

from __future__ import annotations

from pathlib import Path

from drafter.compose import compose
from drafter.draft import Letter
from drafter.incident import read_incident

ROOT = Path(__file__).parent
EXAMPLES = ROOT.parent / "examples"
GOLDEN = ROOT / "data" / "golden"


def golden_text(letter: Letter) -> str:
    """A letter as its file holds it: the subject on the first line, where there is one."""
    head = f"Subject: {letter.subject}\n\n" if letter.subject else ""
    return f"{head}{letter.text}\n"


def main() -> None:
    """Writes every golden file anew and removes those whose example is gone."""
    GOLDEN.mkdir(parents=True, exist_ok=True)
    examples = sorted(EXAMPLES.glob("*.yaml"))
    for path in examples:
        (GOLDEN / f"{path.stem}.txt").write_text(golden_text(compose(read_incident(path))), encoding="utf-8")
    for stale in {path.stem for path in GOLDEN.glob("*.txt")} - {path.stem for path in examples}:
        (GOLDEN / f"{stale}.txt").unlink()
    print(f"{len(examples)} letters written to {GOLDEN.relative_to(ROOT.parent)}")


if __name__ == "__main__":
    main()
