"""The model step: retries within a budget, limits that stop before the call, tokens without a network, and plain reasons."""

from __future__ import annotations

import hashlib
import os
import time
from itertools import pairwise
from pathlib import Path

import pytest
import tiktoken_ext.openai_public  # type: ignore[import-untyped]
from langchain_core.prompt_values import ChatPromptValue
from langchain_core.prompts import ChatPromptTemplate
from pydantic import ValidationError

from drafter.errors import InputError, ModelError
from drafter.model import Form, Model
from drafter.model.tokens import count_tokens
from drafter.settings import Settings, load_settings
from tests.scripted import Endpoint, Reply, endpoint

FORM = Form(
    name="greeting",
    schema={"type": "object", "properties": {"words": {"type": "string"}}, "required": ["words"], "additionalProperties": False},
    structured="Answer as JSON.",
    plain="Answer in plain text.",
)
PROMPT = ChatPromptTemplate.from_messages([("system", "You greet people."), ("user", "Greet {who}.")])
HELLO = '{"words": "hello"}'


def ask(running: Endpoint, model: Model | None = None) -> str:
    """The text of one plain question."""
    model = model or running.model()
    return (PROMPT | model.step(FORM, budget=model.budget())).invoke({"who": "the crew"}).text


def test_a_question_is_asked_with_a_schema_and_its_words() -> None:
    """The request holds the rendered prompt, the schema, a bound on the answer, and the way of answering last."""
    with endpoint(Reply(HELLO)) as running:
        assert ask(running) == HELLO
    (request,) = running.requests
    assert [message["role"] for message in request["messages"]] == ["system", "user"]
    assert request["messages"][-1]["content"] == "Greet the crew.\n\nAnswer as JSON."
    assert request["response_format"]["json_schema"]["schema"] == FORM.schema
    assert request["max_completion_tokens"] == 4000
    assert running.headers[0]["authorization"] == "Bearer none"


def test_usage_and_cost_are_counted_after_the_call() -> None:
    """The budget holds calls, tokens and cost from the endpoint's own usage and the house's prices."""
    with endpoint(Reply(HELLO)) as running:
        model = running.model(price_in=2, price_out=10)
        budget = model.budget()
        model.ask(_prompt(), FORM, budget=budget)
        model.ask(_prompt(), FORM, budget=budget)
    assert (budget.calls, budget.input_tokens, budget.output_tokens) == (2, 1800, 400)
    assert budget.cost == pytest.approx((1800 * 2 + 400 * 10) / 1e6)


def test_tokens_are_counted_here_where_the_endpoint_does_not_say() -> None:
    """Without usage in the answer, the model's own count stands in; without prices there is no cost."""
    with endpoint(Reply(HELLO, usage=False)) as running:
        model = running.model()
        budget = model.budget()
        model.ask(_prompt(), FORM, budget=budget)
    assert 10 < budget.input_tokens < 60
    assert budget.output_tokens == model.count(HELLO)
    assert budget.cost is None


def test_a_usage_of_null_does_not_escape_the_cost_limit() -> None:
    """Where the endpoint says that it used nothing, the model's own count is what the next call is measured by."""
    with endpoint(Reply(HELLO * 100, usage=None)) as running:
        model = running.model(price_in=2, price_out=10, cost_limit=0.045)
        budget = model.budget()
        model.ask(_prompt(), FORM, budget=budget)
        assert budget.input_tokens > 10
        assert budget.output_tokens == model.count(HELLO * 100)
        with pytest.raises(ModelError, match="over the limit"):
            model.ask(_prompt(), FORM, budget=budget)
    assert len(running.requests) == 1


@pytest.mark.parametrize("key", ["sk-one\n", "sk-one\nsk-two", "sk-ключ", "sk one"])
def test_a_key_that_no_header_can_hold_is_refused_at_once(key: str) -> None:
    """The fault is the key's and is named by its variable, before anything is asked; the key is not shown."""
    for name in ("DRAFTER_API_KEY", "OPENAI_API_KEY"):
        settings = Settings.model_validate({name: key, "DRAFTER_MODEL": "scripted", "OPENAI_BASE_URL": "http://127.0.0.1:9/v1"})
        with pytest.raises(InputError, match=f"^{name} holds a line break") as caught:
            Model(settings)
        assert key not in str(caught.value)


