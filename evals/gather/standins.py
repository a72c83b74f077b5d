"""Stand-ins: a text with other people, numbers and places in it, which reads as it did."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from drafter.incident import Incident
from drafter.privacy import Placeholders
from drafter.privacy.detectors import find_names, find_references
from evals.gather.invented import Invented
from evals.gather.known import Known, is_a_role
from evals.gather.vocabulary import WORD, ordinary

_TOKEN = re.compile(r"\[(?P<label>[A-Z][A-Z0-9_]{0,60})\]")
_MARK = re.compile("\ue000(\\d+)\ue001")
_LINK = re.compile(r"(?i)\b(?:https?://|www\.)[^\s<>\"')\]]+")
_ENDING = re.compile(r"(?i)(?<=\bending )(?:in )?\d{3,4}\b")
_LONG = re.compile(r"(?<![\w£$€.,/:-])#?\d{5,}(?![\w,.:/-]?\d)|(?<!\w)#\d{3,}\b")
_FIELDS = "FIRST_NAME|SURNAME|CALLED|NAME|EMAIL|PHONE|ADDRESS|ACCOUNT|HANDLE"
_PART = re.compile(rf"(?P<who>CUSTOMER|SIGNER|PERSON_\d+|OTHER_\d+|NAME)(?:_(?P<part>{_FIELDS}))?(?:_\d+)?")
_LEGAL = re.compile(r"(?i),? (?:ltd|limited|inc|llc|plc|gmbh|co)\.?$")


class StandIns:
    """The stand-ins of one draft: whoever and whatever is behind a placeholder has the same one in all of its texts."""

    def __init__(self, seed: str, incident: Incident, known: Known, *, others: Iterable[str] = (), texts: Iterable[str] = ()) -> None:
        self._known, self._invented = known, Invented(seed, known.is_free)
        self._placeholders = Placeholders.for_incident(incident)
        told = [*texts, *(message.text for message in incident.thread)]
        approved = [remedy.approved_by for problem in incident.problems for remedy in problem.remedies if remedy.approved_by]
        names = [*(name for name in (*others, *approved) if not is_a_role(name)), *(name for text in told for name in find_names(text))]
        for i, name in enumerate(dict.fromkeys(names), 1):
            self._placeholders.name(f"OTHER_{i}", name)
        self._references = sorted({one for text in told for one in find_references(text)}, key=len, reverse=True)
        self._company = _company_pattern(incident.company.name)
        self._addresses = [part for line in incident.company.address for part in (line, *line.split(", ")) if len(part) > 3]

    def replace(self, text: str) -> str:
        """The text with stand-ins for all that is personal in it."""
        marks: list[str] = []

        def mark(put: str) -> str:
            marks.append(put)
            return f"\ue000{len(marks) - 1}\ue001"

        text = _LINK.sub(lambda _: mark("https://example.com/page"), text)
        for line in self._addresses:
            text = _whole(line).sub(lambda match: mark(self._thing("ADDRESS", match[0], match[0])), text)
        text = self._company.sub(lambda _: mark(self._invented.company()), text)
        for reference in dict.fromkeys([*self._references, *sorted(find_references(text), key=len, reverse=True)]):
            text = _whole(reference).sub(lambda match: mark(self._invented.shaped(match[0])), text)
        hidden = self._placeholders.hide(text)
        text = _TOKEN.sub(lambda match: mark(self._stand_in(match["label"], match[0])), hidden)
        for pattern in (_ENDING, _LONG):
            text = pattern.sub(lambda match: mark(self._invented.shaped(match[0])), text)
        text = WORD.sub(lambda match: self._word(match[0], mark), text)
        while _MARK.search(text):  # a literal in brackets may hold a mark of its own
            text = _MARK.sub(lambda match: marks[int(match[1])], text)
        return text

    def _word(self, word: str, mark: Callable[[str], str]) -> str:
        """A word that somebody else in the store is called by goes too."""
        if not self._known.is_name(word):
            return word
        return mark(_cased(self._invented.last(word.lower()), word))

    def _stand_in(self, label: str, token: str) -> str:
        value = self._placeholders.restore(token) if token in self._placeholders.tokens(token) else token
        if label.startswith("LITERAL") or value == token:
            return value
        if named := _PART.fullmatch(label):
            return self._personal(named["who"] if named["who"] != "NAME" else f"NAME {value.lower()}", named["part"] or "", value)
        return self._thing(label, value, value)

    def _personal(self, who: str, part: str, value: str) -> str:
        first, last = self._invented.first(who), self._invented.last(who)
        if part == "EMAIL":
            return f"{first}.{last}@example.com".lower()
        if part == "HANDLE":
            return ("@" if value.startswith("@") else "") + f"{first}_{last}".lower()
        if part in ("PHONE", "ADDRESS", "ACCOUNT"):
            return self._thing(part, value, who if part == "PHONE" else value)
        if part in ("FIRST_NAME", "CALLED"):
            return _cased(first, value)
        if part == "SURNAME" or (who.startswith("NAME ") and " " not in value):
            return _cased(last, value)
        return _cased(f"{first} {last}" if " " in value.strip() else first, value)

    def _thing(self, label: str, value: str, key: str) -> str:
        key = re.sub(r"\W", "", key.lower())
        if label.startswith("EMAIL"):
            return f"{self._invented.first(key)}@example.com".lower()
        if label.startswith("PHONE"):
            return self._invented.phone(key)
        if label.startswith("ADDRESS"):
            return self._invented.address(key) if re.search(r"\d", value) else self._invented.town(key)
        if label.startswith("IP"):
            return f"192.0.2.{len(value) * 7 % 250 + 1}"
        if label.startswith("BIRTH"):
            return "1 January 1990"
        return self._invented.shaped(value)


def _company_pattern(name: str) -> re.Pattern[str]:
    """What finds a company by its name, with or without its legal form, or by the one word of it that no dictionary has."""
    short = _LEGAL.sub("", name)
    own = [word for word in WORD.findall(short) if len(word) > 2 and word.lower() not in ordinary()]
    forms = sorted({name, short, *own}, key=len, reverse=True)
    return re.compile("|".join(rf"(?<!\w){re.escape(form)}(?!\w)" for form in forms), re.I)


def _whole(value: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(value)}(?!\w)", re.I)


def _cased(name: str, like: str) -> str:
    """A name written as another one is: in capitals, in small letters, or as names are."""
    return name.upper() if like.isupper() and len(like) > 1 else name.lower() if like.islower() else name
