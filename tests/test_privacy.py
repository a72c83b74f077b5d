"""Personal data is hidden, comes back exactly, and cards and passports never stay."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.errors import ModelError
from drafter.incident import Incident, incident_from, parse_incident, read_incident
from drafter.privacy import Placeholders, find, find_names, mask_cards, without_cards
from drafter.writer import Writer

EXAMPLES = Path(__file__).parent.parent / "examples"
FACTS = """
company: Saltmarsh Bikes
signer: {name: Maya Lindqvist, phone: 020 7946 0018, email: maya@saltmarsh.example}
customer:
  name: Dr Will van Dyke
  email: will.vandyke@mail.example
  phone: "+44 7700 900123"
  account: SB-20417
  handle: "@willrides"
  address: [14 Elm Grove, Leeds LS1 4AP]
people: [Ada Okafor]
reference: repair 88213
locale: en-GB
problems:
  - what: your bike was not ready
    ours: we promised you Tuesday and did not order the part
    fixes: [{will: Lee fits the part, on: 2026-11-25, owner: Lee Park}]
as_of: 2026-11-20
"""


@pytest.fixture
def placeholders() -> Placeholders:
    """Placeholders of an incident that has every personal field."""
    return Placeholders.for_incident(parse_incident(FACTS))


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Will van Dyke's bike", "[CUSTOMER_NAME]'s bike"),
        ("Dear Dr Will van Dyke", "Dear Dr [CUSTOMER_NAME]"),
        ("Will, your repair 88213 is late", "[CUSTOMER_FIRST_NAME], your repair [REFERENCE] is late"),
        ("write to Will.VanDyke@mail.example", "write to [CUSTOMER_EMAIL_2]"),
        ("or will.vandyke@mail.example, please", "or [CUSTOMER_EMAIL], please"),
        ("ring +447700900123", "ring [CUSTOMER_PHONE_2]"),
        ("account SB-20417 of @willrides", "account [CUSTOMER_ACCOUNT] of [CUSTOMER_HANDLE]"),
        ("sent to 14 Elm Grove, in Leeds LS1 4AP", "sent to [CUSTOMER_ADDRESS], in [CUSTOMER_ADDRESS_2]"),
        ("Ada Okafor and Ada", "[PERSON_1] and [PERSON_1_FIRST_NAME]"),
        ("Lee Park fits it", "[PERSON_2] fits it"),
        ("my line is 02079460018", "my line is [SIGNER_PHONE_2]"),
        ("Maya here", "[SIGNER_FIRST_NAME] here"),
    ],
)
def test_named_values_are_hidden_behind_their_own_placeholder(placeholders: Placeholders, text: str, hidden: str) -> None:
    """Every personal field of an incident has a placeholder that says what it is, in any spelling of the value."""
    assert placeholders.hide(text) == hidden
    assert placeholders.restore(placeholders.hide(text)) == text


@pytest.mark.parametrize("text", ["I will call", "the leek park", "Adaptation", "a willing dyke-builder", "882130 parts", "1882133"])
def test_words_that_only_contain_a_value_are_left_alone(placeholders: Placeholders, text: str) -> None:
    """A name that is also a word, and a value inside a longer word or number, are not personal data."""
    assert placeholders.hide(text) == text


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("mail tom.b+x@post.example.co.uk.", "EMAIL", "tom.b+x@post.example.co.uk"),
        ("on 07700 900123 after six", "PHONE", "07700 900123"),
        ("on (212) 555-0198 after six", "PHONE", "(212) 555-0198"),
        ("on +49 30 901820, please", "PHONE", "+49 30 901820"),
        ("card 4012 8888 8888 1881 was", "CARD", "4012 8888 8888 1881"),
        ("card 4012-8888-8888-1881 was", "CARD", "4012-8888-8888-1881"),
        ("to GB82 WEST 1234 5698 7654 32 TODAY", "IBAN", "GB82 WEST 1234 5698 7654 32"),
        ("my passport number is 533380006", "PASSPORT", "533380006"),
        ("account number: 31926819", "ACCOUNT", "31926819"),
        ("sort code 60-16-13", "ACCOUNT", "60-16-13"),
        ("number 219-09-9999", "ID", "219-09-9999"),
        ("to 14 Elm Grove Road, Leeds LS1 4AP today", "ADDRESS", "14 Elm Grove Road, Leeds LS1 4AP"),
        ("at 221 Maple Street, Springfield, IL 62704.", "ADDRESS", "221 Maple Street, Springfield, IL 62704"),
        ("nach Lindenstraße 12, 10969 Berlin geliefert", "ADDRESS", "Lindenstraße 12, 10969 Berlin"),
        ("au 12 rue de la Paix, 75002 Paris", "ADDRESS", "12 rue de la Paix, 75002 Paris"),
        ("en Calle Mayor 5, 28013 Madrid", "ADDRESS", "Calle Mayor 5, 28013 Madrid"),
    ],
)
def test_shapes_of_personal_data_are_found(text: str, kind: str, value: str) -> None:
    """Contacts, numbers and addresses that nobody named are found by their shape, with exact spans."""
    assert [(found.kind, text[found.start : found.end]) for found in find(text, "GB")] == [(kind, value)]


@pytest.mark.parametrize(
    "text",
    [
        "We charged $1,842.00 on 2026-11-20 at 15:00.",
        "52,310 rows of 54,152 between 08:10-10:30 on 20/11/2026",
        "order 1042, 4111 1111 1111 1112 units",
        "two weeks, 12.5%, version 3.11.4",
        "Your passport was returned on 20 November 2026",
        "Call 2 people in 10 Minutes or 5 New Ways",
    ],
)
def test_amounts_dates_and_counts_are_not_personal_data(text: str) -> None:
    """What a letter must state in figures stays visible to the one who writes it."""
    assert find(text, "GB") == ()


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text(max_size=20),
            st.sampled_from(
                [
                    *("Will van Dyke", "WILL", "88213", "will.vandyke@mail.example", "[CUSTOMER_NAME]", "CUSTOMER_NAME", "[EMAIL_1]"),
                    *(" ", "\n", "[", "]", "x@y.example", "4012 8888 8888 1881", "14 Elm Grove", "+44 20 7946 0018", "{facts}", "Ada's"),
                ]
            ),
        ),
        max_size=12,
    )
)
def test_hidden_text_comes_back_exactly(pieces: list[str]) -> None:
    """Whatever a text holds, what is hidden in it comes back character by character."""
    placeholders = Placeholders.for_incident(parse_incident(FACTS))
    text = "".join(pieces)
    assert placeholders.restore(placeholders.hide(text)) == text


def test_the_same_value_has_the_same_placeholder(placeholders: Placeholders) -> None:
    """A value found twice, and in two texts, is one placeholder; another value is another."""
    first = placeholders.hide("a@b.example, c@d.example, a@b.example")
    assert first == "[EMAIL_1], [EMAIL_2], [EMAIL_1]"
    assert placeholders.hide("c@d.example") == "[EMAIL_2]"


@pytest.mark.parametrize(
    "answer",
    [
        "Hi [CUSTOMER_MIDDLE_NAME]",
        "Hi [CUSTOMER NAME]",
        "Hi [customer_name]",
        "Hi {CUSTOMER_NAME}",
        "Hi <CUSTOMER_NAME>",
        "Hi CUSTOMER_NAME",
        "Hi [CUSTOMER_NAME",
        "Hi [your name]",
        "call [EMAIL_9]",
    ],
)
def test_an_unknown_or_altered_placeholder_is_refused(placeholders: Placeholders, answer: str) -> None:
    """What is not exactly a placeholder that was given out never reaches a customer."""
    with pytest.raises(ModelError, match="placeholder"):
        placeholders.restore(answer)


def test_brackets_that_the_facts_hold_are_no_placeholders(placeholders: Placeholders) -> None:
    """A bracket that a person typed may come back as it was."""
    hidden = placeholders.hide("the label said [sic] and SKU_A12")
    assert placeholders.restore(hidden) == "the label said [sic] and SKU_A12"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("My card 4012 8888 8888 1881 was charged", "My card ending 1881 was charged"),
        ("It was 4012888888881881.", "It was card ending 1881."),
        ("passport number 533380006", "passport number ending 006"),
        ("to GB82 WEST 1234 5698 7654 32 please", "to account ending 5432 please"),
        ("card ending 1881, order 1042", "card ending 1881, order 1042"),
    ],
)
def test_cards_and_passports_are_cut_to_their_last_digits(text: str, masked: str) -> None:
    """Numbers that nothing may store keep their last digits only, in words that read on."""
    assert mask_cards(text) == masked
    assert mask_cards(masked) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("my number is 4111 1111 1111 1112, please", "my number is card ending 1112, please"),
        ("you charged 5500-0000-0000-0005 twice", "you charged card ending 0005 twice"),
        ("3782 822463 10006 is mine", "card ending 0006 is mine"),
        ("4111111111111112 11/27 123", "card ending 1112 11/27 ***"),
        ("card 4012 8888 8888 1881 exp 11/27 cvv 321", "card ending 1881 exp 11/27 cvv ***"),
        ("the security code is 4321", "the security code is ***"),
    ],
)
def test_what_is_surely_meant_as_a_card_is_masked(text: str, masked: str) -> None:
    """A digit typed wrong makes it no other thing, and a security code is never kept."""
    assert mask_cards(text) == masked
    assert mask_cards(masked) == masked


@pytest.mark.parametrize(
    "text",
    [
        "tracking number 4111 1111 1111 1112",
        "order 1042, 4111 1111 1111 1112 units",
        "voucher 5500 0000 0000 0005 was refused",
        "1234 5678 9012 3456",
        "between 2026 2027 2028 2029",
        "the rows 5231 4415 5521 6612 were lost",
        "the code is 4321",
    ],
)
def test_what_may_be_something_else_is_kept(text: str) -> None:
    """Facts of orders, parcels and counts are what a letter is about."""
    assert mask_cards(text) == text


def test_a_draft_loses_its_card_numbers_and_nothing_else(double_charge: Incident) -> None:
    """A draft without any is the same one; a card in a text is cut, and the rest stays."""
    draft = Writer().draft(double_charge)
    assert without_cards(draft) is draft
    told = draft.model_copy(update={"text": f"{draft.text} 4012 8888 8888 1881"})
    assert without_cards(told) == draft.model_copy(update={"text": f"{draft.text} card ending 1881"})


def test_facts_that_hold_a_past_plan_can_be_masked() -> None:
    """Masking judges no plan anew: facts without a moment of their own keep theirs."""
    problem = {
        "what": "it was late",
        "ours": "we lost card 4012 8888 8888 1881",
        "fixes": [{"will": "I will call you", "on": "2020-01-05"}],
    }
    masked = without_cards(incident_from({"company": "Harrow & Finch", "signer": "Ellen Marsh", "problems": [problem]}))
    assert masked.problems[0].ours == "we lost card ending 1881"


def test_an_incident_loses_its_card_numbers_and_nothing_else() -> None:
    """A card number typed into a fact is masked; an incident without one is left as it is."""
    incident = parse_incident(FACTS.replace("your bike was not ready", "card 4012 8888 8888 1881 was charged"))
    assert without_cards(incident).problems[0].what == "card ending 1881 was charged"
    clean = parse_incident(FACTS)
    assert without_cards(clean) is clean
    assert isinstance(without_cards(incident), Incident)


def test_a_ticket_gives_away_its_names() -> None:
    """Names in a From line, an introduction and a signature are found, and hidden in the whole ticket."""
    ticket = "From: Priya Nair <priya@mail.example>\n\nHi, this is Priya from Leeds. Joan Bell sent it.\n\nThanks,\nPriya Nair"
    assert find_names(ticket) == ("Priya Nair", "Priya")
    hidden = Placeholders.for_ticket(ticket).hide(ticket)
    assert "Priya" not in hidden
    assert "@" not in hidden


@pytest.mark.parametrize(
    "text", ["my order 88213 is late", "booking no. HB-771", "case #40-2231", "it says NB-2093318 here", "run 2026-07B"]
)
def test_a_ticket_gives_away_its_references(text: str) -> None:
    """Numbers of orders, bookings and cases, and codes, are hidden in a ticket and come back."""
    placeholders = Placeholders.for_ticket(text)
    assert "[REFERENCE]" in placeholders.hide(text)
    assert placeholders.restore(placeholders.hide(text)) == text


@pytest.mark.parametrize(
    "text", ["in order to go", "the case was closed", "COVID-19 rules", "a 4K TV", "at 09:10 on 2026-03-12", "ISO 9001"]
)
def test_words_that_look_like_references_are_left_alone(text: str) -> None:
    """Dates, short codes and words behind "order" and "case" stay."""
    assert Placeholders.for_ticket(text).hide(text) == text


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_no_fact_of_an_example_keeps_a_name_or_contact(path: Path) -> None:
    """The facts of every example can be sent without the customer's name, contacts, address or reference."""
    incident = read_incident(path)
    placeholders = Placeholders.for_incident(incident)
    facts = "\n".join(stated.text for stated in incident.facts)
    hidden = placeholders.hide(facts)
    customer = incident.customer
    for value in (customer.name, customer.email, customer.phone, customer.account, customer.handle, *customer.address, incident.reference):
        assert value is None or value not in hidden
    assert placeholders.restore(hidden) == facts


