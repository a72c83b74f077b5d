"""The page in a real browser: facts in, a checked letter out, nothing typed lost, nothing asked of the outside."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from drafter.ui import form, words

CHROMIUM = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)
REQUIRED = os.environ.get("DRAFTER_REQUIRE_SERVICES") == "1"
pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not REQUIRED, reason="no Chromium on this machine (apt-get install chromium); the page was not opened"
)
DESKTOP, PHONE = (1280, 800), (390, 844)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the installed command serves the page, on a free port, without a model; it says nothing on stderr."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DRAFTER_", "OPENAI_"))}
    environment["XDG_DATA_HOME"] = str(tmp_path_factory.mktemp("data"))
    command = [str(Path(sys.executable).with_name("drafter")), "serve", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment) as server:
        try:
            assert server.stdout
            assert f"http://127.0.0.1:{port}" in server.stdout.readline()
            wait_for(port)
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.send_signal(signal.SIGINT)
            _, errors = server.communicate(timeout=20)
    assert errors == ""
    assert server.returncode == 0


def wait_for(port: int) -> None:
    """Return once something listens on the port."""
    deadline = time.monotonic() + 30
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            assert time.monotonic() < deadline, "the page was not served within 30 seconds"
            time.sleep(0.05)
        else:
            return


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The machine's own Chromium."""
    assert CHROMIUM, "DRAFTER_REQUIRE_SERVICES=1, and there is no Chromium on this machine"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The page, open; every request went to it alone, and nothing failed in it."""
    width, height = request.param
    opened = browser.new_page(viewport={"width": width, "height": height})
    opened.set_default_timeout(20_000)
    asked: list[str] = []
    failed: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("pageerror", lambda error: failed.append(str(error)))
    opened.goto(address)
    expect(opened.locator("#write")).to_be_visible()
    yield opened
    opened.close()
    assert not [url for url in asked if not url.startswith((address, "data:", "blob:"))]
    assert not failed


def fill(page: Page, values: dict[str, str]) -> None:
    """Type into fields of the form."""
    for name, value in values.items():
        field(page, name).fill(value)


def field(page: Page, name: str) -> Locator:
    """The place to type of a field of the form."""
    return page.locator(f"#{name.replace('.', '-')}").locator("textarea, input").first


def choose(page: Page, name: str, option: str) -> None:
    """Pick from a list of the page."""
    page.locator(f"#{name.replace('.', '-')} input").click()
    page.get_by_role("option", name=option, exact=True).click()


FACTS = {
    "company": "Harrow & Finch",
    "signer.name": "Ellen Marsh",
    "customer.name": "Ravi Anand",
    "problems.1.what": "your bike was not ready on Tuesday",
    "problems.1.ours": "we missed the date we had given you for your bike",
    "problems.1.impacts": "you took the bus for two days",
    "problems.1.cause": "we ordered the part a week late",
    "problems.1.fixes.done": "I fitted the new chain\nI tested the brakes",
    "problems.1.prevention": "we order parts on the day of the booking",
    "next.1.will": "I will call you",
    "next.1.on": "2027-03-13 16:00",
}


def test_an_example_becomes_a_letter_with_its_status(page: Page) -> None:
    """Choosing an example opens its facts, and one press makes the letter."""
    choose(page, "example", "Double charge")
    expect(page.locator("#file")).to_contain_text("Northwind Coffee")
    page.locator("#write").click()
    result = page.locator("#result")
    expect(result.locator(".status")).to_contain_text(words.STATUS["ready"])
    expect(result.locator(".subject")).to_contain_text("1042")
    expect(result.locator(".letter")).to_contain_text("we charged your card twice")
    expect(result).to_contain_text(words.MADE)
    expect(result.locator(".status")).to_be_in_viewport()


def test_the_form_becomes_a_letter(page: Page) -> None:
    """What is typed into the form stands in the letter."""
    fill(page, FACTS)
    page.locator("#write").click()
    letter = page.locator("#result .letter")
    for said in ("missed the date", "bus for two days", "fitted the new chain", "tested the brakes", "Ellen Marsh"):
        expect(letter).to_contain_text(said)


def test_wrong_facts_are_explained_and_nothing_typed_is_lost(page: Page) -> None:
    """Each complaint names the field as the page does, and every field still holds what was typed."""
    typed = FACTS | {"problems.1.ours": "your bike was delayed", "next.1.on": "February 30"}
    fill(page, typed)
    page.locator("#write").click()
    complaints = page.locator("#result .complaints li")
    expect(page.locator("#result .status")).to_contain_text(words.WRONG_FACTS)
    expect(complaints.filter(has_text=words.LABELS["problems.1.ours"])).to_contain_text("does not say that we did it")
    expect(complaints.filter(has_text="February 30")).to_contain_text("not a date that exists")
    for name, value in typed.items():
        expect(field(page, name)).to_have_value(value)
    fill(page, FACTS)
    page.locator("#write").click()
    expect(page.locator("#result .letter")).to_contain_text("missed the date")


def test_an_empty_form_names_what_is_needed(page: Page) -> None:
    """Pressing the button at once says which fields to fill."""
    page.locator("#write").click()
    complaints = page.locator("#result .complaints li")
    for label in ("company", "signer.name", "problems.1.what"):
        expect(complaints.filter(has_text=words.LABELS[label])).to_contain_text(words.MISSING)


def test_a_finding_is_highlighted_in_the_letter_and_explained(page: Page) -> None:
    """Words that need a person are marked where they stand, and listed with the reason."""
    fill(page, FACTS | {"problems.1.cause": "you should have read the terms before you booked"})
    page.locator("#write").click()
    expect(page.locator("#result .letter")).to_contain_text("should have read the terms")
    expect(page.locator("#result .letter mark").first).to_be_visible()
    expect(page.locator("#result .findings li").first).not_to_be_empty()


def test_markup_in_the_facts_is_shown_as_it_was_typed(page: Page) -> None:
    """What a person types is never run."""
    fill(page, FACTS | {"company": "<img src=x onerror=\"document.title='run'\">"})
    page.locator("#write").click()
    expect(page.locator("#result .letter")).to_contain_text("<img src=x")
    assert page.title() == words.TITLE


def test_the_fault_decides_which_fields_there_are(page: Page) -> None:
    """Nobody is asked to confess what is not established, nor for the customer's step where there is none."""
    expect(page.locator("#problems-1-ours")).to_be_visible()
    expect(page.locator("#problems-1-customer_part")).to_be_hidden()
    choose(page, "problems.1.fault", words.CHOICES["shared"])
    expect(page.locator("#problems-1-customer_part")).to_be_visible()
    choose(page, "problems.1.fault", words.CHOICES["unknown"])
    expect(page.locator("#problems-1-ours")).to_be_hidden()


def test_the_page_fits_its_window_and_carries_no_footer(page: Page) -> None:
    """Nothing has to be scrolled sideways; one tab, its name, and no advertising."""
    assert page.title() == words.TITLE
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    expect(page.get_by_role("tab")).to_have_count(1)
    expect(page.locator("footer")).to_be_hidden()
    assert "gradio" not in page.inner_text("body").lower()


def test_every_field_of_the_form_is_on_the_page(page: Page) -> None:
    """No field is defined and then forgotten."""
    page.get_by_text(words.MORE).click()
    for name in form.FIELDS:
        assert page.locator(f"#{name.replace('.', '-')}").count() == 1 or name == "problems.1.customer_part", name
