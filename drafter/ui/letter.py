"""The right half of a letter page: its status in words, what was found, what it owes, and the fact that each sentence rests on."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from drafter.chain.verdict import describe
from drafter.checks import Finding, grounding
from drafter.checks.grounding import cover
from drafter.checks.sensitive import shown_signs
from drafter.checks.sentences import sentence_spans
from drafter.draft import Draft, Passed, Status
from drafter.incident import Action, Incident
from drafter.ui.saying import words

_COUNTED = (
    (("warning", False), "to_look_absent"),
    (("warning", True), "to_look"),
    (("error", False), "to_change_absent"),
    (("error", True), "to_change"),
)
_RANK = {"error": 0, "warning": 1, "suggestion": 2}
_NOBODY = ("we", "us", "i", "me", "someone", "somebody", "anybody", "nobody", "they", "the company", "our company", "the house")
_TEAM = re.compile(
    r"our (?:[\w&-]+ ){0,3}?(?:team|crew|office|department|desk|manager|supervisor|director|engineers?|technicians?|specialists?|officer"
    r"|workshop|branch|shop|store|warehouse|staff|lead|nurse|doctor|lawyers?|accountant|agents?|reception|driver|drivers|movers)\b",
    re.I,
)
Found = dict[str, Any]


def found(findings: Sequence[Finding], passed: Sequence[Passed] = ()) -> list[Found]:
    """The findings as a page lists them, by their place in the text, numbered from 1; what was passed over says why."""
    listed = sorted(findings, key=lambda finding: (finding.text == "", finding.start, _RANK[finding.severity], finding.rule))
    return [
        {
            "number": number,
            "rule": finding.rule,
            "severity": finding.severity,
            "start": finding.start,
            "end": finding.end,
            "text": finding.text,
            "message": finding.message,
            "rewrite": finding.rewrite,
            "can": finding.rewrite is not None and "[" not in finding.rewrite and bool(finding.text),
            "passed": next((item.reason for item in passed if item.is_of(finding)), None),
        }
        for number, finding in enumerate(listed, 1)
    ]


def finding_of(item: Found, findings: Sequence[Finding]) -> Finding:
    """The finding that an item of the list is about."""
    return next(one for one in findings if (one.rule, one.start, one.end) == (item["rule"], item["start"], item["end"]))


def marks(items: Sequence[Found]) -> list[dict[str, Any]]:
    """What an editor marks: the words of every finding that was not passed over, in UTF-16 units as browsers count."""
    return [{key: item[key] for key in ("start", "end", "severity", "number")} for item in items if item["text"] and item["passed"] is None]


def in_browser_units(text: str, listed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The marks with their places counted in UTF-16 units, as a browser counts them."""
    if text.isascii() or max(text, default="") < "\U00010000":
        return listed
    return [{**mark, "start": _units(text[: mark["start"]]), "end": _units(text[: mark["end"]])} for mark in listed]


def rewritten(text: str, finding: Finding) -> str:
    """The text with the words that a finding proposes."""
    fix = finding.fix
    if fix is not None and text[finding.start + fix.offset :].startswith(fix.replaces):
        start = finding.start + fix.offset
        return f"{text[:start]}{fix.put}{text[start + len(fix.replaces) :]}"
    return f"{text[: finding.start]}{finding.rewrite or ''}{text[finding.end :]}"


def said_of(mended: int) -> str:
    """What is said of so many places that were fixed."""
    told = words().write
    return str(told.fixed.format(count=mended) if mended else told.fixed_none)


def unowned(incident: Incident) -> list[Action]:
    """Dated promises of the house that nobody is named for: "we will call you on Friday"."""
    plans = (*incident.next, *(fix for problem in incident.problems for fix in problem.fixes))
    return [
        plan for plan in plans if plan.will and (plan.on or plan.by) and not _is_somebody(plan.owner) and not _names_somebody(plan.will)
    ]


def _is_somebody(owner: str | None) -> bool:
    """Whether an owner can be asked about it: a name or a team, and not "we"."""
    return bool(owner) and " ".join(str(owner).lower().split()).strip(".") not in _NOBODY


def _names_somebody(will: str) -> bool:
    """Whether the words of a plan say who does it: "I will call you", "Tomás comes on Friday", "our privacy team will write"."""
    first = re.split(r"['’ ]", will, maxsplit=1)[0]
    named = first[:1].isupper() and first.lower() not in ("we", "our", "the", "a", "an", "your", "someone", "somebody")
    return named or bool(_TEAM.match(will))


def signs(incident: Incident) -> list[dict[str, str]]:
    """What can make the matter sensitive, each with the words of the facts that show it."""
    return [{"sign": sign, "words": shown} for sign, shown in shown_signs(incident)]


