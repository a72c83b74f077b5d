"""The page on which a reply is written: facts in, a checked letter out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import gradio as gr

from drafter.draft import Draft
from drafter.errors import InputError, OutsideError
from drafter.incident import Incident, incident_from, parse_incident
from drafter.texts import read_text
from drafter.ui import form, letter, words
from drafter.ui.look import SHOW_ANSWER

Write = Callable[[Incident], Draft]

_P = "problems.1."
_FRONT: tuple[tuple[str, ...], ...] = (
    ("company", "customer.name"),
    ("signer.name", "signer.role"),
    (_P + "what",),
    (_P + "fault", _P + "when"),
    (_P + "ours", _P + "customer_part"),
    (_P + "impacts",),
    (_P + "cause",),
    (_P + "fixes.done",),
    (_P + "fixes.doing",),
    (_P + "remedies.1.kind", _P + "remedies.1.amount"),
    (_P + "remedies.1.text",),
    (_P + "prevention",),
    (_P + "known",),
    (_P + "unknown",),
    ("next.1.will",),
    ("next.1.on",),
)
_BACK: tuple[tuple[str, ...], ...] = (("channel", "tone"), ("severity", "kind"), ("reference",), ("locale", "timezone"))
_SHARED, _OURS, _FAULT = _P + "customer_part", _P + "ours", _P + "fault"


def page(write: Write, examples: Path | None = None) -> gr.Blocks:
    """The page, with one tab; `write` makes the draft, `examples` is a folder of incidents to start from."""
    blocks: gr.Blocks
    with gr.Blocks(title=words.TITLE, analytics_enabled=False, fill_width=True) as blocks:
        gr.Markdown(f"# {words.TITLE}\n{words.INTRO}")
        with gr.Tabs(), gr.Tab(words.WRITE_TAB), gr.Row():
            with gr.Column(scale=5, min_width=320):
                entry, source, fields = _facts(examples)
                button = gr.Button(words.WRITE, variant="primary", elem_id="write")
            with gr.Column(scale=6, min_width=320, elem_id="answer"):
                result = gr.HTML(f'<p class="waiting">{words.WAITING}</p>', elem_id="result")
        button.click(
            lambda how, text, *values: _drafted(write, how, text, values),
            [entry, source, *fields],
            result,
            api_visibility="private",
            show_progress="minimal",
        ).then(None, js=SHOW_ANSWER, api_visibility="private")
    return blocks


def _facts(examples: Path | None) -> tuple[gr.Radio, gr.Code, list[Any]]:
    """Where the facts are entered: an example, a form or a file."""
    files = sorted(examples.glob("*.yaml")) if examples and examples.is_dir() else []
    choices = [(words.NO_EXAMPLE, ""), *((path.stem.replace("_", " ").capitalize(), path.stem) for path in files)]
    chosen = gr.Dropdown(choices, value="", label=words.EXAMPLE, info=words.EXAMPLE_HINT, visible=bool(files), elem_id="example")
    entry = gr.Radio([words.FORM, words.FILE], value=words.FORM, label=words.ENTRY, elem_id="entry")
    with gr.Column(visible=True) as as_form:
        by_name = _rows(_FRONT)
        with gr.Accordion(words.MORE, open=False):
            by_name |= _rows(_BACK)
    source = gr.Code(language="yaml", label=words.FILE_LABEL, visible=False, lines=24, max_lines=40, wrap_lines=True, elem_id="file")
    by_stem = {path.stem: path for path in files}

    def opened(stem: str) -> Any:
        if stem not in by_stem:
            return gr.skip(), gr.skip()
        return words.FILE, read_text(by_stem[stem])

    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    chosen.change(opened, chosen, [entry, source], **quiet)
    entry.change(
        lambda how: (gr.update(visible=how == words.FORM), gr.update(visible=how == words.FILE)), entry, [as_form, source], **quiet
    )
    by_name[_FAULT].change(
        lambda fault: (gr.update(visible=fault in ("ours", "shared")), gr.update(visible=fault == "shared")),
        by_name[_FAULT],
        [by_name[_OURS], by_name[_SHARED]],
        **quiet,
    )
    return entry, source, [by_name[name] for name in form.FIELDS]


def _rows(rows: tuple[tuple[str, ...], ...]) -> dict[str, Any]:
    """The fields of each row, side by side where there is room for them."""
    made: dict[str, Any] = {}
    for row in rows:
        with gr.Row():
            made |= {name: _field(name) for name in row}
    return made


def _visible(*shown: bool) -> list[Any]:
    return [gr.update(visible=one) for one in shown]


def _field(name: str) -> Any:
    label, hint, value = words.LABELS[name], words.HINTS.get(name), form.DEFAULTS.get(name, "")
    sort = form.sort_of(name)
    if sort == "choice":
        return gr.Dropdown(form.choices_of(name), value=value, label=label, info=hint, filterable=False, elem_id=_id(name), min_width=220)
    lines, longest = {"lines": (2, 12), "clause": (1, 6), "line": (1, 1)}[sort]
    shape: dict[str, Any] = {"lines": lines, "max_lines": longest, "min_width": 220, "max_length": 20_000}
    return gr.Textbox(value, label=label, info=hint, elem_id=_id(name), visible=name != _SHARED, **shape)


def _id(name: str) -> str:
    return name.replace(".", "-")


def _drafted(write: Write, how: str, text: str | None, values: tuple[str | None, ...]) -> str:
    """The result as HTML: the letter, or what keeps it from being written."""
    try:
        incident = parse_incident(text or "") if how == words.FILE else incident_from(form.facts_of(values))
        return letter.shown(write(incident), incident)
    except InputError as error:
        return letter.refused([form.told(complaint) if how == words.FORM else str(complaint) for complaint in error.complaints])
    except OutsideError as error:
        return letter.refused([str(error)], words.OUTSIDE)