BECKER = """
company: Saltmarsh Bikes
signer: Maya Lindqvist
customer:
  name: Tom Becker
  phone: 07700 900461
  handle: "@raviride"
  address: ["Rose Cottage, Church End", "Bath"]
locale: en-GB
problems:
  - what: your bike was not ready
    ours: we did not order the part
as_of: 2026-11-20
"""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("mr becker rang", "mr [] rang"),
        ("becker rang", "[] rang"),
        ("the Beckers rang", "the [] rang"),
        ("see TomBecker, tom_becker.pdf", "see [], [].pdf"),
        ("filed under Becker, Tom", "filed under []"),
        ("T\u200bom Bec\u200dk\u00ader rang", "[] rang"),
        ("Ｔｏｍ Ｂｅｃｋｅｒ rang", "[] rang"),
        ("on +44 7700 900461 or +44 (0)7700-900461", "on [] or []"),
        ("on 0044 7700 900 461, 447700900461", "on [], []"),
        ("on 0 7 7 0 0 9 0 0 4 6 1, ０７７００ ９００４６１", "on [], []"),
        ("raviride wrote, then @RaviRide", "[] wrote, then []"),
        ("left at rose cottage by noon", "left at [] by noon"),
        ("left at Rose Cottage Church End", "left at []"),
        ("the Beckerman case, ravirider", "the Beckerman case, ravirider"),
        ("Customer number 1077009004612", "Customer number 1077009004612"),
    ],
)
def test_a_declared_value_is_known_however_it_is_written(text: str, shown: str) -> None:
    """Case, plural, joined words, unseen characters, a country's code or a missing @ do not let a declared value through."""
    made = Placeholders.for_incident(parse_incident(BECKER))
    hidden = made.hide(text)
    assert re.sub(r"\[[A-Z_0-9]+\]", "[]", hidden) == shown
    assert made.restore(hidden) == text
    assert made.hide(text) == hidden


