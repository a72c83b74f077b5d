"""Shared words: what a model wrote once, for many letters about the same thing, with placeholders for what differs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pydantic import BaseModel, ConfigDict

from drafter.chain.finish import finish
from drafter.chain.sheet import writable
from drafter.chain.steps import Desk, Work, put_in, write
from drafter.chain.verdict import Faults
from drafter.draft import Draft, Letter, Provenance, SectionName
from drafter.errors import ModelError
from drafter.incident import Incident
from drafter.privacy import Placeholders

Given = Mapping[str, Sequence[str]]
"""Name -> the spellings of what differs from letter to letter, the longest first: a day with and without its weekday."""
_OTHER = "this customer's facts are not those that the shared words were written for"
_UNUSED = "what it wrote for all did not pass the checks"
_LABEL = re.compile(r"[^A-Z0-9]+")


class Shared(BaseModel):
    """The words of each section with placeholders, the facts that it tells, and where it came from."""

    model_config = ConfigDict(frozen=True)

    texts: dict[SectionName, str] = {}
    facts: dict[SectionName, tuple[str, ...]] = {}
    made: Provenance = Provenance()
    trouble: str | None = None  # why there are none


def placeholders_of(incident: Incident, given: Given) -> Placeholders:
    """Placeholders for what is personal in an incident, and for what differs from letter to letter."""
    made = Placeholders.for_incident(incident)
    for name, spellings in given.items():
        for spelling in spellings:
            made.value(f"GIVEN_{_LABEL.sub('_', name.upper()).strip('_')}"[:40], spelling)
    return made


def share(work: Work, desk: Desk) -> Shared:
    """The words that one question to a model gave, without those that a check found wrong; they hold nobody's values."""
    asked = write(work, desk)
    model = finish(asked, desk).provenance
    if asked.trouble or not asked.asked:
        return Shared(made=model, trouble=asked.trouble or "there is nothing in this letter that a model may write")
    kept = [part for part in asked.letter.sections if part.source == "model" and part.name not in {**asked.faults, **asked.doubts}]
    if not kept:
        reasons = next(iter({**asked.faults, **asked.doubts}.values()), ("it could not be used",))
        return Shared(made=model, trouble=f"none of its words could be used – {reasons[0].rstrip('.')}")
    texts = {part.name: desk.placeholders.hide(part.text, facts=False) for part in kept}
    return Shared(texts=texts, facts=shape(asked.composed), made=model)


def shape(letter: Letter) -> dict[SectionName, tuple[str, ...]]:
    """The facts of each section that a model may write: letters of one shape can share their words."""
    return {section.name: section.facts for section in writable(letter)}


def fill(work: Work, shared: Shared, placeholders: Placeholders) -> Draft:
    """The letter of one customer in shared words, checked like any other; where they do not pass, the composed ones stand."""
    work = replace(work, shared=True, trouble=shared.trouble)
    if not shared.trouble:
        texts, faults = _filled(work, shared, placeholders)
        work = put_in(work, texts, faults) if texts else replace(work, trouble=_OTHER)
    draft = finish(work)
    model = any(section.source == "model" for section in draft.sections)
    kept = {name: getattr(shared.made, name) for name in ("model", "prompt", "prompt_hash")} if model else {}
    return draft.model_copy(update={"provenance": draft.provenance.model_copy(update=kept)})


def _filled(work: Work, shared: Shared, placeholders: Placeholders) -> tuple[dict[SectionName, str], Faults]:
    """The words for each section of this letter, and the sections for which there are none."""
    texts: dict[SectionName, str] = {}
    faults: dict[SectionName, tuple[str, ...]] = {}
    for name, facts in shape(work.composed).items():
        try:
            if shared.facts.get(name) != facts:
                faults[name] = (_OTHER,)
            elif name not in shared.texts:
                faults[name] = (_UNUSED,)
            else:
                texts[name] = placeholders.restore(shared.texts[name])
        except ModelError:
            faults[name] = (_OTHER,)
    return texts, faults
