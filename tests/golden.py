"""Writes the composed letters of the examples to tests/data/golden: run `python -m tests.golden` and read the difference."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from drafter.batch import Batch, Table, run
from drafter.compose import compose
from drafter.draft import Letter
from drafter.house.tables import House
from drafter.incident import plain_facts, read_incident
from evals.double_charges import FACTS, HEADERS, rows, written

ROOT = Path(__file__).parent
EXAMPLES = ROOT.parent / "examples"
GOLDEN = ROOT / "data" / "golden"
BATCH = ROOT / "data" / "golden_batch"
BATCHED = (2, 3, 5, 8, 13)  # lines of the double charge of 412 customers


def golden_text(letter: Letter) -> str:
    """A letter as its file holds it: the subject on the first line, where there is one."""
    head = f"Subject: {letter.subject}\n\n" if letter.subject else ""
    return f"{head}{letter.text}\n"


def batched() -> dict[str, str]:
    """A few letters of the double charge of 412 customers, as a batch writes them."""
    table = Table(written(rows(412)))
    with TemporaryDirectory() as folder:
        only = Table("\n".join([",".join(HEADERS), *(",".join(row.cells) for row in table.rows() if row.line in BATCHED)]))
        made = run(Batch(plain_facts(FACTS.read_text(encoding="utf-8")), only, Path(folder), House()), processes=1)
        letters = [(made.path / one.file).read_text(encoding="utf-8") for one in sorted(made.done.values(), key=lambda one: one.line)]
    return {f"{line:06d}.txt": text for line, text in zip(BATCHED, letters, strict=True)}


def main() -> None:
    """Writes every golden file anew and removes those whose example is gone."""
    GOLDEN.mkdir(parents=True, exist_ok=True)
    examples = sorted(EXAMPLES.glob("*.yaml"))
    for path in examples:
        (GOLDEN / f"{path.stem}.txt").write_text(golden_text(compose(read_incident(path))), encoding="utf-8")
    for stale in {path.stem for path in GOLDEN.glob("*.txt")} - {path.stem for path in examples}:
        (GOLDEN / f"{stale}.txt").unlink()
    BATCH.mkdir(parents=True, exist_ok=True)
    for name, text in batched().items():
        (BATCH / name).write_text(text, encoding="utf-8")
    print(f"{len(examples)} letters written to {GOLDEN.relative_to(ROOT.parent)}")


if __name__ == "__main__":
    main()
