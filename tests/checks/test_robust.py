"""Texts as they come: disguised, damaged, hostile or huge; run with --hypothesis-profile=thorough for a longer look."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.checks import Report, check
from drafter.checks.clauses import analyse
from drafter.checks.fold import fold
from drafter.checks.ruleset import rules_for
from drafter.errors import TextError
from drafter.incident import Kind
from drafter.markup import read_prose
from drafter.texts import MAX_CHARACTERS
from tests.checks.test_rules import marked

INVISIBLE = list("\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202e\u2066\u2069\u061c\ufe0f\u034f\u180e\x07\x1f\x7f\ud800")
ODD = [*INVISIBLE, *"’“”«»…–—\u00a0\u2003\u3000\u0301\u0308аеоѕΑﬁ𝐚ａｗé🙈🎉👍🏽\r\n\t\x0b\x85\u2028>`<(\"'*_-.!?:;,"]
TEXTS = [marked(example)[0] for rule in rules_for("en").rules.values() if rule.kind == "flag" for example in rule.flags]
KINDS: tuple[Kind | None, ...] = (None, "apology", "update")
ANYTHING = st.text(st.characters(exclude_categories=()), max_size=12)  # halves of surrogate pairs included
HOSTILE = {
    "pronoun": "I ",
    "one long word": "a",
    "apologies": "sorry ",
    "nested quotes": "\"'",
    "open quotes": '"a ',
    "brackets": "(",
    "quoted lines": "> we are sorry if\n",
    "open code": "<code>",
    "open fences": "```\n",
    "backticks": "`a\n",
    "emoji": "👨‍👩‍👧 ",
    "abbreviations": "no. ",
    "long words": "inconvenience" * 40 + " ",
    "newlines": "a\n",
    "commas": "we ,",
    "apostrophes": "a' ",
    "mail heads": "on a wrote:\n",
    "joined letters": "a\u200b",
    "accents": "a\u0301",
    "stacked apologies": "I'm so very sorry. ",
    "lost parcels": "your parcel was lost, ",
    "blame": "you should have read it. ",
    "flags": "we apologise if you were affected. ",
}


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """Words of the rules' examples, spliced with odd characters and cut anywhere."""
    parts = st.one_of(st.sampled_from(TEXTS), st.sampled_from(ODD), st.sampled_from(TEXTS).flatmap(_cut), ANYTHING)
    return draw(_cut("".join(draw(st.lists(parts, min_size=1, max_size=8)))))


def _cut(text: str) -> st.SearchStrategy[str]:
    places = st.integers(0, len(text))
    return st.tuples(places, places).map(lambda ends: text[min(ends) : max(ends)])


def seen(text: str) -> str:
    """What a reader sees of a text."""
    return read_prose(text, "text").text.strip()


@cache
def rules(text: str) -> list[str]:
    """The rules that a bare text breaks, in its order."""
    return [finding.rule for finding in check(text).findings]


@settings(deadline=None)
@given(damaged(), st.sampled_from(KINDS))
def test_any_text_is_checked_with_exact_places(text: str, kind: Kind | None) -> None:
    """Nothing that shows a character is refused; each flag is exactly its words, and what is missing is missing at the end."""
    if not seen(text):
        with pytest.raises(TextError, match="empty"):
            check(text)
        return
    for finding in check(text, kind=kind).findings:
        assert text[finding.start : finding.end] == finding.text
        if finding.rule.startswith("missing-"):
            assert finding.start == finding.end == len(text)
        else:
            assert finding.text


@settings(deadline=None)
@given(damaged().filter(seen))
def test_a_text_checked_again_has_the_same_findings(text: str) -> None:
    """Nothing of one check stays behind to change the next."""
    first = check(text)
    analyse.cache_clear()
    assert check(text) == first


def test_another_process_finds_the_same() -> None:
    """The order in which a process hashes words decides nothing."""
    program = (
        "import json, sys\nfrom drafter.checks import check\n"
        "print(json.dumps([check(text).model_dump(mode='json') for text in json.load(sys.stdin)], sort_keys=True))"
    )
    here = json.dumps([check(text).model_dump(mode="json") for text in TEXTS], sort_keys=True)
    for seed in ("1", "77"):
        done = subprocess.run(
            [sys.executable, "-c", program],
            input=json.dumps(TEXTS),
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )
        assert done.stdout.strip() == here


def _inside_words(mark: str) -> Callable[[str], str]:
    """Puts a mark between all letters."""
    return lambda text: "".join(letter + mark if letter.isalpha() else letter for letter in text)


def _replaced(plain: str, other: str) -> Callable[[str], str]:
    return lambda text: text.translate(str.maketrans(plain, other))


def _bold(text: str) -> str:
    """In mathematical bold letters."""
    upper, lower = ord("𝐀") - ord("A"), ord("𝐚") - ord("a")
    return "".join(chr(ord(c) + (upper if c.isupper() else lower)) if c.isascii() and c.isalpha() else c for c in text)


