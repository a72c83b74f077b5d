"""The parts of a letter: several problems, asks and remedies, refusals, and what is left out."""

from __future__ import annotations

import re
from typing import Any

import pytest

from drafter.checks import check
from drafter.compose import compose
from drafter.errors import LanguageError
from tests.compose.incidents import LOST, UNCLEAR, incident

SILENT: dict[str, Any] = {"what": "two emails got no answer", "ours": "we left two emails of yours unanswered"}
NAME: dict[str, Any] = {
    "what": "the invoice has the wrong name",
    "ours": "we put your neighbour's name on the invoice",
    "fixes": [{"done": "I corrected the invoice", "on": "2026-03-09"}],
}


def remedies(*items: dict[str, Any]) -> str:
    """The text of a letter with these remedies."""
    return compose(incident({**LOST, "remedies": list(items)})).text


def asks(*items: Any, **frame: Any) -> str:
    """The text of a letter that answers these asks."""
    return compose(incident(asks=list(items), **frame)).text


def test_two_problems_share_one_apology_and_each_keeps_what_belongs_to_it() -> None:
    """Two mistakes are apologised for once; what each meant, why it happened and what is done stand with its own act."""
    text = compose(incident(LOST, {**SILENT, "impacts": ["you had to ring us"], "cause": "we looked at one inbox only"})).text
    assert text.count("sorry") == 1
    paragraphs = text.split("\n\n")
    assert paragraphs[1] == "We got two things wrong, and I'm sorry."
    assert paragraphs[2].startswith(
        "On Thursday 5 March your parcel with three signed copies was lost. We sent your parcel to an address you left two years ago."
    )
    assert paragraphs[3] == "We left two emails of yours unanswered. That meant you had to ring us. We looked at one inbox only."


def test_two_problems_in_a_chat_are_told_one_after_the_other() -> None:
    """Without paragraphs, what a mistake meant still stands right behind it."""
    text = compose(incident(LOST, {**SILENT, "impacts": ["you had to ring us"]}, channel="chat")).text
    assert "sorry. We sent your parcel to an address you left two years ago. You have nothing to give" in text
    assert "We left two emails of yours unanswered. That meant you had to ring us." in text


def test_from_three_problems_each_has_its_paragraph_in_the_customers_order() -> None:
    """Three problems are numbered, each with what we did and what is done, after one apology."""
    letter = compose(incident(LOST, SILENT, NAME))
    paragraphs = letter.text.split("\n\n")
    assert [paragraph[:2] for paragraph in paragraphs[2:5]] == ["1.", "2.", "3."]
    assert paragraphs[4] == "3. We put your neighbour's name on the invoice. I corrected the invoice yesterday."
    assert letter.text.count("sorry") == 1
    assert letter.left_out == ()


def test_mixed_faults_do_not_confess_what_is_not_known() -> None:
    """Beside two mistakes of ours, a matter of unknown cause is not counted among them."""
    text = compose(incident(LOST, SILENT, UNCLEAR)).text
    assert "several things wrong" not in text
    assert "We got some of these things wrong, and I'm sorry." in text
    assert "We don't know yet why." in text


def test_refusal_says_no_with_its_reason_and_a_way_on() -> None:
    """A declined ask and a declined remedy are refused plainly, with the reason and what can be had instead."""
    ask = {
        "text": "for a discount on the next order",
        "decision": "declined",
        "because": "we give none on signed copies",
        "instead": "I can sign them to a name",
    }
    assert "I have to say no to that, because we give none on signed copies. I can sign them to a name." in asks(ask)
    remedy = {"kind": "refund", "decision": "declined", "because": "the books reach you as ordered", "instead": "we can swap them"}
    assert "I have to say no to a refund, because the books reach you as ordered. We can swap them." in remedies(remedy)


def test_pending_is_never_granted() -> None:
    """A pending remedy and a pending ask say that there is no decision yet, and when it comes."""
    text = remedies({"kind": "credit", "amount": "£20", "decision": "pending", "on": "2026-03-13"})
    assert "There is no decision yet on a credit of £20; you'll hear from me by Friday 13 March." in text
    assert "get a credit" not in text
    text = asks({"text": "for the fare back", "decision": "pending", "on": "2026-03-13", "owner": "Dana Whitfield"})
    assert (
        "You asked for the fare back. I don't have that answer yet; Dana Whitfield decides, and you'll have it by Friday 13 March." in text
    )


