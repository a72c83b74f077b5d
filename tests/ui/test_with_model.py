"""Writing with a model in a real browser: the letter comes, stops when it is told to, and a model that fails costs nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from drafter.incident import read_incident
from drafter.ui.saying import words
from tests.scripted import Reply, endpoint, faithful
from tests.ui.conftest import serving
from tests.ui.test_write import letter

W = words()
ROOT = Path(__file__).parents[2]
Serve = Callable[..., str]


@pytest.fixture
def with_model(tmp_path: Path) -> Iterator[Serve]:
    """Serves the pages with a model that gives these replies, and gives their address."""
    with ExitStack() as stack:

        @contextmanager
        def served(*replies: Reply) -> Iterator[str]:
            with endpoint(*replies) as model, serving(tmp_path, DRAFTER_BASE_URL=model.url, DRAFTER_MODEL="scripted") as address:
                yield address

        def serve(*replies: Reply) -> str:
            made: AbstractContextManager[str] = served(*replies)
            return stack.enter_context(made)

        yield serve


def example(page: Page, address: str) -> None:
    """Open the page there, and an example in it."""
    page.goto(address)
    expect(page.locator("[data-panel][data-usable]")).to_be_attached()
    page.locator("#from-file > summary").click()
    page.locator("#example").select_option("double_charge")
    page.locator("[data-act=example]").click()
    expect(page.locator("[name='fact.company.name']")).to_have_value("Northwind Coffee")
    page.locator("[data-act=write]").click()


def test_a_letter_of_a_model_says_where_it_comes_from(plain: Page, with_model: Serve) -> None:
    """The model's letter is checked and shown, with its name."""
    says = faithful(read_incident(ROOT / "examples" / "double_charge.yaml"))
    example(plain, with_model(Reply(says)))
    expect(plain.locator("#status .strip.ready, #status .strip.needs_review")).to_be_visible()
    assert "charged your card twice" in letter(plain)
    plain.locator("#tab-sources").click()
    expect(plain.locator("#pane-sources .made")).to_contain_text("scripted")


def test_stop_stops_and_the_facts_stay(plain: Page, with_model: Serve) -> None:
    """A model that says nothing can be stopped; a reload meanwhile loses nothing, and the facts are there to go on with."""
    example(plain, with_model(Reply(hangs=True)))
    expect(plain.locator("#status .strip.busy")).to_be_visible()
    plain.reload()
    expect(plain.locator("#status .strip.busy")).to_be_visible()
    plain.locator("#ticket").focus()
    plain.keyboard.press("Escape")
    expect(plain.locator("#said")).to_contain_text(W.write.cancelled)
    expect(plain.locator("#status .strip.empty")).to_be_visible()
    expect(plain.locator("[name='fact.company.name']")).to_have_value("Northwind Coffee")


def test_a_model_that_fails_leaves_the_composed_letter(plain: Page, with_model: Serve) -> None:
    """The letter is there all the same, and says that no model wrote it and why."""
    example(plain, with_model(Reply(status=401)))
    expect(plain.locator("#status .strip.ready, #status .strip.needs_review")).to_be_visible()
    assert "charged your card twice" in letter(plain)
    expect(plain.locator("#status")).to_contain_text("Written without the model")