def _wide(text: str) -> str:
    """In letters of full width."""
    return "".join(chr(ord(letter) + 0xFEE0) if letter.isascii() and letter.isalpha() else letter for letter in text)


def _accented(text: str) -> str:
    """With an acute accent on each vowel, as one that stands apart."""
    return unicodedata.normalize("NFD", text.translate(str.maketrans("aeiouAEIOU", "áéíóúÁÉÍÓÚ")))


DISGUISES: dict[str, Callable[[str], str]] = {
    "zero-width spaces": _inside_words("\u200b"),
    "joiners": _inside_words("\u200d"),
    "soft hyphens": _inside_words("\u00ad"),
    "marks of direction": lambda text: "\u202e" + _inside_words("\u200f")(text) + "\u202c",
    "curly quotes": _replaced("'\"", "’”"),
    "hard spaces": _replaced(" ", "\u00a0"),
    "accents apart": _accented,
    "Cyrillic letters": _replaced("aceijopsxyABCEHIKMOPSTXYtkm", "асеіјорѕхуАВСЕНІКМОРЅТХУткм"),
    "Greek letters": _replaced("oνABEHIKMNOPTXYZ", "οvΑΒΕΗΙΚΜΝΟΡΤΧΥΖ"),
    "bold letters": _bold,
    "wide letters": _wide,
    "line ends of Windows": lambda text: text.replace("\n", "\r\n"),
}


@pytest.mark.parametrize("disguise", DISGUISES)
def test_a_disguise_hides_no_flag(disguise: str) -> None:
    """A reader sees the same words, and so does every rule."""
    for text in TEXTS:
        assert rules(DISGUISES[disguise](text)) == rules(text), text


def test_shouting_hides_no_flag() -> None:
    """What is flagged in small letters is flagged in capitals too."""
    for text in TEXTS:
        assert set(rules(text)) <= set(rules(text.upper())), text


@settings(deadline=None)
@given(st.data())
def test_a_character_that_shows_nothing_changes_no_verdict(data: st.DataObject) -> None:
    """Wherever it is put, the same rules speak of the same words."""
    text = data.draw(st.sampled_from(TEXTS))
    at = data.draw(st.integers(0, len(text)))
    mark = data.draw(st.sampled_from(INVISIBLE))
    assert _words(check(text[:at] + mark + text[at:]), mark) == _words(check(text), mark)


def _words(report: Report, mark: str) -> list[tuple[str, str, str]]:
    return [(finding.rule, finding.severity, finding.text.replace(mark, "")) for finding in report.findings]


def test_a_text_in_another_script_is_no_english() -> None:
    """Letters that look Latin make no English words of Russian or Greek ones."""
    russian = "Здравствуйте, Анна! Мы отправили ваш заказ не по тому адресу. Приносим извинения, деньги вернутся завтра."
    greek = "Στείλαμε το δέμα σας σε λάθος διεύθυνση. Ζητούμε συγγνώμη, τα χρήματα επιστρέφουν αύριο."
    assert rules(russian) == rules(greek) == []


def test_letters_keep_their_size_and_one_stands_for_each() -> None:
    """What looks like a letter is folded to that letter, large or small."""
    assert fold("Ѕоrrу ꜱᴏʀʀʏ 🆂🅾🆁🆁🆈 Łøđ І") == "Sorry sorry SORRY Lod I"


@pytest.mark.parametrize("name", HOSTILE)
def test_twice_the_text_takes_about_twice_the_time(name: str) -> None:
    """Time stays in step with length on texts that are made to be slow; a busy machine gets another try."""
    ratios: list[float] = []
    while not ratios or (min(ratios) >= 3 and len(ratios) < 5):
        short, long = (_seconds(_repeated(HOSTILE[name], length)) for length in (20_000, 40_000))
        ratios.append(long / short)
    assert min(ratios) < 3, ratios


def _repeated(piece: str, length: int) -> str:
    return (piece * (length // len(piece) + 1))[:length]


def _seconds(text: str) -> float:
    analyse.cache_clear()
    start = time.process_time()
    check(text)
    return time.process_time() - start


def test_many_findings_take_no_longer_than_few() -> None:
    """Words to put instead are offered for the first hundreds of a rule, and the rest is found without them."""
    report = check(_repeated("sorry ", 60_000))
    offered = [finding.rewrite is not None for finding in report.findings]
    assert len(offered) > 9_000
    assert all(offered[:400])
    assert not any(offered[600:])


def test_a_megabyte_is_checked_and_more_is_refused() -> None:
    """The largest text that is read is read to its end."""
    end = "\n\nWe're sorry if you were affected."
    text = _repeated("I ", MAX_CHARACTERS - len(end)) + end
    assert "conditional-apology" in rules(text)
    with pytest.raises(TextError, match="too large"):
        check(text + "!")
