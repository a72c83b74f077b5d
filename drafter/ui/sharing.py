"""Sharing one reply between tabs: what each has typed is entered, what meets the other's is kept, and both are told."""

from __future__ import annotations

from drafter.ui import facts as form
from drafter.ui.panel import Act
from drafter.ui.saying import words
from drafter.ui.working import Clash, Working

MOST_TICKET = 200_000  # characters that are read of a ticket
_LISTS = ("fact.problems.", "fact.asks.", "fact.next.")
_SHAPING = frozenset(("add", "remove", "move", "take", "read", "poll", "file", "example", "write"))
_PRESSES = 20
_KEPT = 6  # clashes


def is_behind(work: Working, act: Act) -> bool:
    """Whether another tab has changed the work since this one was shown it."""
    return bool(act.seen) and work.revision > act.seen and work.tab != act.tab


def enter(work: Working, act: Act) -> str:
    """Put what was typed into the work, and say what another tab had put there meanwhile; "" where nothing met."""
    behind, said = is_behind(work, act), ""
    for name in (name for name in act.fields if name in act.typed):
        value = act.fields[name]
        if behind and work.shaped > act.seen and name.startswith(_LISTS):
            _keep(work, "", str(value))
            said = words().shell.clash
            continue
        revision, tab = work.touched.get(name, (0, ""))
        met = behind and revision > act.seen and tab != act.tab
        before = _value(work, name)
        if name == "letter":
            if met:
                work.by_hand = False  # so that the other's words are a step of "undo"
                said = words().shell.clash_letter if str(value) != before else said
        elif met and str(value) != before and before:
            _keep(work, name, before)
            said = words().shell.clash
        _put(work, name, value)
        if _value(work, name) != before:
            work.touched[name] = (work.revision + 1, act.tab)
    return said


def changed(work: Working, act: Act, before: Working) -> None:
    """Note that an act has changed the work, and in which tab."""
    if act.press:
        work.presses = [*work.presses[1 - _PRESSES :], act.press]
    if work.model_dump(exclude={"presses"}) == before.model_dump(exclude={"presses"}):
        return
    work.revision, work.tab = before.revision + 1, act.tab
    if act.name in _SHAPING:
        work.shaped = work.revision
        work.touched = {name: at for name, at in work.touched.items() if not name.startswith(_LISTS)}
    if work.text != before.text:
        work.touched["letter"] = (work.revision, act.tab)


def _put(work: Working, name: str, value: object) -> None:
    if name == "ticket":
        work.ticket = str(value)[:MOST_TICKET]
    elif name.startswith("fact."):
        form.put(work.facts, name.removeprefix("fact."), value)
    elif name == "looked":
        work.looked = work.text if value is True else ""
    elif name == "letter" and work.draft_id and work.under is None:
        work.type(str(value))


def _value(work: Working, name: str) -> str:
    if name in ("ticket", "letter"):
        return work.ticket if name == "ticket" else work.text
    return form.said_at(work.facts, name.removeprefix("fact.")) if name.startswith("fact.") else ""


def _keep(work: Working, name: str, text: str) -> None:
    if text.strip():
        work.clashes = [*(clash for clash in work.clashes if clash.text != text), Clash(name=name, text=text)][-_KEPT:]
