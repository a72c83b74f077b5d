"""Reading tickets and adding notes: one suite over all helpdesks that have tickets, against fakes that keep every request."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from drafter.draft import Draft
from drafter.errors import HelpdeskError
from drafter.helpdesk import Helpdesk, Note, build_note, customer_wrote_since
from drafter.helpdesk.client import Client
from drafter.house.desks import DeskKind
from drafter.incident import Incident
from drafter.writer import Writer
from tests.helpdesk.adapters import WITH_TICKETS, adapter
from tests.helpdesk.fakes import START, Asked, By, Fake, Said, served

HTML = ("zendesk", "freshdesk", "zammad", "request-tracker")
DRAFT_ID = "dr_0197f00dcafe"
AUTH = {
    "zendesk": "Basic Ym90QG5vcnRod2luZC5leGFtcGxlL3Rva2VuOnMzY3IzdC10b2tlbg==",
    "freshdesk": "Basic czNjcjN0LXRva2VuOlg=",
    "zammad": "Token token=s3cr3t-token",
    "chatwoot": "s3cr3t-token",
    "django-helpdesk": "Basic Ym90OmhlbHBkZXNrcGFzcw==",
    "request-tracker": "token 1-14-abc",
}
NOTES = {
    "zendesk": ("PUT", "/api/v2/tickets/42.json"),
    "freshdesk": ("POST", "/api/v2/tickets/42/notes"),
    "zammad": ("POST", "/api/v1/ticket_articles"),
    "chatwoot": ("POST", "/api/v1/accounts/3/conversations/42/messages"),
    "django-helpdesk": ("POST", "/api/followups/"),
    "request-tracker": ("POST", "/REST/2.0/ticket/42/comment"),
}
TOLD: list[tuple[By, str, str]] = [
    ("customer", "My parcel never came.", "<div>My parcel <b>never</b> came.</div>"),
    ("us", "We are looking.", "<p>We are looking.</p>"),
    ("note", "carrier lost it, do not tell", "<p>carrier lost it, do not tell</p>"),
    (
        "customer",
        "Still nothing.\n\nOn Fri, Nov 20, 2026 at 9:12 AM Northwind <help@northwind.example> wrote:\n> We are looking.",
        "<p>Still nothing.</p><div class='gmail_quote'>On Fri wrote:<blockquote>We are looking.</blockquote></div>",
    ),
]


@pytest.fixture(params=WITH_TICKETS)
def kind(request: pytest.FixtureRequest) -> DeskKind:
    """Each kind of helpdesk that has tickets."""
    made: DeskKind = request.param
    return made


@pytest.fixture
def fake(kind: DeskKind) -> Iterator[Fake]:
    """A fake of it, with a customer's two messages, an answer and an internal note."""
    said = [Said(i, by, html if kind in HTML else plain) for i, (by, plain, html) in enumerate(TOLD, 1)]
    with served(Fake(kind, said)) as running:
        yield running


@pytest.fixture
def desk(kind: DeskKind, fake: Fake) -> Iterator[Helpdesk]:
    """Our side of it."""
    made = adapter(kind, fake.url)
    yield made
    made.close()


@pytest.fixture
def note(double_charge: Incident) -> Note:
    """A note with hostile words in it."""
    return build_note(DRAFT_ID, hostile(Writer().draft(double_charge)), questions=["Whose fault is it? <script>alert(1)</script>"])


def hostile(draft: Draft) -> Draft:
    """The draft with markup in it that must not act."""
    return draft.model_copy(update={"text": f"<script>alert(1)</script>\n[click](http://evil.example) **bold**\n# head\n{draft.text}"})


def test_a_thread_is_read_whole(desk: Helpdesk, fake: Fake, kind: DeskKind) -> None:
    """Subject, requester, tags, and each message as whose it is, as plain text without what it quotes."""
    thread = desk.thread("42")
    assert (thread.ticket, thread.subject) == ("42", "Late parcel")
    assert [(item.by, item.text, item.public) for item in thread.messages] == [
        ("customer", "My parcel never came.", True),
        ("us", "We are looking.", True),
        ("note", "carrier lost it, do not tell", False),
        ("customer", "Still nothing.", True),
    ]
    assert thread.requester.email == "ana@customer.example"
    assert thread.tags == (() if kind in ("django-helpdesk", "request-tracker") else ("parcel",))
    assert thread.updated == datetime.fromtimestamp(START + 240, UTC)
    assert thread.messages[3].when == datetime.fromtimestamp(START + 240, UTC)


def test_internal_notes_are_not_history(desk: Helpdesk) -> None:
    """What an incident takes from a thread is what the customer has seen."""
    history = desk.thread("42").history()
    assert [item["text"] for item in history] == ["My parcel never came.", "We are looking.", "Still nothing."]


