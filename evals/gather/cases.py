"""Cases out of the store: what people passed over, kept, wrote anew, turned down and sent, each for somebody to label."""

from __future__ import annotations

import difflib
import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from drafter.checks.clauses import analyse
from drafter.checks.report import Finding
from drafter.draft import Draft
from drafter.errors import InputError, NotFoundError
from drafter.incident import Incident
from drafter.store import DismissalRecord, DraftRecord, ReviewRecord, SentRecord, Store
from evals.gather.facts import facts_of
from evals.gather.known import Known
from evals.gather.standins import StandIns
from evals.labels.rows import UNSETTLED, Row, rule_ids

_REGISTERS = {"sms": "chat", "social": "tweet", "status_page": "status-page"}
_PAGE = 500


@dataclass
class Gathered:
    """The cases, how many of each origin there are, and how many were left out as something personal was still in them."""

    rows: list[Row] = field(default_factory=list)
    origins: Counter[str] = field(default_factory=Counter)
    left_out: int = 0


@dataclass(frozen=True)
class Use:
    """What became of one draft."""

    record: DraftRecord
    incident: Incident
    versions: dict[int, Draft]
    reviews: tuple[ReviewRecord, ...]
    sent: tuple[SentRecord, ...]
    of_sent: tuple[tuple[str, ReviewRecord], ...]
    dismissals: tuple[DismissalRecord, ...]

    @property
    def texts(self) -> Iterator[str]:
        """All that was written."""
        yield from (draft.text for draft in self.versions.values())
        yield from (one.text for one in self.sent)
        yield from (one.text for one in self.reviews if one.text)

    @property
    def people(self) -> tuple[str, ...]:
        """Those who worked on it, by name where they gave one, and what the customer is known by elsewhere."""
        names = [one.by for one in (*self.reviews, *(review for _, review in self.of_sent)) if one.by and not one.by.startswith("key_")]
        return tuple(dict.fromkeys([*names, *([self.record.person] if self.record.person else [])]))


def gather(store: Store, since: datetime | None = None) -> Gathered:
    """Cases of what people did with drafts since then; without drafts that were erased.

    Raises:
        StoreError: the database failed.
    """
    known, made, seen = Known(), Gathered(), set[str]()
    for use in _uses(store):
        known.add(use.incident, use.people, use.texts)
        for value in filter(None, (use.record.person, use.record.desk.ticket if use.record.desk else None)):
            known.add_value(value)
    for use in _uses(store):
        stand_ins = StandIns(_digest(use.record.id), use.incident, known, others=use.people, texts=use.texts)
        for origin, row, when in _of(use):
            if since and when < since:
                continue
            safe = _safe(row, origin, use, stand_ins, known)
            if safe is None:
                made.left_out += 1
            elif safe["id"] not in seen:
                seen.add(safe["id"])
                made.rows.append(safe)
                made.origins[origin] += 1
    return made


def _uses(store: Store) -> Iterator[Use]:
    """Every draft that is still there, the newest first."""
    after: str | None = None
    while page := store.drafts.page(limit=_PAGE, after=after):
        for record in page:
            try:
                incident = store.incidents.get(record.incident_id).incident
            except NotFoundError:
                continue
            yield Use(
                record,
                incident,
                {one.number: one.draft for one in store.drafts.versions(record.id)},
                store.reviews.of(record.id),
                store.sent.of(record.id),
                store.reviews.of_sent(record.id),
                store.dismissals.of(record.id),
            )
        after = page[-1].id


def _of(use: Use) -> Iterator[tuple[str, Row, datetime]]:
    """What became of a draft, each as a row with the words of the store, its origin, and when it was."""
    yield from _passed_over(use)
    yield from _kept_or_rewritten(use)
    for review in use.reviews:
        text = review.text or (use.versions[review.version].text if review.version in use.versions else None)
        if text and review.verdict == "reject":
            yield "rejected", _reply(text, f"turned down: {review.reason or 'no reason was given'}"), review.created
    texts = {one.id: one for one in use.sent}
    for sent_id, review in use.of_sent:
        if sent_id in texts and review.verdict == "reject":
            told = f"sent, and turned down afterwards: {review.reason or 'no reason was given'}"
            yield "rejected", _reply(texts[sent_id].text, told), review.created
    first = next((use.versions[number] for number in sorted(use.versions)), None)
    for one in use.sent:
        if first and not one.unedited and " ".join(first.text.split()) != " ".join(one.text.split()):
            yield "changed", _reply(one.text, "sent after somebody changed it", before=first.text), one.created


