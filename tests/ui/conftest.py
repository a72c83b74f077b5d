"""The pages in a real browser: served by the installed command, asked for nothing from outside, and nothing failing in them."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

CHROMIUM = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)
REQUIRED = os.environ.get("DRAFTER_REQUIRE_SERVICES") == "1"
expect.set_options(timeout=20_000)  # a shared machine may be slow; nothing here is about speed
DESKTOP, PHONE = (1280, 800), (390, 844)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the pages are served without a model."""
    with serving(tmp_path_factory.mktemp("data")) as found:
        yield found


@contextmanager
def serving(data: Path, **settings: str) -> Iterator[str]:
    """Where the installed command serves the pages, on a free port; it says nothing on stderr but lines of its log."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DRAFTER_", "OPENAI_"))}
    environment |= {"XDG_DATA_HOME": str(data), **settings}
    command = [str(Path(sys.executable).with_name("drafter")), "serve", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment) as server:
        try:
            assert server.stdout
            assert f"http://127.0.0.1:{port}" in server.stdout.readline()
            wait_for(port)
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.send_signal(signal.SIGINT)
            _, errors = server.communicate(timeout=30)
    assert not [line for line in errors.splitlines() if line and not line.startswith("{")]
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
    """The machine's own Chromium; it keeps an event loop running, which no test of another file may find."""
    if CHROMIUM is None and not REQUIRED:
        pytest.skip("no Chromium on this machine (apt-get install chromium); the page was not opened")
    assert CHROMIUM, "DRAFTER_REQUIRE_SERVICES=1, and there is no Chromium on this machine"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A page that is not open yet."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page
    context.close()


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Opens pages, each with a browser profile of its own; every request goes to the service alone, and nothing fails in it."""
    asked: list[str] = []
    failed: list[str] = []
    contexts = []

    def open_page(path: str = "", *, size: tuple[int, int] = DESKTOP, dark: bool = False) -> Page:
        width, height = size
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: failed.append(str(error)))
        page.goto(f"{address}{path}")
        expect(page.locator("[data-panel][data-usable]")).to_be_attached()
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not [url for url in asked if not url.startswith((address, "data:", "blob:"))]
    assert not failed


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def page(opened: Callable[..., Page], request: pytest.FixtureRequest) -> Page:
    """The page for writing, on a desk and on a phone."""
    return opened(size=request.param)