def spared(draft: Draft, shown: Sequence[dict[str, str]], reason: str) -> Draft:
    """The draft of a matter that somebody has said to be an everyday one against its words: never ready without a second person."""
    why = words().letter.spared.format(words=", ".join(f"“{one['words']}”" for one in shown), reason=reason)
    status = "needs_review" if draft.status == "ready" else draft.status
    return draft if why in draft.reasons else draft.model_copy(update={"status": status, "reasons": (*draft.reasons, why)})


def reasons(draft: Draft) -> list[str]:
    """Why it is what it is; that no model is set is no news on a page."""
    return [reason for reason in draft.reasons if not reason.startswith("Written without a model: none")]


def standing(draft: Draft, incident: Incident, *, released: bool = False, outdated: bool = False) -> tuple[Status, list[str]]:
    """What the page says of a letter: its status, and why; a dated promise without an owner keeps it from being ready.

    So does a letter that is `outdated`: it was written before the facts that stand beside it now.
    """
    told = words().letter
    listed = {describe(finding) for finding in draft.findings}
    told_why = [reason for reason in reasons(draft) if reason.partition(": ")[2] not in listed]
    open_ones = [item for item in found(draft.findings, draft.passed) if item["passed"] is None]
    waiting = Counter((item["severity"], bool(item["text"])) for item in open_ones)
    for key, said in _COUNTED:
        told_why = [told[said].format(count=waiting[key]), *told_why] if waiting[key] else told_why
    open_promises = [
        told["owner_we" if plan.owner else "unowned"].format(promise=plan.will, owner=plan.owner) for plan in unowned(incident)
    ]
    status: Status = draft.status
    if open_promises and status == "ready":
        status = "needs_review"
    if status == "needs_review" and not told_why and not open_promises and draft.passed:
        told_why = [str(told.passed_over)]
    if released and status == "needs_review" and not open_promises:
        status, told_why = "ready", []
    if outdated:
        status, told_why = "needs_review" if status == "ready" else status, [str(told.outdated), *told_why]
    return status, [*open_promises, *told_why]


def owed(draft: Draft) -> list[dict[str, str]]:
    """What the message owes, each with its state; what is not owed comes last."""
    order = ("missing", "withheld", "present", "not_owed")
    return [{"name": name, "state": state} for name, state in sorted(draft.elements.items(), key=lambda pair: order.index(pair[1]))]


def asked(draft: Draft, incident: Incident) -> list[dict[str, Any]]:
    """The customer's requests in their order, each with whether the letter answers it."""
    said = {item.fact: item.span is not None for item in draft.coverage}
    absent = [ask.id or "" for ask in incident.asks if (ask.id or "") not in said]
    said |= {item.fact: item.span is not None for item in cover(draft.text, incident, absent)} if absent else {}
    return [{"text": ask.text, "done": said.get(ask.id or "", False)} for ask in incident.asks]


def sources(draft: Draft, incident: Incident) -> list[dict[str, Any]]:
    """Each sentence with the facts that it states, and who wrote the part that it stands in."""
    spans = list(sentence_spans(draft.text))
    found = grounding.sources(draft.text, incident, spans, draft.claims)
    return [
        {
            "text": draft.text[start:end],
            "facts": list(dict.fromkeys(source.text for source in rests)),
            **_part(draft, draft.text[start:end]),
        }
        for (start, end), rests in zip(spans, found, strict=True)
    ]


def difference(before: str, after: str) -> list[dict[str, str]]:
    """What changed between two letters, word by word: runs that are the same, gone or new."""
    old, new = _words(before), _words(after)
    runs = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            runs.append({"kind": "same", "text": "".join(old[a:b])})
        else:
            runs += [{"kind": "gone", "text": "".join(old[a:b])}] if b > a else []
            runs += [{"kind": "new", "text": "".join(new[c:d])}] if d > c else []
    return runs


def bare(draft: Draft) -> str:
    """The letter without its greeting and its closing, for a helpdesk that adds them."""
    text = draft.text
    ends = [section.text for section in draft.sections if section.name in ("greeting", "closing")]
    for words_there in ends:
        if text.startswith(words_there):
            text = text[len(words_there) :]
        elif text.rstrip().endswith(words_there):
            text = text.rstrip()[: -len(words_there)]
    return text.strip()


def _part(draft: Draft, sentence: str) -> dict[str, Any]:
    for section in draft.sections:
        if section.name != "subject" and sentence in section.text:
            return {"section": section.name, "source": section.source, "replaced": section.replaced}
    return {"section": None, "source": "agent", "replaced": None}


def _words(text: str) -> list[str]:
    return list(_pieces(text))


def _pieces(text: str) -> Iterator[str]:
    at = 0
    for i in range(1, len(text) + 1):
        if i == len(text) or (text[i - 1].isspace() and not text[i].isspace()):
            yield text[at:i]
            at = i


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
