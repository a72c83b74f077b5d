"""Logging in with a real browser: who comes in sees what their role opens and their own work, and what was typed outlives the session."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx2
import pytest
from axe_playwright_python import sync_playwright as axe
from playwright.sync_api import Browser, Page, expect

from drafter.accounts import Accounts
from drafter.ui.roles import EVERYBODYS, REVIEWERS
from drafter.ui.saying import words
from drafter.ui.site import PAGES
from tests.ui.conftest import DESKTOP, PHONE, serving
from tests.ui.test_write import append, by_hand, letter

W = words()
PASSWORD = "four candles and a saw"
SHOTS = os.environ.get("DRAFTER_SHOTS")  # a folder: what the tests see is kept there to be looked at
Opens = Callable[..., Page]


@pytest.fixture(scope="module")
def accounts(tmp_path_factory: pytest.TempPathFactory) -> Accounts:
    """A file with two agents, a reviewer and an admin."""
    made = Accounts(tmp_path_factory.mktemp("accounts") / "users.json")
    for name, role in (("maya", "agent"), ("tom", "agent"), ("ravi", "reviewer"), ("ada", "admin")):
        made.add(name, role, PASSWORD)
    return made


@pytest.fixture(scope="module")
def house(accounts: Accounts, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the pages are served to those who log in."""
    with serving(tmp_path_factory.mktemp("data"), DRAFTER_USERS_FILE=str(accounts.file)) as found:
        yield found


@pytest.fixture
def opens(browser: Browser, house: str) -> Iterator[Opens]:
    """Opens an address, each time in a browser profile of its own."""
    contexts = []
    failed: list[str] = []

    def opened(path: str = "", *, size: tuple[int, int] = DESKTOP, dark: bool = False) -> Page:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, color_scheme="dark" if dark else "light")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: failed.append(str(error)))
        page.goto(f"{house}{path}")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not failed


def log_in(page: Page, name: str, password: str = PASSWORD) -> Page:
    """Fill the form in and send it."""
    page.get_by_label(W.login.name).fill(name)
    page.get_by_label(W.login.password).fill(password)
    page.get_by_role("button", name=W.login.go).click()
    return page


def usable(page: Page) -> Page:
    """The page, once it can be used."""
    expect(page.locator("[data-panel][data-usable]")).to_be_attached()
    return page


def shot(page: Page, name: str) -> None:
    """Keep what is seen, where somebody wants to look at it."""
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png")


def nav(page: Page) -> list[str]:
    """The pages that the bar offers."""
    return [text.strip() for text in page.locator(".top nav a").all_inner_texts()]


def test_the_pages_and_their_roles_are_the_same_pages() -> None:
    """A page that is added says whose it is."""
    assert set(PAGES) == {*EVERYBODYS, *REVIEWERS}


def test_an_agent_logs_in_comes_where_they_wanted_and_logs_out(opens: Opens) -> None:
    """A wrong password keeps the name; the right one leads on; logging out closes the page, also for "back"."""
    page = opens("check")
    assert page.url.endswith("/login?next=%2Fcheck")
    expect(page.locator("#name")).to_be_focused()
    log_in(page, "maya", "wrong wrong wrong")
    expect(page.get_by_role("alert")).to_contain_text(W.login.wrong)
    expect(page.locator("#name")).to_have_value("maya")
    expect(page.locator("#password")).to_be_focused()
    shot(page, "login-wrong")
    usable(log_in(page, "maya"))
    assert page.url.endswith("/check")
    assert nav(page) == [W.shell.nav[name] for name in EVERYBODYS]
    expect(page.locator("#who")).to_contain_text("maya")
    shot(page, "agent")
    page.get_by_role("button", name=W.shell.nav.out).click()
    expect(page.get_by_label(W.login.password)).to_be_visible()
    page.go_back()
    expect(page.get_by_label(W.login.password)).to_be_visible()


def test_the_login_works_by_keyboard_alone(opens: Opens) -> None:
    """Name, Tab, password, Enter."""
    page = opens()
    expect(page.locator("#name")).to_be_focused()
    page.keyboard.type("maya")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    usable(page)


@pytest.mark.parametrize("name", ["ravi", "ada"])
def test_reviewers_and_admins_are_offered_the_reviews(opens: Opens, name: str) -> None:
    """They are in the bar, and open."""
    page = usable(log_in(opens("review"), name))
    assert nav(page) == [W.shell.nav[each] for each in (*EVERYBODYS, *REVIEWERS)]
    expect(page.locator("#queue")).to_be_attached()


