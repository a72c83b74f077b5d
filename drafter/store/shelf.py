"""What the shelves share: the moment, texts as they may be kept, and the draft that something belongs to."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from drafter.checks.report import Finding
from drafter.errors import InputError, NotFoundError
from drafter.privacy import mask_cards, masked
from drafter.store.tables import DraftRow

_UNKEPT = re.compile(r"[\x00\ud800-\udfff]")
_AHEAD = timedelta(minutes=5)  # by which clocks may differ
_FINDINGS = TypeAdapter(tuple[Finding, ...])


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


def past(at: datetime | None, moment: datetime) -> datetime:
    """The moment that something happened at: this one, unless another is given.

    Raises:
        InputError: it is still to come.
    """
    if at is not None and at > moment + _AHEAD:
        raise InputError(f"{at:%Y-%m-%d %H:%M} is still to come; write down what has happened, and plan what will in the facts.")
    return at or moment


def kept(text: str) -> str:
    """A text as it may be stored: cards, bank accounts and passports masked, and nothing in it that a database refuses."""
    return mask_cards(_UNKEPT.sub("\ufffd", text))


def kept_or_none(text: str | None) -> str | None:
    """The same, for a text that need not be there."""
    return None if text is None else kept(text)


def kept_json(value: Mapping[str, Any]) -> str:
    """A mapping as JSON, its texts as they may be stored."""
    return json.dumps(masked(dict(value)), ensure_ascii=True, default=str)


def kept_findings(findings: tuple[Finding, ...]) -> str:
    """Findings as JSON, their texts as they may be stored."""
    return json.dumps(masked(_FINDINGS.dump_python(findings, mode="json")), ensure_ascii=True)


def findings_of(text: str | None) -> tuple[Finding, ...]:
    """The findings in such JSON."""
    return _FINDINGS.validate_json(text) if text else ()


def locked_draft(session: Session, draft_id: str) -> DraftRow:
    """The row of a draft, which nobody else can change until the session ends.

    Raises:
        NotFoundError: there is none with this id.
    """
    row = session.get(DraftRow, draft_id, with_for_update=True)
    if row is None:
        raise NotFoundError(f"there is no draft '{draft_id}'.")
    return row


def living_draft(session: Session, draft_id: str) -> DraftRow:
    """The locked row of a draft that more may be written to.

    Raises:
        NotFoundError: there is none with this id, or its person was forgotten.
    """
    row = locked_draft(session, draft_id)
    if row.erased is not None:
        raise NotFoundError(f"the draft '{draft_id}' was erased on {row.erased:%Y-%m-%d}; nothing more is kept of it.")
    return row


def size(limit: int) -> int:
    """How many rows a page has: at least one, and never more than a thousand."""
    return max(1, min(limit, 1000))
