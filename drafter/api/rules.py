"""GET /v1/rules: what the checks look for, as the house has them."""

from __future__ import annotations

import difflib
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response

from drafter.api.access import needs
from drafter.api.answers import answer
from drafter.api.declared import problems
from drafter.api.resources import RuleList, RuleResource, RuleSummary
from drafter.api.service import Here
from drafter.checks import rules_in_force
from drafter.checks.rule import Rule
from drafter.checks.ruleset import RuleSet
from drafter.errors import NotFoundError
from drafter.store import Key

router = APIRouter(tags=["rules"])
Any_ = Annotated[Key, Depends(needs("check", "draft", "review", "admin"))]
RuleId = Annotated[str, Path(pattern=r"^[a-z][a-z-]{0,59}$", examples=["conditional-apology"])]


@router.get("/v1/rules", operation_id="list_rules", summary="List the rules", response_model=RuleList, responses=problems())
def list_rules(_key: Any_, here: Here) -> Response:
    """Every rule in force, in one sentence each."""
    known = rules_in_force("en", here.writer.house)
    return answer(RuleList(items=tuple(RuleSummary(**_summary(rule, known)) for rule in known.rules.values())))


@router.get(
    "/v1/rules/{rule_id}", operation_id="read_rule", summary="Read a rule", response_model=RuleResource, responses=problems("not-found")
)
def read_rule(rule_id: RuleId, _key: Any_, here: Here) -> Response:
    """The page of a rule: why it is there, what it flags, and what it lets pass."""
    known = rules_in_force("en", here.writer.house)
    rule = known.rules.get(rule_id) or known.by_finding.get(rule_id)
    if rule is None:
        near = difflib.get_close_matches(rule_id, known.rules, 1, 0.4)
        raise NotFoundError(f"there is no rule '{rule_id}'" + (f"; did you mean '{near[0]}'?" if near else "; GET /v1/rules lists them."))
    page = {"body": rule.body.strip(), "flags": rule.flags, "passes": rule.passes, "source": rule.source}
    return answer(RuleResource(**_summary(rule, known), **page))


def _summary(rule: Rule, known: RuleSet) -> dict[str, str]:
    first = " ".join(rule.body.strip().split("\n\n")[0].split())
    return {"id": rule.id, "kind": rule.kind, "severity": known.level(rule), "summary": first}
