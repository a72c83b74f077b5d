"""Applying fixes: what may change, what must stay, and that it ends."""

from __future__ import annotations

import re
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.checks import Report, check
from drafter.checks.report import Finding, Fix
from drafter.checks.rewriting.cut import Edit, joined
from drafter.checks.rewriting.fixing import fix
from drafter.incident import Incident
from tests.checks.rewriting.test_recipes import EXAMPLES

SENTENCES = [
    *(str(example.values[1]) for example in EXAMPLES),
    "Hi Tom,",
    "I refunded $40 on 3 May.",
    "We sent you the wrong lamp on Tuesday, and I am sorry.",
    "Grüße aus Köln – bis bald…",
    "- one\n- two",
    "Maya Lindqvist\nSupport lead",
]
TEXTS = st.lists(st.tuples(st.sampled_from(SENTENCES), st.sampled_from([" ", "\n", "\n\n", "\r\n\r\n"])), min_size=1, max_size=6).map(
    lambda parts: "".join(sentence + gap for sentence, gap in parts)
)


def values(text: str) -> set[str]:
    """The numbers of a text, and its words with a capital that do not begin a sentence."""
    return set(re.findall(r"\d+", text)) | set(re.findall(r"(?<=[a-z,] )[A-Z][a-z]+", text))


def replaced(before: str, report: Report) -> set[int]:
    """The characters that the safe fixes of a report may touch."""
    touched: set[int] = set()
    for finding in report.findings:
        if finding.fix and finding.fix.safe:
            start = finding.start + finding.fix.offset
            assert before.startswith(finding.fix.replaces, start)
            touched |= set(range(start, start + len(finding.fix.replaces)))
    return touched


@settings(deadline=None, max_examples=60)
@given(TEXTS)
def test_only_what_the_fixes_name_changes_in_any_text(text: str) -> None:
    """Each round leaves every character outside the reported spans as it was, in its order."""
    report = check(text)
    seen: list[str] = []

    def look(candidate: str) -> Report:
        seen.append(candidate)
        return check(candidate)

    fix(text, look)
    kept = "".join(letter for i, letter in enumerate(text) if i not in replaced(text, report))
    for candidate in seen[1:2]:  # the first try: all of the first round at once
        rest = iter(candidate)
        assert all(letter in rest for letter in kept)


@settings(deadline=None, max_examples=60)
@given(TEXTS)
def test_fixing_is_done_once_and_adds_no_finding_number_or_name(text: str) -> None:
    """The result of a fix has nothing more to fix, nothing new that is flagged, and every number and name of before."""
    result = fix(text, check)
    again = fix(result.text, check)
    assert (again.text, again.applied) == (result.text, ())
    assert len(result.report.findings) <= len(check(text).findings) - len(result.applied)
    assert values(result.text) <= values(text) | set(re.findall(r"\b[A-Z][a-z]+", text))
    assert set(re.findall(r"\d+", text)) <= set(re.findall(r"\d+", result.text))


@settings(deadline=None, max_examples=25)
@given(TEXTS)
def test_with_facts_numbers_and_names_are_those_of_text_or_facts(double_charge: Incident, text: str) -> None:
    """Whatever is put in comes from what a person entered."""
    look = partial(check, incident=double_charge)
    result = fix(text, look)
    known = " ".join(fact.text for fact in double_charge.facts) + f" On By We November 20 25 {text}"
    assert set(re.findall(r"\d+", result.text)) <= set(re.findall(r"\d+", known))
    assert values(result.text) <= {*re.findall(r"\w+", known), *re.findall(r"\d+", known)}
    assert fix(result.text, look).text == result.text


def test_a_letter_is_mended_with_its_facts(double_charge: Incident) -> None:
    """Our act stands once, where it was told without us; the formulas are gone, the refund and the signature stay."""
    text = (
        "Hi Tom,\n\nWe're so sorry for any inconvenience caused. Oops! Your card was charged twice\nbecause of our payment provider.\n\n"
        "I refunded the second $149.00 on November 20.\n\nThank you for your patience and understanding.\n\nMaya Lindqvist\nSupport lead\n"
    )
    assert fix(text, partial(check, incident=double_charge)).text == (
        "Hi Tom,\n\nWe're so sorry. We charged your card twice for order 1042, $149.00 each time.\n\n"
        "I refunded the second $149.00 on November 20.\n\nMaya Lindqvist\nSupport lead\n"
    )


