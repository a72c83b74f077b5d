"""Scapegoats: a person whom the facts know, told to the reader as the one who failed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from drafter.checks.clauses import Document, Sentence
from drafter.checks.fold import fold
from drafter.checks.grounding.lexicon import words
from drafter.checks.lexicon import expand
from drafter.checks.report import Finding
from drafter.checks.ruleset import RuleSet
from drafter.incident import Incident

_RULE = "blame-other"
_NAME = re.compile(r"\b[A-Z][a-z]+\b")
_SURNAMES = re.compile(r"(?: [A-Z][\w'-]+)*")
_OWN = frozenset({"signer", "customer", "company", "impact"})  # who was hit is on the customer's side
_NO_PEOPLE = frozenset({"thread", "locked", "reference"})
_PROMISED = re.compile(r"\bas $|\bafter $|\b(?:what|which|that|when|date|day|time|call|answer|reply|visit) $|(?:^|[,;:] )$")
_OPENS = re.compile(  # a name is the subject behind these: not in "I asked Denise" or "if Denise"
    r"(?:^|[,;:] |\b(?:and|but|so|because|since|as|that|then|however|though|while|although|sorry) |\b(?:our|my) (?:[\w-]+ ){1,3})\W*$", re.I
)
_ENDS = re.compile(r"^(?:hi|hello|dear|hey|good (?:morning|afternoon|evening))\b[^.;:?]*$|^[^.;:!?]{1,60}$", re.I)
_SIGNED = 4  # lines at the end that may sign
_AMISS = re.compile(
    r"\b(?:not|never|nobody|no one|nothing|no|missed|failed|forgot\w*|late|lost|without|instead|kept you waiting|too (?:long|late))\b"
    r"|n't\b",
    re.I,
)
_BETWEEN = r"(?:,? who)?(?: (?:\w+ly|also|then|just|simply|had|has|has since|even|still))*"


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What stands before and behind the name of one who is blamed, what is said by one who kept nothing, and what takes it back."""
    of_theirs = r"'s? (?:own |\w+ )?(?:{fault_noun}|doing|carelessness|omission|negligence)\b"
    return (
        re.compile(expand("{blaming_before} $", language), re.I),
        re.compile(expand(rf"{of_theirs}|{_BETWEEN} {{blaming_behind}}", language), re.I),
        re.compile(expand(" {gave_word}", language), re.I),
        re.compile(expand("{taken_back}|{taken_back_more}", language), re.I),
    )


def people(incident: Incident) -> frozenset[str]:
    """The names of people in the facts, word by word: not the signer's, the customer's, the company's or those of people who were hit."""
    found: set[str] = set()
    own: set[str] = set()
    for stated in incident.facts:
        if stated.role in _OWN:
            own.update(_NAME.findall(fold(stated.text)))
        elif stated.role == "person":
            found.update(_NAME.findall(fold(stated.text)))
        elif stated.role not in _NO_PEOPLE:
            found |= _given_names(stated.text)
        if stated.owner:
            found.update(_NAME.findall(fold(stated.owner)))
    return frozenset(found - own)


@cache
def _known_names() -> frozenset[str]:
    return frozenset(fold(name) for name in words("given_names"))


@lru_cache(maxsize=2048)
def _given_names(text: str) -> frozenset[str]:
    return _known_names().intersection(_NAME.findall(fold(text)))


def colleagues(document: Document, rules: RuleSet, found: Sequence[Finding]) -> Iterator[Finding]:
    """Each passage of a text without facts that tells of somebody by their given name as one who did not do their duty.

    Whom the text greets, and who signs it, are no colleagues; nothing where something was found of these words already.
    """
    rule = rules.rules.get(_RULE)
    if rule is None or rule.id in rules.style.off or not (names := _given_names(document.plain) - _at_the_ends(document)):
        return
    failing = re.compile(expand(" {named_failing}", rules.language), re.I)
    taken_back = _patterns(rules.language)[3]
    for i, sentence in enumerate(document.sentences):
        if not sentence.judged or sentence.speech != "statement":
            continue
        after = document.sentences[i + 1].plain if i + 1 < len(document.sentences) else ""
        if not (span := _remiss(sentence.plain, after, names, (failing, taken_back))):
            continue
        start, end = sentence.start + span[0], sentence.start + span[1]
        if not any(other.start < end and start < other.end for other in found):
            yield Finding(rule=rule.id, severity=rule.severity, start=start, end=end, text=document.text[start:end], message=rule.message)


def _remiss(text: str, after: str, names: frozenset[str], patterns: tuple[re.Pattern[str], re.Pattern[str]]) -> tuple[int, int] | None:
    """Where a sentence tells of one of these people, as the subject of a clause, that they did not do their duty."""
    failing, taken_back = patterns
    for match in _NAME.finditer(text):
        if match[0] not in names or not _OPENS.search(text[: match.start()]):
            continue
        surnames = _SURNAMES.match(text, match.end())
        found = failing.match(text, surnames.end() if surnames else match.end())
        if found and not taken_back.search(text, found.end()) and not taken_back.search(after):
            return match.start(), found.end()
    return None


def _at_the_ends(document: Document) -> frozenset[str]:
    """The names of the greeting and of the signature: those in lines that hold no sentence."""
    lines = [line.strip() for line in document.plain.split("\n") if line.strip()]
    ends = [line for line in (*lines[:1], *lines[1:][-_SIGNED:]) if _ENDS.search(line)]
    return frozenset(name for line in ends for name in _NAME.findall(line))


def scapegoats(document: Document, names: frozenset[str], rules: RuleSet) -> Iterator[Finding]:
    """Each passage of the judged text that names one of these people as the one who failed, or who promised what was not kept."""
    rule = rules.rules.get(_RULE)
    if rule is None or not any(name in document.plain for name in names):
        return
    for i, sentence in enumerate(document.sentences):
        after = document.sentences[i + 1].plain if i + 1 < len(document.sentences) else ""
        if sentence.judged and not sentence.plain.rstrip().endswith("?") and (span := _blamed(sentence, after, names, rules.language)):
            start, end = sentence.start + span[0], sentence.start + span[1]
            yield Finding(rule=rule.id, severity=rule.severity, start=start, end=end, text=document.text[start:end], message=rule.message)


def _blamed(sentence: Sentence, after: str, names: frozenset[str], language: str) -> tuple[int, int] | None:
    """Where a sentence singles out one of the people, from the name's words to those that blame."""
    text = sentence.plain
    before, behind, said, taken_back = _patterns(language)
    for match in _NAME.finditer(text):
        if match[0] not in names:
            continue
        surnames = _SURNAMES.match(text, match.end())
        start, end = match.start(), surnames.end() if surnames else match.end()
        if (word := said.match(text, end)) and _PROMISED.search(text[:start]) and _AMISS.search(text[:start] + text[word.end() :]):
            return start, word.end()
        if taken_back.search(text, end) or taken_back.search(after):
            continue
        if lead := before.search(text[:start]):
            return lead.start(), end
        if word := behind.match(text, end):
            return start, word.end()
    return None
