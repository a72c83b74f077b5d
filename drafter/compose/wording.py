"""Clauses into sentences: capitals, full stops, joins, tone, and "I" where the signer is the one who acted."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from functools import lru_cache

from drafter.compose.phrases import Phrases
from drafter.incident import Incident

_CLOSED = re.compile(r"[.!?…:][\"'”’)]*$")
_MIXED = re.compile(r"^\w*[a-z]\w*[A-Z]")  # "iPhone" keeps its small letter


class Wording:
    """The phrases of one letter: its language, tone, territory and the variants its facts choose."""

    def __init__(self, incident: Incident, phrases: Phrases) -> None:
        self.phrases = phrases
        self.signer = incident.signer.name
        self.plural = bool(phrases.patterns["several_people"].search(self.signer))  # "Leila and Sam" are sorry, not "I"
        self.formal = incident.tone == "formal"
        territory = incident.locale.split("-")[-1].upper()
        self.american = territory in ("US", "CA")
        self.regional = phrases.regional.get(territory, phrases.regional[""])
        self.spoken: list[str] = []  # sentences so far
        self.seed = zlib.crc32("|".join([incident.company.name, incident.reference or "", *(p.what for p in incident.problems)]).encode())

    def say(self, key: str, **slots: str) -> str:
        """A phrase with its slots filled; of several variants the one that the facts choose, always the same."""
        variants = self.phrases.says[key]
        return self.fitted(variants[(self.seed >> (len(key) % 16)) % len(variants)], **slots)

    def fitted(self, phrase: str, **slots: str) -> str:
        """One variant of a phrase with its slots filled, in the tone and the territory of the letter."""
        text = self.toned(phrase)
        for plain, regional in self.regional:
            text = text.replace(plain, regional)
        for mine, ours in self.phrases.several if self.plural else ():
            text = re.sub(rf"(?:^|(?<=[.:] )){re.escape(mine)}", capital(ours), text).replace(mine, ours)
        return text.format(**slots)

    def has(self, key: str) -> bool:
        """Whether there is such a phrase."""
        return key in self.phrases.says

    def meets(self, name: str, text: str) -> bool:
        """Whether a text holds what the language's pattern of this name recognises."""
        return bool(self.phrases.patterns[name].search(text))

    def toned(self, text: str) -> str:
        """The text as the tone has it: spoken short forms, or none in a formal letter."""
        return _toned(text, self.phrases.expanded if self.formal else self.phrases.contracted)

    def sentence(self, clause: str) -> str:
        """A clause as a sentence: capital, full stop, tone, and no numeral in front where a word can stand."""
        text = self.sentence_of(clause)
        self.spoken.append(text)
        return text if _CLOSED.search(text) else f"{text}."

    def sentence_of(self, clause: str) -> str:
        """A clause as `spoken` holds it: as a sentence, without a full stop."""
        return capital(self.spelled(self.toned(clause.strip())))

    def inner(self, clause: str) -> str:
        """A clause as it stands inside a sentence: without a capital that only its first place gave it."""
        text = self.toned(clause.strip().rstrip("."))
        return text[:1].lower() + text[1:] if self.meets("starts_small", text) else text

    def spelled(self, text: str) -> str:
        """The text with a small number at its beginning in words: "25 of those notes" as "twenty-five of those notes"."""
        match = self.phrases.patterns["numeral"].match(text)
        return f"{self._number(int(match['number']))}{text[match.end('number') :]}" if match else text

    def _number(self, number: int) -> str:
        small, tens = self.phrases.says["numbers"][0].split(), self.phrases.says["tens"][0].split()
        if number < len(small) or number > 99:
            return small[number] if number < len(small) else str(number)
        ten, one = divmod(number, 10)
        return tens[ten - 2] + (f"-{small[one]}" if one else "")

    def reason(self, clause: str) -> str:
        """A reason as it stands behind "because"."""
        return self.phrases.patterns["because"].sub("", self.inner(clause))

    def content(self, text: str) -> frozenset[str]:
        """The words and numbers of a text that carry its meaning, words by their first five letters."""
        return frozenset(word[:5] for word in self.phrases.patterns["content"].findall(text.lower()))

    def joined(self, clauses: Sequence[str], *, word: str = "and") -> str:
        """Clauses in one sentence without its full stop: "a, and b"; "a, b, and c"."""
        parts = [self.inner(clause) for clause in clauses]
        if len(parts) == 1:
            return parts[0]
        return self.say(word, first=self.say("comma").join(parts[:-1]), last=parts[-1])

    def joinable(self, clauses: Sequence[str], *, longest: int = 150) -> bool:
        """Whether clauses read well in one sentence: short, and without commas or questions of their own."""
        total = sum(map(len, clauses))
        return total <= longest and not any(re.search(r"[,;?!]|[.:]\s", clause) for clause in clauses)

    def mine(self, clause: str, owner: str | None) -> str:
        """The clause with "I" for "we" where the signer did it, or with the name of the owner where it is a promise."""
        patterns = self.phrases.patterns
        if owner is None:
            return clause
        if owner == self.signer:
            return patterns["subject_we"].sub(r"I\g<next>", clause)
        return patterns["we_will"].sub(self.say("owner.will", owner=owner), clause)


def capital(text: str) -> str:
    """The text with a capital in front, unless its first word carries one inside, as "iPhone" does."""
    match = re.match(r"[\"'“‘(]*", text)
    at = match.end() if match else 0
    if _MIXED.match(text[at:]) and not text[at:].startswith("I"):
        return text
    return text[:at] + text[at : at + 1].upper() + text[at + 1 :]


@lru_cache(maxsize=4096)
def _toned(text: str, pairs: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    quoted = re.split(r"(\"[^\"]*\"|“[^”]*”)", text)  # another's words stay as they are
    for i in range(0, len(quoted), 2):
        for pattern, into in pairs:
            quoted[i] = pattern.sub(into, quoted[i])
    return "".join(quoted)