def test_every_request_carries_our_token_and_nothing_else_does(desk: Helpdesk, fake: Fake, kind: DeskKind, note: Note) -> None:
    """In the header where each helpdesk wants it; never in an address."""
    desk.thread("42")
    desk.add_note("42", note)
    name = "api_access_token" if kind == "chatwoot" else "authorization"
    assert fake.asked
    for asked in fake.asked:
        assert asked.headers[name] == AUTH[kind]
        assert "s3cr3t" not in asked.path + str(asked.query)


def test_a_note_is_private_in_the_request_itself(desk: Helpdesk, fake: Fake, kind: DeskKind, note: Note) -> None:
    """The flag is written out in every request that writes: two of these helpdesks would send the text without it."""
    fake.asked.clear()
    desk.add_note("42", note)
    (asked,) = [asked for asked in fake.asked if asked.method != "GET"]
    assert (asked.method, asked.path) == NOTES[kind]
    assert is_private(kind, asked)
    assert not {"title", "new_status", "status", "state"} & set(keys(asked.data))


def is_private(kind: DeskKind, asked: Asked) -> bool:
    """Whether a request says that only agents see the text."""
    if kind == "zendesk":
        return asked.data["ticket"]["comment"]["public"] is False and set(asked.data["ticket"]) == {"comment"}
    if kind == "zammad":
        return asked.data["internal"] is True and asked.data["type"] == "note"
    if kind == "django-helpdesk":
        return asked.data["public"] is False and set(asked.data) == {"ticket", "comment", "public"}
    if kind == "request-tracker":
        return asked.path.endswith("/comment") and set(asked.data) == {"Content", "ContentType"}
    return asked.data["private"] is True


