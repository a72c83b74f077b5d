"""Words that are typed: ids by their beginnings or by any part that only one of them has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import get_close_matches

from drafter.errors import InputError


def resolved(typed: str, known: Sequence[str]) -> str:
    """The id that was meant.

    Raises:
        InputError: none has these letters, or more than one.
    """
    small = typed.lower()
    if small in known:
        return small
    for fits in ([one for one in known if one.startswith(small)], [one for one in known if small in one]):
        if len(fits) == 1:
            return fits[0]
        if fits:
            raise InputError(f"'{typed}' may be {', '.join(fits)}")
    near = [one for one in known if get_close_matches(small, one.split("-"))]
    raise InputError(f"nothing is called '{typed}'; " + (f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(known)}"))


def completer(known: Sequence[str]) -> Callable[[str, int], str | None]:
    """What the Tab key puts in at a terminal: for readline."""

    def complete(typed: str, state: int) -> str | None:
        fits = [one for one in known if one.startswith(typed.lower())]
        return f"{fits[state]} " if state < len(fits) else None

    return complete
