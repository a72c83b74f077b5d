"""What a failure meant, in every form that it is typed in: never as the customer's own fault."""

from __future__ import annotations

from typing import Any

import pytest

from drafter.checks import check
from drafter.compose import compose
from drafter.compose.harm import form
from drafter.compose.scene import scene_of
from tests.compose.incidents import LOST, UNCLEAR, incident

BARE = {**LOST, "when": None, "cause": None, "prevention": [], "containment": []}


def told(*impacts: str, problem: dict[str, Any] = BARE, **frame: Any) -> str:
    """The letter about a problem with these impacts, on one line."""
    return " ".join(compose(incident({**problem, "impacts": list(impacts)}, **frame)).text.split())


@pytest.mark.parametrize(
    ("impact", "kind"),
    [
        ("you sent an old version to your customers", "led"),
        ("you had to take a taxi", "led"),
        ("you have to sleep in another hotel", "led"),
        ("you nearly crashed on the hill", "led"),
        ("you lost a morning", "led"),
        ("your team wrote 31 orders down by hand", "led"),
        ("which meant you couldn't work", "led"),
        ("you told your customers the wrong day", "led"),
        ("you had no present", "plain"),
        ("you cannot sell tickets", "plain"),
        ("you were scared to ride it home", "plain"),
        ("you wanted it for your nephew", "plain"),
        ("you wrote to us twice before anybody looked", "plain"),
        ("you had given your old bed away", "plain"),
        ("your account went overdrawn", "plain"),
        ("your son had an allergic reaction", "plain"),
        ("it pushed your account into overdraft", "plain"),
        ("three customers cancelled", "plain"),
        ("she was alone and frightened", "plain"),
        ("you and your kids were freezing", "plain"),
        ("you fly on Thursday", "plain"),
        ("you both stood in the rain", "led"),
        ("suit ruined", "noun"),
        ("340 guests wore badges with the wrong date", "plain"),
        ("a day's pay", "noun"),
        ("two lost mornings", "noun"),
        ("£96 in coffee and parking", "noun"),
        ("stress", "noun"),
        ("no coffee for the office", "noun"),
    ],
)
def test_form_of_an_impact(impact: str, kind: str) -> None:
    """What the customer did or lost is told as what came of it, a thing without a verb as what it meant, all else as it stands."""
    assert form(scene_of(incident()), impact) == kind


@pytest.mark.parametrize(
    ("impacts", "sentences"),
    [
        (["you sent an old list to your members"], ["It meant you sent an old list to your members."]),
        (
            ["you sent an old list to your members", "you had to ring them all"],
            ["It meant you sent an old list to your members, and you had to ring them all."],
        ),
        (["you have to sleep elsewhere"], ["Because of that, you have to sleep elsewhere."]),
        (["two lost mornings", "a £30 bill"], ["For you, it meant two lost mornings and a £30 bill."]),
        (["you had to work from a cafe", "£96 in coffee"], ["It meant you had to work from a cafe. It also meant £96 in coffee."]),
        (["you slept on the floor", "you had given your bed away"], ["It meant you slept on the floor. You had given your bed away."]),
        (["missed flight"], ["What it meant for you: missed flight."]),
        (["£25 overdraft fee"], ["For you, it meant a £25 overdraft fee."]),
        (["you had no heating"], ["You had no heating."]),
    ],
)
def test_impact_behind_the_apology(impacts: list[str], sentences: list[str]) -> None:
    """Behind the act and the apology, each form reads as what our mistake brought about."""
    text = told(*impacts, tone="plain")
    assert f"and I'm sorry. {sentences[0]}" in text or sentences[0] in text


def test_unknown_fault_is_never_followed_by_blame() -> None:
    """What the customer did is told as what it meant, with the apology behind it: "I'm sorry: you sent …" told them off."""
    text = told("you sent an old version to your customers", problem=UNCLEAR, kind="holding")
    assert "That meant you sent an old version to your customers. I'm sorry." in text
    assert "sorry: you sent" not in text
    assert "I'm sorry: you cannot sell tickets for tonight's reading." in told(*UNCLEAR["impacts"], problem=UNCLEAR, kind="holding")
    assert "I know 31 guests are waiting." in told("31 guests are waiting", problem=UNCLEAR, kind="holding")
    assert "For you, that meant two lost mornings. I'm sorry." in told("two lost mornings", problem=UNCLEAR, kind="holding")


def test_sympathy_does_not_name_what_the_customer_did_as_theirs() -> None:
    """In a sensitive matter the act stands behind sympathy, and nothing says that it followed from ours."""
    text = told("you took twice your dose for three days", "you felt dizzy", sensitive=True)
    assert "I'm so sorry for what this has meant for you: you took twice your dose for three days. You felt dizzy." in text
    assert "meant you" not in text


def test_recap_and_public_post_lead_to_it_too() -> None:
    """A confirmation tells it in the same sentence, a post right behind the event."""
    assert ", and because of that you paid £139 for a motel." in told("you paid £139 for a motel", kind="remedy_confirmation")
    post = {**BARE, "ours": "we sent the 07:42 off two minutes early"}
    assert "early. That meant you missed your interview. I'm sorry." in told(
        "you missed your interview", problem=post, channel="social", customer={"handle": "@sam"}
    )


def test_leads_take_turns() -> None:
    """In a letter about several mistakes, what they meant is not led in with the same words each time."""
    acts = ("we lost the first box", "we lost the second crate", "we lost the third bag")
    text = compose(incident(*({**BARE, "ours": act, "what": act, "impacts": [f"you had to buy {act[-3:]}s"]} for act in acts))).text
    assert text.count("That meant you had to") == 2
    assert text.count("Because of that, you had to") == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("i had headaches for 2 weeks", "You had headaches for 2 weeks."),
        ("had to take the bus", "It meant you had to take the bus."),
        ("couldn't get to work", "You couldn't get to work."),
        ("was charged twice", "You were charged twice."),
        ("missed my flight", "It meant you missed your flight."),
        ("delayed shipment", "What it meant for you: delayed shipment."),
        ("came in late", "What it meant for you: came in late."),
    ],
)
def test_impact_typed_in_a_hurry_speaks_to_the_customer(typed: str, said: str) -> None:
    """The customer's own words and words without anybody are turned to the second person where only the customer can be meant."""
    facts = incident({**BARE, "impacts": [typed]})
    text = compose(facts).text
    assert said in " ".join(text.split())
    assert [finding.text for finding in check(text, facts).findings if finding.severity == "error"] == []
