"""A draft with a model: write, revise, finish - each step on its own, so that each can be repeated after a crash."""

from drafter.chain.finish import finish
from drafter.chain.steps import Desk, OnSection, Work, begin, revise, write

__all__ = ["Desk", "OnSection", "Work", "begin", "finish", "revise", "write"]
