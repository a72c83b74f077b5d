"""Markdown is judged as its reader sees it, with every place that of the file."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from drafter import check
from drafter.markup.markdown import read_markdown
from tests.markup import fragments, places

BAD = "You should have read the terms."


def read(text: str) -> str:
    """The prose of a Markdown text."""
    return read_markdown(text).text.strip()


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("# Delay #\n\nWe're *so*rry __if__ you\n", "Delay\n\nWe're sorry if you"),
        ("Title\n=====\nText  \nmore\\\nlines", "Title\n\nText\nmore\nlines"),
        ("See [the *terms*](http://x.example 'no') and [ref].\n\n[ref]: /no 'no'\n", "See the terms and ref."),
        ("Write to <maya@x.example> or <https://x.example>, ![no](no.png)please.", "Write to _ or _, please."),
        ("Set `a = 1` and ``b`c``.", "Set _ and _."),
        ("```\nno\n```\n\n    no\n\nYes\n\n~~~\nno", "Yes"),
        ("> no\nno\n\nYes", "Yes"),
        ("- One\n- Two\n  lines\n\n1. Three\n", "- One\n- Two\nlines\n- Three"),
        ("---\ntitle: no\n---\nYes", "Yes"),
        ("+++\ntitle = 'no'\n+++\nYes", "Yes"),
        ("Yes\n\n---\nno: yes\n---\n", "Yes\n\nno: yes"),
        ("| a | b \\| c |\n|---|---|\n| `d` | *e* |\n| a | |", "a\n\nb | c\n\n_\n\ne\n\na"),
        ("5 * 3, snake_case, \\*no\\* &amp; &rsquo; ~~gone~~", "5 * 3, snake_case, *no* & ’"),
        ("<div>One <b>two</b></div>\n\nThree <kbd>F1</kbd><br>four <!-- no -->", "One two\n\nThree _\nfour"),
        ("<details><summary>One</summary>\n\nTwo\n\n</details>", "One\n\nTwo"),
        ("<blockquote>\n\nno\n\n</blockquote>\n\nYes", "Yes"),
        ("One[^1]\n\n[^1]: Two *three*.\n", "One[^1]\n\n[^1]: Two three."),
        ("One[^1]\n\n[^1]: Two 'three'\n\n[ref]: /no 'no'\n", "One[^1]\n\n[^1]: Two 'three'"),
        ("One <del>no\n\nTwo <code>no\n\nThree", "One \n\nTwo _\n\nThree"),
        ("- > no\n- yes\n\n  | x |\n  |---|\n  | y |", "- yes\n\nx\n\ny"),
    ],
)
def test_only_what_a_reader_sees_is_read(text: str, prose: str) -> None:
    """Marks, addresses, code, quotations, front matter and comments are left out; blocks stay apart."""
    assert read(text) == prose
    assert read(text.replace("\n", "\r\n")) == prose


@pytest.mark.parametrize(
    "sentence",
    [
        "We're *sorry* if you were affected.",
        "We&rsquo;re **sor**ry if you were affected.",
        "We're [sorry](http://x.example/if) if you were affected.",
        "We\\'re sorry\nif you were affected.",
        "We're <b>sorry</b> if you were affected.",
    ],
)
def test_marks_within_a_sentence_do_not_break_it(sentence: str) -> None:
    """The finding is the one of the plain sentence, and its words hold the marks of the file."""
    text = f"---\ntitle: x\n---\n\n# News\n\n- one\n\n{sentence}\n"
    (finding,) = check(text, markup="markdown").findings
    assert finding.rule == "conditional-apology"
    assert finding.start == text.index("We")
    assert text[finding.start : finding.end] == finding.text


@pytest.mark.parametrize(
    "text",
    [
        f"---\ntitle: {BAD}\n---\n",
        f"    {BAD}",
        f"```\n{BAD}\n```",
        f"> {BAD}",
        f"`{BAD}`",
        f"![{BAD}](x.png)",
        f"[ok](x '{BAD}')",
        f"<!-- {BAD} -->",
    ],
)
def test_what_is_not_ours_is_not_judged(text: str) -> None:
    """Front matter, code, quotations, images and titles of links give no finding."""
    assert check(f"{text}\n\nHello.", markup="markdown").findings == ()
    assert check(f"{BAD}\n\nHello.", markup="markdown").findings != ()


def test_a_finding_in_a_table_is_in_its_own_cell() -> None:
    """The same words in two cells are two findings, each where it stands."""
    text = f"| Case | Text |\n|------|------|\n| {BAD} | {BAD[:-1]} \\| no |\n"
    assert [finding.start for finding in check(text, markup="markdown").findings] == [text.index("You"), text.rindex("You")]


@settings(deadline=None)
@given(fragments.markdown)
def test_every_place_is_one_of_the_file(text: str) -> None:
    """Whatever stands in a text, characters and findings are where they say."""
    assume(text.strip())
    places.hold(text, "markdown")
    places.exact(text, "markdown")


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    """No text makes the reader fail, and no character is out of place."""
    places.hold(text, "markdown")


@settings(deadline=None)
@given(fragments.made_of([*fragments.PLAIN, *fragments.MARKS]))
def test_no_text_of_a_paragraph_is_lost(text: str) -> None:
    """Every word that the library itself reads outside of quotations is in the prose."""
    assume("---" not in text and "+++" not in text and "~~" not in text)  # front matter and struck words are left out
    prose, quoted, linked = read_markdown(text).text, 0, 0
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text):
        quoted += token.nesting if token.type.startswith("blockquote") else 0
        for child in (token.children or []) if token.type == "inline" and not quoted else []:
            linked += child.nesting if child.markup == "autolink" else 0
            if child.type == "text" and not linked:
                assert child.content.strip(" ") in prose


def test_a_footnote_is_judged_where_it_stands() -> None:
    """It is prose that a reader sees; its words are exactly those of the file."""
    text = 'It was late.[^a]\n\n[^a]: You **should have** read the sign.\n[^b]: You "failed to"\n'
    found = [finding for finding in check(text, markup="markdown").findings if finding.rule == "blame-customer"]
    assert [finding.text for finding in found] == ["You **should have** read", 'You "failed to']
    assert all(text[finding.start : finding.end] == finding.text for finding in found)
