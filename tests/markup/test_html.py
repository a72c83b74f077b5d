"""HTML is judged as its reader sees it, with every place that of the file."""

from __future__ import annotations

from html import escape

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from drafter import check
from drafter.incident import Incident
from drafter.markup.html import read_html
from tests.markup import fragments, places

TEXT = "We’re sorry if you & yours were affected – truly."


def read(text: str) -> str:
    """The prose of an HTML text."""
    return read_html(text).text.strip()


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("<p>We&rsquo;re <b>so</b>rry&nbsp;if</p>", "We’re sorry\u00a0if"),
        ("One\n   two <!-- x > y -->three", "One two three"),
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<div>Hi Tom,</div><div><br></div><div>We</div>", "Hi Tom,\n\nWe"),
        ("Best,<br>Maya", "Best,\nMaya"),
        ("<ul><li>One<li>Two</ul>", "One\nTwo"),
        ("<table><tr><td>One</td><td>Two</td></tr></table>", "One\n\nTwo"),
        ("Set <code>a = 1</code> now, <q>she</q> said.", "Set _ now, _ said."),
        ("It <del>may have</del> failed.", "It failed."),
        ("<title>No</title><script>if (a<b) x()</script><style>p>b{}</style>Yes", "Yes"),
        ("<script>'<p>no'</script>Yes<textarea><b>no</textarea>", "Yes"),
        ("<pre>no</pre>Yes<blockquote>no <blockquote>no</blockquote> no</blockquote>", "Yes"),
        ('Yes<div class="x gmail_quote">no<div>no</div>no</div>', "Yes"),
        ("<blockquote><code>no</blockquote>Yes", "Yes"),
        ("<a href=\"/sorry?a>b\" title='no' data-x=no>Yes</a>", "Yes"),
        ("a < b & c &bogus; &lt;b&gt;", "a < b & c &bogus; <b>"),
        ("incon&shy;venience &zwnj;\u200b&nbsp;x", "inconvenience \u00a0x"),
        ("<!DOCTYPE html><?xml no?><![CDATA[no]]>Yes</br>no<", "Yes\nno<"),
        ("Yes<p title='no", "Yes"),
        ("Yes<!-- no", "Yes"),
        ("<!-->Yes<!--->, yes", "Yes, yes"),
        ("<p>Yes<del>no</p><p>Yes</p>", "Yes\n\nYes"),
        ("<p>Yes <q>no<p>Yes", "Yes _\n\nYes"),
        ("<ul><li>Yes <code>no<li>Yes</ul>", "Yes _\nYes"),
        ("<table><tr><td>Yes<s>no<td>Yes</table>", "Yes\n\nYes"),
        ("<div>Yes<del>no<blockquote>no</blockquote>no</div>Yes", "Yes\nYes"),
        ("Yes, <del>yes.<p>Yes</p>", "Yes, yes.\n\nYes"),
        ("<del><p>no</p><p>no</p></del>Yes", "Yes"),
    ],
)
def test_only_what_a_reader_sees_is_read(text: str, prose: str) -> None:
    """Tags, attributes, scripts, code, quotations and comments are left out; entities are what they stand for."""
    assert read(text) == prose


@pytest.mark.parametrize("tag", ["b", "em", "span style='x'", "a href='/if'", "font", "o:p"])
def test_tags_within_a_sentence_do_not_break_it(tag: str) -> None:
    """The finding is the one of the plain sentence, and its words hold the tags of the file."""
    name = tag.split()[0]
    text = f"<p>We&#8217;re so<{tag}>rry\n  i</{name}>f you were affected.</p>"
    (finding,) = check(text, markup="html").findings
    assert finding.rule == "conditional-apology"
    assert finding.text.startswith("We&#8217;re so<")
    assert text[finding.start : finding.end] == finding.text


def test_attributes_scripts_and_quotations_are_not_judged() -> None:
    """Words of a fault in all the places that nobody reads as ours give no finding."""
    bad = "You should have read the terms."
    text = (
        f"<html><head><title>{bad}</title><meta content='{bad}'><script>x = '{bad}'</script></head>"
        f"<body><img alt='{bad}'><a title='{bad}' href='#'>Hello.</a><pre>{bad}</pre><!-- {bad} -->"
        f"<blockquote type='cite'>{bad}</blockquote></body></html>"
    )
    assert check(text, markup="html").findings == ()
    assert len(check(f"<p>{bad}</p>{text}", markup="html").findings) == 1


def test_a_quoted_trail_and_a_signature_are_known(double_charge: Incident) -> None:
    """A trail that no element holds is known by its words, and the name under a letter as in plain text."""
    text = (
        "<p>Hi Tom,</p><p>We charged your card twice, and I&#39;m sorry. Reply to me here.</p><p>Best regards,<br>Maya Lindqvist</p>"
        "<div><b>From:</b> Tom Becker<br><b>Sent:</b> Monday<br>You should have read the terms.</div>"
    )
    report = check(text, double_charge, markup="html")
    assert report.elements["personal-voice"] == "present"
    assert "blame-customer" not in {finding.rule for finding in report.findings}


@pytest.mark.parametrize("part", ["<!--", "<", "<a ", "<a b='", "<!x ", "</", "&", "&#", "<div>", "<blockquote>", "<script>", "<![CDATA["])
def test_hostile_html_is_read_in_time(part: str) -> None:
    """Nothing that is left open is looked for again and again."""
    text = part * 20_000
    assert len(read(text)) <= len(text)


@settings(deadline=None)
@given(fragments.html)
def test_every_place_is_one_of_the_file(text: str) -> None:
    """Whatever stands in a text, characters and findings are where they say."""
    assume(text.strip())
    places.hold(text, "html")
    places.exact(text, "html")


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Zs")), min_size=1))
def test_escaped_text_is_read_as_itself(text: str) -> None:
    """What a program writes into a page comes back whole."""
    assert read(f"<p>{escape(text)}</p>") == text


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.sampled_from(["<b>", "</b>", "<i>", "</i>", "<!-- x -->", "<span class='a'>", "</span>", "<wbr>"]), max_size=6), st.data()
)
def test_markup_anywhere_inside_changes_no_finding(tags: list[str], data: st.DataObject) -> None:
    """Inline tags at any places of a sentence leave its findings as they were."""
    plain = [finding.rule for finding in check(TEXT).findings]
    assert plain
    parts = list(TEXT)
    for tag in tags:
        parts.insert(data.draw(st.integers(0, len(parts))), tag)
    text = f"<p>{''.join(part if part in tags else escape(part) for part in parts)}</p>"
    found = check(text, markup="html").findings
    assert [finding.rule for finding in found] == plain
    assert [read(finding.text) for finding in found] == [finding.text for finding in check(TEXT).findings]