def _passed_over(use: Use) -> Iterator[tuple[str, Row, datetime]]:
    """Findings that were "not a problem here": those marked in a version, and those that were only counted, where it is plain which."""
    marked = set[tuple[str, str]]()
    for draft in use.versions.values():
        for one in draft.passed:
            if one.rule in rule_ids() and one.text in draft.text and (one.rule, one.text) not in marked:
                marked.add((one.rule, one.text))
                yield (
                    "passed over",
                    _sentence(draft.text, one.text, one.rule, "no problem", f"passed over: {one.reason}"),
                    use.record.updated,
                )
    for dismissal in use.dismissals:
        found = {
            finding.text: draft.text
            for draft in use.versions.values()
            for finding in draft.findings
            if finding.rule == dismissal.rule and finding.text
        }
        if dismissal.rule in {rule for rule, _ in marked} or dismissal.rule not in rule_ids() or len(found) != 1:
            continue
        [(words, text)] = found.items()
        told = f"passed over: {dismissal.reason or 'no reason was given'}"
        yield "passed over", _sentence(text, words, dismissal.rule, "no problem", told), dismissal.created


def _kept_or_rewritten(use: Use) -> Iterator[tuple[str, Row, datetime]]:
    """Findings that people had before them: the sentence went out as it was, or in other words."""
    if not use.sent:
        return
    sent, seen = use.sent[-1], set[tuple[str, str]]()
    passed = {(one.rule, one.text) for draft in use.versions.values() for one in draft.passed}
    for draft in use.versions.values():
        for finding in draft.findings:
            key = (finding.rule, finding.text)
            if finding.rule not in rule_ids() or not finding.text.strip() or key in seen | passed:
                continue
            seen.add(key)
            sentence = _around(draft.text, finding)
            stays = " ".join(sentence.split()) in " ".join(sent.text.split())
            says = "kept" if stays else "written anew"
            yield says, _sentence(draft.text, finding.text, finding.rule, says, f"found {finding.rule}; {says}"), sent.created


def _sentence(text: str, words: str, rule: str, says: str, told: str) -> Row:
    start = text.index(words)
    at = [one for one in analyse(text).sentences if start < one.end and one.start < start + len(words)]
    whole = text[at[0].start : at[-1].end] if at else words
    return {"text": " ".join(whole.split()), "labels": None, "candidate": {"rule": rule, "says": says}, "told": told}


def _around(text: str, finding: Finding) -> str:
    """The sentence that a finding stands in."""
    at = [one for one in analyse(text).sentences if finding.start < one.end and one.start < finding.end]
    return text[at[0].start : at[-1].end] if at else finding.text


def _reply(text: str, told: str, *, before: str | None = None) -> Row:
    row: Row = {"text": text.strip(), "labels": None, "elements": None, "told": told}
    return row if before is None else row | {"before": before.strip()}


def _safe(row: Row, origin: str, use: Use, stand_ins: StandIns, known: Known) -> Row | None:
    """The row with stand-ins, ready to be labelled; None where anything personal is left in it."""
    made: Row = {key: stand_ins.replace(one) if isinstance(one, str) else one for key, one in row.items()}
    same = made["text"] if "candidate" in made else use.record.id + row["text"]  # a sentence that many wrote is one case
    made["id"] = f"use-{_digest(origin, same, str(row.get('candidate')))}"
    if "before" in made:
        made["told"] += f":\n{_changes(made['before'], made['text'])}"
    if "elements" in made:
        made |= {"kind": use.incident.kind, "facts": facts_of(use.incident, stand_ins)}
    channel = use.incident.channel
    made |= {"trade": stand_ins.replace(use.incident.trade or "other"), "register": _REGISTERS.get(channel, channel), UNSETTLED: True}
    if use.incident.public:
        made["public"] = True
    return None if any(True for text in _texts(made) for _ in known.leaks(text)) else made


def _changes(before: str, after: str) -> str:
    """What people changed, sentence by sentence: - what went, + what came."""
    old, new = ([" ".join(text[one.start : one.end].split()) for one in analyse(text).sentences] for text in (before, after))
    return "\n".join(line for line in difflib.ndiff(old, new) if line.startswith(("- ", "+ ")))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)


def _digest(*parts: str) -> str:
    """A hash in letters: digits could be taken for somebody's number."""
    digest = hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).digest()
    return "".join(chr(ord("a") + byte % 26) for byte in digest[:12])


def moment(text: str) -> datetime:
    """A day or a moment that was typed, in UTC where it names no zone.

    Raises:
        InputError: it is none.
    """
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise InputError(f"'{text}' is no day such as 2026-06-03", "--since") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
