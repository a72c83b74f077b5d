"""Model: one question to a chat model, with its retries, its limits of time and money, and its two ways of answering."""

from __future__ import annotations

import logging
import queue
import random
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import Any, Literal, NoReturn

import httpx2
import openai
from langchain_core.language_models import LanguageModelInput
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, HumanMessage
from langchain_core.prompt_values import PromptValue
from langchain_core.runnables import Runnable, RunnableLambda
from opentelemetry.trace import Span
from pydantic import SecretStr

from drafter.errors import ModelError
from drafter.model.answer import Answer, Form, guarded, whole_characters
from drafter.model.budget import Budget, Stopped, never
from drafter.model.client import Client, check_key
from drafter.model.reply import Keep, kept
from drafter.model.telemetry import answered, asking
from drafter.model.tokens import count_tokens
from drafter.settings import Settings

_LOG = logging.getLogger(__name__)
_OPENAI = "https://api.openai.com/v1"
_TRIES = 4
_CHANCE = random.Random()  # of its own: a thread that waits must not move the one that others may have seeded
_LOOK = 0.25  # seconds between two looks at whether a call was given up
_PATIENCE = 2.0  # seconds in which an endpoint that is there says so
_CHARACTERS = 20  # that one token can have on average, at the most
_THOUGHTS = re.compile(r"\A\s*(?:<think(?:ing)?>.*?|(?:(?!<think).)*?)</think(?:ing)?>\s*", re.S)  # some templates open them unseen
_THINKING = re.compile(r"\A\s*<(?:\Z|t(?:\Z|h))", re.I)
_MALFORMED = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    RecursionError,
)  # what the client raises over a body that is not an answer
OnText = Callable[[str], None]


