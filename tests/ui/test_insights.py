"""Figures and the sample in a real browser: plots with tables that say the same, and verdicts that change nothing that was sent."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from axe_playwright_python import sync_playwright as axe
from playwright.sync_api import Page, expect

from drafter import check
from drafter.errors import InputError
from drafter.house.service import InsightsTable
from drafter.house.tables import House
from drafter.incident import read_incident
from drafter.store import DeskTicket, Store, open_store
from drafter.ui import cells, plots
from drafter.ui.insights import Looking
from drafter.ui.panel import Act
from drafter.ui.roles import may
from drafter.ui.saying import words
from drafter.ui.workbench import Desk
from drafter.writer import Writer
from tests.conftest import ROOT
from tests.ui.conftest import DESKTOP, PHONE, serving

W = words()
HARMFUL = "=1+1"  # a queue that a spreadsheet would run
DRAFTS, READY, SENT, UNEDITED, PASSED = 26, 23, 22, 12, 20


def fill(store: Store) -> None:
    """26 drafts: 3 not ready, 22 sent, 12 of them word for word; 21 had a flag, which was passed over in 20; one queue has 2 drafts."""
    incident = read_incident(ROOT / "examples" / "double_charge.yaml")
    letter = Writer().draft(incident)
    findings = tuple(one for one in check("We're sorry for any inconvenience caused.").findings if one.rule == "stock-phrase")
    for i in range(DRAFTS):
        status = "ready" if i < READY else "needs_review"
        draft = letter.model_copy(update={"status": status, "findings": findings if i <= PASSED else ()})
        queue = HARMFUL if i >= DRAFTS - 2 else "orders"
        made = store.drafts.accept(incident, draft=draft, desk=DeskTicket("zendesk", str(i), queue))
        if i < SENT:
            distance = 0.0 if i < UNEDITED else 0.5
            store.sent.add(made.id, text=f"{letter.text}\n{i}", findings=(), distance=distance, unedited=distance == 0)
        if i < PASSED:
            store.dismissals.add(made.id, rule="stock-phrase", reason="It is right as it is")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the pages are served on such a store."""
    data = tmp_path_factory.mktemp("filled")
    store = open_store(f"sqlite:///{data / 'drafter' / 'drafter.db'}")
    fill(store)
    store.close()
    with serving(data) as found:
        yield found


