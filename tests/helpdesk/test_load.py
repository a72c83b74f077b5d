"""Settings of helpdesks become helpdesks, or complaints that say what to write where."""

from __future__ import annotations

from pathlib import Path

import pytest

from drafter.errors import InputError
from drafter.helpdesk import KINDS, helpdesks
from drafter.helpdesk.signature import ZENDESK_TEST
from drafter.house.read import load_house
from drafter.incident import incident_from
from drafter.settings import Settings
from tests.helpdesk.adapters import NEW, OLD
from tests.house.test_read import refused

DESK = '[helpdesks.{name}]\nurl = "https://help.northwind.example/"\ncompany = "Northwind"\nsigner = "Maya"\n'
ENVIRON = {"DRAFTER_HELPDESK_ZAMMAD_SECRETS": f"{NEW}, {OLD}", "DRAFTER_HELPDESK_ZAMMAD_TOKEN": "t"}


def settings(folder: Path, text: str) -> Settings:
    """The settings with this file."""
    path = folder / "drafter.toml"
    path.write_text(text, encoding="utf-8")
    return Settings(house=load_house(path))


def complaints(folder: Path, text: str, environ: dict[str, str]) -> list[str]:
    """The lines with which helpdesks are refused."""
    with pytest.raises(InputError) as caught:
        helpdesks(settings(folder, text), environ)
    return str(caught.value).splitlines()


def test_no_helpdesk_is_needed() -> None:
    """Without a table there is none, and nothing is asked of the environment."""
    assert helpdesks(Settings(), {}) == {}


def test_a_helpdesk_is_known_by_its_name_and_its_kind(tmp_path: Path) -> None:
    """The name is the kind where none is written; several of one kind have names of their own."""
    second = DESK.format(name="support-eu") + 'kind = "zammad"\nshadow = true\n'
    environ = {**ENVIRON, "DRAFTER_HELPDESK_SUPPORT_EU_SECRETS": "x", "DRAFTER_HELPDESK_SUPPORT_EU_TOKEN": "t"}
    found = helpdesks(settings(tmp_path, DESK.format(name="zammad") + second), environ)
    assert [(name, desk.name, desk.desk.kind, desk.desk.shadow) for name, desk in found.items()] == [
        ("zammad", "zammad", "zammad", False),
        ("support-eu", "support-eu", "zammad", True),
    ]
    assert found["zammad"].desk.url == "https://help.northwind.example"
    for desk in found.values():
        desk.close()


def test_every_kind_has_its_adapter(tmp_path: Path) -> None:
    """What the settings allow can be made."""
    own = {"chatwoot": 'account = "3"\n', "zendesk": 'user = "bot@northwind.example"\n'}
    text = "".join(DESK.format(name=kind) + own.get(kind, "") for kind in KINDS)
    names = [kind.replace("-", "_").upper() for kind in KINDS]
    environ = {f"DRAFTER_HELPDESK_{name}_SECRETS": NEW for name in names} | {f"DRAFTER_HELPDESK_{name}_TOKEN": "a:b" for name in names}
    found = helpdesks(settings(tmp_path, text), environ)
    assert set(found) == set(KINDS)
    for desk in found.values():
        desk.close()


def test_secrets_and_tokens_never_show(tmp_path: Path) -> None:
    """Not in what is printed of a helpdesk or of what it was made from."""
    environ = {"DRAFTER_HELPDESK_ZAMMAD_SECRETS": "hush-hush", "DRAFTER_HELPDESK_ZAMMAD_TOKEN": "very-secret"}
    (desk,) = helpdesks(settings(tmp_path, DESK.format(name="zammad")), environ).values()
    shown = repr(desk) + repr(vars(desk))
    assert "hush" not in shown
    assert "very" not in shown
    desk.close()


@pytest.mark.parametrize(
    ("name", "environ", "says"),
    [
        ("zammad", {}, "environment: DRAFTER_HELPDESK_ZAMMAD_SECRETS: is missing: the secret that the webhooks of 'zammad' carry"),
        (
            "zendesk",
            {"ZENDESK_SECRETS": f"{ZENDESK_TEST}", "ZENDESK_TOKEN": "t"},
            "environment: DRAFTER_HELPDESK_ZENDESK_SECRETS: holds the secret of Zendesk's test button, which everybody knows; "
            "take that of the webhook itself",
        ),
        (
            "freshdesk",
            {"FRESHDESK_SECRETS": "short", "FRESHDESK_TOKEN": "t"},
            "environment: DRAFTER_HELPDESK_FRESHDESK_SECRETS: holds a secret of less than 16 characters, "
            "and nothing else protects the address",
        ),
        (
            "request-tracker",
            {"REQUEST_TRACKER_SECRETS": "whsec_not base64", "REQUEST_TRACKER_TOKEN": "t"},
            "environment: DRAFTER_HELPDESK_REQUEST_TRACKER_SECRETS: is not base64, as whsec_... of Standard Webhooks is",
        ),
        (
            "request-tracker",
            {"REQUEST_TRACKER_SECRETS": "whsec_c2hvcnQ=", "REQUEST_TRACKER_TOKEN": "t"},
            "environment: DRAFTER_HELPDESK_REQUEST_TRACKER_SECRETS: holds a secret of less than 16 bytes",
        ),
        (
            "django-helpdesk",
            {"DJANGO_HELPDESK_SECRETS": NEW, "DJANGO_HELPDESK_TOKEN": "bot"},
            "environment: DRAFTER_HELPDESK_DJANGO_HELPDESK_TOKEN: is not written as USER:PASSWORD",
        ),
    ],
)
def test_secrets_that_cannot_be_used_are_refused(tmp_path: Path, name: str, environ: dict[str, str], says: str) -> None:
    """Named as the variable that holds them; their values are never shown."""
    own = 'user = "bot@northwind.example"\n' if name == "zendesk" else ""
    lines = complaints(tmp_path, DESK.format(name=name) + own, {f"DRAFTER_HELPDESK_{key}": value for key, value in environ.items()})
    assert lines[0] == says