@pytest.mark.parametrize(
    "reply", [Reply(body=b"[" * 200_000), Reply("half \ud800", role="assistant"), Reply(HELLO, role="system")], ids=["deep", "half", "role"]
)
def test_an_answer_that_is_none_is_a_plain_reason(reply: Reply) -> None:
    """Bodies nested without end, half characters and other roles are tried again, and then said."""
    with endpoint(reply) as running, pytest.raises(ModelError, match="something that is not an answer"):
        ask(running)


def test_the_cost_limit_stops_before_the_call() -> None:
    """A call that could pass the limit is never made, and the reason names both figures."""
    with endpoint(Reply(HELLO)) as running:
        model = running.model(price_in=2, price_out=10, cost_limit=0.01)
        with pytest.raises(ModelError, match=r"could cost 0\.04\d\d, over the limit of 0\.01"):
            model.ask(_prompt(), FORM, budget=model.budget())
    assert running.requests == []


def test_busy_then_good_waits_as_long_as_it_was_told() -> None:
    """After a 429 with Retry-After the question is asked again, not sooner, and answered."""
    with endpoint(Reply(status=429, headers={"Retry-After": "1"}), Reply(HELLO)) as running:
        started = time.monotonic()
        assert ask(running) == HELLO
    assert time.monotonic() - started >= 1
    assert len(running.requests) == 2


@pytest.mark.parametrize(
    ("headers", "reason"),
    [({"Retry-After": "30"}, "leave no time to wait"), ({"Retry-After": "Wed, 21 Oct 2099 07:28:00 GMT"}, "leave no time to wait")],
)
def test_a_wait_longer_than_the_budget_is_not_begun(headers: dict[str, str], reason: str) -> None:
    """An endpoint that asks to wait longer than the time that is left ends the tries at once."""
    with endpoint(Reply(status=429, headers=headers)) as running:
        started = time.monotonic()
        with pytest.raises(ModelError, match=reason):
            ask(running)
    assert time.monotonic() - started < 10  # of the thirty that it asked for
    assert len(running.requests) == 1


@pytest.mark.parametrize(
    ("reply", "reason", "tries"),
    [
        (Reply(status=500), r"failed \(500\), 4 times in a row", 4),
        (Reply(status=503, headers={"Retry-After": "0"}), r"failed \(503\), 4 times", 4),
        (Reply(status=401), r"refused the key \(401\)", 1),
        (Reply(status=404), r"knows no model 'scripted'", 1),
        (Reply(status=418), r"refused the request \(418\)", 1),
        (Reply("insufficient", status=429, body=b'{"error": {"message": "", "code": "insufficient_quota"}}'), "no credit left", 1),
        (Reply(body=b"<html>welcome</html>", headers={"Content-Type": "text/html"}), "not an answer", 4),
        (Reply(body=b'{"choices": null}'), "not an answer", 4),
        (Reply(body=b'{"choices": '), "not an answer", 4),
    ],
)
def test_failures_are_tried_again_only_where_that_can_help(reply: Reply, reason: str, tries: int) -> None:
    """Each failure ends in a plain reason, after as many tries as make sense, and without a word of the server's."""
    with endpoint(reply) as running, pytest.raises(ModelError, match=reason):
        ask(running, running.model(time_budget_seconds=8))
    assert len(running.requests) == tries


@pytest.mark.parametrize("reply", [Reply(hangs=True), Reply(drips=True)])
@pytest.mark.parametrize("streamed", [False, True])
def test_no_answer_ends_when_the_time_is_over(reply: Reply, streamed: bool) -> None:
    """An endpoint that says nothing, or keeps the line alive with blanks, is given up on after the stated seconds."""
    with endpoint(reply) as running:
        model = running.model(time_budget_seconds=0.6)
        started = time.monotonic()
        with pytest.raises(ModelError, match=r"did not answer within the 0\.6 seconds"):
            model.ask(_prompt(), FORM, budget=model.budget(), on_text=(lambda text: None) if streamed else None)
    assert time.monotonic() - started < 10  # of the twenty that it hangs


def test_an_endpoint_that_is_not_there_is_said_to_be_unreachable() -> None:
    """A refused connection is tried again, then named in plain words."""
    with endpoint(Reply(HELLO)) as running:
        model = running.model(time_budget_seconds=5)
    with pytest.raises(ModelError, match="could not be reached, 4 times"):
        model.ask(_prompt(), FORM, budget=model.budget())


