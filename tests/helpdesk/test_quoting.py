"""A message without what it quotes: trails of the mail programs that customers use, and words that only look like one."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.helpdesk.quoting import own_words

TRAILS = {
    "gmail": "On Tue, Nov 17, 2026 at 9:12 AM Northwind Support <help@northwind.example> wrote:\n\n> Hi Ana,\n> We refunded you.",
    "gmail, wrapped": "On Tue, Nov 17, 2026 at 9:12 AM Northwind Support Team <\nhelp@northwind.example> wrote:\n\n> Hi Ana,",
    "gmail, within a quotation": "On Tue, Nov 17, 2026 at 9:12 AM Northwind <h@n.example> wrote:\n> On Mon, Ana wrote:\n>> It broke.",
    "apple": "> On 17 Nov 2026, at 09:12, Northwind Support <help@northwind.example> wrote:\n>\n> Hi Ana,",
    "thunderbird": "On 17/11/2026 09:12, Northwind Support wrote:\n> Hi Ana,",
    "outlook": "From: Northwind <h@n.example>\nSent: Tuesday, November 17, 2026 9:12 AM\nTo: Ana\nSubject: RE: Parcel\n\nHi Ana",
    "outlook, bold": "*From:* Northwind <h@n.example>\n*Sent:* Tuesday 9:12\n*To:* Ana\n*Subject:* RE: Parcel\n\nHi Ana",
    "outlook, with a line": "________________________________\nFrom: N <h@n.example>\nSent: 17 November 2026 09:12\nTo: Ana\n\nHi Ana",
    "outlook, old": "-----Original Message-----\nFrom: Northwind [mailto:h@n.example]\nSent: Tuesday\n\nHi Ana, we sent it.",
    "forwarded": "---------- Forwarded message ---------\nFrom: Shop <s@s.example>\nDate: Tue\nSubject: Order\n\nYour order 1042",
    "german": "Am 17.11.2026 um 09:12 schrieb Northwind Support <help@northwind.example>:\n> Hallo Ana,\n> es ist unterwegs.",
    "german, gmail": "Am Di., 17. Nov. 2026 um 09:12 Uhr schrieb Northwind Support <\nhelp@northwind.example>:\n\n> Hallo",
    "german, outlook": "Von: Northwind <h@n.example>\nGesendet: Dienstag, 17.11.2026 09:12\nAn: Ana\nBetreff: AW: Paket\n\nHallo Ana",
    "german, old": "-----Ursprüngliche Nachricht-----\nVon: Northwind\nGesendet: Dienstag\n\nHallo Ana",
    "french": "Le mar. 17 nov. 2026 à 09:12, Northwind Support <help@northwind.example> a écrit :\n\n> Bonjour Ana,",
    "french, outlook": "De : Northwind <h@n.example>\nEnvoyé : mardi 17 novembre 2026 09:12\nÀ : Ana\nObjet : RE: Colis\n\nBonjour Ana",
    "spanish": "El mar, 17 nov 2026 a las 9:12, Northwind (<h@n.example>) escribió:\n\n> Hola Ana",
    "italian": "Il giorno mar 17 nov 2026 alle ore 09:12 Northwind <h@n.example> ha scritto:\n\n> Ciao Ana",
    "dutch": "Op di 17 nov. 2026 om 09:12 schreef Northwind <h@n.example>:\n\n> Hoi Ana",
    "zendesk": "##- Please type your reply above this line -##\n\nYour request (42) has been updated.",
    "signature": "-- \nAna Lima\nPurchasing, Corvo\n+44 20 7946 0000",
    "signature, trimmed": "--\nAna Lima",
    "iphone": "Sent from my iPhone",
    "iphone, german": "Von meinem iPhone gesendet",
    "outlook on ios": "Get Outlook for iOS<https://aka.example/o>",
}
KEPT = [
    "On Monday I wrote to you about the parcel:\nit is still not here.",
    "On 5 May at 10:30 I wrote:\nplease send me the invoice.\nNobody did.",
    "From: your own shop I ordered two lamps.\nTo: my surprise, one came.",
    "The error says:\n- code 42\n- step 3\n\nWhat now?",
    "It broke again. Thanks,\nbut I want my money back",
    "Thanks,\nbut I want\nmy money back",
    "I ordered 3 -- and got 2.",
    "Am Montag kam das Paket an:\nes war leer.",
    "Best regards are not what I want. I want a refund.",
    "The page shows\n-----\nerror 500\n-----\nevery time.",
]


@pytest.mark.parametrize("trail", TRAILS.values(), ids=TRAILS.keys())
@pytest.mark.parametrize("gap", ["\n\n", "\n", "\r\n\r\n"], ids=["apart", "close", "crlf"])
def test_a_trail_goes_and_the_message_stays(trail: str, gap: str) -> None:
    """Whatever program and language it comes from."""
    assert own_words(f"It broke again.{gap}Where is my refund?{gap}{trail}") == own_words(f"It broke again.{gap}Where is my refund?")
    assert own_words(f"Where is my refund?{gap}{trail}\n\n") == "Where is my refund?"


@pytest.mark.parametrize("text", KEPT)
def test_words_that_only_look_like_a_trail_stay(text: str) -> None:
    """Nothing that a customer wrote is lost for the way it begins."""
    assert own_words(text) == text


def test_answers_between_quoted_lines_stay_and_the_quoted_lines_go() -> None:
    """What we asked is not what the customer says."""
    assert own_words("> Did you restart it?\nYes, twice.\n> Which version?\n4.2\n") == "Yes, twice.\n4.2"


def test_a_formal_closing_keeps_the_name_and_nothing_below_it() -> None:
    """Numbers of a signature are nobody's facts."""
    assert own_words("It broke.\n\nBest regards,\nAna Lima\nPurchasing\n+44 20 7946 0000") == "It broke.\n\nBest regards,\nAna Lima"
    assert own_words("Kaputt.\n\nMit freundlichen Grüßen\nAna Lima\nCorvo GmbH\nHRB 1234").endswith("Ana Lima")
    spoken = "It broke.\n\nRegards,\nAna\n\nPS: order 1042 is missing too."
    assert own_words(spoken) == spoken


def test_a_message_that_only_quotes_has_no_words() -> None:
    """Nothing is made up for it."""
    assert own_words("> Hi Ana\n> We refunded you") == ""


@given(st.text(alphabet="On wrote:\n>-_ 1@Fromst", max_size=200))
def test_words_are_only_taken_away(text: str) -> None:
    """Every line that stays was there, in its order, and a second reading takes nothing more of the same kind."""
    rest = iter([line.strip() for line in text.splitlines()])
    assert all(line.strip() in rest for line in own_words(text).splitlines() if line.strip())


@pytest.mark.parametrize("part", ["On x ", "On x\n", "From: \n", "--- item\n", "\n", "On schrieb ", "> ", "-- \n", "Best regards,\n"])
def test_hostile_messages_take_no_longer(part: str) -> None:
    """200,000 characters of what the patterns look for are read in moments: work grows with the length only."""
    started = time.process_time()
    own_words(part * (200_000 // len(part)))
    assert time.process_time() - started < 5
