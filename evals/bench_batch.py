"""How many customers a second a batch takes, with a kill in the middle: `make bench-batch`.

The batch is killed with all its processes' work in hand once half of it is done, and the same command goes on. Then every row is
looked for: one letter, or its place among those that were set aside; none lost, and none made twice.
"""

from __future__ import annotations

import argparse
import csv
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from drafter.batch.columns import BESIDE
from evals.double_charges import FACTS, rows, spoiled, written

_LOOK = 0.05  # seconds between two looks at how far it is
_FIRST_LINE = 2  # of a customer


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print; ends with 1 where a letter was lost or made twice."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=10_000)
    parser.add_argument("--processes", type=int, default=None)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as place:
        table, out = Path(place) / "customers.csv", Path(place) / "letters"
        table.write_text(written(spoiled(rows(options.customers))), encoding="utf-8")
        words = [sys.executable, "-m", "drafter", "batch", str(FACTS), str(table), "--out", str(out)]
        words += ["--processes", str(options.processes)] if options.processes else []
        killed = _killed_half_way(words, out, options.customers)
        started = time.perf_counter()
        again = subprocess.run(words, check=False, capture_output=True, text=True)
        took = killed[1] + time.perf_counter() - started
        print(again.stdout.splitlines()[0] if again.stdout else again.stderr)
        lost, double = _missed(out, options.customers)
    own = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = 1000 * (own.ru_utime + own.ru_stime) / max(1, options.customers - killed[0])
    speed = f"{took:.1f} s, {options.customers / took:.0f} a second"
    print(f"killed after {killed[0]:,} of {options.customers:,}; with what came after it {speed}")
    print(f"{cpu:.1f} ms of CPU for each letter after the kill, the start of all processes in it")
    print(f"lost {lost}, made twice {double}")
    sys.exit(1 if lost or double else 0)


def _killed_half_way(words: Sequence[str], out: Path, customers: int) -> tuple[int, float]:
    """Rows that were done when a batch was killed, and the seconds that it took."""
    started = time.perf_counter()
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as batch:
        while (done := _done(out)) < customers // 2 and batch.poll() is None:
            time.sleep(_LOOK)
        os.kill(batch.pid, signal.SIGKILL)
    return done, time.perf_counter() - started


def _done(out: Path) -> int:
    journal = out / "journal.jsonl"
    return max(0, journal.read_bytes().count(b"\n") - 1) if journal.exists() else 0


def _missed(out: Path, customers: int) -> tuple[int, int]:
    """How many rows have neither a letter nor a place among those set aside, and how many have more than one."""
    with (out / "set_aside.csv").open(encoding="utf-8-sig", newline="") as file:
        aside = Counter(f"{int(row[BESIDE[0]]):06d}" for row in csv.DictReader(file))
    letters = (file for status in ("ready", "needs_review", "blocked") for file in (out / status).glob("*.txt"))
    found = aside + Counter(file.name[:6] for file in letters)
    lines = {f"{line:06d}" for line in range(_FIRST_LINE, customers + _FIRST_LINE)}
    return len(lines - found.keys()), sum(found.values()) - len(found)


if __name__ == "__main__":
    main()
