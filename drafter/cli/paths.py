"""The files that the arguments of a command name: by their names, by patterns, or by the folder that they are in."""

from __future__ import annotations

import glob
from collections.abc import Iterator
from pathlib import Path

from drafter.errors import InputError
from drafter.markup import EXTENSIONS

STDIN = "-"


def files_of(name: str) -> list[str]:
    """The files that an argument stands for: "-" and the name of a single file stand for themselves.

    A folder stands for the texts in it and below, but for hidden ones. A pattern with *, ? or [...] stands for the files that
    it matches, ** for any number of folders; a file that has just that name comes first.

    Raises:
        InputError: a pattern matches no file, or a folder holds no text.
    """
    try:
        files = list(_files(name))
    except OSError as error:
        raise InputError(f"'{name[:40]}…' is no name of a file ({error.strerror}).") from None
    if not files:
        held = f"the folder '{name}' holds no text to check ({', '.join(EXTENSIONS)})."
        raise InputError(held if Path(name).is_dir() else f"no file matches '{name}'.")
    return files


def _files(name: str) -> Iterator[str]:
    path = Path(name)
    if name != STDIN and name and path.is_dir():
        yield from (str(file) for file in sorted(path.rglob("*")) if file.suffix.lower() in EXTENSIONS and _is_open(file, path))
    elif any(sign in name for sign in "*?[") and not path.exists():
        yield from sorted(match for match in glob.glob(name, recursive=True) if Path(match).is_file())  # noqa: PTH207 - pathlib refuses a pattern from the root
    else:
        yield name


def _is_open(file: Path, folder: Path) -> bool:
    """Whether neither the file nor a folder on the way to it is hidden."""
    return file.is_file() and not any(part.startswith(".") for part in file.relative_to(folder).parts)
