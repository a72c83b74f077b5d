"""A bank of invented matters of many trades, and incidents of every shape that are made from it."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, get_args

from ruamel.yaml import YAML

from drafter.incident import KIND_FAULTS, Channel, Fault, Incident, Kind, Severity, Tone, incident_from

MATTERS: tuple[dict[str, Any], ...] = tuple(YAML(typ="safe", pure=True).load(Path(__file__).with_name("matters.yaml")))
PEOPLE = (
    ("Orla Brandt", "Ms"), ("Femi Adewale", None), ("Yusuf Malik", "Dr"), ("Ada", None), ("Joaquín Ferrer Soto", "Mr"), ("Li Wen", None),
)  # fmt: skip
SIGNERS = (
    {"name": "Nora Fitch", "role": "Customer care", "phone": "01632 960 112"},
    {"name": "Samir", "email": "samir@example.org"},
    {"name": "Bea Lindgren", "role": "owner"},
)
LOCALES = (("en-US", "America/Chicago", "$"), ("en-GB", "Europe/London", "£"), ("en-AU", "Australia/Sydney", "$"),
           ("en-IE", "Europe/Dublin", "€"), ("en-CA", "America/Toronto", "$"), ("en-NZ", "Pacific/Auckland", "$"))  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)
CHANNELS: tuple[Channel, ...] = get_args(Channel)
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
TONES: tuple[Tone, ...] = get_args(Tone)


class Maker:
    """Makes one incident after another from a seed; the same seed always makes the same ones."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.now = datetime(
            2026, self.dice.randint(1, 12), self.dice.randint(1, 28), self.dice.randint(8, 17), self.dice.choice((0, 20, 40))
        )

    def incident(self) -> Incident:
        """An incident of a random shape that is valid by its making."""
        dice = self.dice
        kind = dice.choice(KINDS)
        faults = KIND_FAULTS[kind]
        count = 1 if dice.random() < 0.6 else dice.choice((2, 3, 4))
        matters = dice.sample(MATTERS, count)
        problems = [self.problem(matter, dice.choice(faults), kind) for matter in matters]
        locale, zone, sign = dice.choice(LOCALES)
        name, title = dice.choice(PEOPLE)
        channel = dice.choice(CHANNELS)
        customer: dict[str, Any] = {"name": name, "title": title} if channel != "status_page" else {}
        if channel == "social":
            customer["handle"] = "@nightowl77"
        facts: dict[str, Any] = json.loads(
            json.dumps(
                {
                    "company": "Harrow & Lane",
                    "signer": dice.choice(SIGNERS),
                    "customer": {key: value for key, value in customer.items() if value},
                    "reference": dice.choice((None, "order HL-20931")) if channel != "status_page" else None,
                    "channel": channel,
                    "locale": locale,
                    "timezone": zone,
                    "as_of": f"{self.now:%Y-%m-%d %H:%M}",
                    "severity": dice.choice(SEVERITIES),
                    "tone": dice.choice(TONES),
                    "kind": kind,
                    "sensitive": False,
                    "problems": problems,
                    "asks": self.asks(matters),
                    "next": self.next(matters[0]),
                    "thread": self.thread(problems),
                }
            )
            .replace("\\u00a3", sign)
            .replace("£", sign)
        )
        return incident_from(facts)

    def problem(self, matter: dict[str, Any], fault: Fault, kind: Kind) -> dict[str, Any]:
        """One problem of this matter, with what fits its fault."""
        open_end = fault == "unknown" or (kind in ("holding", "update") and self.often())
        made: dict[str, Any] = {"what": matter["symptom" if open_end or fault == "unknown" else "what"], "fault": fault}
        made["impacts"] = self.some(matter["impacts"])
        made["fixes"] = [{"done": text, **self.past()} for text in self.some(matter["done"])] if not open_end else []
        if open_end or self.often():
            made["fixes"].append({"doing": matter["doing"], **({"by": self.ahead()} if self.seldom() else {})})
        if self.often():
            made["fixes"].append({"will": matter["will"], self.dice.choice(("on", "by")): self.ahead()})
        if self.often():
            made["when"] = self.day(-self.dice.randint(0, 9))
        made["known"] = self.some(matter["known"]) if open_end or self.seldom() else []
        made["unknown"] = self.some(matter["unknown"]) if open_end else []
        made["cause"] = "unknown" if open_end and self.often() else matter["cause"] if fault in ("ours", "shared") else None
        if fault in ("ours", "shared"):
            made |= {"ours": matter["ours"], "remedies": self.remedies(matter)}
            made["prevention"] = self.dice.choice(([{"done": matter["change"], **self.past()}], "unknown", []))
            made["containment"] = self.dice.choice(([{"done": matter["looked"], **self.past()}], "unknown", []))
        if fault == "shared":
            made["customer_part"] = matter["part"]
        elif fault == "not_ours" or (fault == "ours" and self.seldom()):
            made["third_party"] = matter["third"]
        return {key: value for key, value in made.items() if value not in (None, [])}

    def remedies(self, matter: dict[str, Any]) -> list[dict[str, Any]]:
        """None, one or two remedies: granted, refused or pending, with and without words, amount and day."""
        instead = f"our {matter['trade']} desk can tell you what else is possible"
        kinds = ({"kind": "other", "text": matter["remedy"]}, {"kind": "refund", "amount": "£25"}, {"kind": "voucher"},
                 {"kind": "credit", "amount": "£10.50", "terms": ["it does not expire"], "on": self.ahead()},
                 {"kind": "payment", "amount": "£30", "decision": "pending", "on": self.ahead(), "owner": "our finance manager"},
                 {"kind": "discount", "amount": "£5", "decision": "pending"},
                 {"kind": "refund", "decision": "declined", "because": matter["refused"]["because"], "instead": instead},
                 {"kind": "replacement", "on": self.ahead()})  # fmt: skip
        return self.dice.sample(kinds, self.dice.choice((0, 0, 1, 1, 2)))

    def asks(self, matters: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """None to four asks: answered, refused, granted, pending."""
        ready = [ask for matter in matters for ask in matter["asks"]]
        refused, because = matters[0]["refused"]["text"], matters[0]["refused"]["because"]
        ready.append(
            {"text": refused, "decision": "declined", "because": because, "instead": self.dice.choice((None, "I can offer you a voucher"))}
        )
        ready.append(
            {
                "text": "for the costs of the taxi",
                "decision": "pending",
                "on": self.ahead(),
                "owner": self.dice.choice((None, "our finance manager")),
            }
        )
        ready.append({"text": "for a copy of your file", "decision": "granted", "on": self.ahead()})
        picked = self.dice.sample(ready, min(len(ready), self.dice.choice((0, 0, 1, 1, 2, 3, 4))))
        return [{key: value for key, value in ask.items() if value is not None} for ask in picked]

    def next(self, matter: dict[str, Any]) -> list[dict[str, Any]]:
        """None or one next step, sometimes one that lasts."""
        step = {"will": matter["next"], self.dice.choice(("on", "by")): self.ahead()}
        return self.dice.choice(([], [step], [step], [{"will": "I will be at my desk", "until": self.ahead()}, step]))

    def thread(self, problems: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """No thread, a complaint, or a complaint that we have answered once with our act and an apology."""
        asked = {"by": "customer", "when": self.day(-1), "text": "This is not what I paid for. What are you going to do about it?"}
        first = problems[0]
        act = first.get("ours") or first["what"]
        sorry = " That was our mistake, and I'm sorry." if first.get("ours") else ""
        ours = {
            "by": "us",
            "when": self.day(-self.dice.randint(0, 1)),
            "text": f"Hello, {act}.{sorry} I am looking into it and will write again today.",
        }
        return self.dice.choice(([], [], [asked], [asked, ours], [asked, ours, asked]))

    def some(self, items: Sequence[Any]) -> list[Any]:
        """At least one of the items, in their order."""
        return list(items[: self.dice.randint(1, len(items))])

    def past(self) -> dict[str, Any]:
        """When something was done: a day, a time today, or not said."""
        hour = self.now - timedelta(minutes=self.dice.choice((10, 50, 90)))
        return self.dice.choice(({}, {"on": self.day(-self.dice.randint(0, 6))}, {"on": f"{hour:%Y-%m-%d %H:%M}"}))

    def ahead(self) -> str:
        """A moment that is still to come: a day or a time of a day."""
        hour = self.now + timedelta(minutes=self.dice.choice((30, 60, 120)))
        return self.dice.choice(
            (self.day(self.dice.randint(1, 12)), f"{hour:%Y-%m-%d %H:%M}", f"{self.day(self.dice.randint(1, 5))} 14:30")
        )

    def day(self, offset: int) -> str:
        """The day so many days from now, as a fact holds it."""
        found: date = self.now.date() + timedelta(days=offset)
        return found.isoformat()

    def often(self) -> bool:
        """True in about half of the cases."""
        return self.dice.random() < 0.5

    def seldom(self) -> bool:
        """True in about a quarter of the cases."""
        return self.dice.random() < 0.25
