"""Rows: the cases of a file in `evals/data`, one a line: sentences, whole replies, and letters that are judged by the rubric."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Literal

from drafter.checks import ELEMENTS
from drafter.checks.engine import rules_for
from drafter.errors import Complaint, InputError
from drafter.texts import read_text
from evals.judge.rubric import rubric

Row = dict[str, Any]
Kind = Literal["sentence", "reply", "letter"]
UNSETTLED = "unsettled"


def rule_ids() -> tuple[str, ...]:
    """The rules that a reader may raise."""
    return tuple(rule.id for rule in rules_for("en").rules.values() if rule.kind == "flag")


def kind_of(row: Row) -> Kind:
    """What a row is."""
    return "letter" if "letter" in row else "reply" if "elements" in row else "sentence"


def is_open(row: Row) -> bool:
    """Whether nobody has labelled it yet."""
    if kind_of(row) == "letter":
        return bool(set(rubric().ids) - row.get("first", {}).keys())
    return UNSETTLED in row or row["labels"] is None


def read_rows(path: Path) -> dict[str, Row]:
    """The rows of a file by the key of each: its id, else a hash of its text.

    Raises:
        TextError: the file cannot be read.
        InputError: a row is none of the three kinds, or has a label that nothing is called; the message says where.
    """
    rows, complaints = dict[str, Row](), list[Complaint]()
    for number, line in enumerate(read_text(path).splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            complaints.append(Complaint("is no JSON: a case stands on one line of its own", line=number))
            continue
        wrong = list(_wrong(row))
        complaints += [Complaint(each, line=number) for each in wrong]
        if not wrong:
            rows[_key(row, rows)] = row
    if complaints:
        raise InputError(complaints, str(path))
    return rows


def write_rows(path: Path, rows: Iterable[Row]) -> None:
    """Put rows into a file, which is the old or the new one whenever somebody looks, and on the disk when this returns."""
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    if path.exists():
        Path(file.name).chmod(path.stat().st_mode)
    Path(file.name).replace(path)


def _key(row: Row, known: dict[str, Row]) -> str:
    """The id of a row, else a hash of its words; the same words a second time are another case."""
    words = str(row.get("id") or hashlib.sha256(str(row.get("letter", row.get("text"))).encode("utf-8", "surrogatepass")).hexdigest()[:12])
    return next(key for key in (words, *(f"{words}-{i}" for i in range(2, len(known) + 3))) if key not in known)


def _wrong(row: Any) -> Iterator[str]:
    """What is wrong with a row."""
    if not isinstance(row, dict) or not any(isinstance(row.get(key), str) and row[key].strip() for key in ("text", "letter")):
        yield "is no case: a sentence or a reply has a text, a letter to judge has a letter"
        return
    try:
        {"letter": _wrong_letter, "reply": _wrong_reply, "sentence": _wrong_sentence}[kind_of(row)](row)
    except ValueError as error:
        yield str(error)
    except (TypeError, KeyError, AttributeError):
        yield "does not follow the format: see evals/data/README.md"


def _wrong_letter(row: Row) -> None:
    for name in ("first", "second", "settled"):
        for line, holds in row.get(name, {}).items():
            if line not in rubric().ids or not isinstance(holds, bool):
                raise ValueError(f"{name}.{line} is no line of the rubric with true or false")
    if not isinstance(row.get("matter", ""), str):
        raise ValueError("matter is no text")


def _wrong_sentence(row: Row) -> None:
    if "labels" not in row:
        raise ValueError('a case without labels says so: "labels": null')
    _known(row["labels"] or (), rule_ids(), "rule")


def _wrong_reply(row: Row) -> None:
    _known(row["elements"] or (), ELEMENTS, "element")
    for mark in row.get("labels") or ():
        _known(mark["labels"], rule_ids(), "rule")
        if mark["quote"] not in row["text"]:
            raise ValueError(f"'{mark['quote'][:40]}' does not stand in the text")
    if row.get("labels") is None and row["elements"] is not None:
        raise ValueError('a reply without labels has "labels": null and "elements": null')


def _known(names: Iterable[str], known: Iterable[str], what: str) -> None:
    if isinstance(names, str):
        raise TypeError
    if strange := sorted(Counter(names).keys() - set(known)):
        raise ValueError(f"no {what} is called {strange[0]}")
