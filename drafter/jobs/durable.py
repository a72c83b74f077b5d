"""Durable steps on DBOS: what a step gave is kept as JSON, and given again where the job is taken up after a crash."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from dbos import DBOS, Serializer
from dbos._serialization import DBOSDefaultSerializer

_FAILURE = "!failure"


class FailureError(Exception):
    """A job that failed, known by the kind of the error alone: its words may hold personal data and are not kept."""


class PickleError(Exception):
    """A pickle among the jobs: Drafter writes none, so somebody else did."""


class Json(Serializer):
    """Keeps JSON, never a pickle: whoever may write to the database must not be able to run code here."""

    def serialize(self, data: Any) -> str:
        """The text of a value."""
        return json.dumps({_FAILURE: type(data).__name__} if isinstance(data, BaseException) else data)

    def deserialize(self, serialized_data: str) -> Any:
        """The value of a text; a failure comes back as a FailureError."""
        value = json.loads(serialized_data)
        return FailureError(value[_FAILURE]) if isinstance(value, dict) and _FAILURE in value else value

    def name(self) -> str:
        """The name under which the database knows it."""
        return "drafter_json"


def refuse_pickles() -> None:
    """Let DBOS read none: it would, whatever its serializer is, where a row of its tables says that it holds one."""
    vars(DBOSDefaultSerializer).update(deserialize=_refused)


def step(name: str, call: Callable[[], Any]) -> Any:
    """What `call` gives, kept with the job that runs it; outside of a job it is simply called."""
    return DBOS.run_step({"name": name}, call)


def keep(ask: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Keeps a model's answer with the job that asked: see `drafter.model.reply.Keep`."""
    kept: dict[str, Any] = step("model", ask)
    return kept


def _refused(_data: str) -> Any:
    raise PickleError("a row of the jobs holds a pickle; it was not read.")
