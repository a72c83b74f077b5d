"""Each channel in its own shape, public ones with nothing of a person in them."""

from __future__ import annotations

import re
from typing import Any

import pytest

from drafter.checks import check
from drafter.checks.elements import owed
from drafter.compose import compose
from drafter.compose.channels import segments
from tests.compose.incidents import LOST, UNCLEAR, incident

MANY_ORDERS = {**LOST, "what": "40 orders of Monday went to old addresses", "ours": "we sent 40 orders of Monday to old addresses"}


def test_email_has_a_subject_of_the_facts_and_a_signature() -> None:
    """The subject says what we did in at most 70 characters, with the reference at its end; the letter ends with name, role and company."""
    letter = compose(incident())
    assert letter.subject == "We sent your parcel to an address you left two years ago (order 7731)"
    assert letter.text.endswith("Ines Moreau\nShop manager, Alder Row Books")
    assert "020 7946 0611" in letter.text


@pytest.mark.parametrize(
    ("ours", "subject"),
    [
        ("we charged your card twice for order 1042, $149.00 each time", "We charged your card twice for order 1042"),
        ("we moved the reading from 9:30 pm to 7:30 pm and told nobody until noon", "We moved the reading from 9:30 pm to 7:30 pm"),
        (
            "we sent you a 1,000-piece jigsaw instead of the 24-piece jigsaw that you had ordered for Sunday",
            "Your parcel with three signed copies was lost",
        ),
        (
            "I told you on 6 March that the pass covers Wales, and it does not",
            "I told you on 6 March that the pass covers Wales, and it does not",
        ),
    ],
)
def test_subject_is_cut_where_its_meaning_stays_whole(ours: str, subject: str) -> None:
    """A long clause is cut at the end of a clause, and never so that it says something else."""
    assert compose(incident({**LOST, "ours": ours})).subject == f"{subject} (order 7731)"


@pytest.mark.parametrize(
    ("ours", "subject"),
    [
        (
            "we turned off the backup of your files and all copies of them in the eastern region for the work of 10 March and left it so",
            "We turned off the backup of your files and all copies of them",
        ),
        (
            "we posted the letter about the renewal of the policy for your home in Whitby to your old address",
            "What we got wrong and what happens now",
        ),
        (
            "we left the heating of the whole north building off for 3 weeks in January and February",
            "We left the heating of the whole north building off",
        ),
        (
            "we deleted photos from the shared album of your family and friends on our servers in Leeds last night at 11 pm",
            "We deleted photos from the shared album of your family and friends",
        ),
        (
            "we moved the evening class of your group from 12 March at 19:00 to 19 March at 19:00 without a word to any of you",
            "What we got wrong and what happens now",
        ),
    ],
)
def test_long_subject_goes_without_details_and_keeps_what_was_wrong(ours: str, subject: str) -> None:
    """Days and a tail of places are dropped; where nothing short keeps what was wrong, the reference stands for it."""
    long = "what happened was so long a story that no part of it could be a subject with fewer than seventy letters in all"
    assert compose(incident({**LOST, "what": long, "ours": ours})).subject == f"{subject} (order 7731)"


@pytest.mark.parametrize(
    ("reference", "subject"),
    [
        ("88213", "We sent your parcel to an address you left two years ago (ref. 88213)"),
        ("MF-20817", "We sent your parcel to an address you left two years ago (ref. MF-20817)"),
        ("parcel 9", "We sent your parcel to an address you left two years ago (parcel 9)"),
        (None, "We sent your parcel to an address you left two years ago"),
    ],
)
def test_subject_ends_with_the_reference(reference: str | None, subject: str) -> None:
    """A number alone says nothing, and never leads."""
    assert compose(incident(reference=reference)).subject == subject


@pytest.mark.parametrize(
    ("what", "subject"),
    [
        ("you wrote “omg the stupid app crashed AGAIN during my exam”", "What we know so far (order 7731)"),
        ("the app is a joke", "What we know so far (order 7731)"),
        ("two crates are missing as well", "Two crates are missing: what we know so far (order 7731)"),
    ],
)
def test_subject_is_never_in_the_customers_own_angry_words(what: str, subject: str) -> None:
    """What they wrote in anger or in their own words is no title of ours, and a tail that hangs on goes."""
    assert compose(incident({"what": what, "fault": "unknown"})).subject == subject


