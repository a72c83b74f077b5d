"""The gate before the page: nobody passes without a login that holds, and another site opens nothing in anybody's name."""

from __future__ import annotations

import asyncio
import time
from http.cookies import SimpleCookie
from pathlib import Path

import httpx
import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from drafter.accounts import Accounts
from drafter.errors import OutsideError
from drafter.login import Gate
from drafter.ui.saying import words
from tests.login.conftest import ADDRESS, PASSWORD, Browsers, log_in, nowhere, seen

W = words()
GRADIOS = (
    "/config",
    "/config/",
    "/theme.css",
    "/gradio_api/info",
    "/gradio_api/startup-events",
    "/gradio_api/queue/data",
    "/gradio_api/file=examples/double_charge.yaml",
    "/gradio_api/proxy=http://127.0.0.1/",
    "/gradio_api/heartbeat/x",
    "/file=README.md",
    "/monitoring",
    "/assets/index.js",
    "/static/x.png",
    "/manifest.json",
    "/login/state",
)
POSTED = ("/gradio_api/component_server", "/gradio_api/queue/join", "/gradio_api/upload", "/gradio_api/run/predict", "/upload", "/token")


# who is let in


def test_a_login_opens_the_page_with_its_name_and_role(browsers: Browsers) -> None:
    """Name and password open it; the page is told who came, and the form is not shown again."""
    browser = browsers()
    done = log_in(browser, "Ravi")
    assert (done.status_code, done.headers["location"]) == (303, "/")
    assert browser.get("/").json() == {"user": "ravi", "role": "reviewer", "way": "session"}
    assert browser.get("/login").headers["location"] == "/"
    assert browser.get("/login/state").status_code == 204


@pytest.mark.parametrize("path", GRADIOS)
def test_everything_of_gradio_is_behind_the_login(browsers: Browsers, path: str) -> None:
    """Files, settings, queues and assets: without a session, what asks by itself gets a plain no."""
    assert browsers(Accept="*/*").get(path).status_code == 401


@pytest.mark.parametrize("path", POSTED)
def test_nothing_can_be_sent_without_a_login(browsers: Browsers, path: str) -> None:
    """Not even by something that says it takes HTML."""
    assert browsers().post(path, json={}).status_code == 401


def test_who_opens_a_page_is_led_to_the_login_and_back(browsers: Browsers) -> None:
    """With the whole address, which the form takes along."""
    browser = browsers()
    led = browser.get("/write?work=wrk_1")
    assert (led.status_code, led.headers["location"]) == (303, "/login?next=%2Fwrite%3Fwork%3Dwrk_1")
    assert 'value="/write?work=wrk_1"' in browser.get(led.headers["location"]).text
    assert log_in(browser, next="/write?work=wrk_1").headers["location"] == "/write?work=wrk_1"


def test_a_socket_is_refused(browsers: Browsers) -> None:
    """The page has none, so nobody gets one past the login."""
    with pytest.raises(WebSocketDisconnect), browsers().websocket_connect("/queue/join"):
        pass


@pytest.mark.parametrize(("name", "status"), [("maya", 403), ("ravi", 200), ("ada", 200)])
def test_a_page_opens_for_its_roles_alone(browsers: Browsers, name: str, status: int) -> None:
    """An agent who types the address of the reviews is told that it is not theirs."""
    browser = browsers()
    log_in(browser, name)
    answer = browser.get("/review")
    assert answer.status_code == status
    assert (W.login.not_yours in answer.text) == (status == 403)


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "javascript:alert(1)",
        "evil.example",
        " //evil.example",
        "/é",
        "/login?next=/",
        "/logout",
        "/" + "x" * 3000,
        "",
    ],
)
def test_the_login_leads_nowhere_else(browsers: Browsers, wanted: str) -> None:
    """Where the address after the login is not a place on our page, the first page it is."""
    browser = browsers()
    assert f'value="{wanted}"' not in browser.get("/login", params={"next": wanted}).text or not wanted
    assert log_in(browser, next=wanted).headers["location"] == "/"
    assert browser.get("/login", params={"next": wanted}).headers["location"] == "/"


# who is not


