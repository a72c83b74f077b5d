"""Ids: what kind of thing it is, and a number that grows with time."""

from __future__ import annotations

from typing import Literal

import uuid_utils

Prefix = Literal["inc", "dr", "key", "evt", "dlv", "rev", "snt", "dis", "wish", "wrk", "ent", "prm", "rem", "exp", "bat"]


def new_id(prefix: Prefix) -> str:
    """An id of this kind, such as "dr_0199c3…": unique, without dots, and later ones sort after earlier ones."""
    return f"{prefix}_{uuid_utils.uuid7().hex}"
