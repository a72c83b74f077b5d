"""A second voice beside the rules: linear scores over the words of a sentence, learnt from labelled sentences.

It knows no grammar; it has seen in which company words stand where a careful reader stops at a sentence. Its weights are
made by `python -m evals.train` and lie in `weights/<language>.txt`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

FOLDER = Path(__file__).parent / "weights"
ANY = "any"  # the head that says whether a reader would stop at all; the others bear the names of their rules
EDGE = "|"  # stands before the first and after the last word of a sentence
UNIT = 100  # weights are written in hundredths
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"  # one for each head
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*|'[a-z]+|\d[\d.,:/]*|_+|[$%?!@#:;,.()\x1e\x1f-]")
_BRITISH = re.compile(r"(?<=[a-z]{3})is(?=(?:e|ed|es|ing|ation|ations)$)")
_WEIGHT, _FIRST = re.compile(r"([A-Za-z])(-?\d+)"), re.compile(r"a(-?\d+)")
_AFTER, _AFTER_GAP, _AFTER_TWO = (re.compile(rf"\t{before} a(-?\d+)") for before in (r"([^ \t]+)", r"([^ \t]+) \*", r"([^ \t]+ [^ \t*]+)"))
_KEPT = 1 << 14  # words that are kept ready


def words(lower: str) -> list[str]:
    """The words and signs of a folded sentence in small letters, between two edges on the left and one on the right."""
    return [EDGE, EDGE, *_WORD.findall(lower.replace("n't", "nt")), EDGE]


@lru_cache(maxsize=_KEPT)
def features(before: str, last: str, word: str) -> tuple[str, str, str, str]:
    """What `word` brings in after the two words before it: itself, the pair, the three, and the pair with a gap."""
    before, last, word = _spelling(before), _spelling(last), _spelling(word)
    return word, f"{last} {word}", f"{before} {last} {word}", f"{before} * {word}"


@lru_cache(maxsize=_KEPT)
def _spelling(word: str) -> str:
    """One spelling for "apologise" and "apologize", and one sign for all numbers."""
    return "0" if word[0].isdigit() else _BRITISH.sub("iz", word)


Met = list[tuple[str, str]]
"""Features with their weights, in the order of a sentence."""


class _Word(NamedTuple):
    """A word in its one spelling, and its weights for the first head by what stands before it."""

    spelt: str
    alone: float
    after: dict[str, float]  # by the word before it
    after_two: dict[str, float]  # by the two words before it
    after_gap: dict[str, float]  # by the word before the one before it


class Classifier:
    r"""The scores of sentences: log odds that a careful reader would stop, and by which rule.

    `table` has for each word its own weights, in hundredths, then those of each pair and three that it ends, by what stands
    before it: "a120c-35\thad no a50" is 1.20 for the first head and -0.35 for the third, and 0.50 more after "had no".
    """

    def __init__(self, head: Mapping[str, Any], table: Mapping[str, str]) -> None:
        self.heads: tuple[str, ...] = tuple(head["heads"])
        self.trained_on: str = head["trained_on"]  # a mark of the labelled rows
        self.bias: tuple[float, ...] = tuple(head["bias"])
        self.least: float = head["least"]  # log odds from which it speaks where no rule has stopped
        self.sure: float = head["sure"]  # log odds from which it speaks in an everyday message, and against what would excuse it
        self.quiet: float = head["quiet"]  # log odds below which a match of a rule is not believed
        self._table = table
        self._read = lru_cache(maxsize=_KEPT)(self._word)
        self._met = lru_cache(maxsize=_KEPT)(self._spelt)  # every number is spelt alike, and its line is long
        self._weights = lru_cache(maxsize=_KEPT)(self._all_weights)

    def stops(self, row: list[str]) -> float:
        """Log odds that a reader would stop at the sentence of these words."""
        near, far, before, last = 0.0, list[float](), EDGE, EDGE
        for word, alone, after, after_two, after_gap in map(self._read, row[2:]):
            near += alone + after.get(last, 0.0)
            if after_two and (weight := after_two.get(f"{before} {last}")):
                far.append(weight)
            if weight := after_gap.get(before):
                far.append(weight)
            before, last = last, word
        return sum(far, self.bias[0] + near)

    def met(self, row: list[str]) -> Met:
        """The features of the sentence of these words that have weights, with them."""
        found: Met = []
        for run in zip(row, row[1:], row[2:], strict=False):
            known = self._weights(_spelling(run[-1]))
            found += [(feature, known[feature]) for feature in features(*run) if feature in known]
        return found

    def rules(self, met: Met) -> dict[str, float]:
        """Log odds of each rule that a reader could name at the sentence with these features."""
        totals = list(self.bias)
        for _, weights in met:
            for head, weight in _all(weights):
                totals[head] += weight
        return dict(zip(self.heads[1:], totals[1:], strict=True))

    def strongest(self, met: Met, rule: str, most: int = 3) -> list[str]:
        """Those of the features that speak most for a rule, in words, strongest first; none stands within another."""
        speaks = re.compile(rf"{LETTERS[self.heads.index(rule)]}(\d+)")  # a weight that speaks against it has a minus
        parts: dict[str, int] = {}
        for feature, weights in met:
            if "*" not in feature and (weight := speaks.search(weights)):
                parts[" ".join(feature.replace(EDGE, "").split())] = int(weight[1])
        found: list[str] = []
        for words_, _ in sorted(parts.items(), key=lambda item: (-item[1], item[0])):
            if words_ and re.search("[a-z]", words_) and not any(words_ in other or other in words_ for other in found):
                found.append(words_)
        return found[:most]

    def _all_weights(self, word: str) -> dict[str, str]:
        """The weights of the features that end with a word."""
        alone, *others = self._table.get(word, "").split("\t")
        return {word: alone, **{f"{before} {word}": weights for before, _, weights in (other.rpartition(" ") for other in others)}}

    def _word(self, word: str) -> _Word:
        return self._met(_spelling(word))

    def _spelt(self, spelt: str) -> _Word:
        line = self._table.get(spelt, "")
        alone = _FIRST.match(line)
        after, gap, two = (
            {before: int(weight) / UNIT for before, weight in kind.findall(line)} for kind in (_AFTER, _AFTER_GAP, _AFTER_TWO)
        )
        return _Word(spelt, int(alone[1]) / UNIT if alone else 0.0, after, two, gap)


@lru_cache(maxsize=_KEPT)
def _all(weights: str) -> tuple[tuple[int, float], ...]:
    """The weights of all heads that have one, each with the number of its head."""
    return tuple((LETTERS.index(letter), int(weight) / UNIT) for letter, weight in _WEIGHT.findall(weights))


@cache
def classifier_for(language: str) -> Classifier | None:
    """The classifier of a language, read once; None where none has been trained."""
    path = FOLDER / f"{language}.txt"
    if not path.is_file():
        return None
    head, _, body = path.read_text("ascii").partition("\n")
    return Classifier(json.loads(head), dict(line.split("\t", 1) for line in body.rstrip("\n").split("\n")))