def test_an_unknown_name_and_a_wrong_password_are_told_the_same(browsers: Browsers) -> None:
    """In the same words and with the same status; what was typed as a name stays, and is escaped."""
    wrong, unknown = (log_in(browsers(), name, "not the password") for name in ("maya", "nobody"))
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.text.replace("maya", "nobody") == unknown.text
    assert W.login.wrong in wrong.text
    assert "set-cookie" not in wrong.headers
    odd = log_in(browsers(), '"><script>alert(1)</script>', "not the password")
    assert "<script" not in odd.text
    assert log_in(browsers(), "maya", f"{PASSWORD} ").status_code == 401


@pytest.mark.parametrize(
    "body", [b"", b"name=maya", b"name=%ff&password=%ff", b"\xff\xfe", b"name=maya&password=" + b"x" * 20_000, b"&".join([b"a=1"] * 100)]
)
def test_a_form_that_is_none_is_a_wrong_one(browsers: Browsers, body: bytes) -> None:
    """Empty, half, no text or too large: nothing fails, and nobody is let in."""
    answer = browsers().post("/login", content=body, headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert answer.status_code == 401


def test_after_five_wrong_ones_there_is_a_wait(browsers: Browsers) -> None:
    """Even the right password waits then, from there; from elsewhere, and for others from there, it opens."""
    browser = browsers(peer="192.0.2.7")
    assert [log_in(browser, "maya", "wrong wrong wrong").status_code for _ in range(5)] == [401] * 5
    refused = log_in(browser)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["retry-after"]) <= 300
    assert W.login.too_many.format(seconds=refused.headers["retry-after"]) in refused.text
    assert log_in(browser, "ravi").status_code == 303
    assert log_in(browsers(peer="192.0.2.8")).status_code == 303


def test_what_was_mistyped_is_forgotten_with_the_right_one(browsers: Browsers) -> None:
    """Whoever mistypes four times and then gets it right begins again from none."""
    browser = browsers()
    for _ in range(3):
        assert [log_in(browser, "maya", "wrong wrong wrong").status_code for _ in range(4)] == [401] * 4
        assert log_in(browser).status_code == 303


def test_many_at_once_are_counted_before_they_are_compared(accounts: Accounts) -> None:
    """Twelve at the same time are no way around the limit."""

    async def posted() -> list[int]:
        transport = httpx.ASGITransport(Gate(seen, accounts), client=("192.0.2.7", 1))
        async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as browser:
            tries = [browser.post("/login", data={"name": "maya", "password": "wrong wrong wrong"}) for _ in range(12)]
            return [answer.status_code for answer in await asyncio.gather(*tries)]

    assert sorted(asyncio.run(posted())) == [401] * 5 + [429] * 7


def test_no_login_is_kept_in_a_log(browsers: Browsers, caplog: pytest.LogCaptureFixture) -> None:
    """The log says that one was refused, and neither name nor password."""
    with caplog.at_level("DEBUG", logger="drafter"):
        for _ in range(7):
            log_in(browsers(), "somebody-here", "their mistyped password")
    assert "a login was refused" in caplog.text
    assert "too many attempts" in caplog.text
    assert "somebody" not in caplog.text
    assert "mistyped" not in caplog.text


# sessions


def test_the_cookie_is_for_our_page_alone(browsers: Browsers) -> None:
    """No script reads it, no other site sends it, it ends, and by https it is sent by https alone."""
    plain = SimpleCookie(log_in(browsers()).headers["set-cookie"])["drafter_session"]
    assert (plain["httponly"], plain["samesite"].lower(), plain["max-age"], plain["path"]) == (True, "lax", "43200", "/")
    assert not plain["secure"]
    secure = SimpleCookie(log_in(browsers(address="https://drafter.example")).headers["set-cookie"])["drafter_session"]
    assert secure["secure"]


def test_a_session_ends_by_itself(accounts: Accounts, browsers: Browsers) -> None:
    """However busy it is, it ends a working day after the login."""
    browser = browsers(Gate(seen, accounts, seconds=2))
    log_in(browser)
    kept = browser.cookies["drafter_session"]
    assert browser.get("/", headers={"Cookie": f"drafter_session={kept}"}).status_code == 200
    time.sleep(3.1)
    assert browser.get("/", headers={"Cookie": f"drafter_session={kept}"}).status_code == 303