def finding(words: str, text: str, put: str, *, rule: str = "one", severity: str = "warning") -> Finding:
    """A finding of these words with a safe fix."""
    start = text.index(words)
    change = Fix(offset=0, replaces=words, put=put, safe=True)
    return Finding.model_validate(
        {
            "rule": rule,
            "severity": severity,
            "start": start,
            "end": start + len(words),
            "text": words,
            "message": "…",
            "rewrite": put,
            "fix": change,
        }
    )


def test_the_graver_of_two_fixes_that_meet_is_applied() -> None:
    """The error's words win, and the milder finding is looked at again in the new text."""

    def look(text: str) -> Report:
        found = [finding("bad word", text, "word", rule="mild")] if "bad word" in text else []
        found += [finding("very bad", text, "good", rule="grave", severity="error")] if "very bad" in text else []
        return Report(findings=tuple(found))

    result = fix("A very bad word.", look)
    assert (result.text, [one.rule for one in result.applied]) == ("A good word.", ["grave"])


def test_a_fix_that_brings_another_finding_is_left_out() -> None:
    """The others of the same round are applied all the same."""

    def look(text: str) -> Report:
        found = [finding(word, text, put) for word, put in (("alpha", "worse"), ("beta", "good")) if word in text]
        return Report(findings=(*found, *([finding("worse", text, "worse", rule="two")] if "worse" in text else [])))

    assert fix("alpha beta", look).text == "alpha good"


@pytest.mark.parametrize("lost", ["element", "fact", "number", "name"])
def test_a_fix_that_loses_something_is_left_out(lost: str) -> None:
    """An element, a covered fact, a number or a name is worth more than a mended flag."""
    words = {"number": "the 14 rows", "name": "the Kestrel rows"}.get(lost, "the rows")

    def look(text: str) -> Report:
        there = words in text
        elements = {"ownership": "present" if there else "missing"} if lost == "element" else {}
        coverage = [{"fact": "p1", "role": "ours", "span": (0, 1) if there else None}] if lost == "fact" else []
        return Report.model_validate(
            {"findings": [finding(words, text, "them")] if there else [], "elements": elements, "coverage": coverage}
        )

    text = f"We lost {words}."
    assert fix(text, look).text == text


def test_a_fix_whose_words_stand_otherwise_in_the_source_is_left_out() -> None:
    """Where markup stands between the words that were judged, nothing is changed."""

    def look(text: str) -> Report:
        one = finding("so **very** sorry", text, "sorry")
        change = Fix(offset=0, replaces="so very sorry", put="sorry", safe=True)
        return Report(findings=(one.model_copy(update={"fix": change}),))

    text = "We are so **very** sorry."
    assert fix(text, look).text == text


@pytest.mark.parametrize(
    ("text", "cut", "after"),
    [
        ("Oops! We did it.", "Oops!", "We did it."),
        ("So **Oops,** we did it.", "Oops,", "So we did it."),
        ("One. Drop me. Two.", "Drop me", "One. Two."),
        ("One.\n\nDrop me.\n\nTwo.\n", "Drop me", "One.\n\nTwo.\n"),
        ("One.\r\n\r\nDrop me.\r\n\r\nTwo.\r\n", "Drop me", "One.\r\n\r\nTwo.\r\n"),
        ("- One.\n- Drop me.\n- Two.\n", "Drop me", "- One.\n- Two.\n"),
        ("One.\nDrop me.\n", "Drop me", "One.\n"),
        ("One.\n\nDrop me.", "Drop me", "One."),
        ("It is, lol, done.", "lol", "It is, done."),
        ("A very good error.", "very good", "An error."),
        ("We did it, sadly.", "sadly", "We did it."),
    ],
)
def test_the_seam_takes_blanks_commas_lines_and_articles_along(text: str, cut: str, after: str) -> None:
    """What is left reads as if it had been written so, with the line ends of the text."""
    start = text.index(cut)
    sentence = _sentence(text, start, start + len(cut))
    edit = joined(text, sentence, Edit(start, start + len(cut), ""))
    assert text[: edit.start] + edit.put + text[edit.end :] == after


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    first = max(text.rfind(mark, 0, start) + len(mark) if mark in text[:start] else 0 for mark in (". ", "\n", "- "))
    return first, text.index(".", end) + 1 if "." in text[end:] else len(text)