def test_subject_of_what_only_they_have_told_names_the_thing() -> None:
    """While nobody knows yet, the subject says what it is about and does not repeat what they say of it."""
    thread = [{"by": "customer", "text": "Your driver was rude and shouted."}]
    letter = compose(incident({"what": "the driver was rude and shouted", "fault": "unknown"}, thread=thread))
    assert letter.subject == "About the driver: what we know so far (order 7731)"


@pytest.mark.parametrize(
    ("channel", "signer", "route"),
    [
        ("email", {"name": "Jo"}, "please reply to this email."),
        ("email", {"name": "Jo", "email": "jo@alder.example"}, "You can write to me at jo@alder.example."),
        ("sms", {"name": "Jo"}, "You can reply to this text."),
        ("letter", {"name": "Jo"}, "You can write to me at Alder Row Books."),
    ],
)
def test_way_to_answer_says_no_more_than_is_known(channel: str, signer: dict[str, str], route: str) -> None:
    """The signer's contact where there is one, else the channel itself; that it reaches the signer is nothing that a fact says."""
    text = compose(incident(channel=channel, signer=signer)).text
    assert route in text
    assert "reaches" not in text


def test_urgent_notice_says_first_what_it_is_about() -> None:
    """Who does not know of a danger yet reads of it before what was done, and the order costs no points."""
    facts = incident({**LOST, "ours": "we fitted levers from a bad batch"}, kind="notice", severity="urgent")
    letter = compose(facts)
    assert letter.sections[2].name == "ownership"
    assert (check(letter.text, facts).score or 0) >= 95


def test_title_of_a_status_page_keeps_to_the_length() -> None:
    """Where a title has no room for the time, it goes without; it is never longer than a subject."""
    what = "restore jobs for accounts in the eastern region have queued for hours"
    problem = {**UNCLEAR, "what": what}
    for kind in ("holding", "update"):
        assert compose(incident(problem, kind=kind, channel="status_page")).subject == what.capitalize()


def test_chat_greets_once_and_does_not_sign() -> None:
    """A first chat turn says who is there; a later one goes straight to what is new."""
    first = compose(incident(channel="chat")).text
    thread = [{"by": "customer", "text": "hello?"}, {"by": "us", "text": "Hi Paul, Ines here. I'm looking now."}]
    later = compose(incident(channel="chat", thread=thread)).text
    assert first.startswith("Hi Paul, Ines here from Alder Row Books.\n")
    assert not later.startswith("Hi")
    assert "Shop manager" not in first + later
    assert first.count("\n") <= 4


def test_later_email_says_once_what_it_is_about_and_does_not_apologise_again() -> None:
    """After an email that owned it and apologised, the next one greets, gives a clause of context and brings what is new."""
    earlier = compose(
        incident({**LOST, "fixes": [], "remedies": [{"kind": "replacement", "text": "we are sending three new copies"}]})
    ).text
    text = compose(incident(thread=[{"by": "customer", "text": "Where is it?"}, {"by": "us", "text": earlier}])).text
    assert text.startswith("Hi Paul,\n\nWe sent your parcel to an address you left two years ago.\n\n")
    assert "sorry" not in text
    assert "I sent three new signed copies by courier" in text


def test_letter_has_address_block_date_and_formalities() -> None:
    """A formal letter opens with sender, date, addressee and "Dear Mr" with the surname, and closes with "Yours sincerely"."""
    customer = {"name": "Paul Adeyinka", "title": "Mr", "address": ["3 Mill Lane", "York YO1 7AA"]}
    text = compose(
        incident(channel="letter", tone="formal", customer=customer, company={"name": "Alder Row Books", "address": ["Alder Row 2"]})
    ).text
    assert text.startswith(
        "Alder Row Books\nAlder Row 2\n\n10 March 2026\n\nMr Paul Adeyinka\n3 Mill Lane\nYork YO1 7AA\n\n"
        "Reference: order 7731\n\nDear Mr Adeyinka,\n\n"
    )
    assert text.endswith("Yours sincerely,\n\nInes Moreau\nShop manager, Alder Row Books")


