"""When to draft: which rule of the house an event meets."""

from __future__ import annotations

import re
from collections.abc import Callable

from drafter.helpdesk.records import Event, Thread
from drafter.house.desks import Desk

_FROM_CUSTOMER = ("opened", "customer_wrote")


def asks_for_draft(desk: Desk, event: Event, *, thread: Thread, failure: Callable[[str], bool]) -> str | None:
    """The rule of `desk.when` that asks for a draft, or None; `failure` says whether a message reports one.

    Only an agent's note or tag can ask by name: what a customer writes is judged by what it says, never obeyed.
    """
    queue = event.queue or thread.queue
    if event.author_is_us or event.kind not in desk.events or not desk.queues.has(queue) or _answered(event, thread):
        return None
    return next((rule for rule in desk.when if _met(rule, event, thread, failure=failure)), None)


def _answered(event: Event, thread: Thread) -> bool:
    """Whether nothing was written after our own note: some webhooks do not say that it was our note that called."""
    return event.kind not in _FROM_CUSTOMER and bool(thread.messages) and thread.messages[-1].ours


def _met(rule: str, event: Event, thread: Thread, *, failure: Callable[[str], bool]) -> bool:
    word, _, name = rule.partition(":")
    wanted = name.strip().casefold()
    if word == "mention":
        return event.kind == "note" and re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", _note(event, thread).casefold()) is not None
    if word == "tag":
        return event.kind != "note" and wanted in {tag.casefold() for tag in (*event.tags, *thread.tags)}
    if event.kind not in _FROM_CUSTOMER:
        return False
    if word == "queue":
        return wanted == (event.queue or thread.queue or "").casefold()
    return word == "always" or (thread.newest is not None and failure(thread.newest.text))


def _note(event: Event, thread: Thread) -> str:
    """What an agent noted; some webhooks do not say."""
    return event.text or next((message.text for message in reversed(thread.messages) if message.by == "note"), "")
