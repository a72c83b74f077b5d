"""Rule files that do not follow the format, and scanning: spans, scopes, conditions, overlaps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter.checks.clauses import analyse
from drafter.checks.engine import RuleSet, first_spans, languages, read_rules, rules_for, scan, spans
from drafter.checks.lexicon import expand, word_list
from drafter.checks.rule import read_rule
from drafter.errors import LanguageError, RuleError

Rules = Callable[..., RuleSet]


@pytest.fixture
def rules(tmp_path: Path) -> Rules:
    """Makes a set of rules of heads, each under the name of its keyword."""

    def build(**heads: str) -> RuleSet:
        folder = tmp_path / "en"
        folder.mkdir(exist_ok=True)
        for name, head in heads.items():
            (folder / f"{name.replace('_', '-')}.md").write_text(f"---\n{head}\n---\nSay what we did.\n", "utf-8")
        return read_rules(folder)

    return build


def found(text: str, rules: RuleSet, *, public: bool = False) -> list[tuple[str, str]]:
    """Rule and words of each finding."""
    return [(finding.rule, finding.text) for finding in scan(analyse(text), rules, public=public)]


@pytest.mark.parametrize(
    ("head", "line", "words"),
    [
        ("severity: error\nmatch: ['a']\ncolour: red", 4, "unknown key"),
        ("severity: fatal\nmatch: ['a']", 2, "'fatal' is not one of error, warning, suggestion"),
        ("severity: error", None, "needs `match` or `detect`"),
        ("severity: error\nmatch:\n  - 'sorry {nobody_has_this}'", 4, "no word list {nobody_has_this}"),
        ('severity: error\nmatch:\n  - "\\bsorry"', 4, "write '\\b' in single quotes"),
        ("severity: error\nmatch: ['a']\nwhen: {mood: good}", 4, "when knows no 'mood'"),
        ("severity: error\nmatch: ['a']\nwhen: {agent: them}", 4, "'them' is not one of us, customer, third, none"),
        ("severity: error\nmatch: ['a']\nscope: page", 4, "'page' is not one of clause, sentence, pair, text"),
        ("severity: error\nmatch: ['a']\nraise_to: error", 4, "raise_to is written"),
        ("severity: error\nmatch: [a", None, "not YAML"),
        ("severity: error\nmatch: ['a']\nmatch: ['b']", 4, "not YAML: the key 'match' stands twice"),
        ("severity: error\nmatch: ['a']\npublic: yes", 4, "public: 'yes' is not one of True, False"),
        ("severity: error\nkind: element\nabsent: [wrong]", None, "an element waits for the absence of patterns only"),
        ("severity: error\nmatch: {a: b}", 3, "match is a list of texts"),
    ],
)
def test_a_wrong_rule_file_is_refused_with_its_line(rules: Rules, head: str, line: int | None, words: str) -> None:
    """The one who adds a rule is told the file, the line and what to write."""
    with pytest.raises(RuleError) as caught:
        rules(wrong=head)
    assert caught.value.source == "wrong.md"
    assert words in str(caught.value)
    if line:
        assert caught.value.complaints[0].line == line


@pytest.mark.parametrize("key", ["match", "unless", "next_unless", "prev_unless"])
def test_a_pattern_that_is_compiled_when_it_is_needed_is_refused_with_its_line(rules: Rules, key: str) -> None:
    """Patterns are compiled together with their like, and a bad one is still named by file and line."""
    head = "severity: error\nmatch:\n  - 'good'\n" if key != "match" else "severity: error\n"
    built = rules(wrong=f"{head}{key}:\n  - 'fine'\n  - '(?!bad)'")
    with pytest.raises(RuleError, match=rf"wrong\.md: line {5 + 2 * (key != 'match')}: not an RE2 pattern") as caught:
        found("Very good. All good. Good again.", built)
    assert caught.value.source == "wrong.md"


def test_all_faults_of_a_file_are_told_at_once(rules: Rules) -> None:
    """Nobody mends a rule file one complaint at a time."""
    with pytest.raises(RuleError) as caught:
        rules(wrong="severity: fatal\nmatch: ['a']\ncolour: red\nscope: page")
    assert len(caught.value.complaints) == 3


def test_control_characters_and_missing_heads_are_refused(tmp_path: Path) -> None:
    """A backspace from a double-quoted pattern, or a file without a head, never becomes a rule."""
    path = tmp_path / "wrong.md"
    path.write_text("---\nseverity: error\nmatch: ['\b']\n---\nbody\n", "utf-8")
    with pytest.raises(RuleError, match="line 3: the file holds a control character"):
        read_rule(path)
    path.write_text("severity: error\n", "utf-8")
    with pytest.raises(RuleError, match="a rule begins with"):
        read_rule(path)
    path.write_text("---\nseverity: error\nmatch: ['a']\n---\n\n", "utf-8")
    with pytest.raises(RuleError, match="the body is empty"):
        read_rule(path)


def test_names_of_rules_and_detectors_must_exist(rules: Rules) -> None:
    """A rule that leans on another is refused when there is none."""
    with pytest.raises(RuleError, match="'no-such-rule', which is no rule"):
        rules(wrong="severity: error\nmatch: ['a']\nalso: [no-such-rule]")
    with pytest.raises(RuleError, match="there is no detector 'nobody'"):
        rules(wrong="severity: error\ndetect: nobody")


def test_every_shipped_rule_file_reads_strictly() -> None:
    """Each pattern of each shipped rule compiles on its own, and its examples are lists of texts."""
    for rule in rules_for("en").rules.values():
        assert read_rule(rule.path, strict=True).severity == rule.severity


def test_a_language_without_rules_is_refused_with_those_that_work() -> None:
    """The user is told what they can have."""
    assert "en" in languages()
    with pytest.raises(LanguageError, match="'xx'; these languages work: en"):
        rules_for("xx")


def test_lists_expand_longest_first_and_blanks_match_any_number() -> None:
    """Word lists are bounded by word ends, and wrapped or double-spaced letters match as others do."""
    pattern = word_list("apology_word")
    assert pattern.startswith(r"\b(?:")
    assert expand("a b ?c[ d]") == "a +b ?c[ d]"
    assert expand("don’t £") == r"don'?t +\$"
    assert expand("your") == "(?:your|ur|yr)"


def test_the_hash_changes_with_a_rule(rules: Rules) -> None:
    """A draft's provenance tells which rules it was checked with."""
    first = rules(one="severity: error\nmatch: ['a']").hash
    assert rules(one="severity: error\nmatch: ['b']").hash != first


