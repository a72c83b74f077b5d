"""Roles: which pages somebody may use."""

from __future__ import annotations

EVERYBODYS = ("write", "check", "rules")
REVIEWERS = ("review", "insights")  # and of admins, who may use every page


def may(role: str, page: str) -> bool:
    """Whether somebody with this role may use a page; without a role, nobody may use any."""
    return page in EVERYBODYS if role == "agent" else role in ("reviewer", "admin")
