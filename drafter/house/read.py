"""Reads a settings file, and refuses it with file, line, key and the nearest valid key."""

from __future__ import annotations

import difflib
import re
import tomllib
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from drafter.errors import Complaint, InputError
from drafter.house.cadence import CadenceTable, Steps
from drafter.house.desks import Desk, Queues, Signer
from drafter.house.find import SHARED
from drafter.house.lines import line_of
from drafter.house.remedy import Approver, Gift, RemedyTable, Right
from drafter.house.service import InsightsTable, JobsTable
from drafter.house.tables import Banned, House, LoginTable, ModelTable, Origin, Phrases, StoreTable
from drafter.house.webhooks import WebhooksTable
from drafter.texts import decode, read_bytes

_TABLES: dict[tuple[str, ...], type[BaseModel]] = {  # "*" is a name that the house chose
    (): House,
    ("model",): ModelTable,
    ("store",): StoreTable,
    ("login",): LoginTable,
    ("jobs",): JobsTable,
    ("insights",): InsightsTable,
    ("cadence",): CadenceTable,
    ("cadence", "*"): Steps,
    ("remedy",): RemedyTable,
    ("remedy", "statutory"): Right,
    ("remedy", "contractual"): Right,
    ("remedy", "goodwill"): Gift,
    ("remedy", "approvers"): Approver,
    ("phrases",): Phrases,
    ("phrases", "banned"): Banned,
    ("helpdesks", "*"): Desk,
    ("helpdesks", "*", "queues"): Queues,
    ("helpdesks", "*", "signer"): Signer,
    ("webhooks",): WebhooksTable,
}
_ROOT = ("tool", "drafter")


def load_house(path: Path | str, *, required: bool = True) -> House:
    """What a drafter.toml holds, or the table [tool.drafter] of a pyproject.toml; it need not be there unless it is `required`.

    Raises:
        TextError: it cannot be read.
        InputError: it is not TOML, or has an unknown key or a wrong value; all complaints at once, with lines.
    """
    path = Path(path)
    held = read_bytes(path)
    text = decode(held, str(path)) if held.strip() else ""  # an empty file has decided nothing yet
    origin = Origin(str(path), text, _ROOT if path.name == SHARED else ())
    try:
        data = _below(tomllib.loads(origin.text), origin.root)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"not TOML: {error}.", origin.source) from None
    if data is None:
        if required:
            raise InputError("it has no table [tool.drafter].", origin.source)
        data = {}
    try:
        house = House.model_validate(data).read_from(origin)
    except ValidationError as error:
        raise InputError([_complaint(detail, origin) for detail in error.errors(include_url=False)], origin.source) from None
    return _placed(house, path.parent)


def _below(data: Any, root: tuple[str, ...]) -> Any:
    for key in root:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def _placed(house: House, beside: Path) -> House:
    """The house with its folder of rules and its accounts as seen from here: a file names them as seen from itself."""
    if house.login.users_file is not None:
        users_file = beside / house.login.users_file.expanduser()
        house = house.model_copy(update={"login": house.login.model_copy(update={"users_file": users_file})})
    if house.rules_folder is None:
        return house
    folder = beside / house.rules_folder
    if not folder.is_dir():
        raise house.refusal([house.complaint(f"there is no folder '{folder}'.", "rules_folder")])
    return house.model_copy(update={"rules_folder": folder})


def _complaint(detail: ErrorDetails, origin: Origin) -> Complaint:
    path = tuple(step for step in detail["loc"] if step != "[key]")  # pydantic's mark of a name that is wrong itself
    names = tuple(step for step in path if isinstance(step, str))
    words = str(detail["input"]) if path and isinstance(path[-1], int) else ""
    line = line_of(origin.text, (*origin.root, *path), words=words)
    return Complaint(_reason(detail, names), ".".join(str(step + 1) if isinstance(step, int) else step for step in path), line)


def _table(path: tuple[str, ...]) -> type[BaseModel]:
    return _TABLES[path] if path in _TABLES else _TABLES[(path[0], "*", *path[2:])]


def _reason(detail: ErrorDetails, names: tuple[str, ...]) -> str:
    shown: Any = detail["input"]
    if detail["type"] == "extra_forbidden":
        valid = list(_table(names[:-1]).model_fields)
        near = difflib.get_close_matches(names[-1], valid, 1, 0.5)
        return "unknown key; " + (f"did you mean '{near[0]}'?" if near else f"valid keys are {', '.join(valid)}")
    if detail["type"] == "literal_error":
        values = re.findall(r"'([^']+)'", detail["ctx"]["expected"])
        near = difflib.get_close_matches(str(shown), values, 1)
        return f"'{shown}' is not one of {', '.join(values)}" + (f"; did you mean '{near[0]}'?" if near else "")
    if detail["type"] == "missing":
        return "this key is missing"
    if detail["type"] in ("tuple_type", "list_type"):
        return "write this as a list: [...]"
    if detail["type"] in ("model_type", "dict_type"):
        return "write this as a table, with a key for each value"
    message: str = detail["msg"].removeprefix("Value error, ").removeprefix("Input ")
    return message + (f", not {shown!r}" if isinstance(shown, (int, float)) else "")
