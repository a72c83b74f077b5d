"""The prefilter: no pattern that matches is passed over, and few others are tried."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.checks.clauses import analyse
from drafter.checks.engine import rules_for
from drafter.checks.needs import Reader
from drafter.checks.pattern import compiled
from drafter.checks.prefilter import Prefilter

_WORDS = st.sampled_from(
    ["we", "sorry", "was", "n't", "apolog", "delay", "2", r"\d+", r"\$", "!", "it's", "_", "e-?mail", r"\w+ly", "[sz]e", r"\x1e", "[!\x1e]"]
)
_JOINTS = st.sampled_from(
    [" +", r"\b", "", ",? +", r" +(?:\w+ +){0,2}", "[^.;]{0,9}", r"(?: +so)* +", r"\W", "(?: +own)? +", ".*?", "(?:^|, +)"]
)
_TEXTS = st.lists(
    st.sampled_from(
        [
            "we",
            "sorry",
            "was",
            "wasn't",
            "apology",
            "delays",
            "2",
            "12",
            "$5",
            "!",
            "it's",
            "really",
            "size",
            "e-mail",
            "own",
            "\x1e",
            "so",
            ",",
        ]
    )
)


def _patterns(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds(lambda one, joint, other: one + joint + other, inner, _JOINTS, inner),
        st.builds(lambda *parts: f"(?:{'|'.join(parts)})", inner, inner, inner),
        st.builds(lambda part, count: f"(?P<span>{part}){count}", _WORDS, st.sampled_from(["?", "*", "+", "{1,3}", "{0,2}?", ""])),
    )


@settings(max_examples=400, deadline=None)
@given(st.recursive(_WORDS, _patterns, max_leaves=9), _TEXTS, st.sampled_from([" ", "  ", "-", ""]))
def test_what_a_pattern_matches_meets_its_needs(pattern: str, words: list[str], between: str) -> None:
    """Whatever the pattern and the text, the prefilter only says no where there is no match."""
    pattern = re.sub(r"\(\?P<span>", "(", pattern)
    text = between.join(words)
    if compiled(pattern).search(text.encode("ascii")):
        assert Prefilter([pattern]).candidates(text) == [0]


def test_no_shipped_pattern_that_matches_an_example_is_passed_over() -> None:
    """Of all patterns, each that matches a sentence of an example is tried on it; and of all others, hardly any."""
    rules = rules_for("en").rules.values()
    entries = [(rule, pattern) for rule in rules for pattern in rule.match]
    prefilter = Prefilter([pattern for _, pattern in entries])
    texts = [text for rule in rules for text in (*rule.flags[:6], *rule.passes[:6])]
    sentences = {sentence.plain for text in texts for sentence in analyse(re.sub(r"[\[\]]", "", text)).sentences}
    tried = 0
    for plain in sentences:
        candidates = prefilter.candidates(plain.lower())
        tried += len(candidates)
        hits = [number for number, (_, pattern) in enumerate(entries) if compiled(pattern).search(plain.encode("ascii"))]
        assert set(hits) <= set(candidates), plain
    assert tried / len(sentences) < len(entries) / 50


@pytest.mark.parametrize(
    ("pattern", "met", "unmet"),
    [
        (r"\bsorry +if\b", "sorry, if", "if sorry"),
        (r"\b(?:lost|broken)\b.{0,30}\bparcels?\b", "broken red parcel", "parcel was broken"),
        (r"\b\w+ed +by +(?:us|me)\b", "caused by us", "caused by you"),
        (r"\$\d+ +fee", "a $35 fee", "a 35 fee"),
        (r"apolog\w+", "unapologetic apologies", "sorry"),
        (r"lost it +[\x1e!]", "we lost it \x1e", "we lost it \x1f"),
        (r"\b(?:thanks|thank +you)!{2,}", "thank you!!", "thank you."),
    ],
)
def test_needs_are_words_in_their_order(pattern: str, met: str, unmet: str) -> None:
    """A text without one of the words, or with them the wrong way round, is not tried."""
    assert Prefilter([pattern]).candidates(met) == [0]
    assert Prefilter([pattern]).candidates(unmet) == []


@pytest.mark.parametrize("pattern", ["", r"\w+", "[^a]", "(?:a)?", "a|.", "(?!bad)", "(unclosed", "closed)", "*", "[open"])
def test_a_pattern_of_which_nothing_is_known_is_always_tried(pattern: str) -> None:
    """So is what is no pattern: whoever compiles it says so."""
    assert Reader().steps(pattern) == ()
    assert Prefilter([pattern, "never"]).candidates("some words") == [0]


def test_a_list_that_many_patterns_share_needs_the_same_in_each() -> None:
    """A group that was read before is not read again, and what it needs depends on what stands beside it."""
    words = "(?:" + "|".join(f"word{letter}" for letter in "abcdefghij") + ")"
    assert Prefilter([rf"\b{words}\b", rf"x{words}", rf"{words}s\b"]).candidates("worda") == [0]
    assert Prefilter([rf"\b{words}\b", rf"x{words}", rf"{words}s\b"]).candidates("xworda wordbs") == [1, 2]