@pytest.mark.parametrize(
    "message",
    ["response_format is not supported", "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model."],
)
def test_an_endpoint_without_schemas_is_asked_in_plain_text(message: str) -> None:
    """A refused schema falls back to plain text at once, and the next question does not try it again."""
    with endpoint(Reply(message, status=400), Reply("hello")) as running:
        model = running.model()
        answer = model.ask(_prompt(), FORM, budget=model.budget())
        model.ask(_prompt(), FORM, budget=model.budget())
    assert (answer.text, answer.structured) == ("hello", False)
    assert ["response_format" in request for request in running.requests] == [True, False, False]
    assert running.requests[1]["messages"][-1]["content"].endswith("Answer in plain text.")


def test_a_request_that_is_refused_in_plain_text_too_is_an_error() -> None:
    """A 400 that is not about the schema ends the question; one about length says so."""
    with endpoint(Reply("bad", status=400)) as running, pytest.raises(ModelError, match=r"could not use the request \(400\)"):
        ask(running)
    too_long = Reply("This model's maximum context length is 8192 tokens", status=400)
    with endpoint(too_long) as running, pytest.raises(ModelError, match="too long for the model"):
        ask(running)


def test_a_stream_gives_the_text_as_it_grows() -> None:
    """Every piece is handed on with what came before it, and usage is asked for."""
    seen: list[str] = []
    with endpoint(Reply('{"words": "hello to everyone on board today"}')) as running:
        model = running.model()
        budget = model.budget()
        answer = model.ask(_prompt(), FORM, budget=budget, on_text=seen.append)
    assert seen[-1] == answer.text
    assert len(seen) > 2
    assert all(later.startswith(earlier) for earlier, later in pairwise(seen))
    assert budget.input_tokens == 900


def test_a_stream_that_breaks_is_asked_again() -> None:
    """A dropped connection in mid-answer is a failure that may pass, not an answer."""
    with endpoint(Reply(HELLO * 10, breaks_after=2), Reply(HELLO)) as running:
        model = running.model()
        assert model.ask(_prompt(), FORM, budget=model.budget(), on_text=lambda text: None).text == HELLO


@pytest.mark.parametrize(
    ("reply", "ended"),
    [
        (Reply(HELLO), "whole"),
        (Reply("hel", finish="length"), "cut_off"),
        (Reply("", finish="content_filter"), "refused"),
        (Reply("", refusal="No."), "refused"),
    ],
)
def test_how_an_answer_ended_is_known(reply: Reply, ended: str) -> None:
    """Cut off and refused answers are told from whole ones."""
    with endpoint(reply) as running:
        model = running.model()
        assert model.ask(_prompt(), FORM, budget=model.budget()).ended == ended
        assert model.ask(_prompt(), FORM, budget=model.budget(), on_text=lambda text: None).ended == ended


def test_thoughts_in_front_of_an_answer_are_dropped() -> None:
    """What a local model thinks aloud is not part of its answer."""
    with endpoint(Reply("<think>They want\na greeting.</think>\n\nhello")) as running:
        assert ask(running) == "hello"


def test_thoughts_never_stream() -> None:
    """Not a piece of them is shown, not even of the mark they begin with."""
    seen: list[str] = []
    with endpoint(Reply("<think>They want\na greeting of some length.</think>\n\nhello")) as running:
        model = running.model()
        model.ask(_prompt(), FORM, budget=model.budget(), on_text=seen.append)
    assert set(seen) <= {"", "hello"}


