"""Sentences, what of them is judged, and the reading of clauses."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.checks.clauses import Clause, Document, analyse
from drafter.checks.fold import fold


def texts(text: str) -> list[str]:
    """The sentences of a text, judged or not."""
    return [sentence.text for sentence in analyse(text).sentences]


def judged(text: str) -> list[str]:
    """The sentences of a text that are judged."""
    return [sentence.text for sentence in analyse(text).sentences if sentence.judged]


def only_clause(text: str) -> Clause:
    """The one clause of a text that has one."""
    (sentence,) = analyse(text).sentences
    (clause,) = sentence.clauses
    return clause


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Lund wrote. We read it.", ["Mr. Lund wrote.", "We read it."]),
        ("The van left at 9 a.m. Tuesday. It came at 3 p.m. We were out.", None),
        ("It cost £4.50, e.g. for tea. No. 5 is next door.", ["It cost £4.50, e.g. for tea.", "No. 5 is next door."]),
        ("See https://shop.example.com/a.Bc?d=1. Then reply.", ["See https://shop.example.com/a.Bc?d=1.", "Then reply."]),
        ("We lost it 🙈 Ringing now 😅", ["We lost it 🙈", "Ringing now 😅"]),
        ("🙈 We lost it. 😅\n\n🙃 Sorry!", ["We lost it.", "Sorry!"]),
        ("sorry. we lost it. will ring u", ["sorry.", "we lost it.", "will ring u"]),
        ("It broke.We fixed it.", ["It broke.", "We fixed it."]),
        ("Hi Tom,\nWe lost it.", ["Hi Tom,", "We lost it."]),
        ("What we did:\n- one refund\n- one call", ["What we did:", "one refund", "one call"]),
        ("1. Refund sent\n2. Call booked", ["Refund sent", "Call booked"]),
        ("Status\nAll good now", ["Status", "All good now"]),
        ("Wait… we lost it. Really?! Yes.", ["Wait… we lost it.", "Really?!", "Yes."]),
        ("You wrote 'wrong item?' and you were right.", ["You wrote 'wrong item?' and you were right."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str] | None) -> None:
    """Abbreviations, times, prices, addresses, bullets, greetings and chat spelling do not mislead the splitting."""
    expected = expected or ["The van left at 9 a.m. Tuesday.", "It came at 3 p.m.", "We were out."]
    assert texts(text) == expected


def test_a_line_broken_by_a_mail_program_goes_on() -> None:
    """Hard-wrapped mail is read as the sentences its writer wrote."""
    text = "We charged your card twice for the order that you placed on Monday\nand have sent the second amount back to the card."
    assert len(texts(text)) == 1


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("We lost it.\n\nOn Mon, 3 May 2027 Ana wrote:\n> you are to blame\n> all of you", ["We lost it."]),
        ("We lost it.\n> sorry if it upset you\nIt is found.", ["We lost it.", "It is found."]),
        ("Run `mistakes were made` first.\n```\nan error occurred\n```\nThen call.", None),
        ("We lost it.\n\nKind regards,\nMaya Lindqvist\nCustomer Happiness", ["We lost it."]),
        ("We lost it.\n\nMaya Lindqvist\nSupport lead, Northwind Coffee", ["We lost it."]),
        ("We lost it.\n-- \nSorry Ltd", ["We lost it."]),
        ("“Mistakes were made.” That is what I wrote.", ["That is what I wrote."]),
        ("<code>sorry if</code> is what it printed.", None),
    ],
)
def test_what_is_not_the_writers_own_words_is_not_judged(text: str, kept: list[str] | None) -> None:
    """Quoted trails, code, signatures and quoted speech are left alone."""
    if kept is None:
        assert all("error" not in sentence and "mistakes" not in sentence and "sorry" not in sentence for sentence in judged(text))
    else:
        assert judged(text) == kept


def test_a_short_line_at_the_end_is_no_signature_when_it_speaks() -> None:
    """Only names and roles end a letter unjudged."""
    assert judged("Hello Tom.\n\nMistakes were made")[-1] == "Mistakes were made"
    assert judged("Hi,\n\nSorry For This") == ["Hi,", "Sorry For This"]


@pytest.mark.parametrize(
    "text",
    [
        "You wrote 'oops, wrong item?' and it was.",
        'I called it "a minor hiccup" on Monday.',
        "I told you there was no fault on our side.",
        "You said our driver was rude, and he was.",
    ],
)
def test_quoted_and_reported_words_are_hidden_from_patterns(text: str) -> None:
    """Others' words, and our own earlier ones, are told, not meant."""
    (sentence,) = analyse(text).sentences
    assert "_" in sentence.plain
    assert not any(word in sentence.plain for word in ("oops", "hiccup", "fault", "rude"))


