"""Same: rows for a letter that another row gets already, so that nobody is written to twice."""

from __future__ import annotations

from drafter.batch.merge import Merge
from drafter.batch.table import Row

_MARKS = ("customer", "name", "customer.name", "email", "customer.email", "reference")


class Same:
    """Remembers rows by their `id`, or else by customer, e-mail and reference together."""

    def __init__(self, merge: Merge) -> None:
        self._merge = merge
        self._seen: dict[tuple[str, ...], int] = {}

    def again(self, row: Row) -> str:
        """Why a row is one too many; "" where it is not, or has another shape than the header."""
        if row.fault:
            return ""
        values = self._merge.values(row)
        if "id" in values:
            key: tuple[str, ...] = (values["id"],)
        else:
            key = tuple(" ".join(values[name].casefold().split()) for name in _MARKS if name in values)
        if not any(key):
            return ""  # empty cells make nobody the same
        line = self._seen.setdefault(key, row.line)
        if line == row.line:
            return ""
        if "id" in values:
            return f"id: '{values['id']}' is in line {line} already."
        return f"the same customer with the same e-mail and reference is in line {line} already; a column id tells two letters apart."