@pytest.mark.parametrize(("model", "tokens"), [("gpt-4o-mini", 8), ("gpt-4", 8), ("some-local-model", 12)])
def test_tokens_are_counted_without_a_network(model: str, tokens: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Known models are counted exactly, in an empty cache and with the network blocked; unknown ones on the high side."""
    from drafter.model import tokens as counting

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("TIKTOKEN_CACHE_DIR", raising=False)
    counting._encoding.cache_clear()
    assert count_tokens("We charged your card twice, sorry.", model) == tokens
    assert "TIKTOKEN_CACHE_DIR" not in os.environ


def test_the_shipped_token_data_is_the_real_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The copied data has the hash that tiktoken itself asks for."""
    from drafter.model import tokens as counting

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("TIKTOKEN_CACHE_DIR", raising=False)
    for name in counting._SHIPPED:
        with counting._cached(name):
            pass
    hashes = {hashlib.sha256(path.read_bytes()).hexdigest() for path in (tmp_path / "drafter").iterdir()}
    asked = Path(tiktoken_ext.openai_public.__file__).read_text()
    assert len(hashes) == 2
    assert all(made in asked for made in hashes)


def test_keys_go_only_where_they_belong(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """OPENAI_API_KEY is not sent to DRAFTER_BASE_URL; a key is never shown."""
    monkeypatch.chdir(tmp_path)
    _environment(monkeypatch, DRAFTER_MODEL="m", DRAFTER_BASE_URL="http://127.0.0.1:1/v1", OPENAI_API_KEY="sk-secret")
    settings = load_settings()
    assert (settings.address, settings.key) == ("http://127.0.0.1:1/v1", None)
    assert "sk-secret" not in repr(settings)
    _environment(monkeypatch, DRAFTER_MODEL="m", OPENAI_API_KEY="sk-secret")
    own = load_settings()
    assert own.address is None
    assert own.key is not None
    assert own.key.get_secret_value() == "sk-secret"


def test_no_model_is_the_default_and_a_choice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without DRAFTER_MODEL, or with --model none, nothing is asked."""
    monkeypatch.chdir(tmp_path)
    _environment(monkeypatch)
    assert not load_settings().has_model
    _environment(monkeypatch, DRAFTER_MODEL="m", DRAFTER_API_KEY="k")
    assert load_settings().has_model
    assert not load_settings("none").has_model
    assert load_settings("other").model == "other"


@pytest.mark.parametrize(
    ("environment", "complaint"),
    [
        ({"DRAFTER_MODEL": "m"}, "named, but not where it is"),
        ({"DRAFTER_BASE_URL": "localhost:8000"}, "DRAFTER_BASE_URL: is not an address such as"),
        ({"DRAFTER_CONFIG": "nowhere.toml"}, "nowhere.toml: there is no such file"),
    ],
)
def test_a_wrong_setting_is_named_as_it_was_written(
    environment: dict[str, str], complaint: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Each complaint names the variable, not a field of ours."""
    monkeypatch.chdir(tmp_path)
    _environment(monkeypatch, **environment)
    with pytest.raises(InputError, match=complaint):
        load_settings()


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[model]\nprice_on = 2", r"line 2: model.price_on: unknown key; did you mean 'price_in'\?"),
        ("[modell]\nprice_in = 2", r"line 1: modell: unknown key; did you mean 'model'\?"),
        ("[model]\ncost_limit = 1", "cost_limit needs price_in and price_out"),
        ("[model]\ntime_budget_seconds = -1", "line 2: model.time_budget_seconds: should be greater than 0, not -1"),
        ("[model\n", "not TOML"),
    ],
)
def test_a_house_file_is_refused_with_its_line(text: str, complaint: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Unknown keys name the nearest one, wrong values what they should be, each with its line."""
    monkeypatch.chdir(tmp_path)
    _environment(monkeypatch)
    (tmp_path / "drafter.toml").write_text(text)
    with pytest.raises(InputError, match=complaint):
        load_settings()


def test_a_house_file_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Prices and limits of drafter.toml in the working folder are the ones a draft has."""
    monkeypatch.chdir(tmp_path)
    _environment(monkeypatch)
    (tmp_path / "drafter.toml").write_text("[model]\nprice_in = 0.5\nprice_out = 2\ncost_limit = 0.05\ntime_budget_seconds = 20\n")
    assert load_settings().house.model.cost_limit == 0.05


def test_settings_cannot_be_changed() -> None:
    """Settings are read once."""
    settings = load_settings("none")
    with pytest.raises(ValidationError):
        settings.model = "other"  # type: ignore[misc]


def _environment(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    for name in ("DRAFTER_MODEL", "DRAFTER_BASE_URL", "DRAFTER_API_KEY", "DRAFTER_CONFIG", "OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in values.items():
        monkeypatch.setenv(name, value)


def _prompt() -> ChatPromptValue:
    value = PROMPT.invoke({"who": "the crew"})
    assert isinstance(value, ChatPromptValue)
    return value
