"""Mutants: a letter with one thing changed that changes its meaning, made the same way every time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from drafter.checks.elements import owed_facts
from drafter.checks.grounding import cover
from drafter.checks.grounding.grammar import is_verb
from drafter.checks.grounding.lexicon import pairs
from drafter.draft import Letter
from drafter.incident import Ask, Incident, Remedy

_BANK = Path(__file__).parent / "data" / "promises.txt"
_NAMES = ("Bruno", "Helena", "Oscar", "Petra", "Graham", "Fiona", "Marcel", "Ingrid")
_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_PER_LETTER = 3


class Mutant(NamedTuple):
    """A changed letter: what was changed, and into what."""

    kind: str
    text: str
    change: str


def mutants(letter: Letter, incident: Incident) -> list[Mutant]:
    """Every mutant of a composed letter, at most a few of each kind."""
    found: list[Mutant] = []
    for kind, make in _MAKERS.items():
        made = [Mutant(kind, text, change) for text, change in make(letter, incident) if text != letter.text and text.strip()]
        found += list(dict.fromkeys(made))[: _LIMITS.get(kind, _PER_LETTER)]
    return found


_Made = Iterator[tuple[str, str]]


def _put(text: str, start: int, end: int, new: str) -> tuple[str, str]:
    return text[:start] + new + text[end:], f"{text[max(0, start - 12) : end]!r} -> {new!r}"


def _stated(incident: Incident) -> str:
    """All that the facts say, in lower case: what stands here verbatim is safe to damage."""
    return "\n".join(stated.text for stated in incident.facts).lower()


_FIGURE = re.compile(r"(?<![\w$£€.:,(-])\d[\d,]*\b(?![:.]\d|%|\s?[ap]\.?m\b|st\b|nd\b|rd\b|th\b)")


def _digit(letter: Letter, incident: Incident) -> _Made:
    """The last digit of a figure that the facts have; not of a date, and not the number of an item."""
    text, facts = letter.text, _stated(incident)
    for match in _FIGURE.finditer(text):
        around = {*text[: match.start()].split()[-1:], *(word.strip(".,") for word in text[match.end() :].split()[:1])}
        known = re.search(rf"(?<!\d){re.escape(match[0])}(?!\d)", facts)
        item = re.match(r"\.\s", text[match.end() :]) and text[: match.start()][-1:] in ("", "\n")
        if known and not item and not around & set(_MONTHS):
            yield _put(text, match.end() - 1, match.end(), str((int(match[0][-1]) + 3) % 10))


def _date(letter: Letter, _: Incident) -> _Made:
    text = letter.text
    month = "|".join(_MONTHS)
    for match in re.finditer(rf"(?:{month}) (\d{{1,2}})\b|\b(\d{{1,2}}) (?:{month})\b", text):
        group = 1 if match[1] else 2
        yield _put(text, *match.span(group), str((int(match[group]) + 3) % 28 + 1))
    for match in re.finditer(rf"\b(?:{'|'.join(_DAYS)})\b", text):
        yield _put(text, *match.span(), _DAYS[(_DAYS.index(match[0]) + 2) % 7])
    for match in re.finditer(r"\b(\d{1,2})[:.](\d\d)\b", text):
        yield _put(text, *match.span(1), f"{(int(match[1]) + 4) % 12 + 1:0{len(match[1])}d}")


def _amount(letter: Letter, _: Incident) -> _Made:
    for match in re.finditer(r"[$£€](\d[\d,]*)(?:\.\d\d)?", letter.text):
        number = int(match[1].replace(",", ""))
        changed = f"{number + 10 ** (len(str(number)) - 1):,}"
        yield _put(letter.text, *match.span(1), changed)


def _name(letter: Letter, incident: Incident) -> _Made:
    customer = incident.customer.call_by or (incident.customer.name or "").split(" ")[0]
    people = [customer, incident.signer.name.split(" ")[0], *(person.split(" ")[0] for person in incident.people)]
    people += [action.owner.split(" ")[0] for problem in incident.problems for action in problem.fixes if action.owner]
    for person in dict.fromkeys(filter(None, people)):
        for match in re.finditer(rf"\b{re.escape(person)}\b", letter.text):
            new = next(name for name in _NAMES[len(person) % 5 :] if name.lower() not in _stated(incident))
            yield _put(letter.text, *match.span(), new)
            break


_FLIPS = {"we": "you", "i": "you", "you": "we"}
_CLAUSE_STARTS = re.compile(
    r"(?:^|[,;:.!?\n]|\b(?:and|but|that|because|when|while|since|although|which|who|today|\d{1,4}|am|pm|AM|PM))\s*(?:- )?$"
)
_AUXILIARY = frozenset(["are", "am", "have", "can", "were", "was", "do", "had", "could", "know", "need", "did", "will", "has"])


def _agent(letter: Letter, incident: Incident) -> _Made:
    """A subject changed for the other side's, where the clause stands in the facts word for word."""
    facts = _stated(incident)
    for match in re.finditer(r"\b(we|i|you) ([a-z]+)( [\w$£€.,' ]{6,24})", letter.text, re.I):
        told, verb = match[0].lower()[:24].strip() in facts, match[2].lower()
        starts = _CLAUSE_STARTS.search(letter.text[: match.start()])
        if not told or not starts or verb in _AUXILIARY or not is_verb(verb):
            continue
        new = _FLIPS[match[1].lower()]
        yield _put(letter.text, *match.span(1), new.capitalize() if _opens(letter.text, match.start()) else new)
    for match in re.finditer(r"\bI(?:'|’| wi)ll (call|ring|write|phone|telephone|text)( to)? you\b", letter.text):
        yield _put(letter.text, *match.span(), f"please {match[1]}{match[2] or ''} me")


