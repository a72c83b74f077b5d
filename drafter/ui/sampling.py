"""Sampling: sent replies drawn for quality review, each with its weight and why, and what a reviewer thinks of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Literal, cast

from drafter.store.samples import RISKS
from drafter.ui.panel import Act
from drafter.ui.saying import words
from drafter.ui.workbench import Desk

_AMOUNT, _MOST = 20, 200  # replies
_WEEKS = 4
_LONGEST = 60  # characters of a seed


class Sampling:
    """Draws samples and keeps verdicts about them."""

    def __init__(self, desk: Desk) -> None:
        self._samples = desk.store.samples
        self._sent = desk.store.sent

    def view(self, act: Act) -> dict[str, Any]:
        """What the page shows of the sample that the fields ask for; without a seed, it is that of this week."""
        now = datetime.now(UTC)
        seed = " ".join(act.text("seed").split())[:_LONGEST] or f"{now:%G-W%V}"
        amount = min(int(act.text("amount")), _MOST) if act.text("amount").isdecimal() else _AMOUNT
        sample = self._samples.draw(seed, amount, since=now - timedelta(weeks=_WEEKS), until=now)
        said = words().review.risks
        items = [
            {"id": one.draft_id, "created": one.sent, "verdict": one.verdict, "reason": one.reason, "weight": one.weight}
            | {"risks": "; ".join(f"{said[risk]} +{RISKS[cast('Any', risk)]}" for risk in one.risks)}
            for one in sample.drawn
        ]
        shown = {
            "seed": seed,
            "amount": amount,
            "of": sample.of,
            "weeks": _WEEKS,
            "done": sum(item["verdict"] is not None for item in items),
        }
        return {"items": items, "skip": 0, "more": False, "sample": shown}

    def judged(self, act: Act, draft_id: str) -> str:
        """Keep the verdict about what was sent of a draft, and say so; or say why it cannot be."""
        told, reason = words().review, act.text("reason").strip()
        sent = next(reversed(self._sent.of(draft_id)), None)
        if sent is None or act.name not in ("approve", "reject"):
            return str(told.gone)
        if act.name == "reject" and not reason:
            return str(told.why_sent)
        self._samples.judge(sent.id, cast("Literal['approve', 'reject']", act.name), by=act.who or None, reason=reason or None)
        return str(told.judged[act.name])
