"""Incident: the facts of a mistake, whole and checked, from YAML, JSON or keyword arguments."""

from __future__ import annotations

import difflib
from datetime import UTC, datetime
from functools import cached_property
from typing import Annotated, Any, Self, TypeVar
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    ValidationInfo,
    field_validator,
    model_validator,
)

from drafter.incident.approved import Approved
from drafter.incident.correction import Correction
from drafter.incident.facts import Stated, stated
from drafter.incident.moment import day_of, read_moment, zones
from drafter.incident.money import is_locale
from drafter.incident.parts import (
    PUBLIC,
    Action,
    Actions,
    Ask,
    Channel,
    Company,
    Customer,
    Fault,
    Kind,
    Locked,
    Message,
    Person,
    Problem,
    Remedy,
    Severity,
    Tone,
)
from drafter.incident.reading import FRAME, Frame, current
from drafter.incident.values import Fact, Name, one_or_many

KIND_FAULTS: dict[Kind, tuple[Fault, ...]] = {
    "apology": ("ours", "shared"),
    "holding": ("ours", "shared", "unknown"),
    "update": ("ours", "shared", "unknown", "not_ours"),
    "notice": ("ours", "unknown", "not_ours"),
    "remedy_confirmation": ("ours", "shared", "not_ours"),
    "follow_up": ("ours", "shared", "not_ours"),
    "answer": ("not_ours",),
}
"""Which kinds of message exist for which fault; a message with several problems needs one that fits."""

ACCEPTED: dict[str, bool] = {"accepted": True}
"""The validation context of facts that were accepted before: time has gone on since, and their plans may be past by now."""

_Part = TypeVar("_Part", bound=Fact)


class Incident(BaseModel):
    """The facts of a mistake and the frame of the reply.

    Raises:
        pydantic.ValidationError: from keyword arguments; `read_incident` turns it into an IncidentError with lines.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)

    company: Company
    signer: Person
    customer: Customer = Customer()
    people: tuple[Name, ...] = ()  # others whose names stand in the facts: staff, family
    reference: Name | None = None
    channel: Channel = "email"
    locale: str = "en-US"
    timezone: str = "UTC"
    as_of: datetime = Field(default_factory=lambda: datetime.now(UTC))
    severity: Severity = "normal"
    trade: Name | None = None
    tone: Tone = "plain"
    sensitive: bool | None = None  # None: detected from the texts
    problems: Annotated[tuple[Problem, ...], BeforeValidator(one_or_many), Field(min_length=1, max_length=20)]
    asks: Annotated[tuple[Ask, ...], BeforeValidator(one_or_many), Field(max_length=30)] = ()
    next: Actions = ()
    thread: tuple[Message, ...] = ()
    corrections: Annotated[tuple[Correction, ...], BeforeValidator(one_or_many), Field(max_length=30)] = ()
    locked: Annotated[tuple[Locked, ...], BeforeValidator(one_or_many)] = ()
    # None: nobody decides on remedies here; of an opened incident the store says it
    approved: Annotated[tuple[Approved, ...] | None, BeforeValidator(one_or_many)] = None
    kind: Kind = Field(default_factory=lambda data: derived_kind(data.get("problems", ()), data.get("thread", ())))

    @model_validator(mode="wrap")
    @classmethod
    def _within_frame(cls, value: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        token = FRAME.set(frame_of(value) if isinstance(value, dict) else Frame())
        try:
            return handler(value)
        finally:
            FRAME.reset(token)

    @field_validator("company", "signer", "customer", mode="before")
    @classmethod
    def _named(cls, value: Any) -> Any:
        return {"name": value} if isinstance(value, str) else value

    @field_validator("locale")
    @classmethod
    def _locale_exists(cls, value: str) -> str:
        if not is_locale(value):
            raise ValueError(f"'{value}' is not a locale such as en-US or en-GB")
        return value.replace("_", "-")

    @field_validator("timezone")
    @classmethod
    def _zone_exists(cls, value: str) -> str:
        if value not in zones():
            near = difflib.get_close_matches(value, zones(), 1)
            raise ValueError(f"'{value}' is not a time zone such as Europe/London" + (f"; did you mean '{near[0]}'?" if near else ""))
        return value

    @field_validator("as_of", mode="before")
    @classmethod
    def _as_of(cls, value: Any) -> Any:
        moment = read_moment(value)
        if isinstance(moment, datetime) or moment is None:
            return moment
        return datetime(moment.year, moment.month, moment.day, 12, tzinfo=current().zone)

    @model_validator(mode="after")
    def _whole(self, info: ValidationInfo) -> Self:
        object.__setattr__(self, "problems", tuple(_numbered_problem(p, f"p{i}") for i, p in enumerate(self.problems, 1)))
        object.__setattr__(self, "asks", _numbered(self.asks, "ask"))
        object.__setattr__(self, "next", _numbered(self.next, "next"))
        object.__setattr__(self, "thread", _numbered(self.thread, "thread"))
        object.__setattr__(self, "corrections", _numbered(self.corrections, "correction"))
        object.__setattr__(self, "locked", _numbered(self.locked, "locked"))
        _fits_kind(self.kind, self.problems)
        if info.context is not ACCEPTED:
            _is_past(self)
        _refers(self)
        return self

    @property
    def language(self) -> str:
        """The language of the reply: "en" of "en-GB"."""
        return self.locale.split("-")[0].lower()

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which moments are written."""
        return ZoneInfo(self.timezone)

    @property
    def public(self) -> bool:
        """Whether everyone can read the channel: then nothing of a person may stand in the text."""
        return self.channel in PUBLIC

    @property
    def faults(self) -> frozenset[Fault]:
        """The faults of all problems."""
        return frozenset(problem.fault for problem in self.problems)

    @property
    def resolved(self) -> bool:
        """Whether every problem has something done about it and nothing left unknown."""
        return all(problem.resolved for problem in self.problems)

    @property
    def turn(self) -> int:
        """Which of our public messages this one is: 1 for the first."""
        return 1 + sum(message.by == "us" and message.public for message in self.thread)

    @cached_property
    def facts(self) -> tuple[Stated, ...]:
        """Every fact with its id, in the order of the incident; ids are unique."""
        return tuple(stated(self))

    def fact(self, fact_id: str) -> Stated:
        """The fact with this id.

        Raises:
            KeyError: there is none.
        """
        for fact in self.facts:
            if fact.id == fact_id:
                return fact
        raise KeyError(fact_id)


