"""What took long to work out and depends on nothing but its key, kept in the user's cache folder from one command to the next.

Nothing rests on it: what is missing, damaged or cannot be written is worked out again, without a word.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

_MOST = 8  # files of one name that stay: an older one belongs to rules that have changed


def kept(name: str, key: str, work: Callable[[], Any], *, files: Sequence[str]) -> Any:
    """The JSON value that `work` gives, read from an earlier time where there was one.

    It was worked out from the same `key` by the same code, which is in `files` beside this one.
    """
    from platformdirs import user_cache_path

    code = "\0".join(Path(__file__).with_name(file).read_text("utf-8") for file in files)
    try:
        path = user_cache_path("drafter", appauthor=False) / f"{name}-{_digest(f'{code}{key}')[:24]}.json"
    except RuntimeError:  # this user has no home
        return work()
    try:
        digest, _, text = path.read_text("utf-8").partition("\n")
        if digest == _digest(text):
            return json.loads(text)
    except (OSError, ValueError):
        pass
    value = work()
    _keep(path, value)
    return value


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _keep(path: Path, value: Any) -> None:
    """Write all of it or nothing, and take away what is older than the latest few."""
    try:
        text = json.dumps(value, separators=(",", ":"))
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}")
        draft.write_text(f"{_digest(text)}\n{text}", "utf-8")
        draft.replace(path)
        alike = sorted(path.parent.glob(f"{path.stem.partition('-')[0]}-*.json"), key=lambda file: -file.stat().st_mtime)
        for old in alike[_MOST:]:
            old.unlink()
    except (OSError, TypeError, ValueError):  # what a rule file wrongly holds may be no JSON
        pass
