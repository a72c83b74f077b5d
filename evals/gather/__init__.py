"""Gather: new cases to label out of real use, with nothing personal in them."""

from evals.gather.cases import Gathered, gather, moment

__all__ = ["Gathered", "gather", "moment"]
