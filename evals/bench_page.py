"""How long an agent waits for the page: `make bench-page`, in the machine's own Chromium.

Page open to usable, pasted ticket to composed letter, and from the last key to the first highlight, each as a median and a worst of
several tries against a service of its own with a store of its own. Aims: 2 s, 1 s and 300 ms.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

_PATIENCE = 60_000  # milliseconds
_TICKET = """Hello, you charged my card twice for order 1042 on Tuesday, 149 dollars each time.
Please refund the second payment. I have been waiting for an answer for three days. Tom Becker"""
_PEOPLE = {"customer.name": "Tom Becker", "company.name": "Northwind Coffee", "signer.name": "Maya Lindqvist"}
_ADMITTED = "we charged your card twice for order 1042"
_FLAGGED = " We apologize for any inconvenience"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=7, help="how often each is measured, after one that is not counted")
    options = parser.parse_args(arguments)
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        sys.exit("there is no Chromium on this machine (apt-get install chromium)")
    with tempfile.TemporaryDirectory() as folder, _serving(Path(folder)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, measure in (
            ("page open to usable", _opened),
            ("pasted ticket to composed letter", _lettered),
            ("last key to first highlight", _marked),
        ):
            took = [_measured(browser, address, measure) for _ in range(options.times + 1)][1:]
            print(f"{name:<36}{statistics.median(took):>7.0f} ms   at most {max(took):.0f} ms", flush=True)
        browser.close()


def _measured(browser: Browser, address: str, measure: Callable[[Page, str], float]) -> float:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.set_default_timeout(_PATIENCE)
    try:
        return measure(page, address)
    finally:
        context.close()


def _opened(page: Page, address: str) -> float:
    """From the navigation until every field is there and acts."""
    page.goto(address)
    page.locator("[data-panel][data-usable]").wait_for(state="attached")
    return float(page.evaluate("Number(document.querySelector('[data-panel]').dataset.usable)"))


def _lettered(page: Page, address: str) -> float:
    """From the press that reads a ticket, through the one that writes, until the letter is there; the typing between is left out."""
    _opened(page, address)
    page.locator("#ticket").fill(_TICKET)
    read = _until(page, "[data-act=read]", "document.querySelector('#facts .quote')")
    for name, value in _PEOPLE.items():
        page.locator(f"[name='fact.{name}']").fill(value)
    page.locator("input[type=radio][value=ours]").first.check(force=True)
    page.locator("[name='fact.problems.1.ours']").fill(_ADMITTED)
    return read + _until(page, "[data-act=write]", "document.querySelector('#letter').value.includes('charged')")


def _until(page: Page, button: str, there: str) -> float:
    """Milliseconds from a press until something is there, on the browser's own clock."""
    script = """([button, there]) => new Promise((done) => {
      const started = performance.now(), look = () => eval(there) ? done(performance.now() - started) : requestAnimationFrame(look);
      document.querySelector(button).click(); look(); })"""
    return float(page.evaluate(script, [button, there]))


def _marked(page: Page, address: str) -> float:
    """From the last key of words that deflect until they are marked in the letter."""
    _lettered(page, address)
    page.locator("#letter").focus()
    page.keyboard.press("Control+End")
    page.evaluate(
        """() => { const area = document.querySelector('#letter'); let last = 0;
        area.addEventListener('input', () => { last = performance.now(); });
        window.marked = new Promise((done) => { const look = () =>
          [...document.querySelectorAll('.editor mark')].some((one) => one.textContent.includes('inconvenience'))
            ? done(performance.now() - last) : requestAnimationFrame(look); look(); }); }"""
    )
    page.keyboard.type(_FLAGGED)
    return float(page.evaluate("window.marked"))


@contextmanager
def _serving(data: Path) -> Iterator[str]:
    """Where the installed command serves the pages."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).with_name("drafter")), "serve", "--port", str(port)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DRAFTER_", "OPENAI_"))}
    environment |= {"XDG_DATA_HOME": str(data)}
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment) as server:
        try:
            _wait_for(port)
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            if time.monotonic() > deadline:
                sys.exit("the page was not served within a minute")
            time.sleep(0.05)
        else:
            return


if __name__ == "__main__":
    main()