def test_logging_out_ends_the_session_for_who_copied_its_cookie_too(browsers: Browsers) -> None:
    """The cookie goes, and what it held opens nothing any more; a link cannot log anybody out."""
    browser = browsers()
    log_in(browser)
    kept = browser.cookies["drafter_session"]
    browser.get("/logout")
    assert browser.get("/").status_code == 200
    out = browser.post("/logout")
    assert (out.status_code, out.headers["location"], out.headers["clear-site-data"]) == (303, "/login", '"storage"')
    assert browser.get("/").status_code == 303
    assert browsers().get("/", headers={"Cookie": f"drafter_session={kept}"}).status_code == 303


def test_a_changed_password_and_a_removed_account_end_their_sessions(browsers: Browsers, accounts: Accounts) -> None:
    """From the next request on, in a service that runs; others stay, and a role changes with the next request."""
    maya, ravi, ada = browsers(), browsers(), browsers()
    for browser, name in ((maya, "maya"), (ravi, "ravi"), (ada, "ada")):
        log_in(browser, name)
    other = Accounts(accounts.file)  # as the command opens it
    other.change("maya", password="another five words here")
    other.remove("ravi")
    other.change("ada", role="agent")
    assert (maya.get("/").status_code, ravi.get("/").status_code) == (303, 303)
    assert ada.get("/").json()["role"] == "agent"
    assert log_in(maya, "maya").status_code == 401
    assert log_in(maya, "maya", "another five words here").status_code == 303


@pytest.mark.parametrize("forged", ["", "x", "bnVsbA==", "eyJuYW1lIjogImFkYSJ9.aaaa.bbbb", "W10=.aRtYAA.x"])
def test_a_cookie_that_we_did_not_sign_is_none(browsers: Browsers, forged: str) -> None:
    """Whatever it says."""
    assert browsers().get("/", headers={"Cookie": f"drafter_session={forged}"}).status_code == 303


def test_a_session_outlives_a_restart(accounts: Accounts, browsers: Browsers) -> None:
    """The key is kept, so that an update logs nobody out."""
    browser = browsers()
    log_in(browser)
    kept = browser.cookies["drafter_session"]
    again = browsers(Gate(seen, Accounts(accounts.file)))
    assert again.get("/", headers={"Cookie": f"drafter_session={kept}"}).json()["user"] == "maya"


def test_a_log_out_outlives_a_restart(accounts: Accounts, browsers: Browsers) -> None:
    """The session that was left stays closed, the other ones of the same person stay open, and what has run out is not kept."""
    left, other = browsers(), browsers()
    log_in(left)
    log_in(other)
    kept = left.cookies["drafter_session"]
    accounts.leave("of yesterday", time.time() - 1)
    left.post("/logout")
    again = Gate(seen, Accounts(accounts.file))
    assert browsers(again).get("/", headers={"Cookie": f"drafter_session={kept}"}).status_code == 303
    assert browsers(again).get("/", headers={"Cookie": f"drafter_session={other.cookies['drafter_session']}"}).status_code == 200
    assert len(accounts.left) == 1
    assert accounts.file.with_suffix(".left").stat().st_mode & 0o077 == 0


def test_a_log_out_that_cannot_be_kept_is_one(accounts: Accounts, browsers: Browsers, monkeypatch: pytest.MonkeyPatch) -> None:
    """As long as the service runs."""

    def full(*_: object) -> None:
        raise OutsideError("the disk is full.")

    browser = browsers()
    log_in(browser)
    kept = browser.cookies["drafter_session"]
    monkeypatch.setattr(accounts, "leave", full)
    assert browser.post("/logout").status_code == 303
    assert browsers().get("/", headers={"Cookie": f"drafter_session={kept}"}).status_code == 303


# addresses without a page


