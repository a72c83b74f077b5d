"""Questions to the judge's model: where it is, and what it says."""

from __future__ import annotations

import os

from inspect_ai.log import EvalLog
from inspect_ai.model import ChatMessage, GenerateConfig, Model, ModelConfig, ResponseSchema, get_model

from drafter.settings import load_settings

ROLE = "judge"
_SERVICE = "openai-api/drafter-judge"  # Inspect reads DRAFTER_JUDGE_BASE_URL and DRAFTER_JUDGE_API_KEY for it
_ADDRESS, _KEY = "DRAFTER_JUDGE_BASE_URL", "DRAFTER_JUDGE_API_KEY"
OPENAI = "https://api.openai.com/v1"
_REFUSED = (400, 422)  # an endpoint that knows no schema
_TOKENS = 4000  # of one answer: words and a yes or no for each line, and room for a model that thinks aloud


def judge_address(name: str) -> str:
    """Where the judge's model is.

    Raises:
        InputError: nothing says where.
    """
    return os.environ.get(_ADDRESS) or load_settings(name).address or OPENAI


def judge_model(name: str) -> Model:
    """The judge's model: at DRAFTER_JUDGE_BASE_URL with DRAFTER_JUDGE_API_KEY, else where the writer's is, with the writer's key.

    Raises:
        InputError: nothing says where the model is, or an address of the settings cannot be used.
    """
    if not os.environ.get(_ADDRESS):
        settings = load_settings(name)
        os.environ[_ADDRESS] = judge_address(name)
        if settings.key:
            os.environ.setdefault(_KEY, settings.key.get_secret_value())
    os.environ.setdefault(_KEY, "none")  # the writer's key is for the writer's address alone
    return get_model(f"{_SERVICE}/{name}", config=GenerateConfig(temperature=0, max_tokens=_TOKENS), memoize=False)


async def ask(model: Model, messages: list[ChatMessage], form: ResponseSchema) -> str:
    """What a model says, held to a form where its endpoint knows how, else asked for it in words alone."""
    try:
        output = await model.generate(messages, config=GenerateConfig(response_schema=form))
    except RuntimeError as error:  # Inspect's own, with the status that the endpoint answered
        if getattr(error, "status_code", None) not in _REFUSED:
            raise
        output = await model.generate(messages)
    return output.completion if output.choices and output.stop_reason == "stop" else ""


def name_of(model: Model) -> str:
    """The name by which a judge is known: as its endpoint knows it."""
    return str(model.name).removeprefix("drafter-judge/")


def judge_of(log: EvalLog) -> str:
    """The name of the judge of a run; empty where it had none."""
    config = (log.eval.model_roles or {}).get(ROLE)
    return config.model.removeprefix(f"{_SERVICE}/") if isinstance(config, ModelConfig) else ""


def is_same_model(judge: str, writer: str) -> bool:
    """Whether two models are one by their names; services put a maker's name and a slash before."""
    return bool(judge) and judge.lower().split("/")[-1] == writer.lower().split("/")[-1]
