"""Who wrote a ticket and under which number, and what of it is in another language."""

from __future__ import annotations

import pytest

from drafter.ticket import incident_of, read_by_rules
from drafter.ticket.sender import signed
from drafter.ticket.tongue import is_foreign


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The lamp broke.\n\nKind regards,\nJoan Bell\nHead of Lamps, Bell Ltd\n+44 20 7946 0000", "Joan Bell"),
        ("The lamp broke.\n\nMargaret Doyle\nSent from my iPad", "Margaret Doyle"),
        ("The lamp broke. Cheers Kev", "Kev"),
        ("The lamp broke. Please refund me. Lorraine Ito", "Lorraine Ito"),
        ("The lamp broke.\nMit freundlichen Grüßen\nKatrin Vogel", "Katrin Vogel"),
        ("Name: Agnieszka Wolska\nMessage: the lamp broke", "Agnieszka Wolska"),
        ("Hello, my name's Tom Ashby and the lamp broke, bye.", "Tom Ashby"),
        ("The lamp broke.\n\nRosa Méndez, Flat 12, ref REP/90417", "Rosa Méndez"),
        ("The lamp broke.\n\nMrs. D. Rowntree", "Mrs. D. Rowntree"),
        ("The lamp broke.\n\nKind regards,\nYour Lamp Support Team", None),
        ("The lamp broke. Unbelievable", None),
        ("The lamp broke and I want a new one.\nThanks", None),
        ("I spoke to Sam Hill. The lamp broke again.", None),
    ],
)
def test_the_name_is_that_of_the_one_who_wrote(text: str, name: str | None) -> None:
    """From a closing, a last line, a form or an introduction; never a desk, a shout or somebody who is only spoken of."""
    span = signed(text)
    assert (text[slice(*span)] if span else None) == name


def test_a_trail_names_nobody() -> None:
    """Who signed the earlier mail, and the number it gave, are not the customer's."""
    facts = read_by_rules(
        "Still broken. Case #20177\n\nOn Mon, 3 Mar 2025, Kim wrote:\n> Your order ZZ-1111 is lost.\n> Kind regards,\n> Kim Hall"
    )
    assert [item.quote for item in facts.of("customer")] == []
    assert [item.quote for item in facts.of("reference")] == ["20177"]


def test_the_desk_knows_better_than_the_ticket() -> None:
    """Name and reference fill what the desk does not know; one who signs for us is no customer."""
    facts = read_by_rules("My card was charged twice. Order NB-20931.\n\nKind regards,\nJoan Bell")
    desk = {"company": "Northwind Coffee", "signer": "Maya Lindqvist"}
    opened, known, own = (
        incident_of(facts, frame)
        for frame in (desk, {**desk, "customer": "J. Bell-Ito", "reference": "T-1"}, {**desk, "signer": "Joan Bell"})
    )
    names = [(found.customer.name, found.reference) for found in (opened, known, own) if found]
    assert names == [("Joan Bell", "NB-20931"), ("J. Bell-Ito", "T-1"), (None, "NB-20931")]


@pytest.mark.parametrize(
    "words",
    [
        "Esto es una vergüenza, de verdad.",
        "C'est n'importe quoi !",
        "Proszę o szybką odpowiedź.",
        "Non ho parole.",
        "Это не работает",
        "Muchas gracias",
    ],
)
def test_another_language_is_known(words: str) -> None:
    """By its small words, or by its script."""
    assert is_foreign(words)


@pytest.mark.parametrize(
    "words", ["Femke de Groot", "the man said das ist normal and left", "no signal", "Die Hard is on", "Café Noir was shut"]
)
def test_english_with_foreign_names_is_read(words: str) -> None:
    """A name or a word of another language makes no foreign sentence."""
    assert not is_foreign(words)