@pytest.mark.parametrize(
    ("remedy", "words"),
    [
        ({"kind": "refund", "amount": "£8"}, "We are refunding £8."),
        (
            {"kind": "credit", "amount": "£20", "terms": ["it doesn't expire"]},
            "You'll get a credit of £20 from us, and it doesn't expire.",
        ),
        ({"kind": "replacement", "on": "2026-03-12"}, "You'll get a replacement from us by Thursday 12 March."),
        ({"kind": "voucher"}, "You'll get a voucher from us."),
        ({"kind": "upgrade"}, "You'll get an upgrade from us."),
    ],
)
def test_remedy_without_text_is_said_by_kind_and_amount(remedy: dict[str, Any], words: str) -> None:
    """A remedy that has no words of its own is told in safe ones, with its terms and its day."""
    assert words in remedies(remedy)


def test_answers_follow_the_customers_order() -> None:
    """Two asks stand in sentences with different openings, three as a numbered list."""
    two = asks(
        {"text": "when it comes", "answer": "the courier brings it on Wednesday"}, {"text": "for a receipt", "answer": "it is attached"}
    )
    assert two.index("You asked when it comes.") < two.index("You also asked for a receipt. It is attached.")
    three = asks(
        {"text": "for the price", "answer": "twelve pounds"}, {"text": "for a receipt", "answer": "it is attached"}, "whether it rains"
    )
    assert "1. For the price: twelve pounds.\n2. For a receipt: it is attached.\n3. You asked whether it rains." in three


def test_a_deed_that_was_asked_for_is_no_thing_to_have() -> None:
    """A thing will be theirs on a day; what we were asked to do is granted for that day."""
    assert "You asked for a lid, and you'll have it on Thursday 12 March." in asks(
        {"text": "for a lid", "decision": "granted", "on": "2026-03-12"}
    )
    text = asks({"text": "that we collect the lamp", "decision": "granted", "on": "2026-03-12"})
    assert "You asked that we collect the lamp. The answer is yes, on Thursday 12 March." in text


@pytest.mark.parametrize(
    "asked", ["for somebody to collect this piece of junk", "for the right sideboard, not", "us to call you, not another email"]
)
def test_a_heated_request_is_answered_and_not_said_again(asked: str) -> None:
    """Words typed in anger would mock the customer who reads them back; what asks for something in peace is said, with a "not" too."""
    calm = {"text": "for written word that the charge will not go to a debt collector", "answer": "I have put it in this letter"}
    text = asks({"text": "for the price", "answer": "twelve pounds"}, {"text": asked, "answer": "the van comes on Tuesday"}, calm)
    assert "2. The van comes on Tuesday.\n" in text
    assert "3. For written word that the charge will not go to a debt collector: I have put it in this letter." in text


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        ({"text": "will you pay the fee?"}, 'You asked: "Will you pay the fee?" I don\'t have that answer yet.'),
        ({"text": "am i banned", "answer": "no"}, 'You asked: "Am I banned?" No.'),
        ({"text": "refund my order", "answer": "it is done"}, 'You asked: "Refund my order." It is done.'),
        ({"text": "why you charged my card twice", "answer": "a clerk pressed the key again"}, "You asked why we charged your card twice."),
        ({"text": "compensation for lost sales"}, "You asked for compensation for lost sales. I don't have that answer yet."),
        ({"text": "why nobody called?"}, "You asked why nobody called. I don't have that answer yet."),
    ],
)
def test_ask_typed_in_any_form_is_a_sentence(ask: dict[str, Any], told: str) -> None:
    """A question as the customer put it is quoted, their own person is turned, and a thing is asked for."""
    assert told in asks(ask)


