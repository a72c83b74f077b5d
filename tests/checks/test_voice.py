"""The second voice: what it adds to the rules, what it doubts, and where it keeps silent."""

from __future__ import annotations

import pytest

from drafter.checks import check
from drafter.checks.classifier import EDGE, FOLDER, Classifier, classifier_for, features, words
from drafter.checks.clauses import analyse
from drafter.checks.engine import rules_for, scan
from drafter.checks.ruleset import RuleSet

RULES = rules_for("en")
HEAD = {
    "heads": ["any", "blame-customer", "excuse"],
    "bias": [-1.0, -1.0, -1.0],
    "least": 1.0,
    "sure": 2.5,
    "quiet": -1.5,
    "trained_on": "rows",
}


def voice() -> Classifier:
    """The one that is shipped."""
    classifier = classifier_for("en")
    assert classifier is not None
    return classifier


def small() -> Classifier:
    """One that knows three features."""
    return Classifier(HEAD, {"guests": "a150b200c-50", "trouble": "\thad * a30\tno a120b90"})


def test_words_are_small_letters_between_edges_and_signs_are_words_too() -> None:
    """What stands first and last in a sentence is told from what stands within it."""
    assert words("we didn't, sam!") == [EDGE, EDGE, "we", "didnt", ",", "sam", "!", EDGE]


def test_features_are_the_word_the_pair_the_three_and_the_pair_with_a_gap() -> None:
    """Numbers are one word, and British spellings go with American ones."""
    assert features("we", "apologise", "1042") == ("0", "apologize 0", "we apologize 0", "we * 0")


def test_odds_are_the_sum_of_the_weights_of_each_head() -> None:
    """Weights stand in hundredths beside the letter of their head, after what stands before the word."""
    row = words("other guests had no trouble")
    assert small().stops(row) == pytest.approx(-1 + 1.5 + 1.2 + 0.3)
    assert small().rules(small().met(row)) == pytest.approx({"blame-customer": -1 + 2 + 0.9, "excuse": -1.5})


def test_the_strongest_words_are_those_that_speak_for_the_rule() -> None:
    """A pair with a gap is not told: nobody could find it in the sentence."""
    assert small().strongest(small().met(words("other guests had no trouble")), "blame-customer") == ["guests", "no trouble"]


def test_the_file_is_small_and_read_in_a_moment() -> None:
    """Two megabytes at most, and lines in order, so that a change can be read."""
    path = FOLDER / "en.txt"
    assert path.stat().st_size < 2_000_000
    lines = path.read_text("ascii").rstrip("\n").split("\n")[1:]
    assert lines == sorted(lines, key=lambda line: line.split("\t")[0])
    assert all(line.count("\t") >= 1 for line in lines)


def test_it_speaks_where_no_rule_stops_and_names_rule_and_words() -> None:
    """Blame without a marker word is a warning on the whole sentence."""
    text = "Hi Ana, your reference is 12. Nobody else in the building has complained of any of this, and the others all managed to get in."
    findings = scan(analyse(text), RULES)
    assert [finding.rule for finding in findings if finding.severity != "suggestion"] == ["blame-customer"]
    (finding,) = (finding for finding in findings if finding.severity != "suggestion")
    assert finding.text == text[finding.start : finding.end]


UNSURE = "You were without hot water for a mere four hours out of a five-day stay."
EVERYDAY = "Your order leaves on Friday. You can follow it in the app. "


def test_in_an_everyday_message_it_speaks_only_where_it_is_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Alone or beside a fault that a rule has found, a sentence is warned of that passes among sentences with nothing amiss."""
    monkeypatch.setattr(voice(), "sure", voice().stops(words(analyse(UNSURE).sentences[0].lower)) + 0.1)
    assert scan(analyse(UNSURE), RULES)
    assert scan(analyse(EVERYDAY + UNSURE), RULES) == []
    blaming = "You should have read our terms. "
    beside = scan(analyse(blaming + UNSURE), RULES)
    assert any(finding.start >= len(blaming) for finding in beside)


@pytest.mark.parametrize(("sure", "spoken"), [(1.0, True), (99.0, False)])
def test_an_excuse_within_a_sentence_gives_way_only_where_it_is_sure(monkeypatch: pytest.MonkeyPatch, sure: float, spoken: bool) -> None:
    """What excuses the match of a rule speaks for the sentence, unless its other words weigh more."""
    monkeypatch.setattr(voice(), "sure", sure)
    monkeypatch.setattr("drafter.checks.reading.Reading.excused", lambda *_: True)
    assert bool(scan(analyse(UNSURE), RULES)) is spoken


def test_what_stands_beside_a_sentence_is_heeded_however_sure_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """It reads one sentence at a time, so the next one may know better."""
    assert scan(analyse(UNSURE), RULES)
    monkeypatch.setattr("drafter.checks.reading.Reading.excused_beside", lambda *_: True)
    monkeypatch.setattr(voice(), "sure", -99.0)
    assert scan(analyse(UNSURE), RULES) == []


def test_it_is_never_an_error() -> None:
    """A likelihood may ask a person to look; only a rule holds a letter back."""
    texts = [row for rule in RULES.rules.values() if rule.kind == "flag" for row in rule.flags]
    for text in texts:
        clean = text.replace("[", "").replace("]", "")
        alone = {(finding.rule, finding.start, finding.end) for finding in scan(analyse(clean), RULES, voice=False)}
        added = [finding for finding in scan(analyse(clean), RULES) if (finding.rule, finding.start, finding.end) not in alone]
        assert {finding.severity for finding in added} <= {"warning"}, clean


def test_a_rule_that_is_off_is_not_named() -> None:
    """What the house has switched off stays off, whoever would say it."""
    text = "Our other guests had no difficulty at all with the door and neither should you have had any."
    said = {finding.rule for finding in scan(analyse(text), RULES)}
    assert said
    style = type(RULES.style)(off=frozenset(said))
    assert scan(analyse(text), RuleSet(RULES.rules, "house", style=style)) == []


def test_it_is_silent_where_facts_are_told() -> None:
    """What the incident records is said as it was recorded; rules still read it."""
    text = "Nobody else in the building has complained of any of this, and the others all managed to get in."
    assert scan(analyse(text), RULES)
    assert scan(analyse(text), RULES, told=[(0, 10)]) == scan(analyse(text), RULES, voice=False)


def test_it_doubts_a_rule_where_no_reader_would_stop() -> None:
    """A match in a plainly harmless sentence is left out; the rule alone would have raised it."""
    rows = ["Thank you for booking with us, your room is ready from three.", "Deliveries run a day late in Kerry because of snow."]
    for text in rows:
        with_voice = {finding.rule for finding in scan(analyse(text), RULES)}
        assert with_voice <= {finding.rule for finding in scan(analyse(text), RULES, voice=False)}


def test_no_flagged_example_of_a_rule_is_doubted() -> None:
    """What a rule is about is raised with the voice as without it."""
    lost = []
    for rule in RULES.rules.values():
        for example in rule.flags if rule.kind == "flag" else ():
            text = example.replace("[", "").replace("]", "")
            if not any(finding.rule == rule.id for finding in scan(analyse(text), RULES, public=rule.public)):
                lost.append((rule.id, text))
    assert lost == []


def test_two_checks_of_a_text_say_the_same() -> None:
    """Nothing is drawn by chance, and no memory of earlier texts changes a verdict."""
    text = "The password on the account had not been changed since 2019, which is what let them in."
    first = check(text)
    for number in range(50):
        check(f"Order {number} is on its way to you, and it will be there on Friday.")
    assert check(text + " ").findings == check(text + " ").findings
    assert check(text) == first
