"""A panel: a stretch of the page that acts. What happens in it goes to the server by name, and parts of it come back as HTML.

The browser's half is `assets/panel.js`; it knows no page. Elements say what they do: `data-act="NAME"` on a button,
`data-live="NAME"` on what is typed in, a name on every field; what else is in `data-…` goes along.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import gradio as gr

from drafter.errors import DrafterError, InputError
from drafter.ui.roles import REVIEWERS, may
from drafter.ui.saying import asset, render, words

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Act:
    """Something that a person did: what, with which element's data, and every field of the panel as it stands."""

    name: str
    data: Mapping[str, str]
    fields: Mapping[str, Any]
    typed: frozenset[str]  # those of them that were typed in since the last act, and may say something new
    who: str  # who has logged in; "" where nobody has to
    role: str  # what they may do: agent, reviewer or admin
    press: str = ""  # one name for one press, however often it has to be sent
    tab: str = ""
    seen: int = 0  # the revision of the work that the tab shows

    def text(self, name: str) -> str:
        """A field as text; "" where the panel has none."""
        value = self.fields.get(name, "")
        return value if isinstance(value, str) else ""


@dataclass
class Answer:
    """What comes of an act: parts of the panel by element id, fields with new values, marks in editors, and what the browser does then."""

    parts: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    marks: dict[str, list[dict[str, Any]]] = field(default_factory=dict)  # editor -> {start, end, severity, number, why}
    say: str = ""  # told to everyone, and read aloud
    address: str | None = None  # the query of the page's address
    entry: bool = False  # whether that address is a new entry, so that "back" leads to the one before
    copy: str | None = None  # goes to the clipboard
    file: dict[str, str] | None = None  # name, type and text of a download
    focus: str | None = None  # the id of the element that is next
    again: str | None = None  # an act that follows by itself, in `after` milliseconds
    after: int = 400
    seen: int | None = None  # the revision of the work that this shows

    def json(self) -> dict[str, Any]:
        """It as the browser takes it."""
        return {**vars(self), "now": round(time.time() * 1000)}


Acts = Callable[[Act], Answer]


def panel(name: str, first: str, acts: Acts) -> gr.HTML:
    """The panel `name` with `first` as its HTML until the act "open" has answered; every act goes to `acts`."""

    def act(sent: dict[str, Any], request: gr.Request) -> dict[str, Any]:
        who, role = visitor(request)
        done = Act(
            str(sent.get("name", "")),
            {str(key): str(value) for key, value in dict(sent.get("data") or {}).items()},
            dict(sent.get("fields") or {}),
            frozenset(map(str, sent.get("typed") or ())),
            who,
            role,
            str(sent.get("press") or "")[:40],
            str(sent.get("tab") or "")[:40],
            int(sent.get("seen") or 0),
        )
        if sent.get("who") not in (None, who):
            return Answer(say=words().login.somebody_else).json() | {"failed": True}
        if not may(role, name):
            return Answer(say=words().login.not_yours).json() | {"failed": True}
        try:
            answer = acts(done)
            if done.name == "open":
                answer.parts |= _bar(name, request)
            return answer.json()
        except InputError as error:
            return Answer(say=" ".join(str(complaint) for complaint in error.complaints)).json()
        except DrafterError as error:
            return Answer(say=f"{error}").json() | {"failed": True}
        except Exception:  # noqa: BLE001 - whatever it is, what was typed stays, and the page says so
            _LOG.exception("an act of the page failed", extra={"panel": name, "act": done.name})
            return Answer(say=words().shell.fault).json() | {"failed": True}

    return gr.HTML(
        "",
        html_template=render("panel.html", name=name, first=first),
        js_on_load=asset("panel.js"),
        server_functions=[act],
        apply_default_css=False,
        elem_id=f"{name}-panel",
        padding=False,
    )


def visitor(request: Any) -> tuple[str, str]:
    """Who asks, and what they may do; the login puts both into the scope of the request."""
    scope = _scope(request)
    return str(scope.get("drafter.user", "")), str(scope.get("drafter.role", ""))


def _scope(request: Any) -> Mapping[str, Any]:
    return getattr(request, "scope", None) or getattr(getattr(request, "request", None), "scope", {})


def _bar(here: str, request: Any) -> dict[str, str]:
    """What the bar over the page shows to this visitor beside what it shows to everybody."""
    who, role = visitor(request)
    return {
        "more-pages": render("more_pages.html", here=here, pages=[page for page in REVIEWERS if may(role, page)], root="/"),
        "who": render("who.html", who=who, way=_scope(request).get("drafter.way", "")),
    }