def keys(data: object) -> Iterator[str]:
    """Every key of JSON, wherever it stands."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield key
            yield from keys(value)


def test_a_note_is_found_again(desk: Helpdesk, note: Note) -> None:
    """By its draft's id, under the id that the helpdesk gave it; another draft's is not there."""
    assert desk.find_note(desk.thread("42"), DRAFT_ID) is None
    made = desk.add_note("42", note)
    thread = desk.thread("42")
    assert desk.find_note(thread, DRAFT_ID) == made
    assert desk.find_note(thread, "dr_0197f00d") is None
    ours = thread.messages[-1]
    assert (ours.by, ours.ours, ours.public, ours.draft_id) == ("note", True, False, DRAFT_ID)
    assert ours.text not in [item["text"] for item in thread.history()]


def test_a_customer_who_writes_our_marker_hides_no_draft(desk: Helpdesk, fake: Fake) -> None:
    """The marker only counts in internal notes; else a customer could keep a note from being written."""
    fake.said.append(Said(5, "customer", f"[drafter:{DRAFT_ID}] ha"))
    thread = desk.thread("42")
    assert desk.find_note(thread, DRAFT_ID) is None
    assert thread.messages[-1].by == "customer"
    assert not thread.messages[-1].ours
    assert thread.messages[-1].draft_id is None


def test_an_answer_that_was_sent_with_the_marker_in_it_says_which_draft(desk: Helpdesk, fake: Fake) -> None:
    """An agent who copies the whole note sends it as a public answer, which is no note of ours."""
    fake.said.append(Said(5, "us", f"Sorry! [drafter:{DRAFT_ID}]"))
    last = desk.thread("42").messages[-1]
    assert (last.by, last.ours, last.draft_id) == ("us", False, DRAFT_ID)


def test_what_acts_in_a_note_is_escaped(desk: Helpdesk, fake: Fake, kind: DeskKind, note: Note) -> None:
    """Markup in a draft or a question is shown as it is written, in HTML and in Markdown."""
    desk.add_note("42", note)
    stored = fake.said[-1].body
    assert DRAFT_ID in stored
    if kind == "request-tracker":  # text/plain, which RT shows as it is
        assert "<script>" in stored
        return
    assert "<script>" not in stored
    assert "&lt;script>" in stored or "&lt;script&gt;" in stored
    if kind in ("chatwoot", "django-helpdesk"):
        assert r"\[click\](http" in stored
        assert r"\*\*bold\*\*" in stored
        assert "\n\\# head" in stored


def test_long_threads_are_read_to_their_end(desk: Helpdesk, fake: Fake) -> None:
    """More messages than any of them gives at once, in their order, each once."""
    fake.said += [Said(i, "customer", f"message {i}") for i in range(5, 132)]
    thread = desk.thread("42")
    assert len(thread.messages) == 131
    assert [item.text for item in thread.messages[-3:]] == ["message 129", "message 130", "message 131"]
    assert thread.newest == thread.messages[-1]


def test_what_a_customer_wrote_since_is_seen(desk: Helpdesk, fake: Fake) -> None:
    """A job that reads again before it writes knows that its draft answers an older message."""
    begun = datetime.fromtimestamp(START + 240, UTC)
    assert not customer_wrote_since(desk.thread("42"), begun)
    assert customer_wrote_since(desk.thread("42"), begun - timedelta(minutes=1))
    fake.said.append(Said(5, "note", "agents talk"))
    assert not customer_wrote_since(desk.thread("42"), begun)
    fake.said.append(Said(6, "customer", "Forget it."))
    assert customer_wrote_since(desk.thread("42"), begun)


def test_no_adapter_can_write_to_a_customer(desk: Helpdesk, fake: Fake, kind: DeskKind, note: Note) -> None:
    """Its public names are those of Helpdesk and no more; all its methods together write one private note and nothing else."""
    names = {name for name in dir(desk) if not name.startswith("_")}
    assert names == {"name", "desk", "has_tickets", "verify", "event", "thread", "find_note", "add_note", "close"}
    desk.find_note(desk.thread("42"), DRAFT_ID)
    desk.add_note("42", note)
    writing = [asked for asked in fake.asked if asked.method != "GET"]
    assert len(writing) == 1
    assert is_private(kind, writing[0])
    source = inspect.getsource(inspect.getmodule(type(desk)) or desk.__class__)
    assert len(re.findall(r"_client\.(?:post|put)\(", source)) == 1
    assert not re.search(r"/correspond|/reply|public\"?: ?True|\"private\": False|\"internal\": False", source)


def test_the_client_has_no_other_way_to_write() -> None:
    """Only what the adapters use: a method that patches or deletes would be one more to watch."""
    assert {name for name in dir(Client) if not name.startswith("_")} == {"get", "post", "put", "close"}


@pytest.mark.parametrize(
    ("status", "headers", "permanent", "retry"),
    [
        (401, {}, True, None),
        (403, {}, True, None),
        (404, {}, True, None),
        (413, {}, True, None),
        (422, {}, True, None),
        (302, {"Location": "http://127.0.0.1:9/"}, True, None),
        (409, {}, False, None),
        (429, {"Retry-After": "7"}, False, 7.0),
        (429, {}, False, 60.0),
        (500, {}, False, None),
        (503, {"Retry-After": "30"}, False, 30.0),
    ],
)
def test_refusals_are_told_apart(
    desk: Helpdesk, fake: Fake, note: Note, status: int, headers: dict[str, str], permanent: bool, retry: float
) -> None:
    """Whether to try again, and when; no words of the ticket or the note in it."""
    fake.refuse = (status, headers)
    calls: list[Callable[[], object]] = [lambda: desk.thread("42"), lambda: desk.add_note("42", note)]
    for call in calls:
        with pytest.raises(HelpdeskError) as caught:
            call()
        assert (caught.value.permanent, caught.value.retry_after, caught.value.status) == (permanent, retry, status)
        assert str(caught.value).startswith(f"the helpdesk '{desk.name}' ")
        assert not re.search(r"ana@|parcel|s3cr3t|Tom|http", str(caught.value))


def test_an_answer_in_another_form_is_an_error_of_the_helpdesk(desk: Helpdesk, fake: Fake) -> None:
    """It names keys and holds no words."""
    fake.refuse = (200, {})
    with pytest.raises(HelpdeskError, match="in a form that is not known here") as caught:
        desk.thread("42")
    assert not caught.value.permanent


@pytest.mark.parametrize("ticket", ["../users/1", "", "42/../43", "４２", "42?x=1"])
def test_a_ticket_without_a_number_is_never_asked_for(desk: Helpdesk, fake: Fake, note: Note, ticket: str) -> None:
    """Nothing but digits becomes part of an address."""
    for call in (lambda: desk.thread(ticket), lambda: desk.add_note(ticket, note)):
        with pytest.raises(HelpdeskError, match="without a number"):
            call()
    assert fake.asked == []


def test_a_helpdesk_that_is_away_may_be_asked_again(kind: DeskKind) -> None:
    """Nobody listens at the address."""
    away = adapter(kind, "http://127.0.0.1:9")
    with pytest.raises(HelpdeskError, match="could not be reached") as caught:
        away.thread("42")
    assert (caught.value.permanent, caught.value.status) == (False, None)
    away.close()


def test_a_generic_system_has_neither_tickets_nor_notes(note: Note) -> None:
    """It says so, for good: its drafts go out as webhooks."""
    desk = adapter("generic")
    assert not desk.has_tickets
    for call in (lambda: desk.thread("42"), lambda: desk.add_note("42", note)):
        with pytest.raises(HelpdeskError) as caught:
            call()
        assert caught.value.permanent
    desk.close()
