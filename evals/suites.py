"""Suites: cases that reviewers write in `evals/suites/*.yaml`, each a text or the facts of a reply, with what is expected of it."""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Any, ClassVar, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from drafter.checks import rules_in_force
from drafter.checks.report import ELEMENTS, ElementState, FindingSeverity
from drafter.draft import Status
from drafter.errors import InputError
from drafter.incident import Channel, Incident, Kind, incident_from
from drafter.texts import read_text
from drafter.ticket import Place, incident_of, read_by_rules
from evals import faults

SUITES = Path(__file__).resolve().parent / "suites"
SCHEMA = SUITES / "suite.schema.json"
HEADER = f"# yaml-language-server: $schema={SCHEMA.name}"  # an editor that knows it completes keys and marks what is wrong

CaseName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class _AsWritten(yaml.SafeLoader):  # type: ignore[misc]  # it comes without types
    """Numbers, dates and "on" stay the words that were typed, as they do where an incident is read."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {
        first: [(tag, pattern) for tag, pattern in known if tag.endswith((":null", ":merge"))]
        for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


_AsWritten.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Range(_Strict):
    """From `at_least` to `at_most`, both allowed."""

    at_least: float = 0
    at_most: float | None = None

    def holds(self, number: float) -> bool:
        """Whether a number lies within."""
        return self.at_least <= number and (self.at_most is None or number <= self.at_most)


class Expectations(_Strict):
    """What a draft has to be; where nothing is said, it is ready, with no warning, whole, and rests on its facts alone."""

    status: tuple[Status, ...] = Field(("ready",), description="any of these")
    clean_of: FindingSeverity | None = Field("warning", description="no finding of this severity or a worse one; null: not judged")
    owed: bool = Field(True, description="every element, fact and answer that is owed is there")
    grounded: bool = Field(True, description="nothing is said that no fact holds")
    mentions: tuple[Text | tuple[Text, ...], ...] = Field((), description="words that are there, in any case; a list: one of them")
    avoids: tuple[Text, ...] = Field((), description="words that are not there, in any case")
    words: Range | None = Field(None, description="how many words the letter has, without its subject")
    grade: Range | None = Field(None, description="its reading grade by Flesch and Kincaid: years of school in the US")
    contractions: bool | None = Field(None, description='whether the letter says "we\'re" and "don\'t"')
    judge: tuple[Text, ...] = Field(
        (), description="statements that are true of a good draft, for a judge: python -m evals drafts --judge NAME"
    )


class TextCase(_Strict):
    """A text with what a careful reader flags in it, and the elements that the reader finds."""

    id: CaseName
    about: str = Field("", description="why this case is here")
    text: Text
    facts: dict[str, Any] | None = Field(None, description="an incident, where the text is judged against its facts")
    kind: Kind | None = None
    channel: Channel | None = None
    findings: tuple[str, ...] = Field((), description="rules of the errors and warnings, each once; none: the text is clean")
    elements: dict[str, ElementState] = Field(default_factory=dict, description="what is there and what is missing; others are not judged")

    @cached_property
    def incident(self) -> Incident | None:
        """Its facts, checked."""
        return incident_from(self.facts, self.id) if self.facts else None

    @model_validator(mode="after")
    def _known(self) -> Self:
        known = rules_in_force("en").by_finding.keys()
        if strange := [rule for rule in self.findings if rule not in known]:
            raise ValueError(f"no rule is called {strange[0]}")
        if strange := [element for element in self.elements if element not in ELEMENTS]:
            raise ValueError(f"no element is called {strange[0]}")
        _made(self)
        return self


class DraftCase(_Strict):
    """The facts of a reply, or a ticket with what the desk knows of itself, and what is expected of the draft."""

    id: CaseName
    about: str = Field("", description="why this case is here")
    facts: dict[str, Any] | None = Field(None, description="an incident, as in examples/")
    ticket: Text | None = Field(None, description="the words of a customer, instead of facts: read by rules")
    desk: dict[str, Any] | None = Field(None, description="with a ticket: company, signer, locale, timezone, as_of, channel")
    expect: Expectations = Expectations()

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if (self.facts is None) == (self.ticket is None) or (self.ticket is None) != (self.desk is None):
            raise ValueError("a case has facts, or a ticket with a desk")
        _made(self)
        return self

    @property
    def asks(self) -> str:
        """A hash of all that a letter is written from and judged by; `about` is neither."""
        said = self.model_dump(mode="json", exclude={"id", "about"}, exclude_defaults=True)
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()[:12]

    @cached_property
    def incident(self) -> Incident:
        """Its facts, checked; those of a ticket are what rules read in it.

        Raises:
            InputError: the facts do not hold, or nothing in the ticket says what went wrong.
        """
        if self.facts is not None:
            return incident_from(self.facts, self.id)
        desk = self.desk or {}
        blank = {"what": "something went wrong", "fault": "unknown"}
        frame = incident_from({**desk, "problems": [blank]}, self.id)  # whose locale and moment say how the ticket is to be read
        place = Place(frame.locale, frame.timezone, frame.as_of)
        found = incident_of(read_by_rules(self.ticket or "", place=place), desk, ())
        if found is None:
            raise InputError("nothing in the ticket says what went wrong", "ticket")
        return found


def _made(case: TextCase | DraftCase) -> None:
    """Say facts that do not hold where they stand."""
    try:
        _ = case.incident
    except InputError as error:
        raise ValueError(f"{error}") from error


class Suite(_Strict):
    """A file of cases about one thing."""

    suite: CaseName
    about: Text
    texts: tuple[TextCase, ...] = ()
    drafts: tuple[DraftCase, ...] = ()


_BELOW: dict[str, type[BaseModel]] = {
    "": Suite,
    "texts": TextCase,
    "drafts": DraftCase,
    "expect": Expectations,
    "words": Range,
    "grade": Range,
}


def read_suite(path: Path) -> Suite:
    """The suite in a file.

    Raises:
        InputError: it is no YAML, or does not follow the format; the message says where and what to write.
    """
    text = read_text(path)
    node = faults.composed(path, text, _AsWritten)
    try:
        made = Suite.model_validate(yaml.load(text, _AsWritten))
    except ValidationError as error:
        raise faults.explained(error, path, node, _BELOW) from None
    if made.suite != path.stem:
        line = faults.line_of(node, ["suite"])
        raise InputError(f"{faults.shown(path)}:{line}: it calls itself {made.suite}, and a suite has the name of its file: {path.stem}")
    return made


def suites(names: tuple[str, ...] = (), *, folder: Path = SUITES) -> tuple[Suite, ...]:
    """The suites with these names, or all.

    Raises:
        InputError: there is no suite of that name, one does not follow the format, or two cases have the same id.
    """
    paths = {path.stem: path for path in sorted(folder.glob("*.yaml"))}
    if strange := [name for name in names if name not in paths]:
        raise InputError(f"there is no suite called {strange[0]}; there are {', '.join(paths)}")
    read = tuple(read_suite(path) for name, path in paths.items() if not names or name in names)
    ids = [*(case.id for suite in read for case in suite.texts), *(case.id for suite in read for case in suite.drafts)]
    if twice := next((one for one in ids if ids.count(one) > 1), None):
        places = [
            f"{faults.shown(path)}:{line}" for path in paths.values() for line in faults.lines_of_case(path.read_text("utf-8"), twice)
        ]
        raise InputError(f"two cases are called {twice}: {' and '.join(places)}")
    return read


@cache
def draft_cases() -> dict[str, DraftCase]:
    """Every draft case of every suite, by its id.

    Raises:
        InputError: a suite does not follow the format, or two cases have the same id.
    """
    return {case.id: case for suite in suites() for case in suite.drafts}


def named(text: str) -> tuple[str, ...]:
    """The names in a list with commas between them."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def schema() -> str:
    """The JSON Schema of a suite, as it is kept beside the suites for editors."""
    return json.dumps(Suite.model_json_schema(), indent=2, ensure_ascii=False) + "\n"
