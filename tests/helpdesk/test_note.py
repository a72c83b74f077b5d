"""The note that agents see."""

from __future__ import annotations

import re
from html import unescape

import pytest

from drafter.checks import Finding
from drafter.draft import Draft
from drafter.helpdesk import build_note
from drafter.helpdesk.note import TITLE, markdown, marked, marker
from drafter.incident import Incident
from drafter.writer import Writer


@pytest.fixture
def draft(double_charge: Incident) -> Draft:
    """A draft that is ready."""
    return Writer().draft(double_charge)


def test_a_person_sees_at_once_that_it_is_a_draft_that_was_not_sent(draft: Draft) -> None:
    """The first line says so, then how far it is to be trusted, in both forms; the marker comes last."""
    note = build_note("dr_1", draft)
    assert note.plain.startswith(f"{TITLE}\n\nReady: read it, ")
    assert note.html.startswith(f"<p><strong>{TITLE}</strong></p><p><strong>Ready: read it, ")
    assert note.plain.endswith("\n\n[drafter:dr_1]")
    assert note.html.endswith("<p>[drafter:dr_1]</p>")
    assert f"Subject: {draft.subject}\n\n{draft.text}\n----- end of draft -----" in note.plain


def test_reasons_and_findings_are_told(draft: Draft) -> None:
    """What a person must look at stands above the draft, what the check says below it; suggestions stay out."""
    findings = tuple(
        Finding(rule="excuse", severity=severity, start=0, end=2, text="it\n was", message=f"{severity} here.", rewrite=None)
        for severity in ("error", "warning", "suggestion")
    )
    told = draft.model_copy(update={"status": "needs_review", "reasons": ("Somebody was hurt.",), "findings": findings})
    plain = build_note("dr_1", told).plain
    assert plain.index("Needs a person first:\n- Somebody was hurt.") < plain.index("----- draft -----")
    assert '- error: "it was": error here.\n- warning: "it was": warning here.' in plain
    assert "suggestion" not in plain


def test_a_blocked_draft_is_not_shown(draft: Draft) -> None:
    """Its reasons are; nobody can send by mistake what is not there."""
    note = build_note("dr_1", draft.model_copy(update={"status": "blocked", "reasons": ("It blames a supplier.",)}))
    assert draft.text[:40] not in note.plain
    assert draft.text[:40] not in unescape(note.html)
    assert "Blocked: it must not go out as it is, so it is not shown here.\n- It blames a supplier." in note.plain


def test_questions_keep_their_order(draft: Draft) -> None:
    """Numbered, the most important first, above the draft."""
    plain = build_note("dr_1", draft, questions=["What did we do?", "When is it fixed?"]).plain
    assert "Please find out, the most important first:\n1. What did we do?\n2. When is it fixed?" in plain
    assert plain.index("2. When") < plain.index("----- draft -----")


def test_an_outdated_draft_says_so_first(draft: Draft) -> None:
    """The customer wrote again while it was written."""
    note = build_note("dr_1", draft, outdated=True)
    assert note.plain.split("\n\n")[1].startswith("The customer wrote again")
    assert "The customer wrote again" in note.html
    assert "wrote again" not in build_note("dr_1", draft).plain


def test_nothing_in_the_html_acts(draft: Draft) -> None:
    """Only our own tags; what stands in the draft, the questions and the findings is text."""
    hostile = '<img src=x onerror="alert(1)"> & </p><script>x</script>'
    told = draft.model_copy(update={"text": hostile, "subject": hostile, "reasons": (hostile,)})
    html = build_note("dr_1", told, questions=[hostile]).html
    assert set(re.findall(r"<(/?\w+)", html)) == {"p", "/p", "strong", "/strong", "br"}
    assert unescape(html).count(hostile) == 4


def test_the_marker_is_found_in_every_form(draft: Draft) -> None:
    """As plain text, HTML and Markdown, and where a helpdesk escaped it."""
    note = build_note("dr_0197aa", draft)
    for text in (note.plain, note.html, markdown(note), r"\[drafter:dr\_0197aa\]"):
        assert marked(text) == "dr_0197aa"
    assert marked("the drafter:dr_0197aa said") is None
    assert marked(marker("dr_1")) == "dr_1"


def test_markdown_changes_nothing_that_is_read(draft: Draft) -> None:
    """Rendered by a Markdown reader, the words of the note are those of the plain one."""
    from markdown_it import MarkdownIt

    note = build_note(
        "dr_1", draft.model_copy(update={"text": "# 1\n- a\n1. b\n*c* _d_ `e` [f](http://g) <h> &amp; \\i\n> j\n| k |\n~~l~~"})
    )
    rendered = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(markdown(note))
    assert set(re.findall(r"<(/?\w+)", rendered)) == {"p", "/p"}
    words = unescape(re.sub(r"</?p>", "\n", rendered))
    assert re.sub(r"\s+", " ", words).strip() == re.sub(r"\s+", " ", note.plain).strip()