def _opens(text: str, start: int) -> bool:
    return start == 0 or text[:start].rstrip(" ")[-1:] in ".!?\n" or text[:start].endswith("- ")


_COMING = re.compile(r"\b(I|we|We|It|it|They|they|[A-Z][a-z]+|[a-z]+s)( will |'ll | are | is )(?!be\b|not\b)([a-z]+)")


def _done(letter: Letter, _: Incident) -> _Made:
    """What is still to come, or going on, told as done; only where it stands as a sentence of its own."""
    for match in _COMING.finditer(letter.text):
        subject, aux, verb = match[1], match[2].strip(), match[3]
        going = aux in ("are", "is")
        start = letter.text.rfind("\n", 0, match.start()) + 1
        before = re.split(r"[.!?:]\s", letter.text[start : match.start()])[-1]
        if going != (verb.endswith("ing") and verb != "nothing") or _CONDITIONAL.search(before) or before.endswith(("nothing ", "There ")):
            continue
        yield _put(letter.text, *match.span(), f"{subject} {past(_unprogressive(verb) if going else verb)}")


_CONDITIONAL = re.compile(r"\b(?:if|when|whether|which|until|once|that)\b", re.I)


def past(verb: str) -> str:
    """The simple past of a verb's base form.

    >>> past("write"), past("check"), past("carry")
    ('wrote', 'checked', 'carried')
    """
    for form, root in pairs("irregular").items():
        if root == verb and form != verb and not form.endswith(("s", "ing")):
            return form
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ied"
    return verb + "ed"


def _unprogressive(verb: str) -> str:
    stem = verb[:-3]
    return stem + "e" if re.search(r"(?:[aeiou][cgsuvz]|[^aeiou]at|ar|iv|ok|ak)$", stem) else re.sub(r"([^aeiousl])\1$", r"\1", stem)


def _granted(letter: Letter, incident: Incident) -> _Made:
    """What is not decided, or was declined, told as granted."""
    for item in _undecided(incident):
        span = cover(letter.text, incident, [item.id])[0].span
        for granted in _as_granted(item, incident):
            if span:
                yield letter.text[: span[0]] + granted + letter.text[span[1] :], granted
            else:
                yield letter.text + "\n\n" + granted, granted