@pytest.mark.parametrize(("name", "text"), [("José Müller", "jose mueller"), ("Sean O'Neil", "SEAN O’NEIL"), ("Ann Park", "mr park")])
def test_a_name_is_known_without_its_accents_and_behind_a_title(name: str, text: str) -> None:
    """Accents, apostrophes and a title do not let a name through."""
    made = Placeholders.for_incident(parse_incident(BECKER.replace("Tom Becker", name)))
    hidden = made.hide(text)
    assert not set(re.findall(r"\w+", text)) - {"mr"} & set(re.findall(r"\w+", hidden))
    assert made.restore(hidden) == text


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("ring 2127365000 now", "PHONE", "2127365000"),
        ("<tel:2127365000>", "PHONE", "2127365000"),
        ("ring (030) 901820 now", "PHONE", "(030) 901820"),
        ("on ０７７００ ９００４６１ now", "PHONE", "０７７００ ９００４６１"),
        ("to gb82 west 1234 5698 7654 32 today", "IBAN", "gb82 west 1234 5698 7654 32"),
        ("to GB82-WEST-1234-5698-7654-32 today", "IBAN", "GB82-WEST-1234-5698-7654-32"),
        ("to GB82WEST12345698765433 today", "IBAN", "GB82WEST12345698765433"),
        ("to DE89 3704 0044 0532 0130 01.", "IBAN", "DE89 3704 0044 0532 0130 01"),
        ("my visa 4111111111111112 was", "CARD", "4111111111111112"),
        ("paid 4111 1111 1111 1112 was", "CARD", "4111 1111 1111 1112"),
        ("4111111111111111x", "CARD", "4111111111111111"),
        ("the cvv is 123", "CVV", "123"),
        ("the passport C01X00T47 was", "PASSPORT", "C01X00T47"),
        ("passport number: 12 345 678 9", "PASSPORT", "12 345 678 9"),
        ("number 078 05 1120", "ID", "078 05 1120"),
        ("ssn 078051120", "ID", "078051120"),
        ("hers is ab123456c", "ID", "ab123456c"),
        ("to 9 mill lane, bath ba1 2jt today", "ADDRESS", "9 mill lane, bath ba1 2jt"),
        ("in ba1 2jt today", "ADDRESS", "ba1 2jt"),
        ("to Mannerheimintie 5 A 12, 00100 Helsinki", "ADDRESS", "Mannerheimintie 5 A 12, 00100 Helsinki"),
        ("at Washington, DC 20500.", "ADDRESS", "Washington, DC 20500"),
        ("when Dr Ahmed Khan called", "NAME", "Ahmed Khan"),
        ("when Mrs Jane Doe's bag", "NAME", "Jane Doe"),
        ("he was born 3 May 1984", "BIRTH", "3 May 1984"),
        ("date of birth 03/05/1984", "BIRTH", "03/05/1984"),
        ("DOB: 1984-05-03", "BIRTH", "1984-05-03"),
        ("from 203.0.113.77 at", "IP", "203.0.113.77"),
        ("from 2001:db8::7 at", "IP", "2001:db8::7"),
        ("mail tom@localhost now", "EMAIL", "tom@localhost"),
    ],
)
def test_personal_data_is_found_in_the_forms_people_type(text: str, kind: str, value: str) -> None:
    """Lower case, other separators, a wrong digit, full-width digits and words beside a number are all seen, with exact spans."""
    assert [(found.kind, text[found.start : found.end]) for found in find(text, "GB")] == [(kind, value)]