def test_an_agent_gets_no_review_by_its_address_nor_by_its_acts(opens: Opens, house: str) -> None:
    """The server refuses both: a hidden link is no lock."""
    page = log_in(opens("review"), "maya")
    expect(page.locator("body")).to_contain_text(W.login.not_yours)
    page.goto(house)
    usable(page)
    config = page.evaluate("fetch('/config').then((answer) => answer.json())")
    panels = [each["id"] for each in config["components"] if each["props"].get("elem_id") == "review-panel"]
    assert panels
    act = {"name": "list", "data": {}, "fields": {"show": "all"}}
    sent = {"session_hash": "x", "component_id": panels[0], "fn_name": "act", "data": act}
    answer = page.evaluate(
        "(sent) => fetch('/gradio_api/component_server', {method: 'POST', headers: {'Content-Type': 'application/json'},"
        " body: JSON.stringify(sent)}).then((answer) => answer.json())",
        sent,
    )
    assert answer["say"] == W.login.not_yours
    assert answer["parts"] == {}


def test_two_agents_do_not_see_each_others_work(opens: Opens) -> None:
    """A link to the work of another opens new work of one's own, and says so; their list does not name it; a reviewer finds the draft."""
    maya, tom = usable(log_in(opens(), "maya")), usable(log_in(opens(), "tom"))
    by_hand(maya)
    address = maya.url
    assert "Ravi" in letter(maya)
    tom.goto(address)
    usable(tom)
    expect(tom.locator("#said")).to_contain_text(W.write.gone)
    assert tom.url != address
    assert letter(tom) == ""
    expect(tom.locator("[name='fact.customer.name']")).to_have_value("")
    assert "Ravi" not in tom.content()
    append(maya, " It was your fault.")
    expect(maya.locator("#status")).to_contain_text(W.letter.status.blocked)
    maya.reload()
    usable(maya)
    assert letter(maya).endswith("It was your fault.")
    ravi = usable(log_in(opens("review"), "ravi"))
    ravi.locator("#show").select_option("all")
    expect(ravi.locator("#draft")).to_contain_text("Ravi")


def test_a_session_that_ends_during_work_is_said_and_nothing_typed_is_lost(opens: Opens, accounts: Accounts) -> None:
    """A new password ends it: the page says so, keeps what is typed, and has it again after the login."""
    page = usable(log_in(opens(), "tom"))
    page.locator("#ticket").fill("The first half,")
    expect(page).to_have_url(re.compile("work="))
    page.wait_for_timeout(1500)
    accounts.change("tom", password="another five words here")
    page.locator("#ticket").fill("The first half, and the second half")
    expect(page.locator(".ended")).to_be_visible()
    expect(page.locator(".ended")).to_contain_text(W.shell.out)
    expect(page.locator("#ticket")).to_have_value("The first half, and the second half")
    expect(page.locator(".panel.away")).to_have_count(0)
    shot(page, "logged-out")
    address = page.url
    page.get_by_role("link", name=W.shell.in_again).click()
    usable(log_in(page, "tom", "another five words here"))
    assert page.url == address
    expect(page.locator("#ticket")).to_have_value("The first half, and the second half")
    expect(page.locator(".ended")).to_be_hidden()
    accounts.change("tom", password=PASSWORD)


def test_what_one_typed_is_not_put_before_the_next_in_the_same_tab(opens: Opens, accounts: Accounts) -> None:
    """Where somebody else logs in after the session ended, the words of the first stay away."""
    page = usable(log_in(opens("check"), "tom"))
    accounts.change("tom", password="another five words here")
    page.locator("[name=text]").fill("Words of Tom's own")
    expect(page.locator(".ended")).to_be_visible()
    accounts.change("tom", password=PASSWORD)
    page.get_by_role("link", name=W.shell.in_again).click()
    usable(log_in(page, "maya"))
    expect(page.locator("[name=text]")).to_have_value("")


