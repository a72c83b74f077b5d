"""Named word lists: one word or phrase a line, which rules refer to as {name}."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from drafter.checks.fold import fold, fold_pattern
from drafter.errors import Complaint, RuleError

Words = tuple[tuple[str, tuple[str, ...]], ...]
"""The name of a list and plain words that a house adds to it."""

FOLDER = Path(__file__).parent / "lexicon"
SLOT = re.compile(r"(?<!\\[pP])\{([a-z][a-z_]*)\}")
_BARE_BLANK = re.compile(r" (?![?*+{])")
_BLANK = re.compile(rf"\\.|\[(?:\\.|[^\]\\])*\]?|{_BARE_BLANK.pattern}", re.S)  # escapes and brackets are read over
_FIRST, _LAST = re.compile(r"[\w(\[{]"), re.compile(r"[\w)\]}?*+]")
_YOUR, _YOU = re.compile(r"\b(?<!\\)your\b(?!['-])"), re.compile(r"\b(?<!\\)you\b")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_SPECIAL = re.compile(r"[^\w\s'-]")


@cache
def word_list(name: str, language: str = "en", more: Words = ()) -> str:
    r"""The list as one pattern, longest entries first and bounded by word ends: "\b(?:we have|we)\b".

    An entry is a pattern itself, in which a blank stands for any number of them, and may name other lists. `more` are
    plain words of a house.

    Raises:
        RuleError: there is no such list, it is empty, names itself, or holds a control character.
    """
    path = FOLDER / language / f"{name}.txt"
    if not path.is_file():
        near = get_close_matches(name, [other.stem for other in path.parent.glob("*.txt")], 3, 0.4)
        raise RuleError(f"there is no word list {{{name}}}" + (f"; near it are {', '.join(near)}." if near else "."))
    entries = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if CONTROL.search(line):
            raise RuleError([Complaint("the line holds a control character.", line=number)], str(path.name))
        if entry := line.partition("#")[0].strip():
            entries.append(entry)
    if not entries:
        raise RuleError("the list is empty.", path.name)
    entries.sort(key=lambda entry: (-len(entry), entry))
    start = r"\b" if all(_FIRST.match(entry) for entry in entries) else ""
    end = r"\b" if all(_LAST.match(entry[-1]) for entry in entries) else ""
    try:
        listed = f"{start}(?:{expand('|'.join(entries), language, more)}){end}"
    except RecursionError:
        raise RuleError("the list names itself, through other lists or at once.", path.name) from None
    own = [literal(words) for words in dict(more).get(name, ())]
    return f"(?:{'|'.join(own)}|{listed})" if own else listed


def lists(language: str = "en") -> list[str]:
    """The names of the lists of a language."""
    return sorted(path.stem for path in (FOLDER / language).glob("*.txt"))


def literal(words: str) -> str:
    r"""A pattern that finds these words and no others in folded texts, bounded where they begin and end with a letter or digit.

    >>> literal("C++ course")
    '\\bC\\+\\+ +course\\b'
    """
    plain = fold(" ".join(words.split()))
    start, end = (r"\b" if edge.isalnum() else "" for edge in (plain[0], plain[-1]))
    return start + _SPECIAL.sub(r"\\\g<0>", plain).replace(" ", " +") + end


def expand(pattern: str, language: str = "en", more: Words = ()) -> str:
    """`pattern` for folded texts, with its {lists} filled in and each blank standing for any number of them.

    Raises:
        RuleError: a list that it names is unknown.
    """
    return SLOT.sub(lambda match: word_list(match[1], language, more), _lax(_wide(fold_pattern(pattern))))


def _lax(pattern: str) -> str:
    """Chat spellings match too: "u" and "ur", "dont" and "weve"."""
    if "you" in pattern:
        pattern = _YOUR.sub("(?:your|ur|yr)", pattern)
        pattern = _YOU.sub("(?:you|u|ya)", pattern)
    return pattern.replace("n't", "n'?t").replace("'ve", "'?ve")


def _wide(pattern: str) -> str:
    """Blanks outside of brackets match runs of blanks, since letters come wrapped and double-spaced."""
    if "[" not in pattern and "\\ " not in pattern:  # as in most of a thousand, for which every command waits
        return _BARE_BLANK.sub(" +", pattern)
    return _BLANK.sub(lambda match: " +" if match[0] == " " else match[0], pattern)
