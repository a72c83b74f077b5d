"""A draft with a model: write, revise, settle - each step on its own, so that each can be repeated after a crash."""

from drafter.chain.steps import Desk, OnSection, Work, begin, revise, settle, write

__all__ = ["Desk", "OnSection", "Work", "begin", "revise", "settle", "write"]
