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
from typing import Any

FOLDER = Path(__file__).parent / "weights"
ANY = "any"  # the head that says whether a reader would stop at all; the others bear the names of their rules
EDGE = "|"  # stands before the first and after the last word of a sentence
UNIT = 100  # weights are written in hundredths
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"  # one for each head
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*|'[a-z]+|\d[\d.,:/]*|_+|[$%?!@#:;,.()\x1e\x1f-]")
_BRITISH = re.compile(r"(?<=[a-z]{3})is(?=(?:e|ed|es|ing|ation|ations)$)")
_WEIGHT, _FIRST = re.compile(r"([A-Za-z])(-?\d+)"), re.compile(r"a(-?\d+)")
_KEPT = 1 << 15  # words, pairs and weights that are kept ready


def words(plain: str) -> list[str]:
    """The words and signs of a folded sentence in small letters, between two edges on the left and one on the right."""
    return [EDGE, EDGE, *_WORD.findall(plain.lower().replace("n't", "nt")), EDGE]


@lru_cache(maxsize=_KEPT)
def features(before: str, last: str, word: str) -> tuple[str, str, str, str]:
    """What `word` brings in after the two words before it: itself, the pair, the three, and the pair with a gap."""
    before, last, word = _spelling(before), _spelling(last), _spelling(word)
    return word, f"{last} {word}", f"{before} {last} {word}", f"{before} * {word}"


@lru_cache(maxsize=_KEPT)
def _spelling(word: str) -> str:
    """One spelling for "apologise" and "apologize", and one sign for all numbers."""
    return "0" if word[0].isdigit() else _BRITISH.sub("iz", word)


class Classifier:
    """The scores of sentences: log odds that a careful reader would stop, and by which rule.

    `table` has for each feature its weights, in hundredths: "a120c-35" is 1.20 for the first head and -0.35 for the third.
    """

    def __init__(self, head: Mapping[str, Any], table: Mapping[str, str]) -> None:
        self.heads: tuple[str, ...] = tuple(head["heads"])
        self.trained_on: str = head["trained_on"]  # a mark of the labelled rows
        self.bias: tuple[float, ...] = tuple(head["bias"])
        self.least: float = head["least"]  # log odds from which it speaks where no rule has stopped
        self.quiet: float = head["quiet"]  # log odds below which a match of a rule is not believed
        self._table = table
        self._pair = lru_cache(maxsize=_KEPT)(self._of_pair)  # pairs of words come again and again, runs of three seldom

    def stops(self, row: list[str]) -> float:
        """Log odds that a reader would stop at the sentence of these words."""
        spelt, written = [*map(_spelling, row)], self._table.get
        odds = self.bias[0] + sum(map(self._pair, spelt[1:], spelt[2:]))
        for before, last, word in zip(spelt, spelt[1:], spelt[2:], strict=False):
            if weights := written(f"{before} {last} {word}"):
                odds += _any(weights)
            if weights := written(f"{before} * {word}"):
                odds += _any(weights)
        return odds

    def rules(self, row: list[str]) -> dict[str, float]:
        """Log odds of each rule that a reader could name at the sentence of these words."""
        totals = list(self.bias)
        for run in zip(row, row[1:], row[2:], strict=False):
            for feature in features(*run):
                for head, weight in _all(self._table.get(feature, "")):
                    totals[head] += weight
        return dict(zip(self.heads[1:], totals[1:], strict=True))

    def strongest(self, row: list[str], rule: str, most: int = 3) -> list[str]:
        """The words that speak most for a rule, strongest first; none stands within another."""
        speaks = re.compile(rf"{LETTERS[self.heads.index(rule)]}(\d+)")  # a weight that speaks against it has a minus
        parts: dict[str, int] = {}
        for run in dict.fromkeys(zip(row, row[1:], row[2:], strict=False)):  # a long sentence may say the same again and again
            for feature in features(*run):
                if "*" not in feature and (weight := speaks.search(self._table.get(feature, ""))):
                    parts[" ".join(feature.replace(EDGE, "").split())] = int(weight[1])
        found: list[str] = []
        for words_, _ in sorted(parts.items(), key=lambda item: (-item[1], item[0])):
            if words_ and re.search("[a-z]", words_) and not any(words_ in other or other in words_ for other in found):
                found.append(words_)
        return found[:most]

    def _of_pair(self, last: str, word: str) -> float:
        return _any(self._table.get(word, "")) + _any(self._table.get(f"{last} {word}", ""))


@lru_cache(maxsize=_KEPT)
def _any(weights: str) -> float:
    """The weight of the first head, which is written first; 0 where it has none."""
    found = _FIRST.match(weights)
    return int(found[1]) / UNIT if found else 0.0


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
    return Classifier(json.loads(head), dict(line.split("\t") for line in body.rstrip("\n").split("\n")))