def test_what_stands_beside_a_card_is_found() -> None:
    """The expiry date and the code behind a card number are hidden with it."""
    hidden = Placeholders().hide("paid with 4111 1111 1111 1111 exp 12/28 123, thanks")
    assert hidden == "paid with [CARD_1] exp [EXPIRY_1] [CVV_1], thanks"


@pytest.mark.parametrize(
    "text",
    [
        "order 1042 for $149.00 with 3.4.1, run 2026-07B",
        "order number 2127365000, invoice 4411225566",
        "version 10.0.2.15 came out at 08:10:30",
        "the passport office opens on 2026-11-20",
        "we moved it from the a4 2nd shelf to q4 3rd",
        "valid until 12/28, expires 01/2027",
        "5 minutes down the road, 2 cars in the lane",
        "Miss no update: 12 of 300 units in 14 days",
        "between 20/11/2026 and 27/11/2026, 1,200,000 rows",
        "the team was born in a garage; call 2 people",
        "200 ms later, at 3 p.m., 50% of 1.5 million",
    ],
)
def test_figures_of_a_letter_are_left_alone(text: str) -> None:
    """Orders, amounts, versions, dates and times that only resemble personal data stay visible."""
    assert find(text, "GB") == ()


@pytest.mark.parametrize(
    "piece", ["4111 1111 ", "Aa1 ", "07700 ", "Mr Tom ", "a.b@", "DE89 3704 ", "12 Elm ", "\u200bA", "1.2.3.", "a:b:", "9 mill "]
)
def test_search_time_grows_with_the_text(piece: str) -> None:
    """A long text of half-matching pieces is searched in reasonable time."""
    text = piece * (60_000 // len(piece))
    before = time.process_time()
    find(text, "GB")
    assert time.process_time() - before < 8
