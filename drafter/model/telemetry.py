"""Telemetry: a span around each call of a model, by OpenTelemetry's conventions for generative AI, without a word of its content."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from opentelemetry import trace
from opentelemetry.trace import Span, SpanKind, StatusCode

_REASONS = {"whole": "stop", "cut_off": "length", "refused": "content_filter"}


@contextmanager
def asking(model: str, address: str, *, most: int) -> Iterator[Span]:
    """The span of one call; of an error it tells the kind alone."""
    attributes: dict[str, str | int] = {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "openai",
        "gen_ai.request.model": model,
        "gen_ai.request.max_tokens": most,
        "server.address": urlsplit(address).hostname or "",
    }
    tracer = trace.get_tracer("drafter")
    with tracer.start_as_current_span(
        f"chat {model}", kind=SpanKind.CLIENT, attributes=attributes, record_exception=False, set_status_on_exception=False
    ) as span:
        try:
            yield span
        except BaseException as error:
            span.set_attribute("error.type", type(error).__name__)
            span.set_status(StatusCode.ERROR)
            raise


def answered(span: Span, *, ended: str, input_tokens: int, output_tokens: int) -> None:
    """What a call took and how it ended."""
    span.set_attribute("gen_ai.response.finish_reasons", [_REASONS[ended]])
    span.set_attribute("gen_ai.usage.input_tokens", input_tokens)
    span.set_attribute("gen_ai.usage.output_tokens", output_tokens)
