"""What a real OpenAI-compatible server sent, replayed: the protocol, not what a model can do.

Recorded by `make cassettes` from a small local model; see tests/record.py for any other endpoint.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from vcr.errors import CannotOverwriteExistingCassetteException  # type: ignore[import-untyped]

from drafter.compose import compose
from drafter.errors import ModelError
from drafter.model import Model
from tests.record import CASES, FOLDER, QUESTION, URL, chain, incident, model_at, plain, recorder, stream, structured, ticket


@pytest.fixture
def replayed(request: pytest.FixtureRequest) -> Iterator[Model]:
    """A model whose endpoint is the cassette that the test names."""
    case = request.param
    # the questions of a whole draft hold what the checks say, which changes with the rules
    match_on = ["method", "path"] if case == "chain" else ["method", "path", "body"]
    with recorder().use_cassette(str(FOLDER / f"{case}.yaml"), record_mode="none", match_on=match_on):
        yield model_at(URL)


@pytest.mark.parametrize("replayed", ["plain"], indirect=True)
def test_a_plain_answer_is_read(replayed: Model) -> None:
    """Text, ending and no schema."""
    answer = plain(replayed)
    assert (answer.ended, answer.structured) == ("whole", False)
    assert "kettle" in answer.text


@pytest.mark.parametrize("replayed", ["stream"], indirect=True)
def test_a_stream_is_read_piece_by_piece(replayed: Model) -> None:
    """The text grows, and its end is the answer."""
    answer, seen = stream(replayed)
    assert len(seen) > 5
    assert seen[-1] == answer.text
    assert answer.ended == "whole"


@pytest.mark.parametrize("replayed", ["structured"], indirect=True)
def test_a_schema_is_kept_by_the_server(replayed: Model) -> None:
    """The answer is the object that the schema asks for."""
    answer = structured(replayed)
    assert answer.structured
    assert re.fullmatch(r'\{\s*"advice":\s*".+"\s*\}', answer.text, re.S)


@pytest.mark.parametrize("replayed", ["structured"], indirect=True)
def test_the_servers_usage_is_counted(replayed: Model) -> None:
    """Tokens come from the answer, not from an estimate."""
    budget = replayed.budget()
    from tests.record import FORM

    (QUESTION | replayed.step(FORM, budget=budget)).invoke({"what": "a cup"})
    recorded = _cassette("structured")["interactions"][0]["response"]["body"]["string"]
    assert f'"prompt_tokens":{budget.input_tokens}' in recorded
    assert f'"completion_tokens":{budget.output_tokens}' in recorded


@pytest.mark.parametrize("replayed", ["ticket"], indirect=True)
def test_a_reading_keeps_only_what_the_ticket_says(replayed: Model) -> None:
    """A small model invents quotes: what is kept stands in the ticket, what is dropped says why."""
    facts = ticket(replayed)
    assert all(facts.ticket[item.start : item.end] == item.quote for item in facts.items)
    assert facts.items or facts.dropped
    assert all(dropped.because for dropped in facts.dropped)


@pytest.mark.parametrize("replayed", ["chain"], indirect=True)
def test_a_whole_draft_comes_out_clean_whatever_the_model_wrote(replayed: Model) -> None:
    """With a model far too small for the work, the draft is complete, has no error, and says what was replaced."""
    draft = chain(replayed)
    assert not [finding for finding in draft.findings if finding.severity == "error"]
    assert [section.name for section in draft.sections] == [section.name for section in compose(incident()).sections]
    assert all(item.span for item in draft.coverage)
    assert draft.provenance.model == "smollm2"
    assert draft.provenance.calls in (1, 2)
    assert draft.reasons


@pytest.mark.parametrize("replayed", ["plain"], indirect=True)
def test_a_question_that_was_not_recorded_raises(replayed: Model) -> None:
    """A miss is the recorder's own error behind a plain reason: it never becomes a request."""
    with pytest.raises(ModelError, match="could not be read") as caught:
        stream(replayed)
    assert isinstance(caught.value.__context__, CannotOverwriteExistingCassetteException)


@pytest.mark.parametrize("case", CASES)
def test_a_cassette_holds_no_key_date_cookie_or_other_host(case: str) -> None:
    """What is filtered is not there, and every address is loopback."""
    text = (FOLDER / f"{case}.yaml").read_text(encoding="utf-8")
    assert not re.search(r"(?im)^\s*(?:authorization|user-agent|x-stainless-[\w-]+|date|set-cookie|cookie):", text)
    assert set(re.findall(r"https?://([^/\s\"']+)", text)) == {"127.0.0.1:8101"}
    assert "!!binary" not in text
    assert "Joan" not in text


def _cassette(case: str) -> Any:
    return YAML(typ="safe", pure=True).load(Path(FOLDER / f"{case}.yaml").read_text(encoding="utf-8"))
