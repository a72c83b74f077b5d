"""The sections of a draft for somebody who looks on, wherever it is written."""

from __future__ import annotations

import queue
import time
from collections.abc import Iterator

from drafter.draft import Section
from drafter.jobs.watch import Sections, Watch
from drafter.store import Store

_LOOK = 0.25  # seconds between two looks into the store, for a draft that another process writes


def sections(store: Store, watch: Watch, draft_id: str, *, beat: float) -> Iterator[Section | None]:
    """Each section as it passes its check, then what of the finished letter was not shown yet; None after `beat` seconds of silence.

    Raises:
        NotFoundError: there is no such draft.
    """
    shown: dict[str, str] = {}
    with watch.watching(draft_id) as coming:
        for section in _live(store, coming, draft_id, beat):
            if section is not None:
                shown[section.name] = section.text
            yield section
    draft = store.drafts.get(draft_id).draft
    for section in draft.sections if draft else ():
        if shown.get(section.name) != section.text:
            yield section


def _live(store: Store, coming: Sections, draft_id: str, beat: float) -> Iterator[Section | None]:
    """What comes while the draft is not done, and a beat where nothing does."""
    last = time.monotonic()
    while store.drafts.get(draft_id).state in ("queued", "writing"):
        try:
            section = coming.get(timeout=_LOOK)
        except queue.Empty:
            if time.monotonic() - last >= beat:
                last = time.monotonic()
                yield None
            continue
        if section is None:
            return
        last = time.monotonic()
        yield section
