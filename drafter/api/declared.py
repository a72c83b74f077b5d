"""What operations declare in the OpenAPI document: problems that they may answer with, headers, and ids."""

from __future__ import annotations

import re
from typing import Annotated, Any

from fastapi import Header, Path, Query

from drafter.api.problems import MEANINGS, MEDIA

DraftId = Annotated[str, Path(pattern=r"^dr_[0-9a-f]{32}$", examples=["dr_0199c3a1b2c37d4e8f90a1b2c3d4e5f6"])]
RevisionId = Annotated[str, Path(pattern=r"^wish_[0-9a-f]{32}$", examples=["wish_0199c3a1b2c37d4e8f90a1b2c3d4e5f6"])]
IncidentId = Annotated[str, Path(pattern=r"^inc_[0-9a-f]{32}$", examples=["inc_0199c3a1b2c37d4e8f90a1b2c3d4e5f6"])]
PromiseId = Annotated[str, Path(pattern=r"^prm_[0-9a-f]{32}$", examples=["prm_0199c3a1b2c37d4e8f90a1b2c3d4e5f6"])]
RemedyId = Annotated[str, Path(pattern=r"^rem_[0-9a-f]{32}$", examples=["rem_0199c3a1b2c37d4e8f90a1b2c3d4e5f6"])]
BatchId = Annotated[str, Path(pattern=r"^bat_[0-9a-f]{32}$", examples=["bat_0199c3a1b2c37d4e8f90a1b2c3d4e5f6"])]
DeliveryId = Annotated[str, Path(pattern=r"^dlv_[0-9a-z_]{1,120}$", examples=["dlv_note_dr_0199c3a1b2c37d4e8f90a1b2c3d4e5f6"])]
JobId = Annotated[str, Path(pattern=r"^[a-z]{2,10}_[0-9a-z_-]{1,150}$", examples=["dr_0199c3a1b2c37d4e8f90a1b2c3d4e5f6"])]
DeskName = Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$", examples=["support"])]
AfterDraft = Annotated[str | None, Query(pattern=r"^dr_[0-9a-f]{32}$", description="`next` of the page before.")]
AfterIncident = Annotated[str | None, Query(pattern=r"^inc_[0-9a-f]{32}$", description="`next` of the page before.")]
AfterPromise = Annotated[str | None, Query(pattern=r"^prm_[0-9a-f]{32}$", description="`next` of the page before.")]
AfterDelivery = Annotated[str | None, Query(pattern=r"^dlv_[0-9a-z_]{1,120}$", description="`next` of the page before.")]
Limit = Annotated[int, Query(ge=1, le=200, description="How many at the most.")]
Prefer = Annotated[
    str | None, Header(description="`wait=N`: wait up to N seconds (60 at the most) for the letter (RFC 7240).", examples=["wait=10"])
]

Responses = dict[int | str, dict[str, Any]]
_WAIT = re.compile(r"(?:^|[,;]\s*)wait\s*=\s*\"?(\d{1,6})\"?\s*(?:$|[,;])", re.I)
_LONGEST = 60
_KEYED = ("unknown-key", "missing-scope", "invalid-request", "too-fast", "store-away", "fault")
MAKES = ("malformed-idempotency-key", "in-flight", "reused-idempotency-key")
TAKES = ("not-json", "too-slow", "too-large", "not-json-type", "invalid-request")


def problems(*codes: str, keyed: bool = True, also: Responses | None = None) -> Responses:
    """What an operation answers, by status: its problems, with those of keys where it has one, and what is in `also`."""
    found: dict[int, list[str]] = {}
    for code in dict.fromkeys((*codes, *(_KEYED if keyed else ("fault",)))):
        found.setdefault(MEANINGS[code].status, []).append(code)
    return {**(also or {}), **{status: _declared(found[status]) for status in sorted(found)}}


def _declared(codes: list[str]) -> dict[str, Any]:
    examples = {
        code: {
            "value": {
                "type": f"/problems/{code}",
                "title": MEANINGS[code].title,
                "status": MEANINGS[code].status,
                "code": code,
                "detail": MEANINGS[code].advice,
                "instance": "4f2d7b1c9a3e4d5f8b6a7c8d9e0f1a2b",
            }
        }
        for code in codes
    }
    content = {MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}, "examples": examples}}
    return {"description": "; ".join(MEANINGS[code].title for code in codes), "content": content}


def made(description: str, *, waits: bool = False) -> dict[str, Any]:
    """An answer that says where the new thing is."""
    headers: dict[str, Any] = {"Location": {"description": "Where it is.", "schema": {"type": "string"}}}
    if waits:
        headers["Preference-Applied"] = {"description": "The wait that was granted.", "schema": {"type": "string"}}
    return {"description": description, "headers": headers}


def waited(prefer: str | None) -> int | None:
    """The seconds that a Prefer header asks to wait; what it says otherwise is no concern of ours."""
    match = _WAIT.search(prefer or "")
    return min(int(match[1]), _LONGEST) if match else None