def test_quotation_marks_around_the_whole_text_hide_nothing() -> None:
    """A caller who quotes the text to be checked still has it checked."""
    assert "sorry" in analyse('"We\'re sorry if this upset you."').sentences[0].plain


def test_locked_spans_are_not_judged() -> None:
    """A paragraph fixed by law is used as it is."""
    text = "We lost it.\n\nErrors excepted. No liability is taken.\n\nIt is found."
    start = text.index("Errors")
    document = analyse(text, ((start, text.index("\n\nIt")),))
    assert [sentence.text for sentence in document.sentences if sentence.judged] == ["We lost it.", "It is found."]


@pytest.mark.parametrize(
    ("text", "agent", "tense", "topic", "negated"),
    [
        ("we charged your card twice", "us", "past", "failure", False),
        ("your data was deleted", "none", "past", "failure", False),
        ("your data was deleted by our script", "us", "past", "failure", False),
        ("the parcel was dropped by the courier", "third", "past", "other", False),
        ("our courier lost the bag", "third", "past", "failure", False),
        ("you entered the wrong date", "customer", "past", "other", False),
        ("your refund was issued on Monday", "none", "past", "repair", False),
        ("I will call you on Friday", "us", "future", "future", False),
        ("we did not lose your file", "us", "past", "failure", True),
        ("the fix will be applied by noon", "none", "future", "repair", False),
    ],
)
def test_a_clause_knows_who_did_what_and_when(text: str, agent: str, tense: str, topic: str, negated: bool) -> None:
    """What patterns cannot see: the one who acts, the time, and the side of the matter."""
    clause = only_clause(text)
    assert (clause.agent, clause.tense, clause.topic, clause.negated) == (agent, tense, topic, negated)


def test_clauses_cut_an_apology_from_what_it_is_for() -> None:
    """The complement of an apology is a clause of its own, with an agent of its own."""
    (sentence,) = analyse("I'm sorry that your bag was lost, but we found it.").sentences
    assert [clause.text for clause in sentence.clauses] == ["I'm sorry", "that your bag was lost", "but we found it."]
    assert [clause.agent for clause in sentence.clauses] == ["us", "none", "us"]


@pytest.mark.parametrize(
    ("text", "speech"),
    [
        ("We lost it.", "statement"),
        ("Was it lost?", "question"),
        ("Please send us a photo.", "request"),
        ("Could you send us a photo?", "request"),
        ("Would you like a refund?", "offer"),
        ("If you'd rather have a refund, say so.", "offer"),
    ],
)
def test_a_sentence_knows_what_it_does(text: str, speech: str) -> None:
    """Statements, questions, requests and offers are told apart."""
    assert analyse(text).sentences[0].speech == speech


def test_an_emoji_at_the_end_changes_nothing_of_what_a_sentence_does() -> None:
    """A question with a face behind it still asks, and quoted words with one are still somebody else's."""
    assert [sentence.speech for sentence in analyse("Did we lose it?🙈").sentences] == ["question"]
    assert judged('They wrote it down.\n"I lost it" 😅') == ["They wrote it down."]


@settings(deadline=None)
@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    """Each character is folded to exactly one, in ASCII."""
    folded = fold(text)
    assert len(folded) == len(text)
    assert folded.isascii()


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from(list("ab .,!?\n\"'`>-’“”…é🙈:;()SsW0")), max_size=200))
def test_any_text_is_read_into_ordered_sentences_and_clauses(text: str) -> None:
    """Reading never fails; sentences and clauses stand in order, apart from each other, inside the text."""
    document = Document(text)
    at = 0
    for sentence in document.sentences:
        assert at <= sentence.start < sentence.end <= len(text)
        at = sentence.end
        assert sentence.text == text[sentence.start : sentence.end]
        inner = sentence.start
        for clause in sentence.clauses:
            assert inner <= clause.start < clause.end <= sentence.end
            inner = clause.end


def test_text_without_an_end_is_cut_into_bounded_sentences() -> None:
    """A hostile text of one endless sentence stays linear to scan."""
    document = Document("sorry if " * 20_000)
    assert max(sentence.end - sentence.start for sentence in document.sentences) <= 1200
