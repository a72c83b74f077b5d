"""Undone: clauses that take back a repair or a remedy of the facts, in other words than its own."""

from __future__ import annotations

import re

from drafter.checks.grounding.acts import Act
from drafter.checks.grounding.backing import held
from drafter.checks.grounding.comparing import values_shared
from drafter.checks.grounding.contrary import NOT_ONLY, was_failure
from drafter.checks.grounding.facts import Facts, Known
from drafter.checks.grounding.owed import family
from drafter.checks.grounding.reading import Reading
from drafter.checks.grounding.tables import anywhere, pattern
from drafter.checks.grounding.value import Value
from drafter.checks.grounding.words import content, root, tokens, word_class

_DONE = frozenset({"fix", "remedy", "containment", "prevention"})
_GIVING = word_class("giving")
_PAYING = word_class("paying")
_FILLER = word_class("filler") | word_class("charges") | {root("money")}
_PLAIN = word_class("plain") | {"", "be"}
_FOUND = frozenset({"ask", "known", "containment"})
_OVER = frozenset({"past", "perfect", "present"})  # "we put it back" looks like a present
_ARRIVED = re.compile(r"\b(?:back|there|here|ready|done|on (?:its|their) way|in your (?:account|inbox)|with you|over)\b", re.I)
_DENIED = re.compile(r"\b(?:not|never|no|none|nothing|neither|cannot)\b|n['’]t\b", re.I)
_ABLE = re.compile(r"\b(?:can(?:not)?|could|able|unable)\b|\bcan['’]t\b|\bcouldn['’]t\b", re.I)
NARROWS = re.compile(
    r"\b(?:until|till|before|sooner|earlier|because|at first|at once|right away|straight away|in time|on time|just|simply|again|twice"
    r"|once|more|other|else|without|so that|should|had|when|while|then|still|instead|but|if|although|though"
    r"|next|another|both|every|each|enough|ever|after\w*|longer|anyone|anybody|whether|any|whole|full|entire|all)\b",
    re.I,
)
_KEPT_BACK = "kept_back"
_KEEPS = pattern(_KEPT_BACK)
_PART = re.compile(
    r"\b(?:only|just|merely) (?:a |an |the |one |some )?(?:half|part|some|third|quarter|portion|fraction|share|small part|few)\b"
    r"|\b(?:part|half|some) of (?:it|the|your)\b[^.;!?]{0,40}\bonly\b",
    re.I,
)
_NOTHING_TO = re.compile(r"\b(?:nothing|no need) (?:\w+ )?to\b|\A\W*no [^.;!?]*(?:;|$)", re.I)
_STILL = re.compile(
    r"\bstill (?:owe|(?:have|has|need)s? to (?:pay|return|send)"
    r"|(?:stopped|blocked|closed|locked|wrong|missing|charged|due|cancelled|suspended|down|broken|on your|at [£$€]|[£$€]))",
    re.I,
)
_STANDS = pattern("standing")
_ENDS = word_class("ends")
_NO_NOUN = re.compile(r"\bno (?:such |full )?(?P<noun>[a-z]+)", re.I)


def undone(reading: Reading, facts: Facts) -> list[tuple[Act, Known]]:
    """Each clause of the text's own words that denies, keeps back or halves what a fact has done, with the fact."""
    done = [known for known in facts.known if known.role in _DONE and known.state not in ("declined", "pending") and not known.asked]
    keeps = anywhere(_KEPT_BACK, reading)
    found: list[tuple[Act, Known]] = []
    for act in reading.acts if done else ():
        if reading.own(act.start) and _states(act, reading) and (known := _against(act, reading, done, facts, keeps=keeps)):
            found.append((act, known))
    return found


def _states(act: Act, reading: Reading) -> bool:
    main = not act.subordinate or act.link in ("so", "because", "and")
    return main and act.agent != "customer" and act.tense not in ("request", "none") and not reading.sentences[act.sentence].question


def _against(act: Act, reading: Reading, done: list[Known], facts: Facts, *, keeps: bool) -> Known | None:
    text = reading.text[act.start : act.end]
    denied = bool(_DENIED.search(text))
    if denied and NOT_ONLY.search(text):
        return None
    sentence = reading.sentences[act.sentence]
    if denied and not NARROWS.search(reading.text, sentence.start, sentence.end):
        return _denied(act, text, done, facts)
    kept = None if denied else (_KEEPS.search(text) if keeps else None) or _PART.search(text)
    if denied or (kept and any(_KEEPS.search(known.text) or _PART.search(known.text) for known in facts.known)):
        return None
    if kept:
        rest = content(tokens(text[: kept.start()] + text[kept.end() :]))
        plain = [known for known in done if {word for word in rest if word not in _FILLER and word[0].isalpha()} <= known.words]
        return next((known for known in plain if _money(known) and _shares(act, known, facts)), None)
    return _asserted(act, facts)


