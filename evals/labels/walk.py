"""Walk: a person and the cases of a round, one at a time, in plain lines that a terminal or a pipe may carry."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.text import Text

from drafter.checks import ELEMENTS
from drafter.errors import InputError
from evals.labels.guide import overview, told
from evals.labels.onward import onward
from evals.labels.rounds import Case, Round
from evals.labels.rows import Row, rule_ids
from evals.labels.screen import answer_of, lines_of, sentences_of, show, suggestion
from evals.labels.words import completer, resolved

_UNDO, _SKIP, _QUIT = "<", "-", "q"


class _LeaveError(Exception):
    """The person goes: to the case before, to the next one, or away."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


@dataclass
class Walk:
    """A sitting: what is asked, what was typed, and what is kept."""

    here: Round
    console: Console
    read: Callable[[str], str] = input
    note: str = ""

    def run(self) -> None:
        """Show case after case until none is open, or the person quits or has no more to say."""
        ids = (*rule_ids(), *ELEMENTS)
        _complete(ids)
        case = self.here.next()
        while case is not None:
            self.note, shown = "", suggestion(case, blind=self.here.mode == "blind")
            show(self.console, self.here, case, shown)
            try:
                answer = self._answer(case, shown)
                self.here.keep(case, answer, self.note)
                self._say(f"kept: {answer_of({**case.row, **answer})}")
            except _LeaveError as leave:
                if leave.where == _QUIT:
                    break
                if leave.where == _SKIP:
                    self.here.passed.add(case.key)
                elif (before := self.here.undo()) is not None:
                    case = before
                    continue
                else:
                    self._say("there is nothing to take back")
            case = self.here.next()
        self._say(f"{self.here.left} of {len(self.here.cases)} to go; kept in {self.here.path}")
        for line in onward(self.here):
            self._say(line)

    def _answer(self, case: Case, shown: Row | None) -> dict[str, Any]:
        if case.kind == "letter":
            return {"first": self._lines(case, shown)}
        while True:
            typed = self._typed("> ", case)
            if case.both and typed in ("1", "2"):
                chosen = case.both[int(typed) - 1]
                return {key: chosen[key] for key in ("labels", "elements") if key in chosen}
            if typed == "=" and shown:
                return shown
            if typed in ("=", "1", "2"):
                self._say("nothing is shown that could be taken")
                continue
            try:
                if case.kind == "sentence":
                    return {"labels": [] if typed == "." else _rules(typed)}
                marks = [] if typed == "." else _marks(typed, sentences_of(case.row["text"]))
                return {"labels": marks, "elements": self._elements(case)}
            except InputError as error:
                self._say(str(error))

    def _elements(self, case: Case) -> list[str]:
        while True:
            typed = self._typed("elements that are present (. none) > ", case)
            try:
                found = set() if typed == "." else {resolved(word, ELEMENTS) for word in _split(typed)}
            except InputError as error:
                self._say(str(error))
                continue
            return [name for name in ELEMENTS if name in found]

    def _lines(self, case: Case, shown: Row | None) -> dict[str, bool]:
        """Yes or no for each line; `<` goes back a line, and from the first one to the case before."""
        asked, said = lines_of(case), dict[str, bool]()
        if case.both:
            said = {line: holds for line, holds in case.both[0]["first"].items() if line not in dict(asked)}
        at = 0
        while at < len(asked):
            line, statement = asked[at]
            try:
                typed = self._typed(f"{line}: {statement}\ny or n > ", case, line).lower()
            except _LeaveError as leave:
                if leave.where != _UNDO or at == 0:
                    raise
                at -= 1
                continue
            if typed == "=" and shown:
                return dict(shown["first"])
            if case.both and typed in ("1", "2"):
                said[line] = case.both[int(typed) - 1]["first"][line]
            elif typed in ("y", "yes", "n", "no"):
                said[line] = typed.startswith("y")
            else:
                self._say("y or n")
                continue
            at += 1
        return said

    def _typed(self, prompt: str, case: Case, line: str = "") -> str:
        """What is typed that answers; keys that do not are dealt with here."""
        while True:
            try:
                typed = self.read(prompt).strip()
            except (EOFError, KeyboardInterrupt):
                raise _LeaveError(_QUIT) from None
            if typed in (_UNDO, _SKIP, _QUIT):
                raise _LeaveError(typed)
            if typed.startswith("?"):
                self._guide(typed[1:].strip() or line, case)
            elif typed.startswith("!"):
                self.note = typed[1:].strip()
                self._say("noted; it is kept with your answer" if self.note else "! and what there is to say")
            elif typed:
                return typed

    def _guide(self, name: str, case: Case) -> None:
        try:
            lines = list(told(resolved(name, (*rule_ids(), *ELEMENTS, *dict(lines_of(case))))) if name else overview(case.kind))
        except InputError as error:
            lines = [str(error)]
        for line in lines or [f"the guide has no word on {name}"]:
            self._say(line)

    def _say(self, text: str) -> None:
        self.console.print(Text(text), highlight=False)


def _split(typed: str) -> list[str]:
    return typed.replace(",", " ").split()


def _rules(typed: str) -> list[str]:
    return list(dict.fromkeys(resolved(word, rule_ids()) for word in _split(typed)))


def _marks(typed: str, sentences: Sequence[str]) -> list[dict[str, Any]]:
    """The sentences that are flagged, by their numbers, with the rules behind each.

    Raises:
        InputError: there is no such sentence or rule, or a number has no rule behind it.
    """
    found: dict[int, list[str]] = {}
    for part in filter(None, (each.split() for each in typed.split(","))):
        if not part[0].isdigit() or not 1 <= int(part[0]) <= len(sentences):
            raise InputError(f"'{part[0]}' is no number of a sentence from 1 to {len(sentences)}; begin with it: 2 stock-phrase")
        if len(part) == 1:
            raise InputError(f"which rules does sentence {part[0]} break?")
        found.setdefault(int(part[0]), []).extend(_rules(" ".join(part[1:])))
    return [{"quote": sentences[i - 1], "labels": list(dict.fromkeys(rules))} for i, rules in sorted(found.items())]


def _complete(ids: Sequence[str]) -> None:
    """Let the Tab key complete ids, where a person sits at a terminal that has readline."""
    if not sys.stdin.isatty():
        return
    try:
        import readline
    except ImportError:
        return
    readline.set_completer(completer(ids))
    readline.set_completer_delims(" ,?")
    readline.parse_and_bind("tab: complete")
