"""Write: facts on the left, the letter on the right; each act takes the work in hand, does one thing, and keeps it."""

from __future__ import annotations

from drafter.ui import facts as form
from drafter.ui import working
from drafter.ui.lettering import Lettering
from drafter.ui.panel import Act, Answer, panel
from drafter.ui.saying import render
from drafter.ui.stating import Stating
from drafter.ui.workbench import Desk, Workbench
from drafter.ui.working import Working


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

    def __call__(self, act: Act) -> Answer:
        """Do it, on the work that the page's address names, and keep what came of it."""
        hand = self.bench.take(act)
        if act.name not in ("open", "new"):
            self.bench.enter(hand)
        try:
            self._by_name[act.name](hand)
        finally:
            if hand.id:
                working.keep(self.bench.desk.store, hand.id, hand.who, hand.work)
        return hand.answer