def test_second_refusal_is_worded_anew_and_a_day_stays_a_day() -> None:
    """Two refusals in a row do not read alike, and "23 March" at the front is a day and no number."""
    no = {"decision": "declined", "because": "we sold it"}
    text = asks({"text": "for the blue one", **no}, {"text": "for the red one", **no})
    assert "I have to say no to that, because" in text
    assert "I have to say no to that as well, because" in text
    assert "23 March." in asks({"text": "for a date", "answer": "23 March"}, {"text": "for a name", "answer": "Lee"})


def test_minor_harm_keeps_to_what_happened_and_what_is_done() -> None:
    """A small matter owes no background: cause and containment are left out with the reason."""
    letter = compose(incident(severity="minor"))
    left = {item.fact: item.because for item in letter.left_out}
    assert set(left) == {"p1.cause", "p1.prevention1", "p1.containment1"}
    assert left["p1.cause"] == "the harm is small and the reply is kept short"


def test_short_message_of_the_customer_gets_a_shorter_reply() -> None:
    """Who writes five words is not answered at the length of one who wrote a page."""
    short = compose(incident(thread=[{"by": "customer", "text": "where is my parcel"}])).text
    long = compose(incident(thread=[{"by": "customer", "text": "I ordered three signed copies in January " * 12}])).text
    assert len(short) < len(long)


def test_every_fact_is_told_or_left_out_with_a_reason() -> None:
    """No fact of a problem vanishes: each stands in a section or in the list of what is left out."""
    for channel in ("email", "chat", "sms", "letter", "social", "status_page"):
        facts = incident(channel=channel)
        letter = compose(facts)
        told = {fact for section in letter.sections for fact in section.facts} | {item.fact for item in letter.left_out}
        assert {fact.id for fact in facts.facts if fact.problem and fact.role != "ours"} <= told
        assert all(item.because for item in letter.left_out)


def test_locked_paragraphs_stand_verbatim_before_the_closing() -> None:
    """What law fixes is used word for word, once, before the reply route and the signature."""
    letter = compose(incident(locked=["You  may complain to the board (no. 7)."]))
    assert [section.name for section in letter.sections][-2:] == ["locked", "closing"]
    assert letter.sections[-2].text == "You  may complain to the board (no. 7)."
    assert letter.sections[-2].source == "locked"


def test_language_without_phrases_is_refused_with_those_that_work() -> None:
    """A German incident is refused by name, with the list of languages that there are phrases for."""
    with pytest.raises(LanguageError, match=r"'de'.*these work: en"):
        compose(incident(SILENT, locale="de-DE"))


def test_next_step_that_brings_an_answer_stands_with_its_question_and_only_there() -> None:
    """What is pending and the promise to tell it are one sentence after the other, not the same promise twice."""
    step = {"will": "I will write to you with the decision on the fare", "on": "2026-03-13 12:00"}
    text = asks({"text": "for the fare back", "decision": "pending", "on": "2026-03-13 12:00", "owner": "Dana Whitfield"}, next=[step])
    assert (
        "You asked for the fare back. I don't have that answer yet; Dana Whitfield decides. On Friday 13 March at noon I'll write" in text
    )
    assert text.count("noon") == text.count("decision on the fare") == 1


def test_same_promise_is_not_made_twice() -> None:
    """A next step that says again what a planned change promises is left out, with the reason."""
    planned = {"will": "we will check every label of this year", "by": "2026-03-20"}
    letter = compose(incident({**LOST, "prevention": [planned]}, next=[planned]))
    assert letter.text.count("check every label of this year") == 1
    assert {item.fact: item.because for item in letter.left_out}["next1"] == "another sentence of this message says it"


@pytest.mark.parametrize("channel", ["chat", "email"])
def test_one_yes_or_no_is_answered_before_the_repair(channel: str) -> None:
    """Who asks one thing with a yes or a no reads the answer right after what we did."""
    text = asks({"text": "whether the copies are signed", "answer": "yes, all three are signed"}, channel=channel)
    assert text.index("es, all three are signed") < text.index("I sent three new signed copies")


def test_instruction_comes_before_what_is_known() -> None:
    """While a matter is open, an answer that tells the customer what to do comes first."""
    facts = incident(UNCLEAR, kind="holding", asks=[{"text": "whether to try again", "answer": "please leave the page closed"}])
    text = compose(facts).text
    assert text.index("Please leave the page closed") < text.index("What we know")