def derived_kind(problems: tuple[Problem, ...], thread: tuple[Message, ...]) -> Kind:
    """The kind of message these facts ask for, where none is given."""
    faults = {problem.fault for problem in problems}
    if faults == {"not_ours"}:
        return "answer"
    if any(problem.fault in ("ours", "shared") and (problem.fixes or problem.remedies) for problem in problems):
        return "apology"
    return "update" if any(message.by == "us" and message.public for message in thread) else "holding"


def frame_of(data: dict[str, Any]) -> Frame:
    """The frame by which raw data is read, with the defaults where a value is wrong: its own field says so later."""
    locale, zone = "en-US", ZoneInfo("UTC")
    if is_locale(data.get("locale")):
        locale = str(data["locale"]).replace("_", "-")
    named = data.get("timezone")
    if isinstance(named, str) and named in zones():
        zone = ZoneInfo(named)
    token = FRAME.set(Frame(locale, zone))
    try:
        as_of = read_moment(data.get("as_of"))
    except ValueError:
        as_of = None
    finally:
        FRAME.reset(token)
    if as_of is not None and not isinstance(as_of, datetime):
        as_of = datetime(as_of.year, as_of.month, as_of.day, 12, tzinfo=zone)
    return Frame(locale, zone, as_of)


def _numbered(items: tuple[_Part, ...], name: str) -> tuple[_Part, ...]:
    return tuple(item if item.id else item.model_copy(update={"id": f"{name}{i}"}) for i, item in enumerate(items, 1))


def _numbered_problem(problem: Problem, name: str) -> Problem:
    name = problem.id or name
    update: dict[str, Any] = {
        "id": name,
        "impacts": _numbered(problem.impacts, f"{name}.impact"),
        "fixes": _numbered(problem.fixes, f"{name}.fix"),
        "remedies": _numbered(problem.remedies, f"{name}.remedy"),
    }
    if problem.prevention != "unknown":
        update["prevention"] = _numbered(problem.prevention, f"{name}.prevention")
    if problem.containment != "unknown":
        update["containment"] = _numbered(problem.containment, f"{name}.containment")
    return problem.model_copy(update=update)


def _fits_kind(kind: Kind, problems: tuple[Problem, ...]) -> None:
    faults = {problem.fault for problem in problems}
    fits = set(KIND_FAULTS[kind])
    if faults & fits and not (kind == "answer" and faults - fits):
        return
    use = [other for other, allowed in KIND_FAULTS.items() if faults & set(allowed) and (other != "answer" or faults == {"not_ours"})]
    raise ValueError(f"kind {kind} does not fit fault {' and '.join(sorted(faults))}; use {', '.join(use)}")


def _is_past(incident: Incident) -> None:
    """What is told as done lies behind us, and what is promised lies ahead."""
    today = day_of(incident.as_of, incident.zone)
    for fact in incident.facts:
        days = [day_of(moment, incident.zone) for moment in fact.moments]
        if fact.state == "done" and days and days[0] > today:
            raise ValueError(f"'{fact.text}' is told as done, on a day after {today}; write will instead of done, or mend the date")
        # without `as_of`, a file of last week is read again today: its plans were plans when it was written
        if fact.state in ("will", "pending") and "as_of" in incident.model_fields_set and days and max(days) < today:
            raise ValueError(f"'{fact.text}' is still to come, on a day before {today}; say what was done, or mend the date")


def _refers(incident: Incident) -> None:
    """Every id is unique, and every `covers` names one that exists."""
    ids = [stated.id for stated in incident.facts]
    if twice := sorted({name for name in ids if ids.count(name) > 1}):
        raise ValueError(f"the id '{twice[0]}' is used twice; ids are unique")
    for one in incident.corrections:
        if one.fact is not None and one.fact not in ids:
            near = difflib.get_close_matches(one.fact, ids, 1)
            raise ValueError(f"fact names '{one.fact}', and no fact has that id" + (f"; did you mean '{near[0]}'?" if near else ""))
    for problem in (*incident.problems, None):
        actions: tuple[Action | Remedy, ...] = (*problem.fixes, *problem.remedies) if problem else incident.next
        prefix = f"{problem.id}." if problem else ""
        for name in (name for action in actions for name in action.covers):
            if name not in ids and prefix + name not in ids:
                near = difflib.get_close_matches(name, ids, 1) or difflib.get_close_matches(prefix + name, ids, 1)
                hint = f"; did you mean '{near[0]}'?" if near else ""
                raise ValueError(f"covers names '{name}', and no impact or ask has that id{hint}")