def _undecided(incident: Incident) -> Iterator[Ask | Remedy]:
    yield from (ask for ask in incident.asks if ask.decision in ("pending", "declined"))
    for problem in incident.problems:
        yield from (remedy for remedy in problem.remedies if remedy.decision in ("pending", "declined"))


def _as_granted(item: Ask | Remedy, incident: Incident) -> Iterator[str]:
    if isinstance(item, Remedy):
        what = f"the {item.kind}" + (f" of {item.amount.written(incident.locale)}" if item.amount else "")
    elif match := re.match(r"whether (.+?) (?:will|can|are to|should|may) (.+)", item.text, re.I):
        yield f"Yes, {match[1]} will {match[2]}."
        return
    elif match := re.match(r"whether we (.+)", item.text, re.I):
        yield f"Yes, we will {match[1]}."
        return
    else:
        what = re.sub(r"^(?:for|that) ", "", item.text)
    yield f"You will get {what}."
    yield f"We have approved {what}."
    yield f"We have agreed to give you {what}."


def _promised(letter: Letter, incident: Incident) -> _Made:
    """A promise of the bank behind a paragraph; which ones, the incident's name decides."""
    bank = [line for line in _BANK.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    start = sum(map(ord, incident.company.name))
    paragraphs = [match.end() for match in re.finditer(r"[.!?](?=\n|$)", letter.text)] or [len(letter.text)]
    for i in range(5):
        promise = bank[(start + i * 7) % len(bank)]
        at = paragraphs[(start + i) % len(paragraphs)]
        yield letter.text[:at] + " " + promise + letter.text[at:], promise


def _dropped(letter: Letter, incident: Incident) -> _Made:
    """The one sentence that states an owed fact, left out."""
    for fact_id in owed_facts(incident):
        fact = incident.fact(fact_id)
        if _goodwill(fact_id, incident) or fact.role not in ("ours", "impact", "fix", "remedy", "prevention", "ask", "next", "known"):
            continue
        told = sorted(((_told(fact.text, letter.text[start:end]), start, end) for start, end in _sentences(letter.text)), reverse=True)
        if not told or told[0][0] < 0.6 or (len(told) > 1 and told[1][0] >= 0.5):
            continue
        _, start, end = told[0]
        rest = letter.text[:start].rstrip(" -") + " " + letter.text[end:].lstrip(" ")
        yield rest, f"without {letter.text[start:end]!r} ({fact_id})"


def _goodwill(fact_id: str, incident: Incident) -> bool:
    """Whether a fact is a gift, which a message may leave out with no more than a suggestion."""
    return any(remedy.id == fact_id and remedy.reason == "goodwill" for problem in incident.problems for remedy in problem.remedies)


def _told(fact: str, sentence: str) -> float:
    """The share of a fact's longer words that stand in a sentence as they are."""
    lines = [set(re.findall(r"[a-z]{4,}|\d+", line.lower())) for line in fact.split("\n")]
    words = set(re.findall(r"[a-z]{4,}|\d+", sentence.lower()))
    return max((len(line & words) / len(line) for line in lines if line), default=0.0)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"(?:(?<=\n)|^)(?:[-•] |\d+\. )?([^\n]+)", text):
        start = match.start(1)
        for end in re.finditer(r"[.!?](?=\s|$)|$", match[1]):
            if end.end() + match.start(1) > start:
                yield start + len(text[start:]) - len(text[start:].lstrip()), match.start(1) + end.end()
                start = match.start(1) + end.end()


_MAKERS: dict[str, Callable[[Letter, Incident], _Made]] = {
    "a digit": _digit,
    "a date or time": _date,
    "an amount": _amount,
    "a name": _name,
    "who did it": _agent,
    "done for planned": _done,
    "granted for pending": _granted,
    "an added promise": _promised,
    "a dropped fact": _dropped,
}
_LIMITS = {"an added promise": 5, "a date or time": 4, "granted for pending": 6, "a dropped fact": 4}
