"""Wrong facts are refused with file, line, key and the nearest valid key, all at once."""

from __future__ import annotations

import pytest

from drafter.errors import IncidentError
from drafter.incident import parse_incident

GOOD = """company: Harrow & Finch
signer: Ellen Marsh
problems:
  - what: your bike was not ready
    ours: we missed the date we gave you
"""


def complaints(text: str) -> list[str]:
    """The lines of the error that `text` is refused with."""
    with pytest.raises(IncidentError) as caught:
        parse_incident(text, "facts.yaml")
    return str(caught.value).splitlines()


@pytest.mark.parametrize(
    ("added", "says"),
    [
        ("chanel: email", "line 6: chanel: unknown key; did you mean 'channel'?"),
        ("    causes: we forgot", "line 6: problems.1.causes: unknown key; did you mean 'cause'?"),
        ("    fixes: [{dne: I called}]", "line 6: problems.1.fixes.1.dne: unknown key; did you mean 'done'?"),
        ("zzz: 1", "line 6: zzz: unknown key; valid keys are company, signer"),
        ("channel: emial", "line 6: channel: 'emial' is not one of"),
        ("kind: apolgy", "did you mean 'apology'?"),
        ("as_of: 2026-02-30", "line 6: as_of: '2026-02-30' does not exist"),
        ("    when: February 30", "line 6: problems.1.when: 'February 30' is not a date that exists"),
        ("    when: 25:10", "'25:10' does not exist"),
        ("    remedies: [{kind: refund, amount: 149}]", "line 6: problems.1.remedies.1.amount: '149' has no currency"),
        ("    impacts: [{text: you paid, cost: {amount: 3}}]", "problems.1.impacts.1.cost.currency: this key is missing"),
        ("    remedies: [{kind: refund, amount: $5, decision: declined}]", "a declined remedy needs its reason"),
        ("    remedies: [{kind: other}]", "a remedy of kind other needs text"),
        ("asks: [{text: for more, decision: declined}]", "a declined ask needs its reason"),
        ("asks: [{text: for more, decision: pending}]", "a pending ask needs the moment its answer comes"),
        ("    fixes: [{done: I called, will: I will call}]", "write exactly one of done, doing, will"),
        ("    fixes: [{on: 2026-03-01}]", "write exactly one of done, doing, will"),
        ("    fixes: [{done: I called, covers: nothing}]", "covers names 'nothing', and no impact or ask has that id"),
        ("    fixes: [{done: I sent it, on: 2099-01-05}]", "'I sent it' is told as done, on a day after"),
        ("    fixes: [{done: I will refund the money}]", "'I will refund the money' is a plan; write it as will"),
        ("    fixes: [{will: I will fix it, on: 2001-11-20}]\nas_of: 2026-03-01", "'I will fix it' is still to come, on a day before"),
        ("    when: 1763000000", "is a bare number, not a date"),
        ("    when: 9999-12-31", "the year 9999 is surely a slip"),
        ("    remedies: [{kind: refund, amount: $0}]", "an amount of nothing is no remedy"),
        (f"    remedies: [{{kind: refund, amount: ${'9' * 42}}}]", "an amount this large is surely a slip"),
        ("    remedies: refund", "write this as keys with their values"),
        ("    impacts: ['\u200b']", "problems.1.impacts.1.text: the text is empty"),
        ("asks: [" + ", ".join(["for it"] * 31) + "]", "there are 31 of these; an incident has at most 30"),
        ("locale: xx-YY", "line 6: locale: 'xx-YY' is not a locale such as en-US or en-GB"),
        ("timezone: Europe/Londn", "did you mean 'Europe/London'?"),
        ("    customer_part: the file was sent twice", "`customer_part` goes with fault shared only"),
        ("kind: answer", "kind answer does not fit fault ours; use apology, holding"),
        ("signer: Again", "line 6: not YAML: found duplicate key"),
        ("    impacts: ['']", "problems.1.impacts.1.text: the text is empty"),
        ('    impacts: ["a\\x07b"]', "the text holds a control character"),
        ("    fixes: [{done: I called, and wrote}]", "a comma inside {...} starts a new key, so put the text in quotes"),
    ],
)
def test_a_wrong_fact_says_where_it_is_and_what_to_write(added: str, says: str) -> None:
    """Each fault gives one line that starts with the file and holds the explanation."""
    (line,) = complaints(f"{GOOD}{added}\n")
    assert line.startswith("facts.yaml: ")
    assert says in line