def _asserted(act: Act, facts: Facts) -> Known | None:
    """The answer or finding that says of a deed that it was not done, where a clause says that it was."""
    if act.tense not in ("past", "perfect") or act.negated or act.verb in _PLAIN or act.subordinate:
        return None
    things = act.words - _FILLER - {act.verb}
    for known in facts.known if things else ():
        if known.role in _FOUND and not known.asked and any(other.verb == act.verb and other.negated for other in known.acts):
            positive = any(other.verb == act.verb and not other.negated for one in facts.known for other in one.acts)
            if things & known.words and not positive:
                return known
    return None


def _denied(act: Act, text: str, done: list[Known], facts: Facts) -> Known | None:
    """The done deed that a clause denies with nothing added: by its verb, by a noun ("no refund was made"), or by what came of it."""
    noun = _NO_NOUN.search(text)
    given = root(noun["noun"].lower()) if noun else ""
    verb = given if given in _GIVING else act.verb
    ours = act.agent == "us" or act.passive or verb == given or (verb == "be" and _ARRIVED.search(text))
    coming = act.tense in ("future", "progressive")
    hard = [value for value in act.values if not value.weak]
    ends = coming and not (verb in _GIVING and (act.agent == "us" or verb == given))
    if not ours or ends or _denied_too(verb, hard, facts):
        return None
    if (act.tense == "past" and not act.passive and not _ABLE.search(text) and was_failure(act, facts)) or _NOTHING_TO.search(text):
        return None
    things = act.words - _FILLER - _PLAIN - {verb, act.verb}
    for known in done:
        mine = [one for one in known.acts if not one.subordinate and (one.agent == "us" or one.passive) and one.tense in _OVER]
        same = any((one.verb == verb or verb in known.words) and not one.negated for one in mine)
        state = bool(mine) and verb == "be" and (things or hard)
        whole = (
            (things or hard or (act.tense != "present" and act.agent != "us"))
            and things <= known.words
            and all(held(value, known, facts) for value in hard)
        )
        if (same or state) and whole:
            return known
    return None


def _denied_too(verb: str, hard: list[Value], facts: Facts) -> bool:
    """Whether the facts deny that deed themselves, of the same amount or number where one is named."""
    return any(
        other.verb == verb
        and (other.negated or known.state in ("declined", "pending"))
        and (not hard or any(held(value, known, facts) for value in hard))
        for known in facts.known
        for other in known.acts
    )


def _money(known: Known) -> bool:
    return any(act.verb in _PAYING for act in known.acts) or any(value.kind == "money" for value in known.values)


def _shares(act: Act, known: Known, facts: Facts) -> bool:
    words = content(tokens(" ".join(act.words)))
    hard = tuple(value for value in act.values if value.kind == "money")
    return bool((act.words | words) & known.words or values_shared(hard, known.values, facts) or root("money") in act.words)


def standing(reading: Reading, facts: Facts) -> list[tuple[Act, Known]]:
    """The clauses that say a thing stays as it is, or is still owed, that a fact took away, with the fact."""
    if not anywhere("standing", reading):
        return []
    ended = [known for known in facts.known if known.role in _DONE and any(_ended(act) for act in known.acts)]
    found: list[tuple[Act, Known]] = []
    for act in reading.acts if ended else ():
        if act.negated or act.subordinate or act.tense not in ("present", "future") or act.agent == "us" or not reading.own(act.start):
            continue
        match = _STANDS.search(reading.text, act.start, act.end)
        things = content(tokens(reading.text[act.start : match.start()])) if match else frozenset()
        if any(things & one.words and _STANDS.search(one.text) for one in facts.known if not one.asked):
            continue
        known = next((one for one in ended if things and things <= _whole(one, facts)), None)
        if known and not reading.sentences[act.sentence].question:
            found.append((act, known))
    return found


def _ended(act: Act) -> bool:
    return act.verb in _ENDS and not act.negated and act.tense in _OVER and act.agent != "customer"


def _whole(known: Known, facts: Facts) -> frozenset[str]:
    """The words of a repair and of the failure that it ends."""
    return known.words.union(
        *(one.words for one in facts.known if one.role in ("problem", "ours") and known.id.startswith(f"{family(one.id)}."))
    )


def lingering(reading: Reading, facts: Facts) -> list[tuple[Act, Known]]:
    """The clauses that say a thing is still as it was before a fact put it right, with the fact."""
    if not _STILL.search(reading.text) or any(_STILL.search(known.text) for known in facts.known):
        return []
    done = [
        known for known in facts.known if known.role in ("fix", "remedy") and known.state not in ("declined", "pending", "will", "doing")
    ]
    found: list[tuple[Act, Known]] = []
    for act in reading.acts if done else ():
        main = reading.own(act.start) and not act.subordinate and act.tense in ("present", "perfect") and not act.negated
        if not main or reading.sentences[act.sentence].question or not _STILL.search(reading.text, act.start, act.end):
            continue
        things = act.words - _FILLER - {act.verb}
        hard = tuple(value for value in act.values if value.kind == "money")
        known = next((one for one in done if things & one.words or values_shared(hard, one.values, facts)), None)
        if known:
            found.append((act, known))
    return found
