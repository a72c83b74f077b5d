"""What became of promises, as facts: a deed, a problem of its own, another owner, or nothing."""

from __future__ import annotations

from typing import Any

import pytest

from drafter.course import Decision, broken, dropped, handed, kept
from drafter.errors import IncidentError, StepError
from drafter.incident import Action, Incident
from drafter.writer import Writer
from tests.course.conftest import Facts, at, promise

CALL: dict[str, Any] = {"will": "I will call you about the chain", "by": "2026-03-13"}
DUE = at("23:59", 13)
LATER = at("10:00", 16)


def facts_with(incident: Facts, **more: Any) -> Incident:
    """Facts with something done, and more."""
    return incident(**({"fixes": [{"done": "I fitted the new chain"}]} | more))


def test_a_kept_promise_is_told_as_done(incident: Facts) -> None:
    """Wherever it stood, and also where the facts have lost it; never without how it was kept."""
    decision = Decision(at("09:00", 13), how="I called the carrier, as I said I would")
    made = kept(facts_with(incident, next=[CALL]), promise("next1", DUE), decision)
    assert made.next == ()
    assert [fix.done for fix in made.problems[0].fixes] == ["I fitted the new chain", "I called the carrier, as I said I would"]
    assert made.problems[0].fixes[1].on == at("09:00", 13)
    made = kept(facts_with(incident, fixes=[CALL]), promise("p1.fix1", DUE), decision)
    assert [(fix.state, fix.text) for fix in made.problems[0].fixes] == [("done", "I called the carrier, as I said I would")]
    assert len(kept(facts_with(incident), promise("gone", DUE), decision).problems[0].fixes) == 2
    paid = facts_with(incident, remedies=[{"kind": "refund", "amount": "£40", "on": "2026-03-13"}])
    remedy = kept(paid, promise("p1.remedy1", DUE), Decision(LATER, how="we paid you the £40")).problems[0].remedies[0]
    assert (remedy.text, remedy.on, remedy.amount is not None) == ("we paid you the £40", None, True)
    answered = facts_with(incident, asks=[{"text": "for a new date", "decision": "pending", "on": "2026-03-13"}])
    assert kept(answered, promise("ask1", DUE), Decision(LATER, how="your new date is Friday")).asks[0].answer == "your new date is Friday"
    with pytest.raises(StepError, match="say how it was kept"):
        kept(facts_with(incident, next=[CALL]), promise("next1", DUE), Decision(LATER))
    with pytest.raises(IncidentError, match="is a plan"):
        kept(facts_with(incident, next=[CALL]), promise("next1", DUE), Decision(LATER, how="I will call you"))


@pytest.mark.parametrize(
    ("plan", "owner", "ours"),
    [
        (CALL, "Ellen Marsh", "I said I would call you about the chain by Friday 13 March, and I did not"),
        (CALL, "Sam Osei", "we said we would call you about the chain by Friday 13 March, and we did not"),
        (
            {**CALL, "will": "I'll send you my notes"},
            "Sam Osei",
            "we said that Sam Osei would send you their notes by Friday 13 March, and we did not see to it",
        ),
        ({**CALL, "will": "we will call you by the end of Friday"}, None, "we said we would call you by the end of Friday, and we did not"),
        (
            {**CALL, "will": "our fitter will come to you"},
            None,
            "we said that our fitter would come to you by Friday 13 March, and we did not see to it",
        ),
    ],
)
def test_a_broken_promise_is_a_problem_of_our_own(incident: Facts, plan: dict[str, Any], owner: str | None, ours: str) -> None:
    """With what comes in its place; the old plan is gone, and the next letter owns both."""
    before = facts_with(incident, next=[plan])
    instead = Action.model_validate({"will": "I will call you tomorrow at noon", "on": "2026-03-17"})
    made = broken(before, promise("next1", DUE, owner=owner), Decision(LATER, plan=instead))
    problem = made.problems[1]
    assert (problem.id, problem.fault, problem.ours) == ("p2", "ours", ours)
    assert problem.what == "what we had promised you for Friday 13 March did not happen"
    assert (made.next, [fix.will for fix in problem.fixes]) == ((), ["I will call you tomorrow at noon"])


def test_the_next_letter_owns_the_broken_promise(incident: Facts) -> None:
    """It stands in the composed letter, with nobody blamed."""
    plan = Action.model_validate({"will": "I will call you at noon tomorrow", "on": "2026-03-17"})
    made = broken(facts_with(incident, next=[CALL]), promise("next1", DUE), Decision(LATER, plan=plan))
    draft = Writer().draft(made.model_copy(update={"as_of": LATER, "kind": "apology"}))
    assert "I said I would call you about the chain by Friday 13 March, and I did not" in draft.text
    assert not [finding for finding in draft.findings if finding.severity == "error"], draft.findings


def test_what_cannot_be_told_from_the_promise_is_asked_for(incident: Facts) -> None:
    """The admission, the new moment of an answer, the reason of a drop, and the words of another owner."""
    asked = facts_with(incident, asks=[{"text": "for a new date", "decision": "pending", "on": "2026-03-13"}])
    answer = promise("ask1", DUE, words="You will hear from us")
    with pytest.raises(StepError, match="say what we did not do"):
        broken(facts_with(incident), promise("gone", DUE, words="the parcel comes on Friday"), Decision(LATER))
    with pytest.raises(StepError, match="say when it comes now"):
        broken(asked, answer, Decision(LATER, ours="we said we would answer you by Friday, and we did not"))
    with pytest.raises(StepError, match="say why nobody waits"):
        dropped(asked, answer, Decision(LATER))
    mine = facts_with(incident, next=[{"will": "I will send you my notes", "on": "2026-03-13"}])
    with pytest.raises(StepError, match="say it with Sam Osei as the one who acts"):
        handed(mine, promise("next1", DUE), "Sam Osei")
    with pytest.raises(StepError, match="say who takes it over"):
        handed(mine, promise("next1", DUE), " ")


def test_a_promise_is_handed_over_and_dropped(incident: Facts) -> None:
    """The new owner acts in its words, and has a name in the facts; back with the signer it is "I" again."""
    before = facts_with(incident, next=[CALL])
    made = handed(before, promise("next1", DUE), "Sam Osei")
    assert [(plan.will, plan.owner) for plan in made.next] == [("Sam Osei will call you about the chain", "Sam Osei")]
    assert made.people == ("Sam Osei",)
    back = handed(made, promise("next1", DUE, owner="Sam Osei"), "Ellen Marsh")
    assert [(plan.will, plan.owner) for plan in back.next] == [("I will call you about the chain", "Ellen Marsh")]
    assert dropped(before, promise("next1", DUE), Decision(LATER, how="you have your bike")).next == ()
