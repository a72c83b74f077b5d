"""Problems: what can go wrong with a request, each with a stable code and a page of its own (RFC 9457)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict

from drafter.checks.report import Finding

MEDIA = "application/problem+json"


@dataclass(frozen=True)
class Meaning:
    """What a code stands for: the status of its answers, a title, and what to do about it."""

    status: int
    title: str
    advice: str


MEANINGS: dict[str, Meaning] = {
    "not-json": Meaning(400, "The body is not JSON", "Send one whole JSON object in UTF-8, in which no key stands twice."),
    "malformed-idempotency-key": Meaning(
        400,
        "The Idempotency-Key is malformed",
        'The header holds one string in double quotes, such as "8e03978e-40d5": printable ASCII, at most 255 characters.',
    ),
    "bad-request": Meaning(400, "The request cannot be read", "The detail says what is wrong with it."),
    "unknown-key": Meaning(
        401,
        "The key is missing, unknown or revoked",
        "Send Authorization: Bearer with a key that `drafter keys create` has printed. A revoked key opens nothing any more.",
    ),
    "forged-webhook": Meaning(
        401,
        "Nobody who may has signed this webhook",
        "Compare the secret that the helpdesk signs with, or that stands in the address, with DRAFTER_HELPDESK_<NAME>_SECRETS.",
    ),
    "stale-webhook": Meaning(
        401,
        "The webhook was signed too long ago",
        "A signature holds for five minutes. If this happens often, set the clocks of both sides.",
    ),
    "missing-scope": Meaning(
        403, "The key may not do this", "The detail names the scope that it would need; `drafter keys create NAME --scope S` gives it."
    ),
    "not-found": Meaning(404, "There is no such thing", "It was never there, or was erased. The detail says which."),
    "method-not-allowed": Meaning(405, "This cannot be done here", "The Allow header lists the methods that this address knows."),
    "too-slow": Meaning(408, "The body took too long to come", "A whole body comes within 30 seconds; send it again."),
    "in-flight": Meaning(
        409,
        "The same request is being worked on",
        "A request with this Idempotency-Key has begun and not ended. Ask again after Retry-After.",
    ),
    "blocked": Meaning(
        409,
        "This text must not go out",
        "An error stands in it; `findings` shows where. Send an edited text in a review with the verdict edit, or reject the draft.",
    ),
    "reviewed": Meaning(
        409,
        "Somebody has decided otherwise",
        "The detail says who, what and when. Send `instead_of` with the id of that review to decide anew.",
    ),
    "wrong-state": Meaning(409, "The draft is not at that point", "The detail says where it is, and what can be done with it."),
    "out-of-order": Meaning(
        409,
        "Something comes before this step",
        "The detail says everything that is missing: what to send, to find out, or to say of a promise. docs/incidents.md has the states.",
    ),
    "no-news": Meaning(
        409,
        "The message would tell nothing new",
        "`errors` lists what it may say instead: what is being done and by whom, when the next word comes, what is known.",
    ),
    "changed": Meaning(
        409,
        "Somebody else has changed the same facts",
        "The detail has both versions. Read the facts again, decide which holds, and send them with the `version` that they have now.",
    ),
    "switched-off": Meaning(
        409, "Drafting is switched off", "An administrator has turned the switch `drafting` off: PUT /v1/switches/drafting."
    ),
    "too-large": Meaning(413, "The body is too large", "A body has at most two megabytes."),
    "not-json-type": Meaning(415, "The body is not declared as JSON", "Send the header Content-Type: application/json."),
    "invalid-request": Meaning(422, "The request does not hold together", "`errors` lists every fault with a JSON pointer to its place."),
    "invalid-facts": Meaning(
        422,
        "The facts do not form an incident",
        "`errors` lists every fault with a JSON pointer to its place; docs/incident.md explains each key.",
    ),
    "invalid-text": Meaning(422, "The text cannot be judged", "The text is empty, too long, or not what its markup says."),
    "unknown-language": Meaning(422, "There are no rules for this language", "The detail lists the languages that work."),
    "model-needed": Meaning(422, "This needs a model", "Set DRAFTER_MODEL, or ask for shorter, warmer or plainer, which need none."),
    "invalid-payload": Meaning(422, "This is not what the helpdesk sends", "The signature is good, and the body is of another shape."),
    "reused-idempotency-key": Meaning(
        422, "The Idempotency-Key belongs to another request", "Take a new key for each request, and the old one only to repeat the same."
    ),
    "too-fast": Meaning(
        429, "The key has reached its calls a minute", "Ask again after Retry-After; the RateLimit headers say how much is left."
    ),
    "over-budget": Meaning(429, "The key has reached its costs of the day", "The day ends at midnight UTC. No model was asked."),
    "fault": Meaning(500, "Drafter itself failed", "It is not your request. The log has the line with the `instance` of this answer."),
    "helpdesk-failed": Meaning(502, "The helpdesk could not be asked", "It is away, or it refused us. The detail says which."),
    "store-away": Meaning(503, "The database is away", "Nothing was taken on; the same request may be made again after Retry-After."),
    "too-many-streams": Meaning(503, "Too many are watching", "Ask for the draft itself, or again after Retry-After."),
}


class Fault(BaseModel):
    """One fault of a request: a JSON pointer (RFC 6901) into the body, or the name of a parameter, and what to write instead."""

    model_config = ConfigDict(frozen=True)

    pointer: str
    detail: str


class Problem(BaseModel):
    """A problem document (RFC 9457); `type` and `code` are stable, `instance` is the id of the request."""

    model_config = ConfigDict(frozen=True)

    type: str
    title: str
    status: int
    code: str
    detail: str
    instance: str
    errors: tuple[Fault, ...] | None = None
    findings: tuple[Finding, ...] | None = None


class ProblemError(Exception):
    """A request that is answered with a problem."""

    def __init__(
        self,
        code: str,
        detail: str = "",
        *,
        headers: Mapping[str, str] | None = None,
        errors: Sequence[Fault] = (),
        findings: Sequence[Finding] = (),
    ) -> None:
        self.code, self.detail = code, detail or MEANINGS[code].advice
        self.headers = dict(headers or {})
        self.errors, self.findings = tuple(errors), tuple(findings)
        super().__init__(code)

    @property
    def status(self) -> int:
        """The status of the answer."""
        return MEANINGS[self.code].status

    def document(self, request_id: str) -> bytes:
        """The problem document as JSON."""
        problem = Problem(
            type=f"/problems/{self.code}",
            title=MEANINGS[self.code].title,
            status=self.status,
            code=self.code,
            detail=self.detail,
            instance=request_id,
            errors=self.errors or None,
            findings=self.findings or None,
        )
        return problem.model_dump_json(exclude_none=True).encode()


def problem_of(code: str, detail: str, request_id: str = "") -> dict[str, Any]:
    """A problem as a part of a resource, such as the draft that failed with it."""
    meaning = MEANINGS[code]
    return {
        "type": f"/problems/{code}",
        "title": meaning.title,
        "status": meaning.status,
        "code": code,
        "detail": detail,
        "instance": request_id,
    }
