"""Screen: how a case, what is known of it and the keys are shown in the terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError
from rich.console import Console
from rich.text import Text

from drafter.checks import ELEMENTS
from drafter.checks.clauses import analyse
from drafter.checks.engine import first_spans, rules_for
from drafter.incident import ACCEPTED, Incident
from evals.judge.matter import matter
from evals.judge.rubric import rubric
from evals.labels.rounds import Case, Round
from evals.labels.rows import Row
from evals.wording import said_of

_KEYS = "- skip   < undo   ! note   ? guide   q quit"
_HELP = {
    "sentence": "Rules that apply, by their beginnings with blanks between:   . none",
    "reply": "Flagged sentences with their rules, as in “2 stock-ph, 4 blame-c excuse”:   . none",
    "letter": "y or n for each line:",
}


def sentences_of(text: str) -> list[str]:
    """The sentences of a reply exactly as they stand in it."""
    return [text[one.start : one.end] for one in analyse(text).sentences if text[one.start : one.end].strip()]


def suggestion(case: Case, *, blind: bool) -> Row | None:
    """What `=` takes: labels that the case has, else what the checks say; nothing in a blind round, or where two differ."""
    if blind or case.both:
        return None
    row, public = case.row, bool(case.row.get("public"))
    if case.kind == "letter":
        return {"first": row["first"]} if row.get("first") else None
    if case.kind == "sentence":
        return {"labels": row["labels"] if row["labels"] is not None else list(_said(row["text"], public=public))}
    if row["labels"] is not None and row["elements"] is not None:
        return {"labels": row["labels"], "elements": row["elements"]}
    marks = [{"quote": one, "labels": found} for one in sentences_of(row["text"]) if (found := list(_said(one, public=public)))]
    return {"labels": marks, "elements": [name for name in ELEMENTS if name in first_spans(analyse(row["text"]), rules_for("en"))]}


def show(console: Console, here: Round, case: Case, shown: Row | None) -> None:
    """Show one case."""
    console.rule()
    doing = {"first": "labels", "blind": "blind labels", "settle": "settling"}[here.mode]
    console.print(Text(f"{len(here.done)} of {len(here.cases)} done, {here.left} to go · {doing} by {here.name}", style="dim"))
    known = [f"{key} {case.row[key]}" for key in ("trade", "register", "kind", "channel") if case.row.get(key)]
    console.print(Text(" · ".join([*known, *(["everyone reads it"] if case.row.get("public") else [])]), style="dim"))
    for text in _body(case):
        console.print(text)
    for line in _about(here, case, shown):
        console.print(Text(line, style="italic"))
    taken = "   = as shown" if shown else "   1 or 2 as there" if case.both else ""
    console.print(Text(f"{_HELP[case.kind]}{taken}   {_KEYS}", style="dim"))


def answer_of(row: Row) -> str:
    """What somebody said of a case, in a line."""
    if "letter" in row:
        return ", ".join(f"{line} {'yes' if holds else 'no'}" for line, holds in row.get("first", {}).items()) or "nothing"
    if "elements" not in row:
        return " ".join(row["labels"] or ()) or "clean"
    flags = "; ".join(f"“{mark['quote']}” {' '.join(mark['labels'])}" for mark in row["labels"] or ())
    return f"{flags or 'clean'}; elements: {' '.join(row['elements'] or ()) or 'none'}"


def _body(case: Case) -> Iterator[Text]:
    row = case.row
    if row.get("facts"):
        yield Text(_matter(row["facts"]), style="cyan")
    if case.kind == "letter":
        yield Text(str(row.get("matter", "")), style="cyan")
        yield Text(f"\n{row['letter']}\n", style="bold")
    elif case.kind == "sentence":
        yield Text(f"\n  {row['text']}\n", style="bold")
    else:
        yield Text(f"\n{row['text']}\n", style="bold")
        yield Text("\n".join(f"{i:3} {' '.join(one.split())}" for i, one in enumerate(sentences_of(row["text"]), 1)))


def _matter(facts: Any) -> str:
    """Facts as a person reads them; as they stand, where they are none of an incident's."""
    try:
        return matter(Incident.model_validate(facts, context=ACCEPTED))
    except ValidationError:
        return json.dumps(facts, ensure_ascii=False, indent=1)


def _about(here: Round, case: Case, shown: Row | None) -> Iterator[str]:
    if case.both:
        yield f"1: {answer_of(case.both[0])}"
        yield f"2: {answer_of(case.both[1])}"
    if here.mode == "blind":
        return
    if told := case.row.get("told"):
        yield f"From use: {told}"
    if shown:
        yield f"= {answer_of({**case.row, **shown})}"


def _said(text: str, *, public: bool) -> Iterator[str]:
    yield from dict.fromkeys(finding.rule for finding in said_of(text, public=public) if finding.severity != "suggestion")


def lines_of(case: Case) -> tuple[tuple[str, str], ...]:
    """What is asked of a case one by one: for a letter the lines of the rubric, in settling those on which two differ."""
    if case.kind != "letter":
        return ()
    differ = None
    if case.both:
        one, other = case.both
        differ = {line for line, holds in one["first"].items() if other["first"].get(line, holds) != holds}
    return tuple((line.id, line.statement) for line in rubric().lines if differ is None or line.id in differ)