def test_sms_is_short_names_itself_and_keeps_to_its_alphabet() -> None:
    """A text message says who writes, fits three segments of the SMS alphabet, and notes what it left out."""
    problem = {
        **LOST,
        "ours": "we sent your parcel – three copies – to an address you left “two years ago”",
        "remedies": [],
        "known": ["x " * 200],
    }
    letter = compose(incident(problem, channel="sms"))
    assert letter.text.startswith("Hi Paul, it's Ines at Alder Row Books.")
    assert segments(letter.text) <= 3
    assert not re.search("[–—“”’…]", letter.text)
    assert letter.text.endswith("020 7946 0611")
    assert "p1.known1" in {item.fact for item in letter.left_out}


@pytest.mark.parametrize(("text", "count"), [("a" * 160, 1), ("a" * 161, 2), ("€" * 80, 1), ("ż" + "a" * 69, 1), ("ż" + "a" * 70, 2)])
def test_segments_are_counted_as_networks_do(text: str, count: int) -> None:
    """160 characters of the SMS alphabet make one segment, 70 of any other, and the euro sign takes two."""
    assert segments(text) == count


def test_social_reply_owns_it_without_anything_of_the_person() -> None:
    """In public an act that names where a person lives is owned in general, and the person is asked to write in private."""
    letter = compose(incident(channel="social", customer={"name": "Paul Adeyinka", "handle": "@padey"}))
    assert "We got this wrong, and I'm sorry." in letter.text
    assert letter.text.endswith("Please send us a private message so that I can sort this out with you.")
    assert not re.search(r"Paul|Adeyinka|@padey|7731|£|\bmother\b|address", letter.text)


def test_social_reply_says_plainly_what_we_did() -> None:
    """What we did to one person is said where it holds nothing of them: hiding it would look like hiding."""
    problem = {**LOST, "ours": "we left your shopping in the rain and didn't ring the bell", "impacts": ["your frozen food thawed"]}
    text = compose(incident(problem, channel="social", customer={"handle": "@padey"})).text
    assert "we left your shopping in the rain and didn't ring the bell. Your frozen food thawed. I'm sorry." in text


POSTS = [
    {"by": "us", "when": "2026-03-10 10:10", "text": "The booking page has shown a blank screen since 09:15. We don't know why yet."},
    {
        "by": "us",
        "when": "2026-03-10 10:40",
        "text": "We switched off a server at 09:15 by mistake. We are sorry. We are starting it again.",
    },
]


@pytest.mark.parametrize("channel", ["status_page", "sms"])
def test_every_post_of_a_series_says_the_symptom_and_our_act_and_apologises_once(channel: str) -> None:
    """Whoever reads only the third post knows what is wrong and who did it; a text message to one person says our act once a day."""
    ours = {**UNCLEAR, "fault": "ours", "ours": "we switched off a server at 09:15 by mistake", "cause": "we read the plan of another day"}
    text = compose(incident(ours, channel=channel, customer={}, kind="update", thread=POSTS)).text
    assert text.startswith("The booking page has shown a blank screen since 09:15.")
    assert ("e switched off a server at 09:15 by mistake" in text) == (channel == "status_page")
    assert "sorry" not in text


def test_message_older_than_the_problem_is_no_turn() -> None:
    """A reminder of the day before is no reply to the complaint: the text message greets and apologises."""
    thread = [
        {"by": "us", "when": "2026-03-02 10:00", "text": "Your parcel leaves us on Thursday. Ines"},
        {"by": "customer", "text": "And?"},
    ]
    text = compose(incident(channel="sms", thread=thread)).text
    assert text.startswith("Hi Paul, it's Ines at Alder Row Books.")
    assert "sorry" in text


def test_title_and_surname_stand_in_the_greeting() -> None:
    """A title that is given is used, as the territory writes it, also in a plain or warm tone."""
    for locale, dear in (("en-GB", "Dear Mrs Holt,"), ("en-US", "Dear Mrs. Holt,")):
        customer = {"name": "Ada May Holt", "title": "Mrs"}
        assert compose(incident(customer=customer, locale=locale, tone="warm")).text.startswith(dear)


