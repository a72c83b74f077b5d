"""Checking any reply in a real browser."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from drafter.ui.saying import words

W = words()


def test_findings_come_as_one_types_and_what_is_safe_is_fixed(opened: Callable[..., Page]) -> None:
    """Marked where they stand, explained beside; fixed by a press, shown before and after, and undone by another."""
    page = opened("check")
    typed = "Hi Tom,\n\nWe're sorry for any inconvenience caused. You should have read the terms. We refunded you $20 today."
    page.locator("#text").fill(typed)
    expect(page.locator(".finding.error").first).to_be_visible()
    assert "You should have read" in "".join(page.locator(".editor mark").all_text_contents())
    expect(page.locator("#verdict")).to_contain_text(W.check.status.blocked)
    page.locator("[data-act=fix]").click()
    expect(page.locator("#said")).not_to_be_empty()
    page.wait_for_function("typed => document.querySelector('#text').value !== typed", arg=typed)
    expect(page.locator("#result del").first).to_be_visible()
    assert "We refunded you $20 today." in page.locator("#text").input_value()
    page.locator("[data-act=undo]").click()
    expect(page.locator("#text")).to_have_value(typed)
    expect(page.locator("#said")).to_have_text(W.check.undone)
    expect(page.locator("[data-act=undo]")).to_have_attribute("aria-disabled", "true")


def test_a_clean_reply_is_left_alone(opened: Callable[..., Page]) -> None:
    """Nothing is said of an everyday message."""
    page = opened("check")
    page.locator("#text").fill("Thanks, Maria. Your table is booked for Friday at seven.")
    expect(page.locator("#verdict")).to_contain_text(W.check.status.ready)
    expect(page.locator(".finding")).to_have_count(0)


def test_rules_and_prompts_can_be_read(opened: Callable[..., Page]) -> None:
    """Every rule with its why and examples, found by a word; the prompts with their status."""
    page = opened("rules")
    expect(page.locator("#rule-list details")).not_to_have_count(0)
    page.locator("#sought").fill("blame-customer")
    expect(page.locator("#rule-blame-customer")).to_be_visible()
    expect(page.locator("#rule-distant-apology")).to_have_count(0)
    page.locator("#rule-blame-customer > summary").click()
    expect(page.locator("#rule-blame-customer .examples").first).to_be_visible()
    expect(page.locator("[id='prompt-draft.v1']")).to_have_count(0)
    page.locator("#sought").fill("")
    page.locator("[id='prompt-draft.v1'] > summary").click()
    expect(page.locator("[id='prompt-draft.v1'] pre")).to_contain_text("# system")
