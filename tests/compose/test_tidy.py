"""Clauses as people type them, and days and moneys that are told once."""

from __future__ import annotations

from typing import Any

import pytest

from drafter.checks import check
from drafter.compose import compose
from drafter.compose.phrases import phrases_for
from drafter.compose.tidy import Tidy
from tests.compose.incidents import LOST, incident

BACK = {"kind": "refund", "amount": "£60", "text": "I refunded the £60", "on": "2026-03-13"}
MORE = {"kind": "credit", "amount": "£10", "text": "I put £10 on your account", "on": "2026-03-13"}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("we Charged your card twice!!!", "we charged your card twice"),
        ("our gateway retried...", "our gateway retried"),
        ("WE CHARGED YOUR CARD TWICE", "we charged your card twice"),
        ("who paid for it??", "who paid for it?"),
        ("we moved it to BBC One", "we moved it to BBC One"),
        ("we got the date wrong 😢💐", "we got the date wrong"),
        ("i was away on tuesday in august", "I was away on Tuesday in August"),
        ("WE TOLD PAUL ON TUESDAY THAT I WAS AWAY", "we told Paul on Tuesday that I was away"),
        ('we called it "SPAM on tuesday!!"', 'we called it "SPAM on tuesday!!"'),
        ("we sold all of it, i.e. the lot", "we sold all of it, i.e. the lot"),
    ],
)
def test_clause_is_made_fit_for_a_sentence(typed: str, told: str) -> None:
    """One end mark at the most, no capital that shouts, and names as they are."""
    assert Tidy(incident(), phrases_for("en")).clause(typed) == told


@pytest.mark.parametrize(
    ("action", "told"),
    [
        ({"done": "sent a new bouquet today 💐!!!"}, "We sent a new bouquet today."),
        ({"done": "SHIPPED NEW POLES BY OVERNIGHT MAIL", "on": "2026-03-09"}, "Yesterday we shipped new poles by overnight mail."),
        ({"done": "cleaned and balanced the pool", "on": "2026-03-09"}, "Yesterday we cleaned and balanced the pool."),
        ({"done": "put the gems back", "owner": "Ines Moreau"}, "I put the gems back."),
        ({"done": "booked you in for Monday"}, "We booked you in for Monday."),
        ({"done": "took the villa off sale"}, "We took the villa off sale."),
        ({"done": "took 3 weeks"}, "Took 3 weeks."),
        ({"done": "delivered to your hotel"}, "We delivered to your hotel."),
        ({"will": "post again", "on": "2026-03-10 12:20"}, "We'll post again at 12:20 today."),
        ({"will": "phone you with the results", "by": "2026-03-13"}, "We'll phone you with the results by Friday 13 March."),
        ({"doing": "still checking with the carrier"}, "We are still checking with the carrier."),
        ({"will": "call you", "on": "2026-03-11"}, "We'll call you tomorrow."),
        ({"will": "will call you", "on": "2026-03-11"}, "We'll call you tomorrow."),
        ({"will": "call you", "on": "2026-03-11", "owner": "Lee"}, "Lee will call you tomorrow."),
        ({"done": "new legs shipped"}, "New legs shipped."),
        ({"done": "went out to you"}, "Went out to you."),
        ({"done": "updated version is live"}, "Updated version is live."),
        ({"doing": "pending review by the team"}, "Pending review by the team."),
    ],
)
def test_deed_typed_without_anybody_is_ours(action: dict[str, Any], told: str) -> None:
    """A fix without the one who acts gets "we"; what a thing may do by itself, and what is no deed, stays as it was typed."""
    facts = incident({**LOST, "fixes": [action]})
    letter = compose(facts)
    assert next(part.text for part in letter.sections if part.name == "fix") == told
    assert not [finding for finding in check(letter.text, facts).findings if finding.rule in ("reversed-agent", "ungrounded-promise")]


