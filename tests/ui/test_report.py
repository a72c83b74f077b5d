"""The report of a run of drafts in a real browser: it asks for nothing, fits a desk and a phone, and can be read by everybody."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python.sync_playwright as axe
import pytest
from playwright.sync_api import Browser

from evals.compare import run_of
from evals.report.evaluation import Evaluation
from evals.report.page import page
from tests.evals.logs import three_writers
from tests.ui.conftest import DESKTOP, PHONE


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report on forty cases that are worse than before."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(page(Evaluation("logs", three_writers(fallen=20), run_of(three_writers()), "before")), "utf-8")
    return path


@pytest.mark.parametrize(("size", "dark"), [(DESKTOP, False), (DESKTOP, True), (PHONE, False), (PHONE, True)])
def test_it_is_whole_and_readable(browser: Browser, report: Path, size: tuple[int, int], dark: bool) -> None:
    """Axe has nothing to say, nothing is wider than the screen, nothing is asked for, and a case opens without a script."""
    view = browser.new_page(viewport={"width": size[0], "height": size[1]}, color_scheme="dark" if dark else "light")
    asked: list[str] = []
    view.on("request", lambda request: asked.append(request.url))
    view.on("console", lambda message: asked.append(message.text))
    view.goto(report.as_uri())
    view.locator("details.case summary").first.click()
    assert view.locator("details.case .letter").first.is_visible()
    assert asked == [report.as_uri()]
    assert view.evaluate("document.documentElement.scrollWidth") <= size[0]
    found = axe.Axe().run(view).response["violations"]
    assert [(one["id"], [node["html"][:160] for node in one["nodes"]][:3]) for one in found] == []
    view.close()
