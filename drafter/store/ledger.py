"""The ledger of remedies: what is approved for an opened incident, and what its customer was given before."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.orm import Session

from drafter.incident import Approved, Incident
from drafter.remedy import Past, Share
from drafter.store.tables import IncidentRow, RemedyRow

SHARES = TypeAdapter(tuple[Share, ...])
_SURE = ("account", "email", "phone", "handle")  # who has one of these in common is one person; a name may be that of two


def ledger(session: Session, incident_ids: Iterable[str]) -> dict[str, tuple[Approved, ...]]:
    """What is approved for each of these incidents; those without any remedy that was suggested are not in it."""
    query = select(RemedyRow).where(RemedyRow.incident_id.in_(list(incident_ids))).order_by(RemedyRow.id)
    found: dict[str, tuple[Approved, ...]] = {}
    for row in session.scalars(query):
        shares = shares_of(row) if row.state == "approved" else ()
        found[row.incident_id] = (*found.get(row.incident_id, ()), *(share.granted(row.made_by or "somebody") for share in shares))
    return found


def shares_of(row: RemedyRow) -> tuple[Share, ...]:
    """What was approved; nothing where it was erased."""
    return SHARES.validate_json(row.shares) if row.shares else ()


def past(session: Session, incident_id: str, incident: Incident, since: datetime) -> Past:
    """What was approved for the same customer since a moment, in this incident and in others."""
    who = json.loads(incident.customer.model_dump_json())
    query = select(RemedyRow, IncidentRow.facts).join(IncidentRow, IncidentRow.id == RemedyRow.incident_id)
    query = query.where(RemedyRow.state == "approved", RemedyRow.decided >= since).order_by(RemedyRow.id)
    others: set[str] = set()
    goodwill, here = [], []
    for row, facts in session.execute(query):
        own = row.incident_id == incident_id
        if not own and not same_person(who, json.loads(facts or "{}").get("customer") or {}):
            continue
        amounts = [share.amount for share in shares_of(row) if share.reason == "goodwill" and share.amount]
        goodwill += amounts
        if own:
            here += amounts
        else:
            others.add(row.incident_id)
    return Past(len(others), tuple(goodwill), tuple(here))


def same_person(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two customers are one: an account, address, number or handle in common, or one name where neither has any of these."""
    mine, theirs = dict(_sure(one)), dict(_sure(other))
    if mine or theirs:
        return any(theirs.get(key) == value for key, value in mine.items())
    return bool(one.get("name")) and _plain(one["name"]) == _plain(other.get("name") or "")


def _sure(customer: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield from ((key, _plain(customer[key])) for key in _SURE if customer.get(key))


def _plain(value: str) -> str:
    return " ".join(value.casefold().split())