def test_social_post_may_say_what_concerns_everyone() -> None:
    """A clause that holds nothing of one person is said in public as it is."""
    assert compose(incident(MANY_ORDERS, channel="social")).text.startswith("We sent 40 orders of Monday to old addresses. I'm sorry.")


def test_status_page_says_what_is_affected_what_is_known_and_when_the_next_word_comes() -> None:
    """A public page has a title, the event, what is known and not, and the next update; it greets and signs nobody."""
    letter = compose(
        incident(
            UNCLEAR,
            channel="status_page",
            customer={},
            kind="holding",
            next=[{"will": "we will post here again", "on": "2026-03-10 11:30"}],
        )
    )
    assert letter.subject == "The booking page has shown a blank screen: what we know at 11:00"
    assert letter.text.startswith("The booking page has shown a blank screen since 09:15.")
    assert letter.text.endswith("We'll post here again at 11:30, even if nothing has changed by then.")
    assert "Ines" not in letter.text


@pytest.mark.parametrize("secret", ["£63 was taken", "order 7731 is lost", "Paul was ill", "call 020 7946 0611", "your son had a reaction"])
def test_what_is_personal_never_stands_in_public(secret: str) -> None:
    """Money, references, names, numbers and health are left out of a public message, whatever fact holds them."""
    problem = {**LOST, "what": secret, "fixes": [{"done": f"we wrote that {secret}"}], "known": [secret], "impacts": [secret]}
    for channel in ("social", "status_page"):
        assert secret.lower() not in compose(incident(problem, channel=channel)).text.lower()


LEAKS = [
    "Jane Doe missed her surgery",
    "Jane Doe's invoice was shown to everyone",
    "an invoice of $149.00 was shown to everyone",
    "we mixed up the pills of Omar J. Reyes",
    "Priya's account stayed open",
    "invoice 48213 stayed open",
]
GENERAL = [
    "Google Cloud and Amazon Web Services are not affected",
    "orders placed on Black Friday are late",
    "invoices were shown to everyone who opened the page",
    "all customers get £5 back",
    "the Mill Street branch is open",
    "Alder Row Books sold 40 tickets twice",
]


@pytest.mark.parametrize("role", ["what", "impacts", "unknown", "known"])
@pytest.mark.parametrize("leak", LEAKS)
def test_a_named_person_is_never_published(leak: str, role: str) -> None:
    """A name in full, what one named person owns, an amount and a number are left out with a reason, subject and all."""
    frame: dict[str, Any] = {"channel": "status_page", "customer": {}, "reference": None, "kind": "holding"}
    letter = compose(incident({**UNCLEAR, role: leak if role == "what" else [leak]}, **frame))
    assert leak.lower() not in f"{letter.subject} {letter.text}".lower()
    assert not re.search(r"Jane|Doe|Omar|Priya|149|48213", f"{letter.subject} {letter.text}")
    fact = {"what": "p1", "impacts": "p1.impact1", "unknown": "p1.unknown1", "known": "p1.known1"}[role]
    assert fact in {item.fact for item in letter.left_out}


@pytest.mark.parametrize("general", GENERAL)
def test_general_facts_stay_public(general: str) -> None:
    """Firms, places, days and what concerns everyone are no persons."""
    text = compose(incident({**UNCLEAR, "known": [general]}, channel="status_page", customer={}, kind="holding")).text
    assert general[1:] in text


def test_social_reply_promises_no_call_and_offers_the_private_message() -> None:
    """Where every fix belongs to one person, the post owns it, moves to private, and is not blocked for lack of a fix."""
    problem = {
        **LOST,
        "ours": "we left two emails of yours unanswered",
        "impacts": [],
        "remedies": [],
        "fixes": [{"will": "I'll call you to go through it", "on": "2026-03-11"}],
    }
    facts = incident(problem, channel="social", customer={"handle": "@padey"})
    letter = compose(facts)
    assert "call" not in letter.text
    assert letter.text.endswith("Please send us a private message so that I can sort this out with you.")
    assert not [finding for finding in check(letter.text, facts).findings if finding.severity == "error"]
    assert owed(facts)["concrete-fix"] == "not_owed"
