"""Facts that changed: what differs, under ids that stay, and what two people changed at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from drafter.course import differences, merge
from drafter.errors import ConflictError
from drafter.incident import Incident, incident_from

Facts = Callable[..., dict[str, Any]]
FIXES = [{"done": "I fitted the new chain"}, {"will": "I will call you", "on": "2026-03-13", "covers": "p1.impact1"}]
IMPACTS = ["you took the bus for two days"]


@pytest.fixture
def base(facts: Facts) -> Incident:
    """What both started from."""
    return incident_from(facts(fixes=FIXES, impacts=IMPACTS, cause="unknown", known=["the frame is sound"]))


def changed(facts: Facts, **more: Any) -> Incident:
    """The same facts, typed again with changes and without ids, as a person sends them."""
    return incident_from(facts(**({"fixes": FIXES, "impacts": IMPACTS, "cause": "unknown", "known": ["the frame is sound"]} | more)))


def test_what_differs_is_told_fact_by_fact(base: Incident, facts: Facts) -> None:
    """A fact that moved is the same fact; one that is typed before the others does not rename them."""
    again = changed(
        facts, fixes=[{"doing": "we are testing the chain"}, *FIXES], cause="we ordered the part late", as_of="2026-03-12 11:00"
    )
    assert [item.words for item in differences(base, again)] == [
        "problems.p1.cause: “unknown” is now “we ordered the part late”",
        "problems.p1.fix3: “we are testing the chain” is new",
    ]
    assert differences(base, changed(facts)) == ()
    gone = changed(facts, impacts=["you lost a day", *IMPACTS], fixes=[*FIXES[:1], {**FIXES[1], "covers": "p1.impact2"}])
    assert [item.words for item in differences(base, gone)] == ["problems.p1.impact2: “you lost a day” is new"]


@pytest.mark.parametrize(
    ("theirs", "mine", "told", "holds"),
    [
        (
            {"cause": "we ordered late"},
            {"known": ["the frame is sound", "the gears are sound"]},
            ["cause"],
            {"cause": "we ordered late", "known": ("the frame is sound", "the gears are sound")},
        ),
        ({"fixes": [*FIXES, {"done": "I oiled it"}]}, {"fixes": [*FIXES, {"done": "we tuned it"}]}, ["fix3"], {"fixes": 4}),
        ({"fixes": [*FIXES, {"done": "I oiled it"}]}, {"fixes": [*FIXES, {"done": "I oiled it"}]}, ["fix3"], {"fixes": 3}),
        ({"fixes": FIXES[1:]}, {"cause": "we ordered late"}, ["fix1"], {"fixes": 1, "cause": "we ordered late"}),
        ({"prevention": "unknown"}, {"prevention": [{"done": "we order sooner"}]}, ["prevention"], {"prevention": 1}),
        ({"prevention": [{"done": "we order sooner"}]}, {"prevention": "unknown"}, ["prevention1"], {"prevention": 1}),
        (
            {"customer": {"name": "Ravi Anand", "phone": "07700 900461"}},
            {"cause": "we ordered late"},
            ["customer.phone"],
            {"cause": "we ordered late"},
        ),
    ],
)
def test_changes_of_other_facts_go_together(
    base: Incident, facts: Facts, theirs: dict[str, Any], mine: dict[str, Any], told: list[str], holds: dict[str, Any]
) -> None:
    """Neither is lost, and the second is told what the first changed."""
    merged = merge(base, changed(facts, **theirs), changed(facts, **mine))
    for words, change in zip(told, merged.theirs, strict=True):
        assert words in change.words
    (problem,) = merged.incident.problems
    for name, value in holds.items():
        found = getattr(problem, name)
        assert (len(found) if isinstance(value, int) else found) == value
    assert len({fact.id for fact in merged.incident.facts}) == len(merged.incident.facts)


@pytest.mark.parametrize(
    ("theirs", "mine", "said"),
    [
        (
            {"cause": "we ordered late"},
            {"cause": "we lost the order"},
            ["problems.p1.cause", "“we ordered late” now", "yours says “we lost the order”"],
        ),
        (
            {"fixes": FIXES[:1]},
            {"fixes": [FIXES[0], {**FIXES[1], "owner": "Sam"}]},
            ["problems.p1.fix2", "says “(taken away)” now", "owner Sam"],
        ),
        ({"locale": "en-US"}, {"locale": "en-AU"}, ["locale", "en-US", "en-AU"]),
    ],
)
def test_changes_of_the_same_fact_are_refused_with_both(
    base: Incident, facts: Facts, theirs: dict[str, Any], mine: dict[str, Any], said: list[str]
) -> None:
    """Nothing is decided by who came last."""
    with pytest.raises(ConflictError) as refused:
        merge(base, changed(facts, **theirs), changed(facts, **mine))
    for words in said:
        assert words in str(refused.value)


def test_problems_that_two_people_add_are_two(base: Incident, facts: Facts) -> None:
    """Also where both are the second in the file; what one takes away the other cannot add to."""
    late = {
        "what": "your helmet was late",
        "ours": "we sent your helmet late",
        "impacts": ["you rode without it"],
        "fixes": [{"done": "I sent it", "covers": "p2.impact1"}],
    }
    lost = {
        "what": "your lock was lost",
        "ours": "we lost your lock",
        "impacts": ["you had no lock"],
        "fixes": [{"done": "we sent another", "covers": "p2.impact1"}],
    }
    one, other = ({**facts(), "problems": [*changed(facts).model_dump()["problems"], new]} for new in (late, lost))
    merged = merge(base, incident_from(one), incident_from(other))
    assert [(problem.id, problem.what) for problem in merged.incident.problems[1:]] == [("p2", late["what"]), ("p3", lost["what"])]
    assert merged.incident.problems[2].fixes[0].covers == ("p3.impact1",)
    with pytest.raises(ConflictError, match="one of you took this problem away"):
        merge(incident_from(one), base, incident_from({**one, "problems": [one["problems"][0], {**late, "known": ["it is blue"]}]}))