def test_letter_on_paper_has_no_bullets() -> None:
    """A formal letter is written in sentences, however much was done and asked."""
    fixes = [{"done": f"I sent copy {name}"} for name in ("one", "two", "three", "four")]
    facts = incident({**LOST, "fixes": fixes}, SILENT, NAME, channel="letter", asks=["whether it rains", "for tea", "for cake"])
    assert not [line for line in compose(facts).text.splitlines() if line.startswith(("- ", "1. "))]


def test_step_of_the_customer_stands_only_beside_our_part() -> None:
    """Where a short second reply does not say again what we did, it does not name the customer's step either."""
    shared = {**NAME, "fault": "shared", "customer_part": "the form named another street"}
    thread = [
        {
            "by": "us",
            "when": "2026-03-10 10:00",
            "text": "We put your neighbour's name on the invoice. That was our mistake, and I'm sorry.",
        }
    ]
    assert "another street" not in compose(incident(shared, channel="chat", thread=thread)).text
    assert "another street" in compose(incident(shared, channel="email", thread=thread)).text


def test_done_is_told_though_it_was_promised() -> None:
    """An earlier "I am refunding the fare" does not say that it is refunded: the same words in another state are news."""
    thread = [
        {
            "by": "us",
            "when": "2026-03-09 10:00",
            "text": "We sent your parcel to an old address, and I'm sorry. I am refunding the postage.",
        }
    ]
    done = {**LOST, "fixes": [{"done": "I refunded the postage", "on": "2026-03-10"}]}
    assert "I refunded the postage" in compose(incident(done, channel="chat", thread=thread)).text


@pytest.mark.parametrize("kind", ["refund", "credit", "payment", "replacement", "voucher", "discount", "upgrade", "waiver"])
@pytest.mark.parametrize("amount", [None, "£18"])
def test_remedy_without_text_passes_the_checks(kind: str, amount: str | None) -> None:
    """What is granted by kind alone is told, with its amount, in words that the checks find to be the gift that was granted."""
    facts = incident({**LOST, "remedies": [{"kind": kind, **({"amount": amount} if amount else {})}]})
    letter = compose(facts)
    assert amount is None or amount in letter.text
    assert [finding.rule for finding in check(letter.text, facts).findings if finding.severity != "suggestion"] == []


@pytest.mark.parametrize("channel", ["email", "letter", "chat", "sms"])
@pytest.mark.parametrize(
    ("ask", "answer", "told"),
    [
        ("whether you can keep the old slot until Friday", "Yes, until Friday", r"slot until Friday[.:] [Yy]es, until Friday\."),
        ("for your $85 back today", "it is on your card by noon", r"\$85 back today[.:] [Ii]t is on your card by noon\."),
        ("when the right shelf comes", "on Monday", r"right shelf comes[.:] [Oo]n Monday\."),
        ("that we collect the shelf", "we will, on Monday", r"collect the shelf[.:] [Ww]e will, on Monday\."),
        ("can I keep the slot?", "no", r"“?\"?Can I keep the slot\?\" No\."),
    ],
)
def test_an_answer_is_never_told_without_what_it_answers(channel: str, ask: str, answer: str, told: str) -> None:
    """Who has not the ticket before them understands the answer, in whatever channel it comes."""
    facts = incident(asks=[{"text": ask, "answer": answer}], channel=channel)
    assert re.search(told, compose(facts).text)


def test_an_answer_that_says_what_it_is_about_needs_no_question() -> None:
    """In a chat the question is not said again before a whole sentence, nor an angry one before anything."""
    whole = incident(asks=[{"text": "whether the shelf is oak", "answer": "yes, the shelf is oak through and through"}], channel="chat")
    assert "Yes, the shelf is oak through and through." in compose(whole).text
    heated = incident(asks=[{"text": "for this joke of a refund, now!!", "answer": "by Friday"}])
    assert "As to what you asked: by Friday." in compose(heated).text
    assert "joke" not in compose(heated).text
