"""What the page says and how it is laid out: words from `words/en.yaml` in templates that escape whatever is put into them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

_HERE = Path(__file__).parent


class Words(Mapping[str, Any]):
    """Words by name, and by attribute: `words().write.title`."""

    def __init__(self, found: dict[str, Any]) -> None:
        self._found = found

    def __getitem__(self, name: str) -> Any:
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def __getattr__(self, name: str) -> Any:
        try:
            return self._found[name]
        except KeyError:
            raise AttributeError(f"the page has no words '{name}'") from None


@cache
def words(language: str = "en") -> Words:
    """Every word that the page says."""
    found: Words = _worded(yaml.safe_load((_HERE / "words" / f"{language}.yaml").read_text(encoding="utf-8")))
    return found


@cache
def _environment() -> Environment:
    made = Environment(loader=FileSystemLoader(_HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    made.lstrip_blocks = True
    made.globals["w"] = words()
    return made


def render(template: str, **values: Any) -> str:
    """A part of the page as HTML."""
    return _environment().get_template(template).render(**values)


def asset(name: str) -> str:
    """A script or style of the page, as text."""
    return (_HERE / "assets" / name).read_text(encoding="utf-8")


def _worded(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if hidden := [key for key in value if hasattr(Words, str(key))]:
        raise ValueError(f"words cannot be called '{hidden[0]}': a mapping has something of that name")
    return Words({key: _worded(item) for key, item in value.items()})
