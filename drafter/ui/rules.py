"""Rules and prompts, to read: what the checks look for and why, and what a model is told."""

from __future__ import annotations

import re
from textwrap import shorten
from typing import Any

from drafter.checks import rules_in_force
from drafter.prompts import prompts
from drafter.ui.panel import Act, Answer, panel
from drafter.ui.saying import render
from drafter.ui.workbench import Desk


def page(desk: Desk) -> None:
    """The page, within the blocks that are open."""
    panel("rules", render("rules.html", rules=[], prompts=[], sought="", dismissed={}), Reading(desk))


class Reading:
    """What can be done at the page."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def __call__(self, act: Act) -> Answer:
        """The rules that hold what is sought, each with how often it was passed over; and every prompt."""
        sought = act.text("sought").strip().lower()
        view: dict[str, Any] = {
            "rules": [rule for rule in self._rules() if sought in f"{rule['id']} {rule['body']}".lower()],
            "prompts": [
                {"label": prompt.label, "status": prompt.status, "change": prompt.change, "text": prompt.text}
                for prompt in prompts()
                if sought in f"{prompt.label} {prompt.text}".lower()
            ],
            "sought": sought,
            "dismissed": self._desk.store.dismissals.counts(),
        }
        return Answer(parts={"rule-list": render("rule_list.html", **view), "prompt-list": render("prompt_list.html", **view)})

    def _rules(self) -> list[dict[str, Any]]:
        known = rules_in_force("en", self._desk.writer.house)
        return [
            {
                "id": rule.id,
                "severity": known.level(rule),
                "body": rule.body.strip(),
                "first": _first_sentence(rule.body),
                "flags": rule.flags,
                "passes": rule.passes,
                "source": rule.source,
            }
            for rule in known.rules.values()
        ]


def _first_sentence(body: str) -> str:
    """How a rule begins, as far as one line takes it."""
    plain = " ".join(line for line in body.strip().splitlines() if not line.startswith("#")).replace("**", "").replace("`", "")
    return shorten(re.split(r"(?<=[.!?]) ", plain.strip(), maxsplit=1)[0], width=150, placeholder=" …")