@pytest.fixture
def looking(tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """What the page answers without a browser, on an empty store or on a filled one."""
    store = open_store(f"sqlite:///{tmp_path / 'drafter.db'}")

    def look(name: str = "open", *, house: House | None = None, filled: bool = True, role: str = "reviewer", **fields: str) -> Any:
        if filled and store.figures.first() is None:
            fill(store)
        desk = Desk(Writer(house=house), store, cast("Any", None), {})
        return Looking(desk)(Act(name, {"figure": fields.pop("figure", "")}, fields, frozenset(fields), "", role))

    yield look
    store.close()


def figure(page: Page, name: str) -> Any:
    """One figure of the page."""
    return page.locator(f"#figure-{name}")


def test_every_figure_is_a_plot_with_a_table_that_says_what_it_is_of(opened: Callable[..., Page]) -> None:
    """The numbers are those of the store; what there is nothing of says when there will be something."""
    page = opened("insights")
    expect(page.locator(".heads")).to_contain_text(f"{READY / DRAFTS:.0%} of {DRAFTS}")
    expect(page.locator(".heads")).to_contain_text(f"{UNEDITED / SENT:.0%} of {SENT}")
    expect(figure(page, "drafts").locator("tbody tr")).to_have_count(1)
    expect(figure(page, "drafts").locator("tbody")).to_contain_text(f"{READY / DRAFTS:.0%} ({DRAFTS})")
    expect(figure(page, "flags").locator("tbody")).to_contain_text(re.compile(rf"stock-phrase\s*95% \({SENT}\)\s*0% \({SENT}\)"))
    expect(figure(page, "queues").locator("tbody tr").nth(1)).to_contain_text(f"0% (2) {W.insights.few}")
    for name in ("drafts", "edits", "times", "flags", "dismissed", "queues", "models"):
        expect(figure(page, name).locator(".plot svg[aria-hidden=true]")).to_have_count(1)
    expect(figure(page, "sections")).to_contain_text(W.insights.figure.sections.empty)
    expect(figure(page, "cost")).to_contain_text(W.insights.figure.cost.empty)
    expect(figure(page, "promises")).to_be_visible()
    expect(figure(page, "person")).to_have_count(0)
    proposal = figure(page, "dismissed").locator(".proposal")
    expect(proposal).to_contain_text(f"{PASSED} of {PASSED + 1} drafts")
    expect(proposal.locator("code")).to_have_text('stock-phrase = "suggestion"')


def test_one_queue_is_looked_at_and_taken_as_a_file(opened: Callable[..., Page]) -> None:
    """The choice holds for every figure, and a spreadsheet runs nothing of the table."""
    page = opened("insights")
    expect(figure(page, "queues")).to_be_visible()
    with page.expect_download() as saved:
        figure(page, "queues").locator("[data-act=csv]").click()
    rows = list(csv.reader(io.StringIO(Path(saved.value.path()).read_text(encoding="utf-8"))))
    assert rows[0][:4] == [W.insights.queue, W.insights.drafts, W.insights.ready, f"{W.insights.ready} (n)"]
    assert [row[:4] for row in rows[1:]] == [["orders", "24", str(round(READY / 24, 4)), "24"], [f"'{HARMFUL}", "2", "0.0", "2"]]
    page.locator("#of-queue").select_option(HARMFUL)
    expect(page.locator(".heads")).to_contain_text("0% of 2")
    expect(page.locator("#of-queue")).to_have_value(HARMFUL)


def test_a_sample_is_drawn_again_by_its_seed_and_judged(opened: Callable[..., Page]) -> None:
    """The same seed draws the same; a verdict is kept with the sent text, which stays as it was."""
    page = opened("review")
    page.locator("#show").select_option("sample")
    expect(page.locator("#sampling")).to_contain_text(f"20 drawn from {SENT} replies")
    drafts = "els => els.map(el => el.dataset.draft)"
    first = page.locator("#queue button").evaluate_all(drafts)
    page.locator("#seed").fill("another")
    page.wait_for_function("first => document.querySelector('#queue button').dataset.draft !== first", arg=first[0])
    page.locator("#seed").fill("")
    page.wait_for_function("first => document.querySelector('#queue button').dataset.draft === first", arg=first[0])
    assert page.locator("#queue button").evaluate_all(drafts) == first
    page.locator("#queue button").first.click()
    expect(page.locator("#draft")).to_contain_text(W.review.sent_text)
    text = page.locator("#draft .letter").inner_text()
    page.locator("[data-act=reject]").click()
    expect(page.locator("#said")).to_contain_text(W.review.why_sent)
    page.locator("#reason").fill("It thanks twice.")
    page.locator("[data-act=reject]").click()
    expect(page.locator("#queue li").first).to_contain_text(W.review.judgement.reject)
    assert page.locator("#draft .letter").inner_text() == text


@pytest.mark.parametrize(("size", "dark"), [(DESKTOP, False), (DESKTOP, True), (PHONE, False), (PHONE, True)])
def test_axe_finds_nothing_serious_and_nothing_is_cut_off(opened: Callable[..., Page], size: tuple[int, int], dark: bool) -> None:
    """On a desk and on a phone, light and dark: names, contrast, regions that scroll by keyboard, and no page wider than the screen."""
    for path in ("insights", "review"):
        page = opened(path, size=size, dark=dark)
        if path == "review":
            page.locator("#show").select_option("sample")
            expect(page.locator("#draft .letter")).to_be_visible()
        else:
            expect(figure(page, "promises")).to_be_visible()
        found = axe.Axe().run(page).response["violations"]
        assert [
            (one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found if one["impact"] in ("serious", "critical")
        ] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_figures_are_for_reviewers_and_by_person_only_where_the_house_says_so(looking: Callable[..., Any]) -> None:
    """Without the switch the table of people is neither shown nor given out."""
    assert [role for role in ("", "agent", "reviewer", "admin") if may(role, "insights")] == ["reviewer", "admin"]
    assert 'id="figure-person"' not in looking("rest").parts["rest"]
    with pytest.raises(InputError):
        looking("csv", figure="person")
    switched = House(insights=InsightsTable(by_person=True))
    assert W.insights.figure.person.title in looking("rest", house=switched).parts["rest"]


def test_an_empty_store_says_when_there_will_be_something(looking: Callable[..., Any]) -> None:
    """So does a span and queue in which nothing was written; nothing more is asked for then."""
    answer = looking(filled=False)
    assert W.insights.nothing in answer.parts["figures"]
    assert answer.again is None
    assert W.insights.quiet in looking(queue="nowhere").parts["figures"]


@pytest.mark.parametrize("top", [0.003, 0.0047, 0.014, 0.03, 0.11, 0.5, 1.0, 1.4, 2.0, 7.0, 214.0])
def test_no_two_marks_of_an_axis_say_the_same(top: float) -> None:
    """Marks are whole per cent, or whole numbers where things are counted; the last is at the longest bar or beyond it."""
    series = [plots.Series("a", [top])]
    for drawn, unit in (
        (plots.bars(["a"], series, lambda value: f"{100 * value:.0f}%"), 100),
        (plots.bars(["a"], series, lambda value: f"{value:.0f}%", unit=1), 1),
        (plots.columns(["a"], series, lambda value: f"{value:.0f}%"), 1),
    ):
        said = re.findall(r">(-?\d+)%</text>", drawn)
        assert 2 <= len(said) == len(set(said)) <= 8, said
        assert max(map(int, said)) >= top * unit - 1e-6


def test_what_is_drawn_is_escaped_and_says_nothing_to_a_screen_reader() -> None:
    """A name of a queue is text in a plot, and a plot runs nothing and asks for nothing."""
    drawn = plots.bars(["<script>alert(1)</script>"], [plots.Series("a", [0.5])], cells.percent)
    assert "<script" not in drawn
    assert "&lt;script&gt;" in drawn
    assert 'aria-hidden="true"' in drawn
    assert "href" not in drawn


def test_times_are_said_in_the_units_that_matter() -> None:
    """From seconds to days."""
    said = [cells.spoken(seconds) for seconds in (0, 42, 60, 300, 3600, 4800, 90_000, 400_000)]
    assert said == ["0 s", "42 s", "1 min", "5 min", "1 h", "1 h 20 min", "25 h", "5 d"]
