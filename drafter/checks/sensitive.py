"""Signs that a message is sensitive: ownership wording is then left to a person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import re2

from drafter.checks.fold import fold
from drafter.checks.lexicon import expand
from drafter.errors import Complaint, RuleError
from drafter.incident import Incident

_FOLDER = Path(__file__).parent / "lexicon"
_HEAD = re.compile(r"#\s*(sign|release):\s*(\S.*)$")
_TRAIL = re.compile(r"(?m)^[ \t]*>[^\n]*$")
_DISCLAIMER = re.compile(
    r"(?im)^[^\n]*\b(?:e-?mail|message) (?:and any (?:attachments?|files)[^\n]{0,30} )?(?:is|are|may be|may contain|contains) "
    r"(?:[^\n]{0,60})?(?:confidential|privileged|intended)[^\n]*$"
)
DANGER = "a risk of suicide or self-harm"
DECLARED = "declared sensitive"
_DECLARED_RELEASE = "the person who declared it sensitive, or your legal lead"


@dataclass(frozen=True)
class Sign:
    """One kind of sensitive matter: its plain words, who may release what it withholds, and what shows it."""

    words: str
    release: str
    shows: Any  # compiled RE2
    spares: Any | None  # compiled RE2 of the same words with another meaning, or None


def signs(incident: Incident) -> tuple[str, ...]:
    """Plain words for each sign found; empty when the incident is not sensitive or was declared not to be.

    Read are the customer's messages, notes, problems, impacts and asks, never our own messages: those carry boilerplate.
    """
    if incident.sensitive is False:
        return ()
    found = signs_in("\n\n".join(_texts(incident)), incident.language)
    return found or ((DECLARED,) if incident.sensitive else ())


def shown_signs(incident: Incident) -> tuple[tuple[str, str], ...]:
    """Each sign that the incident shows, with the words that show it, as they stand in its texts but for capitals and accents."""
    texts = [fold(_DISCLAIMER.sub(" ", _TRAIL.sub(" ", text))) for text in _texts(incident)]
    found = ((sign.words, next(filter(None, (_match(sign, text) for text in texts)), None)) for sign in lists(incident.language))
    return tuple((words, " ".join(match.group(0).split())) for words, match in found if match)


def reader(incident: Incident) -> str | None:
    """Why a person has to read a reply before it goes, and who: a sentence for whoever sends it; None where it is not sensitive."""
    found = signs(incident)
    return f"Sensitive ({', '.join(found)}): to be read first by {releasers(found, incident.language)}." if found else None


def signs_in(text: str, language: str = "en") -> tuple[str, ...]:
    """Plain words for each sign in a text of the customer's; quoted lines and mail disclaimers are left out.

    Raises:
        RuleError: a word list of the language does not follow the format.
    """
    plain = fold(_DISCLAIMER.sub(" ", _TRAIL.sub(" ", text)))
    return tuple(sign.words for sign in lists(language) if _shown(sign, plain))


def in_danger(text: str, language: str = "en") -> bool:
    """Whether the words may be those of somebody who thinks of taking a life, which are never a request or a fact to answer."""
    return any(sign.words == DANGER for sign in lists(language) if _shown(sign, fold(text)))


def releasers(found: tuple[str, ...], language: str = "en") -> str:
    """Who may release what these signs withhold, as words for a sentence."""
    by_words = {sign.words: sign.release for sign in lists(language)}
    people = dict.fromkeys(by_words.get(words, _DECLARED_RELEASE) for words in found)
    return " and ".join(people)


@cache
def lists(language: str) -> tuple[Sign, ...]:
    """The word lists of a language, by file name; none for a language without them.

    Raises:
        RuleError: a file has no sign or release line, or a pattern that does not compile.
    """
    return tuple(_read(path) for path in sorted((_FOLDER / language / "sensitive").glob("*.txt")))


def _texts(incident: Incident) -> Iterator[str]:
    yield from (message.text for message in incident.thread if message.by != "us")
    roles = {"problem", "ours", "customer_part", "third_party", "cause", "impact", "known", "unknown"}
    yield from (fact.text for fact in incident.facts if fact.role in roles)
    yield from (ask.text for ask in incident.asks)


def _shown(sign: Sign, plain: str) -> bool:
    return _match(sign, plain) is not None


def _match(sign: Sign, plain: str) -> Any:
    """Where a text shows a sign; None where it does not, or has only words with another meaning."""
    found = sign.shows.search(plain)
    return found if not found or sign.spares is None else sign.shows.search(sign.spares.sub(" _ ", plain))


def _read(path: Path) -> Sign:
    head: dict[str, str] = {}
    shows: list[str] = []
    spares: list[str] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if match := _HEAD.match(line):
            head[match[1]] = match[2].strip()
        elif line.strip() and not line.startswith("#"):
            pattern = line.removeprefix("!").strip()
            _compiled([pattern], path, number)
            (spares if line.startswith("!") else shows).append(pattern)
    if set(head) != {"sign", "release"} or not shows:
        raise RuleError("a list of signs starts with '# sign: ...' and '# release: ...' and has a pattern on each line.", str(path))
    return Sign(head["sign"], head["release"], _compiled(shows, path), _compiled(spares, path) if spares else None)


def _compiled(patterns: list[str], path: Path, line: int | None = None) -> Any:
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    language = path.parent.parent.name
    try:
        return re2.compile("|".join(f"(?:{expand(pattern, language)})" for pattern in patterns), options)
    except re2.error as error:
        raise RuleError([Complaint(f"the pattern does not compile: {error}", line=line)], str(path)) from None
