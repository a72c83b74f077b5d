"""Pace: what a run may take, how fast it asks, and whether answers are kept; as options of a command."""

from __future__ import annotations

import argparse
from dataclasses import dataclass


@dataclass(frozen=True)
class Pace:
    """How a run asks models."""

    cap_cost: float | None = None  # in the currency of the prices
    cap_tokens: int | None = None
    connections: int | None = None
    per_minute: int | None = None
    cached: bool = True

    @classmethod
    def of(cls, arguments: argparse.Namespace) -> Pace:
        """The pace that was asked for."""
        return cls(arguments.cap, arguments.cap_tokens, arguments.connections, arguments.per_minute, not arguments.no_cache)


FREE = Pace()
"""No cap and no hurry, and answers are kept."""


def add_options(command: argparse.ArgumentParser) -> None:
    """Let a command take them."""
    command.add_argument("--connections", type=_whole, metavar="N", help="how many letters are written at the same time")
    command.add_argument("--per-minute", type=_whole, metavar="N", help="how many questions to models begin in a minute, at most")
    command.add_argument("--cap", type=_amount, metavar="COST", help="end the run before it costs more, in the currency of the prices")
    command.add_argument("--cap-tokens", type=_whole, metavar="N", help="end the run before it takes more tokens")
    command.add_argument("--no-cache", action="store_true", help="ask again what was asked before; answers hold for a week")
    command.add_argument("--estimate", action="store_true", help="say what the run would take, and ask nothing")
    command.add_argument("--resume", action="store_true", help="go on with the run that was last begun in the folder of logs")


def _whole(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is no whole number from 1")
    return int(text)


def _amount(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError(f"'{text}' is no amount above nought")
    return number
