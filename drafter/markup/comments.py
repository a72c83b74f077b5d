"""Comments that switch rules off: `<!-- drafter: off excuse -->`, `<!-- drafter: on -->`, `<!-- drafter: off-next-line -->`."""

from __future__ import annotations

import difflib
import re

from drafter.errors import Complaint, InputError
from drafter.markup.prose import Builder, Named, Prose, Silence

_VERBS = ("off", "on", "off-next-line")
_COMMENT = re.compile(r"\s*drafter:\s*(?P<verb>[^\s,]*)(?P<names>.*)", re.S | re.I)
_NEXT_LINE = re.compile(r"[^\n]*\n\s*(?P<line>[^\n]+)")


class Switches:
    """What the comments of one text switch off, as far as it has been read."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._rules: frozenset[str] = frozenset()
        self._others = False  # whether all rules are off but those in `_rules`
        self._since = 0
        self._silences: list[Silence] = []
        self._lines: list[tuple[int, int, frozenset[str]]] = []
        self._named: list[Named] = []
        self._complaints: list[Complaint] = []

    def heed(self, comment: str, start: int, end: int) -> None:
        """Take in a comment that stands in the original from `start` to `end`, at this point of the prose."""
        found = _COMMENT.match(comment)
        if not found:
            return
        verb, names = found["verb"].lower(), frozenset(re.findall(r"[^\s,]+", found["names"]))
        self._named += [Named(name, start) for name in sorted(names)]
        if verb == "off-next-line":
            if line := _NEXT_LINE.match(self._builder.original, end):
                self._lines.append((*line.span("line"), names))
        elif verb in _VERBS:
            self._switch(verb, names)
        else:
            near = difflib.get_close_matches(verb, _VERBS, 1, 0.4)
            hint = f"did you mean '{near[0]}'?" if near else f"write one of {', '.join(_VERBS)}."
            self._complaints.append(Complaint(f"a comment for Drafter says '{verb}'; {hint}", line=line_at(self._builder.original, start)))

    def prose(self) -> Prose:
        """The prose with what was switched off in it.

        Raises:
            InputError: a comment says what is not known; all complaints at once.
        """
        if self._complaints:
            raise InputError(self._complaints)
        builder = self._builder
        self._close(builder.length + 1)  # what is missing stands at the very end
        lines = [Silence(builder.index(first), builder.index(last), names, others=not names) for first, last, names in self._lines]
        return builder.prose([*self._silences, *lines], self._named)

    def _switch(self, verb: str, names: frozenset[str]) -> None:
        self._close(self._builder.length)
        if not names:
            self._rules, self._others = frozenset(), verb == "off"
        elif (verb == "off") is self._others:
            self._rules -= names
        else:
            self._rules |= names

    def _close(self, at: int) -> None:
        """End the stretch in which the same rules were off."""
        if at > self._since and (self._rules or self._others):
            self._silences.append(Silence(self._since, at, self._rules, self._others))
        self._since = at


def line_at(text: str, at: int) -> int:
    """The line of an index, counted from 1."""
    return text.count("\n", 0, at) + 1
