"""Reviewing in a real browser: what waits is approved, edited or sent back, and the agent sees it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from drafter.ui import review
from drafter.ui.saying import words
from tests.ui.test_write import append, by_hand, fill

W = words()


def waiting(page: Page, name: str) -> str:
    """A letter for somebody of this name that needs a look, kept as it stands; its address."""
    by_hand_for(page, name)
    append(page, " It was your fault.")
    expect(page.locator("#status")).to_contain_text(W.letter.status.blocked)
    last = page.locator(".finding.error").last
    last.locator("summary").click()
    last.locator("[data-act=pass]").first.click()
    expect(page.locator("#status")).to_contain_text(W.letter.status.needs_review)
    page.locator("#looked").check()
    page.locator("[data-act=copy]").first.click()
    expect(page.locator("#said")).to_contain_text(W.write.copied)
    return page.url


def by_hand_for(page: Page, name: str) -> None:
    """A letter from the form, to somebody of this name."""
    by_hand(page)
    fill(page, {"customer.name": name})
    page.locator("[data-act=write]").click()
    page.wait_for_function("name => document.querySelector('#letter').value.includes(name)", arg=name.split()[0])


def choose(page: Page, name: str) -> None:
    """Find the draft to somebody in the queue."""
    page.locator("#sought").fill(f"Hi {name.split()[0]}")
    expect(page.locator("#queue li")).to_have_count(1)
    page.locator("#queue button").click()
    expect(page.locator("#draft .letter")).to_contain_text(name.split()[0])


def test_a_reviewer_sends_back_and_the_agent_sees_why(opened: Callable[..., Page]) -> None:
    """Without a reason it does not go back; with one, the agent reads it over the letter."""
    agent, reviewer = opened(), opened("review")
    address = waiting(agent, "Quentin Vale")
    choose(reviewer, "Quentin Vale")
    reviewer.locator("[data-act=reject]").click()
    expect(reviewer.locator("#said")).to_contain_text(W.review.why)
    reviewer.locator("#reason").fill("Leave out what they should have done.")
    reviewer.locator("[data-act=reject]").click()
    expect(reviewer.locator("#said")).to_contain_text(W.review.said.reject)
    expect(reviewer.locator("#queue li")).to_have_count(0)
    agent.goto(address)
    expect(agent.locator("#status")).to_contain_text("Leave out what they should have done.")


def test_a_reviewer_approves_by_keyboard_and_the_letter_is_ready(opened: Callable[..., Page]) -> None:
    """One key approves; the letter is then ready for the agent, and a change takes that back."""
    agent, reviewer = opened(), opened("review")
    address = waiting(agent, "Wanda Brook")
    choose(reviewer, "Wanda Brook")
    expect(reviewer.locator("#versions-of-it")).to_contain_text("2")
    reviewer.locator("#queue button").focus()
    reviewer.keyboard.press("a")
    expect(reviewer.locator("#said")).to_contain_text(W.review.said.approve)
    agent.goto(address)
    expect(agent.locator("#status")).to_contain_text(W.letter.status.ready)
    append(agent, " Unfortunately, mistakes were made.")
    expect(agent.locator("#status")).not_to_contain_text(W.letter.status.ready)


def test_a_reviewer_edits_what_is_then_a_version(opened: Callable[..., Page]) -> None:
    """Edited words are checked again: those that blame are refused, better ones become the letter."""
    agent, reviewer = opened(), opened("review")
    waiting(agent, "Xenia Holt")
    choose(reviewer, "Xenia Holt")
    reviewer.locator("#edit-it > summary").click()
    text = reviewer.locator("#edit").input_value()
    reviewer.locator("#edit").fill(f"{text} It is your own fault.")
    reviewer.locator("[data-act=edit]").click()
    expect(reviewer.locator("#said")).to_contain_text(W.review.blocked)
    reviewer.locator("#edit").fill(text.replace(" It was your fault.", ""))
    reviewer.locator("[data-act=edit]").click()
    expect(reviewer.locator("#said")).to_contain_text(W.review.said.edit)
    reviewer.locator("#show").select_option("edit")
    expect(reviewer.locator("#draft .letter")).not_to_contain_text("your fault")


def test_the_list_is_exported_without_formulas(opened: Callable[..., Page]) -> None:
    """A spreadsheet runs nothing of it."""
    agent, reviewer = opened(), opened("review")
    waiting(agent, "Yara Penn")
    choose(reviewer, "Yara Penn")
    with reviewer.expect_download() as saved:
        reviewer.locator("[data-act=csv]").click()
    rows = list(csv.reader(io.StringIO(Path(saved.value.path()).read_text(encoding="utf-8"))))
    assert rows[0][:3] == ["id", "created", "status"]
    assert len(rows) == 2
    cells = ["=1+1", "+1", "-1", "@x", "\tx", "plain"]
    item = dict.fromkeys(("id", "created", "status", "verdict", "reason", "subject", "queue", "findings", "version", "sent"), "")
    exported = [next(csv.reader(io.StringIO(review.as_csv([item | {"subject": cell}]).splitlines()[1])))[5] for cell in cells]
    assert exported == ["'=1+1", "'+1", "'-1", "'@x", "'\tx", "plain"]
