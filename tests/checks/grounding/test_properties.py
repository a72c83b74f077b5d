"""What holds for every text: no exception, exact spans, word tables that do not contradict themselves."""

from __future__ import annotations

from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drafter.checks.grounding import cover, ground
from drafter.checks.grounding.lexicon import groups, lines
from drafter.checks.grounding.words import base
from drafter.incident import Incident

PIECES = st.sampled_from(
    [
        *(
            "we",
            "I",
            "you",
            "will",
            "'ll",
            "refunded",
            "charged",
            "your card",
            "$149.00",
            "$",
            "£4",
            "November",
            "25",
            "November 25",
            "Wednesday",
        ),
        *(
            "tomorrow",
            "5 pm",
            "17:00",
            "half",
            "a dozen",
            "twice",
            "20%",
            "order 1042",
            "#",
            "and",
            "if",
            "that",
            ",",
            ".",
            "?",
            "\n",
            "\n\n- ",
            "> ",
        ),
        *(
            "Tom",
            "Hi",
            "Maya",
            "please call me",
            "by",
            "on the",
            "31st",
            "2/30",
            "99/99",
            "1e9",
            "½",
            "é",
            "’",
            "“",
            "`",
            "```",
            "24/7",
            "٣",
            "²",
            "0",
            "a",
            "an",
        ),
        *(
            "hour",
            "weeks ago",
            "in",
            "30 February",
            "00:61",
            "25:99",
            "24:00",
            "9999999999999999999999",
            "v1.2.3",
            "@x",
            "a@b.co",
            "https://x.y",
            "(020) 7946",
        ),
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join), st.lists(PIECES, max_size=40).map("".join))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
def test_ground_never_raises_and_its_spans_are_exact(text: str, double: Incident) -> None:
    """Whatever the text, every claim and finding has the words that stand at its span."""
    grounding = ground(text, double)
    spans = [(claim.start, claim.end, claim.text) for claim in grounding.claims]
    spans += [(finding.start, finding.end, finding.text) for finding in grounding.findings]
    for start, end, words in spans:
        assert 0 <= start <= end <= len(text)
        assert text[start:end] == words


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
def test_cover_never_raises_and_keeps_the_order(text: str, double: Incident) -> None:
    """Whatever the text, each id comes back once, in order, with a span inside the text or none."""
    ids = [stated.id for stated in double.facts]
    covered = cover(text, double, ids)
    assert [item.fact for item in covered] == ids
    assert all(item.span is None or 0 <= item.span[0] < item.span[1] <= len(text) for item in covered)


def test_no_word_is_in_two_groups_of_synonyms() -> None:
    """A word counts as one thing only."""
    counted = Counter(base(word) for group in groups("synonyms") for word in dict.fromkeys(base(word) for word in group))
    assert [word for word, times in counted.items() if times > 1] == []


def test_tables_of_pairs_have_each_key_once() -> None:
    """A later line may not change an earlier one."""
    for name in ("irregular", "numbers", "months", "weekdays", "units", "currencies", "implied"):
        keys = Counter(line.split()[0] for line in lines(name))
        assert [key for key, times in keys.items() if times > 1] == [], name


def test_long_text_is_read_in_linear_time(double: Incident) -> None:
    """Forty times the text takes no more than a few hundred times as long; nothing is tried again and again."""
    import time

    text = "We charged your card twice on November 20 and will refund $149.00 to you, and a, b, c, 1 2 3 4 5 6 7. " * 5
    spent = []
    for size in (1, 20):
        start = time.process_time()
        ground(text * size, double)
        spent.append(time.process_time() - start)
    assert spent[1] < 400 * max(spent[0], 0.001)