class _RetryError(Exception):
    """A failure that may pass: why, in plain words, and how long the endpoint asked to wait."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class _PlainError(Exception):
    """The endpoint does not know structured output or usage in a stream."""


class Model:
    """A chat model behind an OpenAI-compatible endpoint.

    Answers are held to a schema where the endpoint can, and written under headings where it cannot; the first refusal
    of a schema is remembered. Nothing of a question or an answer is logged. `keep` is where answers are kept, so that
    work which is taken up again after a crash asks nothing twice; placeholders in them are still in place.

    Raises:
        ModelError: no model is set.
        InputError: the key holds what no header can hold.
    """

    def __init__(self, settings: Settings, *, keep: Keep | None = None) -> None:
        if settings.model is None:
            raise ModelError("no model is set: set DRAFTER_MODEL")
        check_key(settings)
        self.name = settings.model
        self._settings = settings
        self._structured = True
        self._keep = keep

    def budget(self, stopped: Stopped = never) -> Budget:
        """A fresh budget for one draft, as the house allows; a call in flight is given up soon after it is `stopped`."""
        return Budget(self._settings.house.model, stopped)

    def count(self, text: str) -> int:
        """How many tokens a text is for this model; needs no network."""
        return count_tokens(text, self.name)

    def answers(self) -> bool:
        """Whether the endpoint can be reached and knows our key; nothing is asked of the model."""
        headers = {"Authorization": f"Bearer {self._settings.key.get_secret_value()}"} if self._settings.key else {}
        try:
            response = httpx2.get(f"{(self._settings.address or _OPENAI).rstrip('/')}/models", headers=headers, timeout=_PATIENCE)
        except (httpx2.HTTPError, httpx2.InvalidURL):
            return False
        return response.status_code < 500 and response.status_code not in (401, 403)

    def step(self, form: Form, *, budget: Budget, on_text: OnText | None = None) -> Runnable[PromptValue, Answer]:
        """The model as the last step of a chain: a rendered prompt in, an Answer out.

        `on_text` is called with the text so far as it streams in; after a retry it starts again.
        """

        def model(prompt: PromptValue) -> Answer:
            return self.ask(prompt, form, budget=budget, on_text=on_text)

        return RunnableLambda(model)

    def ask(self, prompt: PromptValue, form: Form, *, budget: Budget, on_text: OnText | None = None) -> Answer:
        """The answer to a rendered prompt, after as many tries as the budget allows.

        Raises:
            ModelError: there is no answer, or it would cost too much; the message says why in plain words.
        """

        def ask() -> Answer:
            with guarded():
                return self._tried(prompt, form, budget, on_text)

        return kept(ask, budget, self._keep) if self._keep else ask()

    def _tried(self, prompt: PromptValue, form: Form, budget: Budget, on_text: OnText | None) -> Answer:
        reason = "it was not asked"
        for attempt in range(_TRIES):
            messages = _with_form(prompt.to_messages(), form.structured if self._structured else form.plain)
            tokens = sum(self.count(message.text) + 4 for message in messages)
            budget.allow(tokens)
            started = time.monotonic()
            try:
                with self._asking() as span:
                    spent = (budget.input_tokens, budget.output_tokens)
                    answer = self._once(messages, form if self._structured else None, tokens, budget, on_text)
                    used = (budget.input_tokens - spent[0], budget.output_tokens - spent[1])
                    answered(span, ended=answer.ended, input_tokens=used[0], output_tokens=used[1])
            except _PlainError:
                self._structured = False
                _LOG.info("the endpoint keeps no schema; asking again in plain text", extra={"model": self.name})
                continue
            except _RetryError as error:
                reason = str(error)
                self._pause(error, attempt, budget)
            else:
                self._log_answer(answer, time.monotonic() - started, budget)
                return answer
        raise ModelError(f"{reason}, {_TRIES} times in a row")

    def _asking(self) -> AbstractContextManager[Span]:
        return asking(self.name, self._settings.address or _OPENAI, most=self._settings.house.model.max_output_tokens)

    @cached_property
    def _chat(self) -> Client:
        return Client(
            model=self.name,
            base_url=self._settings.address or _OPENAI,
            api_key=self._settings.key or SecretStr("none"),  # an endpoint without keys ignores it; None would read the environment
            max_retries=0,  # tries are counted in one place, here
            max_completion_tokens=self._settings.house.model.max_output_tokens,
            use_responses_api=False,
        )

    def _once(self, messages: list[BaseMessage], form: Form | None, tokens: int, budget: Budget, on_text: OnText | None) -> Answer:
        options: dict[str, Any] = {"timeout": max(0.1, budget.left())}
        if form:  # in the body as it is: the parsing client would throw away an answer that was cut off
            schema = {"name": form.name, "strict": True, "schema": form.schema}
            options["extra_body"] = {"response_format": {"type": "json_schema", "json_schema": schema}}
        streamed = on_text is not None
        try:
            message = self._gather(self._chat.bind(**options), messages, budget, on_text, usage=streamed and form is not None)
            text = _THOUGHTS.sub("", whole_characters(message.text))
        except (openai.BadRequestError, openai.UnprocessableEntityError, UserWarning) as error:  # langchain-openai warns of a schema
            if form and not _too_long(error):
                raise _PlainError from None
            self._give_up(error, budget)
        except (openai.OpenAIError, httpx2.HTTPError, *_MALFORMED) as error:  # a stream lets HTTP errors through
            self._give_up(error, budget)
        if len(text) > _CHARACTERS * budget.limits.max_output_tokens:  # reading and judging it would outlast the time budget
            raise ModelError("the model's answer was far longer than it may be")
        usage = message.usage_metadata or {"input_tokens": 0, "output_tokens": 0}  # nought is what the client makes of "usage": null
        budget.spend(usage["input_tokens"] or tokens, usage["output_tokens"] or self.count(text))
        return Answer(text, _ended(message), structured=form is not None)

    def _gather(
        self,
        chat: Runnable[LanguageModelInput, AIMessage],
        messages: list[BaseMessage],
        budget: Budget,
        on_text: OnText | None,
        *,
        usage: bool,
    ) -> AIMessage:
        if on_text is None:
            message = next(_within(lambda: iter([chat.invoke(messages)]), budget))
            if not isinstance(message, AIMessage):  # the client makes what it is told of a role, so an endpoint may speak as "system"
                raise TypeError("not an answer")
            return message
        whole: AIMessageChunk | None = None
        for chunk in _within(lambda: chat.stream(messages, stream_usage=usage), budget):
            if not isinstance(chunk, AIMessageChunk):
                continue
            whole = chunk if whole is None else whole + chunk
            if chunk.text:
                said = _THOUGHTS.sub("", whole.text)
                on_text("" if _THINKING.match(said) else said)
        if whole is None:
            raise ValueError("the stream was empty")
        return whole

    def _give_up(self, error: BaseException, budget: Budget) -> NoReturn:
        """Turn what the client raised into a reason in plain words, to try again or to stop."""
        seconds = f"{budget.limits.time_budget_seconds:g} seconds"
        if isinstance(error, (openai.APITimeoutError, httpx2.TimeoutException)):
            raise ModelError(f"the model did not answer within the {seconds} that a draft may take") from None
        if isinstance(error, openai.APIStatusError):
            _raise_for_status(error, self.name)
        if isinstance(error, (openai.APIConnectionError, httpx2.TransportError)):
            raise _RetryError("the model's endpoint could not be reached") from None
        raise _RetryError("the model's endpoint sent something that is not an answer") from None

    def _pause(self, error: _RetryError, attempt: int, budget: Budget) -> None:
        """Wait as long as the endpoint asked, or a little longer each time.

        Raises:
            ModelError: it was the last try, or the wait is longer than the time that is left.
        """
        wait = error.wait if error.wait is not None else min(8.0, 0.25 * 2**attempt) * (1 + _CHANCE.random() / 4)
        _LOG.warning("the model failed; trying again", extra={"model": self.name, "attempt": attempt + 1, "wait": round(wait, 2)})
        if attempt + 1 == _TRIES:
            return
        if wait >= budget.left():
            raise ModelError(
                f"{error}, and the {budget.limits.time_budget_seconds:g} seconds that a draft may take leave no time to wait"
            ) from None
        time.sleep(wait)

    def _log_answer(self, answer: Answer, seconds: float, budget: Budget) -> None:
        numbers = {"input_tokens": budget.input_tokens, "output_tokens": budget.output_tokens, "milliseconds": round(seconds * 1000)}
        _LOG.info("the model answered", extra={"model": self.name, "ended": answer.ended, **numbers})


def _within(start: Callable[[], Iterator[AIMessage]], budget: Budget) -> Iterator[AIMessage]:
    """What `start` yields, for as long as the budget lasts.

    A thread reads, because an endpoint that keeps a connection alive with blanks never runs into the client's own timeout.
    """
    items: queue.SimpleQueue[tuple[str, Any]] = queue.SimpleQueue()
    given_up = threading.Event()

    def read() -> None:
        try:
            for item in start():
                items.put(("item", item))
                if given_up.is_set():
                    return
            items.put(("end", None))
        except BaseException as error:  # noqa: BLE001 - it is raised again in the thread that waits
            items.put(("error", error))

    threading.Thread(target=read, daemon=True, name="drafter-model").start()
    try:
        while True:
            try:
                what, value = items.get(timeout=max(0.01, min(_LOOK, budget.left())))
            except queue.Empty:
                if budget.left() > 0:
                    continue
                raise ModelError(
                    f"the model did not answer within the {budget.limits.time_budget_seconds:g} seconds that a draft may take"
                ) from None
            if what == "error":
                raise value
            if what == "end":
                return
            yield value
    finally:
        given_up.set()


def _with_form(messages: list[BaseMessage], words: str) -> list[BaseMessage]:
    """The messages with the way of answering at the end of the last one, where models heed it most."""
    return [*messages[:-1], HumanMessage(f"{messages[-1].text.rstrip()}\n\n{words}")]


def _ended(message: AIMessage) -> Literal["whole", "cut_off", "refused"]:
    reason = message.response_metadata.get("finish_reason")
    if reason == "content_filter" or message.additional_kwargs.get("refusal"):
        return "refused"
    return "cut_off" if reason == "length" else "whole"


def _too_long(error: BaseException) -> bool:
    return "context" in type(error).__name__.lower() or "context length" in str(error).lower()


def _raise_for_status(error: openai.APIStatusError, model: str) -> NoReturn:
    status = error.status_code
    if status == 429 and error.code != "insufficient_quota":
        raise _RetryError("the model's endpoint is too busy (429)", _asked_wait(error)) from None
    if status >= 500 or status in (408, 409):
        raise _RetryError(f"the model's endpoint failed ({status})", _asked_wait(error)) from None
    reasons = {
        400: "the facts are too long for the model" if _too_long(error) else "the model's endpoint could not use the request (400)",
        401: "the model's endpoint refused the key (401)",
        403: "the model's endpoint refused the key (403)",
        404: f"the endpoint knows no model '{model}', or the address is wrong (404)",
        429: "the account behind the key has no credit left (429)",
    }
    raise ModelError(reasons.get(status, f"the model's endpoint refused the request ({status})")) from None


def _asked_wait(error: openai.APIStatusError) -> float | None:
    """The seconds of a Retry-After header, which may also be a date."""
    headers = error.response.headers
    try:
        if "retry-after-ms" in headers:
            return max(0.0, float(headers["retry-after-ms"]) / 1000)
        value = headers.get("retry-after")
        if value is None:
            return None
        return max(0.0, float(value) if re.fullmatch(r"[\d.]+", value) else parsedate_to_datetime(value).timestamp() - time.time())
    except ValueError:
        return None
