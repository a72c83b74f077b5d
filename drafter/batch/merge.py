"""Merge: shared facts and one customer's row become an incident of that customer's own, or the reason why they cannot."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from drafter.batch.columns import Columns
from drafter.batch.gaps import filled, named, opened, spellings
from drafter.batch.table import Row
from drafter.errors import Complaint, IncidentError, InputError
from drafter.incident import Incident, incident_from
from drafter.incident.incident import frame_of

_ADDRESS = re.compile(r"[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>.]{2,}")
_PEOPLE = ("company", "signer")


class Merge:
    """Shared facts with gaps, and what a table's columns put into them.

    `facts` are those of a file, with the moment of the batch as `as_of` where they have none. A customer in them, with the reference
    beside, is left out: nothing of one person goes to all.

    Raises:
        InputError: a header names nothing, or a gap has no column; every fault at once.
        IncidentError: the facts are nested too deeply.
    """

    def __init__(self, facts: Mapping[str, Any], headers: Sequence[str], source: str = "") -> None:
        try:
            told = opened(dict(facts))
        except RecursionError:
            raise IncidentError("the facts are nested too deeply.") from None
        told = {key: {"name": value} if key in _PEOPLE and isinstance(value, str) else value for key, value in told.items()}
        if told.pop("customer", None) and "reference" not in map(named, headers):
            told.pop("reference", None)  # of that customer
        self.facts: dict[str, Any] = {"as_of": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S+00:00}", **told}
        self.columns = Columns(headers, self.facts, source)

    def incident(self, row: Row) -> Incident:
        """The facts of one customer.

        Raises:
            InputError: a cell is missing or cannot be used, in words for whoever keeps the table.
        """
        try:
            return self._incident(row)
        except IncidentError as error:
            raise InputError([self._told(fault) for fault in error.complaints]) from None

    def values(self, row: Row) -> dict[str, str]:
        """The cells of a row by the names of their columns.

        Raises:
            InputError: the row has another shape than the header.
        """
        if row.fault:
            raise InputError(row.fault)
        return self.columns.values(row.cells)

    def given(self, row: Row) -> dict[str, tuple[str, ...]]:
        """What differs from letter to letter in this one, as it may be spelled there."""
        values, frame = self.values(row), frame_of(self.facts)
        return {name: spellings(kind, values[name], frame) for name, kind in self.columns.kinds().items() if values[name]}

    def prove(self, row: Row) -> None:
        """See that what is wrong with a row, if anything, is the row's own.

        Raises:
            IncidentError: the shared facts themselves do not hold together.
        """
        try:
            self._incident(row)
        except IncidentError as error:
            own = [fault for fault in error.complaints if fault.key and not self.columns.at(fault.key)]
            if own:
                raise IncidentError(own) from None
        except InputError:
            return

    def _incident(self, row: Row) -> Incident:
        values = self.values(row)
        if found := self.columns.empty(values):
            raise InputError(f"{' and '.join(found)}: {'this is' if len(found) == 1 else 'these are'} empty.")
        address = values.get("email", "")
        if address and not _ADDRESS.fullmatch(address):
            raise InputError(f"email: '{address}' is no e-mail address.")
        _said(values)
        try:
            facts: dict[str, Any] = filled(self.facts, values, frame_of(self.facts))
        except ValueError as error:
            raise InputError(f"{error}.") from None
        return incident_from(self.columns.put(facts, values))

    def _told(self, fault: Complaint) -> Complaint:
        """A complaint by the column that it is about, where it is about one."""
        columns = self.columns.at(fault.key) if fault.key else []
        return Complaint(f"{fault.message.rstrip('.')}.", ", ".join(columns) or fault.key)


def _said(values: Mapping[str, str]) -> None:
    """See that a name is as one says it, from which a greeting is made."""
    for column in ("customer", "name", "customer.name"):
        last, comma, first = values.get(column, "").partition(",")
        if comma and not values.get("call_by") and not values.get("customer.call_by"):
            raise InputError(f"{column}: write the name as one says it, '{first.strip()} {last.strip()}'; or add a column call_by.")