@pytest.mark.parametrize(("who", "path", "near"), [("ravi", "/Review", "review"), ("maya", "/Review", ""), ("maya", "/nothing", "")])
def test_an_address_without_a_page_is_told_in_words(accounts: Accounts, browsers: Browsers, who: str, path: str, near: str) -> None:
    """With the way to the first page, and to the one that was meant where they may open it; what asks by itself gets it as it is."""
    browser = browsers(Gate(nowhere, accounts))
    log_in(browser, who)
    told = browser.get(path)
    assert (told.status_code, told.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert W.lost.title in told.text
    assert (f'href="/{near}"' in told.text) is True
    assert ('href="/review"' in told.text) is (near == "review")
    assert browser.get(path, headers={"Accept": "application/json"}).json() == {"detail": "Not Found"}
    assert browser.post(path).json() == {"detail": "Not Found"}


# other sites in the same browser


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}, 200),
        ({"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, 200),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}, 403),
        ({"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, 403),
        ({"Origin": "http://localhost:7860"}, 200),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "http://localhost:7861"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 200),
    ],
)
def test_another_site_can_do_nothing_in_anybodys_name(browsers: Browsers, headers: dict[str, str], status: int) -> None:
    """What acts goes through from our own page alone: acts of the page, the form of the login, and logging out."""
    browser = browsers()
    log_in(browser)
    assert browser.post("/gradio_api/component_server", json={}, headers=headers).status_code == status
    assert browser.post("/login", data={"name": "maya", "password": PASSWORD}, headers=headers).status_code == (
        303 if status == 200 else 403
    )
    assert browser.post("/logout", headers=headers).status_code == (303 if status == 200 else 403)


def test_a_link_from_another_site_opens_the_page_but_a_frame_does_not(browsers: Browsers) -> None:
    """As from a helpdesk; nothing shows the page within another one, nor loads a part of it."""
    browser = browsers()
    log_in(browser)
    led = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    answer = browser.get("/", headers=led | {"Sec-Fetch-Dest": "document"})
    assert answer.status_code == 200
    assert (answer.headers["x-frame-options"], answer.headers["cache-control"]) == ("DENY", "no-store")
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert browser.get("/", headers=led | {"Sec-Fetch-Dest": "iframe"}).status_code == 403
    assert browser.get("/config", headers={"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"}).status_code == 403
    assert browser.get("/config", headers={"Origin": "https://evil.example"}).status_code == 403


def test_the_leaves_run_no_script(browsers: Browsers) -> None:
    """The form of the login loads its style and nothing else, and is shown in no frame."""
    answer = browsers().get("/login")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "<script" not in answer.text
    assert "prefers-color-scheme: dark" in browsers().get("/login/style.css").text


# without accounts


def test_without_accounts_the_page_is_for_this_machine(tmp_path: Path, browsers: Browsers) -> None:
    """It opens by the machine's own names alone: another name that was bent to lead here is refused (DNS rebinding)."""
    gate = Gate(seen, Accounts(tmp_path / "none.json"))
    for address in (ADDRESS, "http://127.0.0.1:7860", "http://[::1]:7860", "http://drafter.localhost:7860"):
        assert browsers(gate, address=address).get("/").json() == {"user": "", "role": "admin", "way": "alone"}
    refused = browsers(gate, address="http://evil.example:7860").get("/")
    assert refused.status_code == 403
    assert W.login.other_name in refused.text


def test_the_first_account_closes_the_page_and_a_lost_file_does_not_open_it(tmp_path: Path, browsers: Browsers) -> None:
    """It is asked for from the next request on; where the file goes away, or holds nobody, nobody is let in."""
    accounts = Accounts(tmp_path / "late.json")
    browser = browsers(Gate(seen, accounts))
    assert browser.get("/").status_code == 200
    accounts.add("maya", "agent", PASSWORD)
    assert browser.get("/").status_code == 303
    assert log_in(browser).status_code == 303
    accounts.file.unlink()
    assert browser.get("/").status_code == 303
    assert log_in(browser).status_code == 401


def test_accounts_that_cannot_be_read_let_nobody_in(browsers: Browsers, accounts: Accounts) -> None:
    """It is said on the page, and why in the log; mended, sessions hold as before."""
    browser = browsers()
    log_in(browser)
    held = accounts.file.read_text(encoding="utf-8")
    accounts.file.write_text("{", encoding="utf-8")
    assert (browser.get("/").status_code, log_in(browsers()).status_code) == (503, 503)
    assert str(accounts.file) not in browser.get("/").text
    accounts.file.write_text(held, encoding="utf-8")
    assert browser.get("/").status_code == 200


def test_a_browser_of_the_test_is_one(browsers: Browsers) -> None:
    """Each has cookies of its own."""
    first, second = browsers(), browsers()
    log_in(first)
    assert isinstance(first, TestClient)
    assert (first.get("/").status_code, second.get("/").status_code) == (200, 303)
