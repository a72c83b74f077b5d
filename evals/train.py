"""Training the second voice: `python -m evals.train` reads the train split and writes `drafter/checks/weights/en.txt`.

One logistic regression for each head, over features scaled by their log-count ratio (Wang & Manning 2012, "Baselines and
Bigrams": the NB-SVM, with a logistic loss). The threshold is the lowest at which, in cross-validation, what
the voice adds to the rules is right as often as PRECISION says. The same rows always give the same file.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from drafter.checks import Finding
from drafter.checks.classifier import ANY, FOLDER, LETTERS, UNIT, features, words
from drafter.checks.clauses import analyse
from drafter.checks.engine import rules_for, scan
from drafter.checks.rule import Rule
from drafter.incident.fragments import propose
from evals.fragments import rows as fragments
from evals.labelled import Labelled, digest, sentences
from evals.mutations import PARAPHRASES

_Numbers = npt.NDArray[Any]
RARE = 3  # a feature of fewer rows tells nothing
COST = 0.3  # the inverse strength of regularisation
SMALLEST = 0.1  # a weight below it is left out: the file is a quarter as large, and reads unseen registers better
PRECISION = 0.895  # of what the voice adds, in cross-validation: rows by the same hands flatter it by some points
SURE = 2.0  # log odds from which it speaks in a message where no rule has stopped, and against what would excuse a match
QUIET = -2.0  # log odds below which the voice silences a warning of a rule
FOLDS = 5
LOUD = frozenset(rule.id for rule in rules_for("en").rules.values() if rule.kind == "flag" and rule.severity != "suggestion")
ROOT = Path(__file__).resolve().parent.parent
CHECKED = ROOT / "tests" / "checks" / "data"
GOLDEN, SETS = ROOT / "tests" / "data" / "golden", ROOT / "evals" / "data" / "letters"


def main() -> int:
    """Train on the train split and write the weights."""
    rows = [*sentences("train"), *own()]
    trained = Training(rows)
    path = FOLDER / "en.txt"
    path.parent.mkdir(exist_ok=True)
    path.write_text(trained.written(), encoding="ascii")
    print(f"{path.name}: {len(rows)} rows, {len(trained.names)} features, {path.stat().st_size / 1e6:.2f} MB")
    print(f"the voice speaks from {trained.least:+.2f} (in everyday messages {SURE:+.2f}) and silences a rule below {QUIET:+.2f}")
    return 0


def own() -> list[Labelled]:
    """Texts of the project itself: what the rules are tested on, and letters and messages that are right as they stand."""
    flags = [rule for rule in rules_for("en").rules.values() if rule.kind == "flag"]
    bad = [(re.sub(r"[\[\]]", "", text), frozenset({rule.id})) for rule in flags for text in rule.flags]
    right = [text for rule in flags for text in (*rule.passes, rule.message)]
    for row in (
        json.loads(line) for path in sorted(CHECKED.glob("flags_*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()
    ):
        if row["rules"]:
            bad.append((row["text"], frozenset(row["rules"])))
        else:
            right.append(row["text"])
    letters = [path.read_text(encoding="utf-8") for path in sorted(GOLDEN.glob("*.txt"))]
    for path in [PARAPHRASES, *sorted(SETS.glob("*/good.jsonl"))]:
        letters += [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    right += [f"I'm sorry {ours}." for ours in proposed()]
    right += [sentence.text for letter in letters for sentence in analyse(letter).sentences if sentence.judged]
    clean = [text for text in dict.fromkeys(right) if not any(finding.severity != "suggestion" for finding in _said(text))]
    rows = bad + [(text, frozenset[str]()) for text in clean]
    return [Labelled(text, labels, "email", "retail", False) for text, labels in rows]


def proposed() -> list[str]:
    """The clauses that Drafter proposes for what agents type, which own what they tell."""
    return sorted({proposal.ours for row in fragments("development") for proposal in propose(row.fragment)})


def _said(text: str) -> list[Finding]:
    """What the rules alone raise."""
    return scan(analyse(text), rules_for("en"), voice=False)


def _learnt(rule: Rule) -> bool:
    return rule.kind == "flag" and rule.severity != "suggestion" and not rule.detect and not rule.public


def row_of(text: str) -> list[str]:
    """The words of a labelled row as a check reads them, sentence by sentence."""
    return [word for sentence in analyse(text).sentences if sentence.judged for word in words(sentence.lower)]


def _features(line: list[str]) -> Iterator[str]:
    for run in zip(line, line[1:], line[2:], strict=False):
        yield from features(*run)


class Training:
    """What is learnt from labelled rows: weights of each head, and from which log odds each is believed."""

    def __init__(self, rows: Sequence[Labelled]) -> None:
        self.rows = rows
        self.heads = (ANY, *(rule.id for rule in rules_for("en").rules.values() if _learnt(rule)))
        self.meant = {head: np.array([head in row.labels for row in rows]) for head in self.heads}
        self.meant[ANY] = np.array([bool(row.labels & LOUD) for row in rows])
        found = [list(_features(row_of(row.text))) for row in rows]
        counts = Counter(feature for each in found for feature in set(each))
        self.names = sorted(feature for feature, number in counts.items() if number >= RARE)
        self.counted = _matrix(found, {name: number for number, name in enumerate(self.names)})
        self.models = {head: fitted(self.counted, self.meant[head]) for head in self.heads}
        self.least = self._threshold()

    def _threshold(self) -> float:
        """The lowest log odds from which the voice is right as often as PRECISION asks where no rule stops."""
        silent = np.array([not any(finding.severity != "suggestion" for finding in _said(row.text)) for row in self.rows])
        odds = self._held_out(self.meant[ANY])
        return lowest(odds[silent], self.meant[ANY][silent])

    def _held_out(self, meant: _Numbers) -> _Numbers:
        """Log odds of each row from a model that has not seen it."""
        odds = np.zeros(len(meant))
        for seen, unseen in StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(meant, meant):
            weights, bias = fitted(self.counted[seen], meant[seen])
            odds[unseen] = self.counted[unseen] @ weights + bias
        return odds

    def written(self) -> str:
        """The file of weights: its head as JSON, then a word a line."""
        head = {
            "trained_on": digest(sentences("train")),
            "heads": self.heads,
            "bias": [round(self.models[head][1], 2) for head in self.heads],
            "least": round(self.least, 2),
            "sure": SURE,
            "quiet": QUIET,
        }
        columns = [self.models[head][0] for head in self.heads]
        table: dict[str, str] = {}
        for number, name in enumerate(self.names):
            weights = [(letter, round(column[number] * UNIT)) for letter, column in zip(LETTERS, columns, strict=False)]
            if kept := "".join(f"{letter}{weight}" for letter, weight in weights if abs(weight) >= SMALLEST * UNIT):
                table[name] = kept
        return "\n".join([json.dumps(head), *lines(table)]) + "\n"


def lines(table: Mapping[str, str]) -> list[str]:
    """The weights of all features, a line for each word that features end with; itself first, then by what stands before it."""
    found: dict[str, list[str]] = {}
    for feature, weights in sorted(table.items()):
        before, _, word = feature.rpartition(" ")
        found.setdefault(word, []).append(f"{before} {weights}" if before else "")
    return ["\t".join([word, table.get(word, ""), *filter(None, found[word])]) for word in sorted(found)]


def fitted(counted: csr_matrix, meant: _Numbers) -> tuple[_Numbers, float]:
    """The weights of the features and the bias of one head."""
    one, other = (np.asarray(counted[which].sum(axis=0)).ravel() + 1 for which in (meant, ~meant))
    ratio = np.log((one / one.sum()) / (other / other.sum()))
    model = LogisticRegression(C=COST, solver="liblinear", dual=True, max_iter=3000, random_state=0)
    model.fit(counted.multiply(ratio).tocsr(), meant)
    return model.coef_.ravel() * ratio, float(model.intercept_[0])


def lowest(odds: _Numbers, meant: _Numbers) -> float:
    """The lowest threshold from which the share of what is meant is PRECISION; the highest odds where there is none."""
    order = np.argsort(-odds, kind="stable")
    right = np.cumsum(meant[order]) / np.arange(1, len(order) + 1)
    good = np.nonzero(right >= PRECISION)[0]
    return float(odds[order[good[-1]]]) if len(good) else float(odds.max() + 1)


def _matrix(found: list[list[str]], numbers: dict[str, int]) -> csr_matrix:
    ends, columns = [0], []
    for each in found:
        columns += [numbers[feature] for feature in each if feature in numbers]
        ends.append(len(columns))
    matrix = csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(found), len(numbers)))
    matrix.sum_duplicates()
    return matrix


if __name__ == "__main__":
    sys.exit(main())
