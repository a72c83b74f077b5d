"""What people make of drafts: reviews, sent texts, and findings that they pass over."""

from __future__ import annotations

import difflib
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from drafter.api.access import needs
from drafter.api.answers import answer
from drafter.api.bodies import DismissalBody, ReviewBody, SentBody
from drafter.api.declared import MAKES, TAKES, DraftId, made, problems
from drafter.api.drafts import Reading, living
from drafter.api.examples import DISMISSAL, REVIEW, SENT
from drafter.api.once import OnlyOnce
from drafter.api.problems import Fault, ProblemError
from drafter.api.reading import Route
from drafter.api.resources import DismissalResource, ReviewList, ReviewResource, SentList, SentResource
from drafter.api.service import Here, Service
from drafter.checks import Report, rules_in_force
from drafter.draft import Draft
from drafter.privacy import mask_cards
from drafter.store import DraftRecord, Key

router = APIRouter(route_class=Route, tags=["reviews"])
Reviewing = Annotated[Key, Depends(needs("review"))]


@router.post(
    "/v1/drafts/{draft_id}/reviews",
    operation_id="create_review",
    summary="Approve, edit or reject a draft",
    status_code=201,
    response_model=ReviewResource,
    responses=problems(*TAKES, *MAKES, "not-found", "wrong-state", "blocked", "reviewed", "invalid-text", also={201: made("It is kept")}),
    openapi_extra=REVIEW,
)
def create_review(draft_id: DraftId, body: ReviewBody, key: Reviewing, once: OnlyOnce, here: Here) -> Response:
    """What a person decided. An edited text is checked against the facts and kept with what was found in it and with its diff.

    One that goes against the last about the same version has to name it, `instead_of`: two people who decide at the same time
    learn of each other.

    A draft that is blocked cannot be approved, nor can a text with an error: the answer then says where it stands.
    """
    return once.do(lambda: _reviewed(draft_id, body, key, here))


def _reviewed(draft_id: str, body: ReviewBody, key: Key, here: Service) -> Response:
    record, draft = written(here, draft_id)
    if body.version not in (None, record.version):
        raise ProblemError("wrong-state", f"you saw version {body.version}, and there is a version {record.version} by now.")
    text = None if body.text is None else mask_cards(body.text)
    findings = draft.findings
    if text is not None or record.part_of is not None:  # what is approved of remedies may be another by now
        findings = _checked(here, record, draft.text if text is None else text).findings
    errors = tuple(finding for finding in findings if finding.severity == "error")
    if body.verdict == "approve" and (errors or (text is None and draft.status == "blocked")):
        raise ProblemError("blocked", findings=errors or findings)
    review = here.store.reviews.add(
        draft_id,
        version=record.version,
        verdict=body.verdict,
        by=key.id,
        reason=body.reason,
        text=text,
        findings=findings if text is not None else (),
        diff="" if text is None else _diff(draft.text, text),
        instead_of=body.instead_of,
        alone=True,
    )
    return answer(ReviewResource.of(review), 201, {"Location": f"/v1/drafts/{draft_id}"})


@router.get(
    "/v1/drafts/{draft_id}/reviews",
    operation_id="list_reviews",
    summary="Read the reviews of a draft",
    response_model=ReviewList,
    responses=problems("not-found"),
)
def list_reviews(draft_id: DraftId, _key: Reading, here: Here) -> Response:
    """What people decided about it, the first one first."""
    living(here, draft_id)
    return answer(ReviewList(items=tuple(map(ReviewResource.of, here.store.reviews.of(draft_id)))))


@router.post(
    "/v1/drafts/{draft_id}/sent",
    operation_id="create_sent",
    summary="Say what was sent",
    status_code=201,
    response_model=SentResource,
    responses=problems(*TAKES, *MAKES, "not-found", "wrong-state", "invalid-text", also={201: made("It is kept")}),
    openapi_extra=SENT,
)
def create_sent(draft_id: DraftId, body: SentBody, key: Reviewing, once: OnlyOnce, here: Here) -> Response:
    """What reached the customer in the end: it is checked, and kept with how far it is from the draft.

    What it promises is due from now on; a message of an opened incident goes into its timeline.
    """
    return once.do(lambda: _sent(draft_id, body, key, here))


def _sent(draft_id: str, body: SentBody, key: Key, here: Service) -> Response:
    record, draft = written(here, draft_id)
    text = mask_cards(body.text)
    distance = draft.distance(text)
    sent = here.store.sent.add(
        draft_id,
        text=text,
        findings=_checked(here, record, text).findings,
        distance=distance,
        unedited=distance == 0,
        at=body.at,
        by=body.by or key.id,
    )
    return answer(SentResource.of(sent), 201, {"Location": f"/v1/drafts/{draft_id}"})


@router.get(
    "/v1/drafts/{draft_id}/sent",
    operation_id="list_sent",
    summary="Read what was sent of a draft",
    response_model=SentList,
    responses=problems("not-found"),
)
def list_sent(draft_id: DraftId, _key: Reading, here: Here) -> Response:
    """What reached the customer, as the API or the helpdesk told it, the first one first."""
    living(here, draft_id)
    return answer(SentList(items=tuple(map(SentResource.of, here.store.sent.of(draft_id)))))


@router.post(
    "/v1/drafts/{draft_id}/dismissals",
    operation_id="create_dismissal",
    summary="Pass over a finding",
    status_code=201,
    response_model=DismissalResource,
    responses=problems(*TAKES, *MAKES, "not-found", also={201: made("It is counted")}),
    openapi_extra=DISMISSAL,
)
def create_dismissal(draft_id: DraftId, body: DismissalBody, _key: Reviewing, once: OnlyOnce, here: Here) -> Response:
    """Count that findings of a rule were passed over, and why; who did it is not kept."""
    return once.do(lambda: _dismissed(draft_id, body, here))


def _dismissed(draft_id: str, body: DismissalBody, here: Service) -> Response:
    record = living(here, draft_id)
    known = rules_in_force(here.store.incidents.get(record.incident_id).incident.language, here.writer.house)
    if body.rule not in known.rules and body.rule not in known.by_finding:
        near = difflib.get_close_matches(body.rule, known.rules, 1)
        detail = f"there is no rule '{body.rule}'" + (f"; did you mean '{near[0]}'?" if near else "; GET /v1/rules lists them")
        raise ProblemError("invalid-request", detail, errors=[Fault(pointer="/rule", detail=detail)])
    here.store.dismissals.add(draft_id, rule=body.rule, reason=body.reason)
    dismissed = DismissalResource(rule=body.rule, dismissed=here.store.dismissals.counts().get(body.rule, 0))
    return answer(dismissed, 201, {"Location": f"/v1/drafts/{draft_id}"})


def written(here: Service, draft_id: str) -> tuple[DraftRecord, Draft]:
    """A draft and its latest version.

    Raises:
        NotFoundError: there is no such draft.
        ProblemError: it has no version yet.
    """
    record = living(here, draft_id)
    if record.draft is None:
        raise ProblemError("wrong-state", f"the draft '{draft_id}' is {record.state}; there is no version of it yet.")
    return record, record.draft


def _checked(here: Service, record: DraftRecord, text: str) -> Report:
    return here.writer.check(text, here.store.incidents.get(record.incident_id).incident)


def _diff(before: str, after: str) -> str:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), "draft", "edited", lineterm="")
    return "\n".join(lines)