def test_letter_holds_no_shouting_and_says_a_clause_once() -> None:
    """Typed in anger and three times, an impact stands once and quietly; the others are noted as left out."""
    problem = {**LOST, "ours": "we Charged your card twice!!!", "impacts": ["you had no money...", "you had no money", "You had no money!"]}
    letter = compose(incident(problem))
    assert letter.subject == "We charged your card twice (order 7731)"
    assert letter.text.lower().count("you had no money.") == 1
    assert "!" not in letter.text
    assert ".." not in letter.text
    assert {"p1.impact2", "p1.impact3"} <= {item.fact for item in letter.left_out}


@pytest.mark.parametrize("channel", ["email", "letter"])
def test_day_of_the_mistake_is_told_once(channel: str) -> None:
    """A day that no clause can carry has a sentence of its own, and a clause that names it needs none."""
    assert compose(incident(channel=channel)).text.count("5 March") == 1
    dated = {**LOST, "ours": "on 5 March we sent your parcel to an address you left two years ago"}
    text = compose(incident(dated, channel=channel)).text
    assert text.count("5 March") == 1
    assert "It happened" not in text


def test_two_remedies_of_one_day_share_its_sentence() -> None:
    """The day that two gifts arrive is told once for both."""
    text = compose(incident({**LOST, "remedies": [BACK, MORE]})).text
    assert "I refunded the £60. I put £10 on your account. You'll have both by Friday 13 March." in text
    assert text.count("You'll have") == 1


def test_money_and_day_of_an_answer_are_not_told_again() -> None:
    """Where the answer to an ask has told the amount and its day, the remedy does not repeat the day."""
    ask = {"text": "whether you get the £60 back", "answer": "yes, you will have the £60 by 13 March"}
    text = compose(incident({**LOST, "remedies": [BACK]}, asks=[ask])).text
    assert text.count("13 March") == 1
    assert "I refunded the £60." in text


@pytest.mark.parametrize(
    ("customer", "dear"),
    [
        ({"name": "mary o'neill-becker", "title": "Dr"}, "Dear Dr o'neill-becker,"),
        ({"name": "Dr. Mary O'Neill", "title": "dr"}, "Dear Dr O'Neill,"),
        ({"name": "Dr Mary O'Neill"}, "Dear Dr O'Neill,"),
        ({"name": "Mary O'Neill", "call_by": "Dr. dr. O'Neill"}, "Dear Dr. O'Neill,"),
    ],
)
def test_title_stands_once_and_a_name_as_it_is_given(customer: dict[str, str], dear: str) -> None:
    """A title is said once, wherever it was entered, and a surname keeps its letters."""
    assert compose(incident(customer=customer)).text.startswith(dear)


def test_second_question_is_also_asked_only_after_a_first() -> None:
    """An answer that stands without its question is not counted: the next one opens with "You asked"."""
    first = {"text": "whether the three copies are signed", "answer": "the three new copies are signed by the author, all of them"}
    second = {"text": "when they come", "answer": "by Friday"}
    text = compose(incident(asks=[first, second])).text
    assert "You asked when they come" in text
    assert "also asked" not in text


def test_text_message_keeps_money_and_first_answers_before_background() -> None:
    """What was asked and given has the room; impact and background go, and what does not fit is noted."""
    ask = {"text": "whether you get the £60 back", "answer": "yes, the £60 is on its way to you"}
    long = {
        "text": "how it came to this",
        "answer": "it came to this because " + "one clerk told another, " * 20 + "and nobody wrote it down",
    }
    problem = {**LOST, "remedies": [BACK], "known": ["x " * 100]}
    letter = compose(incident(problem, channel="sms", asks=[ask, long]))
    assert "I refunded the £60" in letter.text
    assert "the £60 is on its way to you" in letter.text
    assert {"ask2", "p1.known1"} <= {item.fact for item in letter.left_out}
    assert "ask1" not in {item.fact for item in letter.left_out}


def test_chat_says_why_beside_the_failure() -> None:
    """That we don't know why stands before what is paid, so that it cannot be read as being about the payment."""
    text = compose(incident({**LOST, "cause": "unknown", "unknown": ["why it went there"], "remedies": [BACK]}, channel="chat")).text
    assert text.index("We don't know yet why") < text.index("I refunded")
