"""Write: facts on the left, the letter on the right; each act takes the work in hand, does one thing, and keeps it."""

from __future__ import annotations

from threading import Lock

from drafter.ui import facts as form
from drafter.ui import sharing, working
from drafter.ui.lettering import Lettering
from drafter.ui.panel import Act, Answer, panel
from drafter.ui.saying import render, words
from drafter.ui.stating import Stating
from drafter.ui.workbench import Desk, Workbench
from drafter.ui.working import Working

_LOCKS = 64


def page(desk: Desk) -> None:
    """The page, within the blocks that are open."""
    acts = Acts(desk)
    panel("write", render("write.html", **acts.bench.shown("", Working(facts=form.opened({})), None, None)), acts)


class Acts:
    """What can be done at the page."""

    def __init__(self, desk: Desk) -> None:
        self.bench = Workbench(desk)
        stating = Stating(self.bench)
        self._by_name = stating.acts | Lettering(self.bench, stating.read).acts
        self._locks = [Lock() for _ in range(_LOCKS)]  # two tabs on one reply act one after the other

    def __call__(self, act: Act) -> Answer:
        """Do it, on the work that the page's address names, and keep what came of it."""
        with self._locks[hash(act.data.get("work", "")) % _LOCKS]:
            return self._done(act)

    def _done(self, act: Act) -> Answer:
        hand = self.bench.take(act)
        work, before = hand.work, hand.work.model_copy(deep=True)
        behind, met = sharing.is_behind(work, act), ""
        if act.name not in ("open", "new"):
            met = sharing.enter(work, act)
        try:
            if act.press and act.press in work.presses:
                self.bench.show(hand, facts=True)
            else:
                self._by_name[act.name](hand)
            if (behind and act.name != "new") or met:
                self.bench.show(hand, facts=True)
                hand.answer.say = met or hand.answer.say or words().shell.elsewhere
        finally:
            if hand.id:
                sharing.changed(hand.work, act, before)
                working.keep(self.bench.desk.store, hand.id, hand.who, hand.work)
        hand.answer.seen = hand.work.revision
        return hand.answer