def test_all_faults_are_named_at_once_in_the_order_of_the_file() -> None:
    """Nobody mends one fault only to be told of the next."""
    found = complaints(f"{GOOD}    fixes: [{{done: I called, on: February 30}}]\n    causes: none\nchanel: email\nseverity: huge\n")
    assert [line.split(": ")[1] for line in found] == ["line 6", "line 7", "line 8", "line 9"]


@pytest.mark.parametrize(
    ("text", "says"), [("company: [", "line 1: not YAML"), ("a plain sentence", "holds no facts"), ("[1, 2]", "holds no facts")]
)
def test_what_is_no_mapping_is_refused(text: str, says: str) -> None:
    """A broken file, a sentence and a list each get one line."""
    (line,) = complaints(text)
    assert says in line


def test_broken_json_is_refused_as_json() -> None:
    """A .json file is told what JSON lacks, with its line."""
    with pytest.raises(IncidentError, match=r"facts\.json: line 2: not JSON"):
        parse_incident('{"company": "Harrow",\n signer: 1}', "facts.json")


def test_python_tags_are_not_run() -> None:
    """A file that asks YAML to build Python objects builds none."""
    with pytest.raises(IncidentError):
        parse_incident("company: !!python/object/apply:os.getcwd []\nsigner: x\nproblems: []\n")


def test_a_passive_ours_is_refused_with_a_proposed_clause() -> None:
    """The explanation holds an example, and the person's own words turned round."""
    (line,) = complaints(GOOD.replace("we missed the date we gave you", "your card was charged twice"))
    assert "does not say that we did it" in line
    assert "perhaps 'we charged your card twice'" in line


@pytest.mark.parametrize(("fault", "says"), [("unknown", "takes no `ours`"), ("not_ours", "takes no `ours`")])
def test_nothing_is_confessed_that_is_not_established(fault: str, says: str) -> None:
    """`ours` is refused where the fault is not ours."""
    (line,) = complaints(f"{GOOD}    fault: {fault}\n")
    assert says in line


def test_a_missing_ours_proposes_one_from_what_happened() -> None:
    """Where the fault is ours, what we did is required, and the neutral clause gives a first try."""
    (line,) = complaints("company: H\nsigner: E\nproblems:\n  - what: your order was cancelled on Monday\n")
    assert "fault ours needs `ours`" in line
    assert "perhaps 'we cancelled your order on Monday'" in line


def test_a_confession_does_not_slip_in_through_what_happened() -> None:
    """Where the fault is unknown or not ours, no clause admits that it is ours."""
    text = GOOD.replace("ours:", "third_party:")
    (line,) = complaints(f"{text}    fault: unknown\n    known: [we deleted the files by mistake]\n")
    assert "nothing may be confessed that is not established" in line


def test_the_customers_part_is_an_event_not_a_judgement() -> None:
    """Shared fault tells the customer's step without weighing it."""
    (line,) = complaints(f"{GOOD}    fault: shared\n    customer_part: you typed the wrong address by your own fault\n")
    assert "judges; tell the event alone" in line


def test_a_key_that_stands_twice_in_json_is_refused() -> None:
    """The last would win without a word, and a fact be lost."""
    with pytest.raises(IncidentError, match="signer: this key stands twice"):
        parse_incident('{"company": "A", "signer": "B", "signer": "C"}', "facts.json")


def test_half_a_character_is_refused() -> None:
    """A lone surrogate cannot be printed or stored."""
    with pytest.raises(IncidentError, match="half of a character"):
        parse_incident('{"company": "a\\ud800", "signer": "B", "problems": [{"what": "x"}]}', "facts.json")