def test_a_window_of_the_one_before_saves_nothing_as_the_next(opens: Opens) -> None:
    """Two windows of one browser: after the second logs in anew, what is typed in the first stays there, and it says why."""
    first = usable(log_in(opens(), "tom"))
    second = first.context.new_page()
    second.goto(first.url)
    second.get_by_role("button", name=W.shell.nav.out).click()
    usable(log_in(second, "maya"))
    first.locator("#ticket").fill("Words of Tom's own")
    expect(first.locator("#said")).to_contain_text(W.login.somebody_else)
    expect(first.locator("#ticket")).to_have_value("Words of Tom's own")
    second.reload()
    expect(second.locator("#ticket")).to_have_value("")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_login_can_be_read_by_everybody(opens: Opens, size: tuple[int, int], dark: bool) -> None:
    """Axe has nothing to say of it, nor of a refusal; nothing reaches past the edge of a phone."""
    page = opens(size=size, dark=dark)
    name = f"login-{'phone' if size == PHONE else 'desktop'}-{'dark' if dark else 'light'}"
    assert_accessible(page, name)
    log_in(page, "nobody at all", "wrong wrong wrong")
    expect(page.get_by_role("alert")).to_be_visible()
    assert_accessible(page, f"{name}-wrong")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == ("rgb(17, 22, 26)" if dark else "rgb(243, 246, 247)")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_bar_with_a_name_can_be_read_by_everybody(opens: Opens, dark: bool) -> None:
    """Name and "log out" are in it on a desk and on a phone."""
    for size in (DESKTOP, PHONE):
        page = usable(log_in(opens(size=size, dark=dark), "ada"))
        expect(page.get_by_role("button", name=W.shell.nav.out)).to_be_in_viewport(ratio=1)
        assert_accessible(page, f"bar-{size[0]}-{'dark' if dark else 'light'}")


def assert_accessible(page: Page, name: str) -> None:
    """Nothing serious or worse for axe, and no scrolling sideways."""
    shot(page, name)
    found = axe.Axe().run(page).response["violations"]
    assert not [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in ("serious", "critical")]
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_form_on_another_site_logs_nobody_in_and_does_nothing(opens: Opens, house: str, browser: Browser) -> None:
    """In a real browser: a page elsewhere that sends our forms gets no session and ends none."""
    page = usable(log_in(opens(), "maya"))
    elsewhere = house.replace("127.0.0.1", "localhost")
    page.route(
        "**/elsewhere",
        lambda route: route.fulfill(
            content_type="text/html", body=f'<form method="post" action="{house}logout"><button>go</button></form>'
        ),
    )
    page.goto(f"{elsewhere}elsewhere")
    page.get_by_role("button").click()
    expect(page.locator("body")).to_contain_text(W.login.foreign)
    page.goto(house)
    usable(page)
    expect(page.locator("#who")).to_contain_text("maya")


def test_nothing_is_served_without_a_login(house: str) -> None:
    """The whole service: the page and all of Gradio's own are closed, the API keeps its keys, and health can be asked for."""
    for path in ("config", "gradio_api/info", "theme.css", "gradio_api/startup-events", "review", "assets/x.js"):
        assert httpx2.get(f"{house}{path}").status_code == 401, path
    assert httpx2.post(f"{house}gradio_api/component_server", json={}).status_code == 401
    assert httpx2.post(f"{house}gradio_api/upload", files={"files": b"x"}).status_code == 401
    assert httpx2.get(f"{house}v1/drafts").headers["content-type"] == "application/problem+json"
    assert httpx2.get(f"{house}healthz").status_code == 200


def test_without_accounts_the_page_says_that_it_is_for_this_machine(opened: Opens) -> None:
    """One quiet line, and no button to log out."""
    page = opened()
    expect(page.locator("#who")).to_have_text(W.shell.alone)
    expect(page.get_by_role("button", name=W.shell.nav.out)).to_have_count(0)
    assert nav(page) == [W.shell.nav[each] for each in (*EVERYBODYS, *REVIEWERS)]
    shot(page, "alone")


def test_behind_a_proxy_the_page_shows_whom_it_names(browser: Browser, tmp_path: Path) -> None:
    """The name is in the bar, logging out is the proxy's, and whoever comes without a name is refused."""
    settings = {"DRAFTER_PROXY_USER_HEADER": "X-User", "DRAFTER_PROXY_ADDRESSES": "127.0.0.1", "DRAFTER_PROXY_ROLE": "reviewer"}
    with serving(tmp_path, **settings) as address:
        context = browser.new_context(extra_http_headers={"X-User": "zoe@example.com", "X-Forwarded-For": "192.0.2.7"})
        page = context.new_page()
        page.goto(f"{address}review")
        usable(page)
        expect(page.locator("#who")).to_have_text("zoe@example.com")
        context.close()
        refused = httpx2.get(address, headers={"Accept": "text/html"})
        assert refused.status_code == 403
        assert W.login.by_proxy in refused.text
