"""A wish: what an agent wants of a letter's wording, and what of it no letter can do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from drafter.chain.sheet import apology_section
from drafter.checks import Finding, check
from drafter.draft import Letter
from drafter.errors import InputError
from drafter.house.tables import House
from drafter.incident import Incident, Tone
from drafter.privacy import mask_cards

Ready = Literal["shorter", "warmer", "plainer"]

LONGEST = 500  # characters: a wish is about wording, and new facts belong into the facts
_SAID: dict[Ready, str] = {
    "shorter": "Make it shorter: fewer words in every part, and every fact still in.",
    "warmer": "Make it warmer: nearer to the person, as one talks to somebody one has let down; no sweet talk.",
    "plainer": "Make it plainer: short sentences, everyday words, nothing stiff.",
}
_TONES: dict[str, Tone] = {"warmer": "warm", "plainer": "plain"}
_ASKED = re.compile(
    r"\A(?:please )?(?:make (?:it|this) )?(?:a (?:bit|little) )?(?P<ready>shorter|warmer|plainer)(?:,? please)?[.!]?\Z", re.I
)
_NOT = r"(?:do not|don['’]t|no|never|not|without|avoid|remove|drop|delete|omit|cut|skip|stop|leave out|leave off|take out)\b"
_NEGATED = re.compile(rf"\A\W*(?:please |just |and |but )*{_NOT}", re.I)
_SAYING = re.compile(
    r"\A\W*(?:please |just |also |and |but )*(?:tell (?:him|her|them|the customer)"
    r"|(?:say|mention|write|add|explain|state|make (?:it )?clear|point out)\b(?: to (?:him|her|them|the customer))?)(?: (?:that|how))?\s+",
    re.I,
)
_CUSTOMER = re.compile(r"\b(?:the customer|the client|s?he)\b", re.I)
_MANNER = re.compile(r"\A\W*(?:write |make it |it should )?(?:like|as|sound|in the (?:style|tone|voice))\b", re.I)  # how, not what
_FAULT = re.compile(r"\A(?:(?!\b(?:not|never)\b|n['’]t\b).)*\b(?:their|his|her|your|\w+['’]s|\w+s['’]) (?:own )?fault\b", re.I)
_PARTS = re.compile(r"[.;!?\n]+\s*|, (?=\w+ )|\b(?:and|but) (?=\w)")
_GIVEN = re.compile(
    r"\b(?:promise|offer|give|grant|guarantee|add|throw in)\b.{0,40}?\b"
    r"(?P<what>refund|credit|voucher|discount|compensation|replacement|upgrade|gift|free \w+|money back)",
    re.I,
)
_APOLOGY = r"\b(?:apolog\w+|sorry|regret)\b"
_UNSORRY = re.compile(rf"\b{_NOT}.{{0,25}}{_APOLOGY}", re.I)
_SORRY = re.compile(_APOLOGY, re.I)
_LANGUAGES = {
    **{"ar": "arabic", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish", "fi": "finnish"},
    **{"fr": "french", "he": "hebrew", "hi": "hindi", "hu": "hungarian", "it": "italian", "ja": "japanese", "ko": "korean", "nl": "dutch"},
    **{"no": "norwegian", "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sv": "swedish", "tr": "turkish"},
    **{"uk": "ukrainian", "zh": "chinese"},
}
_LANGUAGE = re.compile(rf"\b(?:in|into|to) (?P<name>{'|'.join(_LANGUAGES.values())})\b", re.I)
_RULES = re.compile(
    r"\b(?:ignore|forget|disregard|override|bypass|skip)\b.{0,40}\b(?:rules?|instructions?|facts|checks?|prompts?|guidelines?|above|previous)\b",
    re.I,
)
_REMOVES = re.compile(
    r"\b(?:leave (?:out|off)|omit|drop|remove|skip|cut|delete|without|take out|no need|don['’]t mention|not mention)\b", re.I
)
_BLAMING = frozenset({"blame-other", "blame-customer", "denial", "excuse", "policy-shield"})
_UNFOUNDED = frozenset({"ungrounded-money", "ungrounded-date", "ungrounded-promise", "ungrounded-name", "unbacked-promise"})
_BECAUSE = {
    "blame": "a reply that owns a mistake blames nobody, and denies nothing that the facts hold",
    "facts": "the facts do not hold it; what is added to the facts can be said",
    "apology": "this letter owes an apology",
    "admission": "the facts do not make this a letter that apologises",
    "owed": "the customer is owed what it would take away",
    "language": "the letter is in the language of the customer's locale, {locale}",
    "rules": "a wish can change the wording, not the rules that every letter keeps to",
}


@dataclass(frozen=True)
class Wish:
    """One wish: in the agent's words, and as it is put to a model."""

    text: str
    ready: Ready | None = None  # None: in the agent's own words, which needs a model

    @property
    def told(self) -> str:
        """The wish as the prompt has it."""
        return _SAID[self.ready] if self.ready else self.text

    @property
    def brief(self) -> bool:
        """Whether the letter goes without what is not owed."""
        return self.ready == "shorter"

    @property
    def warmer(self) -> bool:
        """Whether the letter is to come nearer to the person."""
        return self.ready == "warmer"

    @property
    def removes(self) -> bool:
        """Whether it may be a wish to leave something out."""
        return self.ready is None and _REMOVES.search(self.text) is not None

    def applied(self, incident: Incident) -> Incident:
        """The incident in the tone that is wished for."""
        tone = _TONES.get(self.ready or "", incident.tone)
        return incident if tone == incident.tone else incident.model_copy(update={"tone": tone})

    def unmet(self, because: Iterable[str]) -> tuple[str, ...]:
        """The sentence that says why it was not followed; none, where there is no reason."""
        why = "; and ".join(dict.fromkeys(because))
        return (f"Your wish “{self.text}” was not followed, because {why}.",) if why else ()


