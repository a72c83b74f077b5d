"""The helpdesks of the settings, with their secrets from the environment."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Final

from drafter.errors import Complaint, InputError
from drafter.helpdesk.access import Access
from drafter.helpdesk.chatwoot import Chatwoot
from drafter.helpdesk.client import environment
from drafter.helpdesk.django_helpdesk import DjangoHelpdesk
from drafter.helpdesk.freshdesk import Freshdesk
from drafter.helpdesk.generic import Generic
from drafter.helpdesk.protocol import Helpdesk
from drafter.helpdesk.request_tracker import RequestTracker
from drafter.helpdesk.signature import SHORTEST_TOKEN, ZENDESK_TEST, standard_key
from drafter.helpdesk.zammad import Zammad
from drafter.helpdesk.zendesk import Zendesk
from drafter.house.desks import Desk, DeskKind
from drafter.incident.money import is_locale
from drafter.settings import Settings

KINDS: Final[dict[DeskKind, Callable[[Access], Helpdesk]]] = {
    "generic": Generic,
    "django-helpdesk": DjangoHelpdesk,
    "request-tracker": RequestTracker,
    "zendesk": Zendesk,
    "chatwoot": Chatwoot,
    "zammad": Zammad,
    "freshdesk": Freshdesk,
}
_STANDARD = ("generic", "request-tracker")
_IN_ADDRESS = ("django-helpdesk", "freshdesk")


def helpdesks(settings: Settings, environ: Mapping[str, str] | None = None) -> dict[str, Helpdesk]:
    """The helpdesks that the house names, ready to use; the caller closes them.

    DRAFTER_HELPDESK_<NAME>_SECRETS holds the secrets of its webhooks, newest first, with commas between them, and
    DRAFTER_HELPDESK_<NAME>_TOKEN what its API asks for.

    Raises:
        InputError: a secret or token is missing or cannot be used, or a locale is none; all complaints at once.
    """
    environ = os.environ if environ is None else environ
    house = settings.house
    wrong = [
        house.complaint(f"'{desk.locale}' is not a locale such as en-US or en-GB", "helpdesks", name, "locale")
        for name, desk in house.helpdesks.items()
        if not is_locale(desk.locale)
    ]
    if wrong:
        raise house.refusal(wrong)
    _tell_apart(house.helpdesks)
    access = [
        Access(name, desk, _secrets(name, environ), environ.get(f"{environment(name)}_TOKEN", "")) for name, desk in house.helpdesks.items()
    ]
    if complaints := [complaint for item in access for complaint in _complaints(item)]:
        raise InputError(complaints, "environment")
    return {item.name: KINDS[item.desk.kind](item) for item in access}


def _secrets(name: str, environ: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, environ.get(f"{environment(name)}_SECRETS", "").split(","))))


def _tell_apart(desks: Mapping[str, Desk]) -> None:
    """Refuse two names that would share their variables."""
    names: dict[str, str] = {}
    for name in desks:
        if (other := names.setdefault(environment(name), name)) != name:
            raise InputError(f"the helpdesks '{other}' and '{name}' would share {environment(name)}_TOKEN; rename one of them.")


def _complaints(access: Access) -> list[Complaint]:
    key = environment(access.name)
    found = [Complaint(why, f"{key}_SECRETS") for secret in access.secrets if (why := _weakness(access.desk.kind, secret))]
    if not access.secrets:
        found.append(Complaint(f"is missing: the secret that the webhooks of '{access.name}' carry", f"{key}_SECRETS"))
    if not access.token and access.desk.kind != "generic":
        found.append(Complaint(f"is missing: what the API of '{access.name}' asks for", f"{key}_TOKEN"))
    if access.desk.kind == "django-helpdesk" and access.token and ":" not in access.token:
        found.append(Complaint("is not written as USER:PASSWORD", f"{key}_TOKEN"))
    return found


def _weakness(kind: DeskKind, secret: str) -> str | None:
    """Why a secret must not be used; the words never hold it."""
    if kind == "zendesk" and secret == ZENDESK_TEST:
        return "holds the secret of Zendesk's test button, which everybody knows; take that of the webhook itself"
    if kind in _IN_ADDRESS and len(secret) < SHORTEST_TOKEN:
        return f"holds a secret of less than {SHORTEST_TOKEN} characters, and nothing else protects the address"
    if kind in _STANDARD:
        try:
            return None if len(standard_key(secret)) >= SHORTEST_TOKEN else f"holds a secret of less than {SHORTEST_TOKEN} bytes"
        except ValueError as error:
            return str(error)
    return None
