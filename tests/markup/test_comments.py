"""Comments in Markdown and HTML switch rules off, for a stretch or for a line; what they do not know is told."""

from __future__ import annotations

import pytest

from drafter import check
from drafter.errors import InputError
from drafter.markup import Markup

BAD = "You should have read the terms."
FORMULA = "We take this seriously."


def found(text: str, markup: Markup = "markdown") -> list[tuple[str, int]]:
    """Rule and line of what is found."""
    return [(finding.rule, text.count("\n", 0, finding.start) + 1) for finding in check(text, markup=markup).findings]


@pytest.mark.parametrize("markup", ["markdown", "html"])
def test_a_comment_switches_rules_off_until_another_switches_them_on(markup: Markup) -> None:
    """Named rules, all rules, and back."""
    text = f"{BAD}\n\n<!-- drafter: off blame-customer, excuse -->\n\n{BAD} {FORMULA}\n\n<!-- drafter: on -->\n\n{BAD}\n"
    assert found(text, markup) == [("blame-customer", 1), ("stock-phrase", 5), ("blame-customer", 9)]
    text = f"<!-- drafter: off -->\n\n{BAD} {FORMULA}\n\n<!-- drafter: on stock-phrase -->\n\n{BAD} {FORMULA}\n"
    assert found(text, markup) == [("stock-phrase", 7)]


def test_one_of_several_rules_is_switched_on_again() -> None:
    """The others stay off."""
    text = f"<!--drafter:off stock-phrase blame-customer-->\n\n<!-- drafter: on stock-phrase -->\n\n{BAD} {FORMULA}\n"
    assert found(text) == [("stock-phrase", 5)]


@pytest.mark.parametrize("markup", ["markdown", "html"])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_the_next_line_that_is_not_blank_is_spared(markup: Markup, gap: str) -> None:
    """Only findings that begin on it, and only of the named rules."""
    text = f"<!-- drafter: off-next-line blame-customer -->{gap}{BAD} {FORMULA}\n{BAD}\n"
    line = 2 + gap.count("\n") - 1
    assert found(text, markup) == [("stock-phrase", line), ("blame-customer", line + 1)]
    assert found(text.replace(" blame-customer ", " "), markup) == [("blame-customer", line + 1)]


def test_a_comment_inside_a_paragraph_counts_from_there() -> None:
    """What stands before it on the line is judged."""
    assert found(f"{BAD} <!-- drafter: off --> {BAD}") == [("blame-customer", 1)]


def test_what_is_missing_stands_at_the_end() -> None:
    """It is switched off where its rule is still off at the end of the text."""
    text = "We'll write tomorrow.\n\n<!-- drafter: off missing-ownership -->\n"
    rules = {finding.rule for finding in check(text, kind="apology", markup="markdown").findings}
    assert "missing-ownership" not in rules
    assert "missing-explicit-apology" in rules
    again = check(text + "<!-- drafter: on -->\n", kind="apology", markup="markdown").findings
    assert "missing-ownership" in {finding.rule for finding in again}


def test_plain_text_has_no_comments() -> None:
    """A customer would read them."""
    assert found(f"<!-- drafter: off -->\n\n{BAD}", "text") == [("blame-customer", 3)]


@pytest.mark.parametrize("markup", ["markdown", "html"])
def test_an_unknown_rule_is_told_with_its_line(markup: Markup) -> None:
    """All of them at once, each with the nearest."""
    text = f"Hello.\n\n<!-- drafter: off stok-phrase -->\n\n{BAD}\n\n<!-- drafter: on ownership -->\n"
    with pytest.raises(InputError) as caught:
        check(text, markup=markup)
    assert str(caught.value).splitlines() == [
        "line 3: a comment names the rule 'stok-phrase', which is not there; did you mean 'stock-phrase'?",
        "line 7: a comment names the rule 'ownership', which is not there; did you mean 'missing-ownership'?",
    ]


def test_an_unknown_word_is_told_with_its_line() -> None:
    """A comment that is meant for Drafter and says nothing that it knows would be ignored in silence."""
    with pytest.raises(InputError, match=r"^line 2: a comment for Drafter says 'of'; did you mean 'off'\?$"):
        check("Hello.\n<!-- drafter: of excuse -->\n", markup="markdown")
    with pytest.raises(InputError, match=r"says 'disable'; write one of off, on, off-next-line\.$"):
        check("<!-- drafter: disable -->\nHello.", markup="html")


def test_other_comments_mean_nothing() -> None:
    """Those of other tools and those that only speak of Drafter stay comments."""
    assert found(f"<!-- vale off -->\n\n<!-- drafter is off today -->\n\n{BAD}") == [("blame-customer", 5)]
