"""The rules as a house has them: severities, phrases, words and rules of its own over those that come with Drafter."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from drafter.checks.clauses import analyse
from drafter.checks.engine import scan
from drafter.checks.lexicon import Words, lists, literal
from drafter.checks.located import nearest, unknown_rule
from drafter.checks.rule import Rule, read_rule
from drafter.checks.ruleset import FOLDER, BannedPhrase, RuleSet, Style, check_names, read_rules, rules_for
from drafter.errors import Complaint, RuleError
from drafter.house.tables import House


@lru_cache(maxsize=8)
def house_rules(language: str, house: House) -> RuleSet:
    """The rules of a language as a house has them, put together once.

    Raises:
        LanguageError: there are no rules for the language.
        RuleError: a rule file of the house does not follow the format.
        InputError: the house names a rule or list that is not there, or gives what has to be spent for; all complaints at once, with lines.
    """
    base = rules_for(language)
    if complaints := list(_selling(house, base)):
        raise house.refusal(complaints)
    if house.is_plain:
        return base
    words = _words(house, language)
    if words:
        base = read_rules(FOLDER / language, language, more=words)
    own = _own(house, base, words)
    rules = base.rules | own
    complaints = [*_unread(house, rules), *_unknown(house, rules)]
    if complaints:
        raise house.refusal(complaints)
    rules = {name: _graded(rule, house) for name, rule in rules.items()}
    return RuleSet(rules, _digest(base, house, own), language, _style(house, words))


def _selling(house: House, rules: RuleSet) -> Iterator[Complaint]:
    """What the house gives and says of it that only works for those who spend more."""
    for gift in house.remedy.goodwill:
        for words in gift.words:
            told = analyse(f"We are giving you a {gift.kind}, {words}.")
            if any(finding.rule == "sell" for finding in scan(told, rules, voice=False)):
                yield house.complaint(
                    f"“{words}” has to be spent for: give it with no strings, or give something else.", "remedy", words=words
                )


def _words(house: House, language: str) -> Words:
    known = lists(language)
    wrong = [
        house.complaint(f"there is no word list '{name}'; {nearest(name, known, 'the rules name them in braces')}", "lexicon", name)
        for name in house.lexicon
        if name not in known
    ]
    if wrong:
        raise house.refusal(wrong)
    return tuple(sorted((name, words) for name, words in house.lexicon.items() if words))


def _unread(house: House, rules: Mapping[str, Rule]) -> Iterator[Complaint]:
    """Word lists that no rule's patterns have: words in them would change nothing."""
    patterns = [pattern for rule in rules.values() for pattern in (*rule.match, *rule.unless, *rule.next_unless, *rule.prev_unless)]
    for name, words in house.lexicon.items():
        found = [literal(word) for word in words]
        if found and not name.startswith("trade_") and not any(found[0] in pattern for pattern in patterns):
            yield house.complaint("no rule names this list, so words in it change nothing.", "lexicon", name)


def _own(house: House, base: RuleSet, words: Words) -> dict[str, Rule]:
    """The rules in the house's own folder."""
    if house.rules_folder is None:
        return {}
    own: dict[str, Rule] = {}
    for path in sorted(house.rules_folder.glob("*.md")):
        try:
            rule = own[path.stem] = read_rule(path, base.language, strict=True, more=words)
            if rule.id in base.by_finding or rule.id in base.rules:
                raise RuleError("a rule that comes with Drafter has this name; choose another, or set its severity under [severity].")
            if rule.kind != "flag":
                raise RuleError("a house's own rules are flags; leave out `kind`.")
            check_names(rule, base.rules | own)
        except RuleError as error:
            raise RuleError(error.complaints, str(path)) from None
    if not own:
        raise house.refusal([house.complaint(f"the folder '{house.rules_folder}' holds no rule file (.md).", "rules_folder")])
    return own


def _unknown(house: House, rules: Mapping[str, Rule]) -> Iterator[Complaint]:
    known = {rule.finding for rule in rules.values()}
    for name in house.severity:
        if name not in known:
            yield house.complaint(f"there is no rule '{name}'; {unknown_rule(name, known)}", "severity", name)


def _graded(rule: Rule, house: House) -> Rule:
    """The rule with the severity that the house gives it, whatever else would raise it."""
    level = house.severity.get(rule.finding, "off")
    return rule if level == "off" else replace(rule, severity=level, raise_to=None)


def _style(house: House, words: Words) -> Style:
    return Style(
        off=frozenset(name for name, level in house.severity.items() if level == "off"),
        allowed=tuple(map(literal, house.phrases.allowed)),
        banned=tuple(BannedPhrase(literal(item.phrase), item.instead) for item in house.phrases.banned),
        words=words,
    )


def _digest(base: RuleSet, house: House, own: Mapping[str, Rule]) -> str:
    digest = hashlib.sha256(base.hash.encode() + house.model_dump_json(include={"severity", "phrases", "lexicon"}).encode())
    for rule in own.values():
        digest.update(rule.id.encode() + b"\0" + rule.path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