def read_wish(text: str) -> Wish:
    """The wish in an agent's words.

    Raises:
        InputError: it is empty or longer than a wish may be.
    """
    words = mask_cards(" ".join("".join(letter if letter.isprintable() else " " for letter in text).split()))
    if not any(letter.isalnum() for letter in words):
        raise InputError("the wish is empty: ask for shorter, warmer or plainer, or say in a sentence what to change.", "wish")
    if len(words) > LONGEST:
        raise InputError(f"the wish has {len(words)} characters, {LONGEST} at the most: new facts belong into the facts.", "wish")
    match = _ASKED.match(words)
    return Wish(words, _READY[match["ready"].lower()] if match else None)


_READY: dict[str, Ready] = {"shorter": "shorter", "warmer": "warmer", "plainer": "plainer"}


def impossible(wish: Wish, incident: Incident, composed: Letter, *, house: House | None = None) -> set[str]:
    """What of a free wish the checks would let no letter do, as names of rules that the prompt has too."""
    if wish.ready:
        return set()
    codes = {code for part in _PARTS.split(wish.text) if part.strip() for code in _codes(part, incident, composed, house)}
    codes |= {"rules"} if _RULES.search(wish.text) else set()
    return codes | ({"language"} if _other_language(wish.text, incident) else set())


def remarked(remark: str) -> set[str]:
    """The rules that a model names in its remark."""
    return {code for code in _BECAUSE if re.search(rf"\b{code}\b", remark, re.I)}


def broken(findings: Iterable[Finding]) -> set[str]:
    """The rules that a letter breaks which a free wish may have led to."""
    rules = {finding.rule for finding in findings}
    return ({"blame"} if rules & _BLAMING else set()) | ({"facts"} if rules & _UNFOUNDED else set())


def reasons(codes: set[str], incident: Incident) -> tuple[str, ...]:
    """The reasons behind these names, in one order."""
    return tuple(because.format(locale=incident.locale) for code, because in _BECAUSE.items() if code in codes)


def _codes(part: str, incident: Incident, composed: Letter, house: House | None) -> Iterator[str]:
    owes_apology = apology_section(composed) is not None
    if _UNSORRY.search(part):
        yield from ("apology",) if owes_apology else ()
        return
    if _SORRY.search(part) and not owes_apology:
        yield "admission"
    if _NEGATED.match(part) or _MANNER.match(part):
        return
    findings = (
        *check(part, incident, house=house).errors,
        *check(_CUSTOMER.sub("you", _SAYING.sub("", part)), incident, house=house).findings,
    )
    yield from broken(findings)
    if _FAULT.match(part):
        yield "blame"
    if any(finding.rule == "ungrounded-number" and "%" in finding.text for finding in findings) or _ungiven(part, incident):
        yield "facts"


def _ungiven(part: str, incident: Incident) -> bool:
    """Whether a part of a wish gives something that no granted remedy and no repair is about."""
    given = _GIVEN.search(part)
    if given is None:
        return False
    told = [fact.text.lower() for fact in incident.facts if fact.role in ("fix", "remedy") and fact.state != "declined"]
    kinds = [remedy.kind for problem in incident.problems for remedy in problem.remedies if remedy.decision == "granted"]
    return not any(given["what"].lower() in text for text in (*told, *kinds))


def _other_language(text: str, incident: Incident) -> bool:
    return any(match["name"].lower() != _LANGUAGES.get(incident.language) for match in _LANGUAGE.finditer(text))