def test_named_groups_give_the_span_and_skip_matches(rules: Rules) -> None:
    """`span` is what is flagged, and `skip` makes a match harmless."""
    built = rules(one="severity: error\nmatch: ['sorry (?:(?P<skip>not)|(?P<span>if))']")
    assert found("so sorry if. sorry not.", built) == [("one", "if")]


def test_unless_next_and_previous_sentences_speak_against_a_match(rules: Rules) -> None:
    """A take-back in the same, the next or the sentence before keeps a rule silent."""
    built = rules(one="severity: error\nmatch: ['broke']\nunless: ['by us']\nnext_unless: ['^we did']\nprev_unless: ['ours[.]$']")
    assert found("It broke.", built) == [("one", "broke")]
    assert found("It broke by us. It broke. We did it. All ours. It broke.", built) == []


def test_when_asks_for_the_clause_that_holds_the_match(rules: Rules) -> None:
    """Agent, tense, topic, negation and speech decide where words alone cannot."""
    built = rules(one="severity: error\nmatch: ['lost']\nwhen: {agent: none, negated: false, speech: statement, tense: past}")
    assert found("Your bag was lost.", built) == [("one", "lost")]
    for harmless in ("We lost your bag.", "Your bag was not lost.", "Was your bag lost?", "You lost it, and we found it."):
        assert found(harmless, built) == []


def test_scopes_reach_as_far_as_they_say(rules: Rules) -> None:
    """A clause, a sentence, two sentences, the whole text."""
    pattern = "match: ['one.*two']"
    built = {scope: f"severity: error\n{pattern}\nscope: {scope}" for scope in ("clause", "sentence", "pair", "text")}
    texts = {"clause": "one two", "sentence": "one, and we two", "pair": "one. Then two", "text": "one. Then. Then two"}
    reach = list(texts)
    for number, scope in enumerate(reach):
        ruled = rules(one=built[scope])
        assert [bool(found(texts[other], ruled)) for other in reach] == [place <= number for place in range(4)], scope