def test_all_complaints_come_at_once(tmp_path: Path) -> None:
    """Secret and token of each helpdesk."""
    text = DESK.format(name="zammad") + DESK.format(name="freshdesk")
    assert len(complaints(tmp_path, text, {})) == 4


def test_a_locale_that_is_none_is_refused_with_its_line(tmp_path: Path) -> None:
    """Before the first ticket, not by it."""
    (line,) = complaints(tmp_path, DESK.format(name="zammad") + 'locale = "xx-Nowhere"\n', ENVIRON)
    assert line.endswith("drafter.toml: line 5: helpdesks.zammad.locale: 'xx-Nowhere' is not a locale such as en-US or en-GB")


def test_two_names_that_would_share_their_variables_are_refused(tmp_path: Path) -> None:
    """A hyphen and an underscore look the same in the environment."""
    text = "".join(DESK.format(name=name) + 'kind = "zammad"\n' for name in ("desk-1", "desk_1"))
    (line,) = complaints(tmp_path, text, {})
    assert line.endswith("the helpdesks 'desk-1' and 'desk_1' would share DRAFTER_HELPDESK_DESK_1_TOKEN; rename one of them.")


def test_the_frame_is_what_an_incident_takes(tmp_path: Path) -> None:
    """Company, signer, locale, time zone and channel, as the settings have them."""
    text = (
        DESK.format(name="zammad").replace('"Maya"', '{name = "Maya", role = "Support lead"}')
        + 'locale = "en-GB"\ntimezone = "Europe/London"\n'
    )
    frame = settings(tmp_path, text).house.helpdesks["zammad"].frame()
    made = incident_from({**frame, "problems": [{"what": "your parcel never came", "fault": "unknown"}]})
    assert (made.company.name, made.signer.role, made.locale, made.timezone, made.channel) == (
        "Northwind",
        "Support lead",
        "en-GB",
        "Europe/London",
        "email",
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (DESK.format(name="zamad"), "line 1: helpdesks.zamad.kind: 'zamad' is not one of "),
        (DESK.format(name="zammad") + "que = 1", "line 5: helpdesks.zammad.que: unknown key; did you mean 'queues'?"),
        (
            DESK.format(name="zammad") + "[helpdesks.zammad.queues]\nof = []",
            "line 6: helpdesks.zammad.queues.of: unknown key; did you mean 'off'?",
        ),
        (
            DESK.format(name="zammad") + "when = 'failur'",
            "line 5: helpdesks.zammad.when.1: 'failur' is not one of failure, always, tag:NAME, queue:NAME, mention:@NAME; "
            "did you mean 'failure'?",
        ),
        (
            DESK.format(name="zammad") + "events = 'taged'",
            "line 5: helpdesks.zammad.events.1: 'taged' is not one of opened, customer_wrote, tagged, note; did you mean 'tagged'?",
        ),
        (
            DESK.format(name="zammad") + "timezone = 'Europe/Lodon'",
            "line 5: helpdesks.zammad.timezone: 'Europe/Lodon' is not a time zone such as Europe/London; did you mean 'Europe/London'?",
        ),
        (
            DESK.format(name="zammad").replace("https", "ftp"),
            "line 2: helpdesks.zammad.url: 'ftp://help.northwind.example/' is not an address",
        ),
        (DESK.format(name="zammad").replace('signer = "Maya"', ""), "line 1: helpdesks.zammad.signer: this key is missing"),
        (DESK.format(name="chatwoot"), "line 1: helpdesks.chatwoot: account is missing: "),
        (DESK.format(name="zendesk"), "line 1: helpdesks.zendesk: user is missing: "),
        (DESK.format(name="generic").replace("url", "callback").replace("generic", "zammad"), "line 1: helpdesks.zammad: url is missing: "),
        (DESK.format(name='"Support EU"'), "line 1: helpdesks.Support EU: 'Support EU' cannot stand in an address; "),
        ("helpdesks = 3", "line 1: helpdesks: write this as a table, with a key for each value"),
        ("[helpdesks]\nzammad = 3", "line 2: helpdesks.zammad: write this as a table, with a key for each value"),
    ],
)
def test_wrong_tables_are_refused_with_their_place(tmp_path: Path, text: str, says: str) -> None:
    """File, line, key and the nearest valid one."""
    assert refused(tmp_path, text)[0].startswith(says)
