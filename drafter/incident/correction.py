"""Correction: something that we told the customer and that was wrong, with what is right."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from drafter.incident.moment import Moment
from drafter.incident.values import Clause, Fact, Name


class Correction(Fact):
    """Something that an earlier message of ours said and that was wrong, and what is right, each as a full clause.

    `on` is when it was said, `by` who said it, when not the signer; `fact` is the fact that says what is right, which is then
    not told a second time. With `true_then` in place of `right` it was true at its
    time, and nothing is corrected.
    """

    said: Clause
    right: Clause | None = None
    true_then: bool = False
    on: Moment | None = None
    by: Name | None = None
    fact: str | None = None

    @model_validator(mode="after")
    def _settled(self) -> Self:
        if (self.right is not None) == self.true_then:
            raise ValueError(
                "a correction needs what is right: {said: 'no pictures were lost', right: 'we lost 40 of your pictures'}; "
                "of what was true at its time, write true_then: true in the place of right"
            )
        return self
