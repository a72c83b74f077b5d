"""Moments that are typed at the command line, and who types them."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from drafter.errors import InputError

if TYPE_CHECKING:
    from drafter.incident import Incident


def moment_of(option: str, value: str | None, incident: Incident) -> datetime | None:
    """The moment that an option names, in the time zone of the incident; None where it is not given.

    Raises:
        InputError: it is no moment, or a day without its hour.
    """
    if value is None:
        return None
    from drafter.incident.moment import read_moment
    from drafter.incident.reading import FRAME, Frame

    token = FRAME.set(Frame(incident.locale, incident.zone, datetime.now(UTC)))
    try:
        moment = read_moment(value, ahead=False)
    except ValueError as error:
        raise InputError(f"{error}", option) from None
    finally:
        FRAME.reset(token)
    if not isinstance(moment, datetime):
        raise InputError(f"'{value}' is a day; write its hour too: 2026-11-20 09:10.", option)
    return moment


def writer_of(by: str | None) -> str:
    """Who writes something down: the name that is given, else that of the user of this machine."""
    if by and by.strip():
        return by.strip()
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container without a user of that number
        return "cli"