def test_a_pair_is_flagged_once(rules: Rules) -> None:
    """What lies in the second sentence of one pair and the first of the next is one finding."""
    built = rules(one="severity: error\nmatch: ['bad']\nscope: pair")
    assert found("Good. Bad. Good.", built) == [("one", "Bad")]


def test_absent_looks_at_the_whole_text_and_raise_to_changes_the_severity(rules: Rules) -> None:
    """A rule about something missing waits for the last sentence, by pattern or by the name of an element."""
    heads = {
        "own": "severity: error\nkind: element\nmatch: ['we broke']",
        "one": "severity: warning\nmatch: ['regret']\nabsent: ['sorry|apolog']\nraise_to: {severity: error, when: {absent: own}}",
    }
    built = rules(**heads)
    assert [finding.severity for finding in scan(analyse("We regret it."), built)] == ["error"]
    assert [finding.severity for finding in scan(analyse("We regret it. Later, we broke it."), built)] == ["warning"]
    assert found("We regret it. Nothing more. Sorry.", built) == []
    assert spans(analyse("Then we broke it."), "own", built) == [(5, 13)]


def test_present_asks_for_words_elsewhere_in_a_text_of_more_than_one_sentence(rules: Rules) -> None:
    """What is a repair where something failed is everyday service where nothing did; a lone sentence cannot say which."""
    built = rules(one="severity: error\nkind: element\nmatch: ['on its way']\npresent: ['sorry|wrong']")
    assert "one" in first_spans(analyse("The lamp is on its way."), built)
    assert "one" in first_spans(analyse("The lamp is on its way. We sent the wrong one."), built)
    assert "one" not in first_spans(analyse("The lamp is on its way. It comes on Monday."), built)


def test_public_rules_wait_for_a_public_channel(rules: Rules) -> None:
    """What may stand in an email may not stand where everyone reads."""
    built = rules(one="severity: error\nmatch: ['order [0-9]+']\npublic: true")
    assert found("Your order 4471.", built) == []
    assert found("Your order 4471.", built, public=True) == [("one", "order 4471")]


def test_the_graver_then_the_longer_finding_keeps_its_words(rules: Rules) -> None:
    """Rules share words only where one of them says so."""
    built = rules(
        long="severity: warning\nmatch: ['any inconvenience caused']",
        grave="severity: error\nmatch: ['any inconvenience']",
        shared="severity: suggestion\nmatch: ['inconvenience']\nalso: [grave]",
    )
    assert found("Any inconvenience caused.", built) == [("grave", "Any inconvenience"), ("shared", "inconvenience")]


WORDS = (
    "sorry if",
    "we’re sorry",
    "mistakes were made",
    "é",
    "🙈",
    "\n",
    ". ",
    "’",
    "“",
    "”",
    "you",
    "but",
    "> ",
    "our fault",
    "lost",
    "\u00a0",
    "…",
)


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
def test_spans_index_the_callers_own_string(text: str) -> None:
    """Whatever quotes, accents, emoji and blanks stand in a text, a finding's words are exactly where it says, every time."""
    rules = rules_for("en")
    findings = scan(analyse(text), rules, public=True)
    assert findings == scan(analyse(text), rules, public=True)
    assert all(text[finding.start : finding.end] == finding.text for finding in findings)
    assert [finding.start for finding in findings] == sorted(finding.start for finding in findings)
    assert len({(finding.rule, finding.start, finding.end) for finding in findings}) == len(findings)


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_scanned(text: str) -> None:
    """No text makes a scan fail."""
    for finding in scan(analyse(text), rules_for("en"), public=True):
        assert text[finding.start : finding.end] == finding.text


def test_curly_quotes_and_no_break_spaces_match_as_plain_ones_do() -> None:
    """What a phone or a word processor types is read as what was meant."""
    rules = rules_for("en")
    plain = found("We're sorry if it upset you.", rules)
    assert plain
    assert [rule for rule, _ in found("We’re\u00a0sorry if it  upset you.", rules)] == [rule for rule, _ in plain]


def test_a_pattern_of_two_sentences_may_begin_with_the_first_of_them_anywhere() -> None:
    """A sentence that begins "Although we apologise" is no better after another one than at the start of the text."""
    words = "Although we apologise for the noise, you were told about the works."
    for text in (words, f"We finished the repair this morning. {words}"):
        assert [finding.text for finding in scan(analyse(text), rules_for("en")) if finding.rule == "apology-but"] == ["you were told"]
