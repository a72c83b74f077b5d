"""Proposing words for findings: the first step of a rule's recipe that fits the sentence, and what the seam needs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from drafter.checks.banned import BANNED
from drafter.checks.clauses import Document, Sentence
from drafter.checks.pattern import compiled
from drafter.checks.report import Finding, Fix
from drafter.checks.rewriting.cut import Edit, joined
from drafter.checks.rewriting.recipe import Recipe, Step, recipe_for
from drafter.checks.rewriting.voice import apology_for, past, plainly, speaker

if TYPE_CHECKING:
    from drafter.checks.rewriting.facts import Facts

_COORDINATED = re.compile(r"[\s,;:.–—-]*(?:and|but|so|yet)\s+(?:then\s+)?", re.I)
_HUNG_ON = re.compile(r"(?:and|but|so|yet|because|although|though|as|since|while|whereas)\b", re.I)
_CLAUSE = re.compile(  # another clause begins here
    r"[,;]?\s+(?:and|but|so)\s+(?=(?:then |also )?(?:(?:we|i|it|they|you|he|she|there) \w|(?:we|i|you|it)'\w"
    r"|(?:your|our|my|the) (?:\w+ ){1,3}?"
    r"(?:was|were|is|are|has|have|had|will|can|\w+ed)\b|please \w))",
    re.I,
)
_NUMBER = re.compile(r"\d+")
_FIRST = re.compile(r"(?:Your|The|Our|My|An?|This|These|It|There)\b")
_MOST = 500  # findings of one rule in one text that are offered words
_BESIDE = 2  # words that may go with flagged ones: "for", "and", "please"
_LEFT = re.compile(  # a word that hung on what goes
    r"\W*(?:by|when|for|to|that|of|from|who|which|while|or|and (?!(?:we|i|you|it|the|your|our|here|please)\b))\b", re.I
)
_HANGING = re.compile(r"\W*(?:if|when|while|because|although|though|since|that|which|who|unless|until|whereas)\b", re.I)


@dataclass(frozen=True)
class Proposer:
    """What rewrites are made from: a document, its language, the elements that it has, and its facts where there are any."""

    document: Document
    language: str = "en"
    elements: Iterable[str] = ()
    facts: Facts | None = None
    _slots: dict[int, Mapping[str, str]] = field(default_factory=dict)

    def proposed(self, finding: Finding) -> Finding:
        """The finding with words to put in its place, where there are any that are honest."""
        sentence = self.document.sentence_at(finding.start)
        if finding.rewrite is not None:
            return self._told(finding, sentence)
        if sentence is None or finding.start == finding.end:
            return finding
        recipe = recipe_for(finding.rule, self.language)
        for step in recipe.steps:
            if (not step.needs or step.needs in self.elements) and (edit := self._applied(step, finding, sentence)):
                echoed = "{sorry_ours}" in step.put and self.facts is not None and self.facts.echoed(sentence)
                return self._with(finding, sentence, edit, safe=step.safe and not echoed)
        edit = _left_out(self.document, finding, sentence, recipe)
        guessed = (finding.start, finding.end) == (sentence.start, sentence.end)  # the classifier has no word in mind that is too many
        return self._with(finding, sentence, edit, safe=recipe.leave_out == "safe" and not guessed) if edit else finding

    def _told(self, finding: Finding, sentence: Sentence | None) -> Finding:
        """Words that are told already: those that the house has decided on are put in, a figure of the facts is not."""
        if finding.rule != BANNED or sentence is None or finding.fix:
            return _plain(finding)
        return self._with(finding, sentence, Edit(finding.start, finding.end, finding.rewrite or ""), safe=True)

    @cached_property
    def _speaker(self) -> str:
        return speaker(self.document.plain)

    def _applied(self, step: Step, finding: Finding, sentence: Sentence) -> Edit | None:
        if not step.find:
            put = self._filled(step.put, {}, sentence)
            return None if put is None else Edit(finding.start, finding.end, put)
        regex = compiled(step.find)
        names = {name.decode(): index for name, index in regex.groupindex.items()}
        for match in regex.finditer(sentence.plain.encode("ascii")):
            start, end = (sentence.start + at for at in match.span(names.get("cut", 0)))
            if start >= finding.end or end <= finding.start:
                continue
            groups = {
                name: self.document.text[sentence.start + match.start(index) : sentence.start + match.end(index)]
                for name, index in names.items()
                if match.start(index) >= 0
            }
            put = self._filled(step.put, groups, sentence)
            if put is not None:
                return _bounded(self.document.plain, finding, Edit(start, end, put))
        return None

    def _filled(self, template: str, groups: Mapping[str, str], sentence: Sentence) -> str | None:
        """The template with its slots filled; None where one stays empty."""
        moved = {name: words[:1].lower() + words[1:] if _FIRST.match(words) else words for name, words in groups.items()}
        slots = {**moved, **self._slots_of(sentence)}
        if apology := groups.get("sorry"):
            slots["sorry"] = plainly(apology)
            slots["sorry_blank"] = apology_for(apology, f"{_voice(apology) or slots['we']} [what {_voice(apology) or slots['we']} did]")
            if ours := slots.get("ours"):
                slots["sorry_ours"] = apology_for(apology, ours)
        if verb := groups.get("verb"):
            slots["past"] = past(verb, groups.get("subject", ""))
        try:
            return template.format_map(slots)
        except KeyError:
            return None

    def _slots_of(self, sentence: Sentence) -> Mapping[str, str]:
        if sentence.start not in self._slots:
            we = speaker(sentence.plain, self._speaker)
            own = {"we": we, "our": "my" if we == "I" else "our", "are_sorry": "I'm sorry" if we == "I" else "we're sorry"}
            self._slots[sentence.start] = {**own, **(self.facts.slots(sentence) if self.facts else {})}
        return self._slots[sentence.start]

    def _takes_more(self, finding: Finding, sentence: Sentence, edit: Edit) -> bool:
        """Whether words that only go take more with them than was flagged, or leave a word behind that hung on them."""
        if edit.put:
            return False
        text = self.document.text
        beside = text[edit.start : max(edit.start, finding.start)] + " " + text[min(edit.end, finding.end) : edit.end]
        hangs = edit.start > sentence.start and _LEFT.match(text[edit.end : sentence.end])
        return len(beside.split()) > _BESIDE or bool(hangs)

    def _with(self, finding: Finding, sentence: Sentence, edit: Edit, *, safe: bool) -> Finding:
        text = self.document.text
        whole = joined(text, (sentence.start, max(sentence.end, edit.end)), edit)
        if text[whole.start : whole.end] == whole.put:
            return finding
        lost = set(_NUMBER.findall(text[whole.start : whole.end])) - set(_NUMBER.findall(whole.put))
        fix = Fix(
            offset=whole.start - finding.start,
            replaces=text[whole.start : whole.end],
            put=whole.put,
            safe=safe and not lost and "[" not in edit.put and not self._takes_more(finding, sentence, edit),
        )
        return finding.model_copy(update={"rewrite": _rewrite(text, finding, edit, whole), "fix": fix})


def propose(findings: Iterable[Finding], proposer: Proposer) -> list[Finding]:
    """The findings, each with words to put in its place where there are any that are honest.

    Past the first few hundred of a rule there are none: nobody reads them, and a hostile text would take minutes.
    """
    told = Counter[str]()
    proposed: list[Finding] = []
    for finding in findings:
        told[finding.rule] += 1
        proposed.append(proposer.proposed(finding) if told[finding.rule] <= _MOST else finding)
    return proposed


def _plain(finding: Finding) -> Finding:
    """What the facts say instead of a wrong figure: which of them is wrong, only a person knows."""
    fix = Fix(offset=0, replaces=finding.text, put=finding.rewrite or "", safe=False)
    return finding if finding.fix else finding.model_copy(update={"fix": fix})


def _voice(apology: str) -> str:
    words = apology.lower()
    return "I" if re.match(r"(?:i\b|my\b)", words) else "we" if re.match(r"(?:we|our)\b", words) else ""


def _rewrite(text: str, finding: Finding, edit: Edit, whole: Edit) -> str:
    """What stands in place of the flagged words alone, once the edit is made."""
    if edit.start <= finding.start and finding.end <= edit.end:
        return whole.put.strip() if edit.put else ""
    inside = whole if finding.start <= whole.start and whole.end <= finding.end else edit
    put = text[finding.start : max(inside.start, finding.start)] + inside.put + text[min(inside.end, finding.end) : finding.end]
    put = " ".join(put.split())
    begins = whole.start == finding.start and whole.put[:1].isupper()
    return put[:1].upper() + put[1:] if begins else put


def _bounded(plain: str, finding: Finding, edit: Edit) -> Edit:
    """The edit within the clauses of the flagged words: what others say beside them is not its business."""
    start, end = edit.start, edit.end
    if match := _CLAUSE.search(plain, finding.end, end) if finding.end < end else None:
        end = match.start()
    for match in _CLAUSE.finditer(plain, start, finding.start):
        start = match.end() if edit.put else match.start()
    return Edit(start, end, edit.put)


def _left_out(document: Document, finding: Finding, sentence: Sentence, recipe: Recipe) -> Edit | None:
    """The clause with the flagged words, where what stays is a sentence on its own and nothing of weight goes."""
    if recipe.leave_out == "never" or finding.end > sentence.end:
        return None
    clauses = [clause for clause in sentence.clauses if clause.start < finding.end and finding.start < clause.end]
    owning = any(clause.agent == "us" and clause.topic in ("failure", "repair") for clause in clauses)
    if not clauses or (owning and recipe.leave_out == "safe"):
        return None
    within = _bounded(document.plain, finding, Edit(clauses[0].start, clauses[-1].end, ""))
    start, end = within.start, within.end
    before, after = document.plain[sentence.start : start], document.plain[end : sentence.end]
    if not _words(before) and not _words(after):
        return Edit(sentence.start, sentence.end, "")
    if not _words(before) and (match := _COORDINATED.match(after)) and not _HANGING.match(document.plain[start:end]):
        return Edit(start, end + match.end(), "")
    if not _words(after) and _HUNG_ON.match(document.plain[start:end].lstrip(" ,;")) and not _HANGING.match(before):
        return Edit(start, end, "")
    return None


def _words(text: str) -> bool:
    return any(letter.isalnum() for letter in text)
