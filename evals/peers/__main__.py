"""Runs every tool that is there over the same texts, and writes `docs/benchmarks.md`: `python -m evals.peers`."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Callable, Iterator
from datetime import date

from evals.peers import local, node
from evals.peers.clock import cold_starts
from evals.peers.corpus import NUMBER, WARM, reply_texts
from evals.peers.judge import Judged, counts, false_alarms, judged_replies, judged_rows
from evals.peers.page import PAGE, Result, Setting, placed, tables
from evals.peers.tool import AbsentError, Tool

TOOLS: tuple[Callable[[], Tool], ...] = (local.drafter, local.keywords, local.proselint, node.write_good, node.alex, local.vader)


def main() -> None:
    """Measure, print the tables, and put them into the page."""
    page = PAGE.read_text(encoding="utf-8")
    placed(page, "")  # a page without marks is told before minutes are spent
    texts = reply_texts(NUMBER + WARM)
    rows, replies = judged_rows(), judged_replies()
    tools, absent = found()
    results = [measured(tool, texts, rows, replies) for tool in tools]
    words = round(statistics.median(len(text.split()) for text in texts[:NUMBER]))
    setting = Setting(date.today().isoformat(), machine(), words, rows, replies, cold_starts())
    text = tables(setting, results, absent)
    PAGE.write_text(placed(page, text), encoding="utf-8")
    print(text)


def found() -> tuple[list[Tool], list[AbsentError]]:
    """The tools that are there or can be installed, and those that cannot."""
    tried = list(_tried())
    return [tool for tool in tried if isinstance(tool, Tool)], [tool for tool in tried if isinstance(tool, AbsentError)]


def _tried() -> Iterator[Tool | AbsentError]:
    for tool in TOOLS:
        try:
            yield tool()
        except AbsentError as absent:
            yield absent


def measured(tool: Tool, texts: list[str], rows: list[Judged], replies: list[Judged]) -> Result:
    """One tool: timed on the replies, after those that warm it up, and then judged."""
    print(f"{tool.name} ...", flush=True)
    seconds = tool.run([*texts[NUMBER:], *texts[:NUMBER]]).seconds[-NUMBER:]
    judged = tool.run([each.text for each in (*rows, *replies)]).alerts
    alone, whole = judged[: len(rows)], judged[len(rows) :]
    return Result(tool, seconds, counts(rows, alone), counts(replies, whole), false_alarms(replies, whole))


def machine() -> str:
    """The machine in words that name no place."""
    python = ".".join(platform.python_version_tuple()[:2])
    return ", ".join([f"{os.cpu_count()} cores", f"Python {python}", *(f"Node.js {major}" for major in [node.node_version()] if major)])


if __name__ == "__main__":
    main()
