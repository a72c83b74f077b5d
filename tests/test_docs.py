"""The pages say what the product does: each key, command and setting that they name is there, and none is missing."""

from __future__ import annotations

import re
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from ruamel.yaml import YAML

from drafter import check, load_house
from drafter.house.cadence import CadenceTable, Steps
from drafter.house.desks import Desk
from drafter.house.find import CONFIG
from drafter.house.remedy import Approver, Gift, RemedyTable, Right
from drafter.house.service import InsightsTable, JobsTable
from drafter.house.tables import Banned, House, Phrases, StoreTable
from drafter.house.webhooks import WebhooksTable
from drafter.incident import (
    Action,
    Approved,
    Ask,
    Company,
    Customer,
    Impact,
    Incident,
    Locked,
    Message,
    Person,
    Problem,
    Remedy,
    parse_incident,
)
from drafter.settings import ModelTable, Settings
from drafter.store.tables import Row
from drafter.writer import Writer
from tests import readme
from tests.conftest import ROOT

PAGES = [*sorted((ROOT / "docs").glob("*.md")), *sorted(ROOT.glob("*.md"))]
INCIDENT = (ROOT / "docs" / "incident.md").read_text(encoding="utf-8")
SHOWN = list(readme.BLOCK.finditer(readme.README.read_text(encoding="utf-8")))
PARTS: dict[str, type[BaseModel]] = {
    "The frame": Incident,
    "company": Company,
    "signer": Person,
    "customer": Customer,
    "problems": Problem,
    "problems: impacts": Impact,
    "fixes, prevention, containment, next": Action,
    "problems: remedies": Remedy,
    "asks": Ask,
    "thread": Message,
    "locked": Locked,
    "approved": Approved,
}
NEEDED: dict[str, dict[str, str]] = {
    "Incident": {"company": "H", "signer": "E", "problems": "[{what: a, ours: we did it}]"},
    "Company": {"name": "H"},
    "Person": {"name": "E"},
    "Problem": {"what": "a", "ours": "we did it"},
    "Impact": {"text": "a"},
    "Action": {"done": "I did it"},
    "Remedy": {"kind": "refund"},
    "Ask": {"text": "for it"},
    "Message": {"by": "customer", "text": "Hello"},
    "Locked": {"text": "Law."},
    "Approved": {"kind": "refund"},
}


def rows(heading: str) -> dict[str, str]:
    """Key and example of each row of the table under a heading."""
    section = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", INCIDENT, re.M | re.S)
    assert section, heading
    return dict(re.findall(r"^\| (\w+) \|.*\| `([^`]+)` \|$", section[1], re.M))


@pytest.mark.parametrize("heading", PARTS)
def test_the_page_has_every_key_of_every_part_and_no_other(heading: str) -> None:
    """A key that is added, renamed or taken away fails here until the page follows."""
    assert set(rows(heading)) == set(PARTS[heading].model_fields)


@pytest.mark.parametrize(("heading", "key"), [(heading, key) for heading in PARTS for key in rows(heading)])
def test_every_example_of_the_page_is_accepted(heading: str, key: str) -> None:
    """Each example is valid where the page says that it stands."""
    model, example = PARTS[heading], rows(heading)[key]
    assert example.startswith(f"{key}: ")
    needed = {name: value for name, value in NEEDED.get(model.__name__, {}).items() if name != key}
    if model is Action and key in ("doing", "will"):
        needed = {}
    if model is Problem and key == "customer_part":
        needed["fault"] = "shared"
    data = YAML(typ="safe", pure=True).load(StringIO("\n".join([example, *(f"{name}: {value}" for name, value in needed.items())])))
    part = model.model_validate(_words(data))
    assert key in part.model_fields_set


def _words(value: Any) -> Any:
    """Plain scalars as the words of a file, which is how the reader takes them."""
    if isinstance(value, dict):
        return {key: _words(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_words(item) for item in value]
    return value if isinstance(value, bool) else str(value)


def test_the_smallest_file_of_the_page_works() -> None:
    """A newcomer can copy it as it stands, and gets a letter that may go."""
    (block,) = re.findall(r"```yaml\n(.*?)```", INCIDENT, re.S)
    assert Writer().draft(parse_incident(block)).status == "ready"


def test_every_setting_is_described() -> None:
    """Each environment variable and each key of drafter.toml has its place on one of the pages about them."""
    pages = ("models.md", "store.md", "webhooks.md", "deploy.md", "helpdesks.md", "page.md", "incidents.md", "remedies.md")
    page = "".join((ROOT / "docs" / name).read_text(encoding="utf-8") for name in pages)
    names = [str(field.validation_alias) for field in Settings.model_fields.values() if field.validation_alias]
    tables = (
        ModelTable,
        WebhooksTable,
        JobsTable,
        StoreTable,
        InsightsTable,
        CadenceTable,
        Steps,
        Desk,
        RemedyTable,
        Right,
        Gift,
        Approver,
    )
    for name in [*names, CONFIG, *(key for table in tables for key in table.model_fields)]:
        assert f"`{name}`" in page, name


def test_the_rules_for_remedies_of_the_page_can_be_copied(tmp_path: Path) -> None:
    """They are valid, and have nothing that has to be spent for."""
    (block,) = re.findall(r"```toml\n(.*?)```", (ROOT / "docs" / "remedies.md").read_text(encoding="utf-8"), re.S)
    (tmp_path / "drafter.toml").write_text(block, encoding="utf-8")
    house = load_house(tmp_path / "drafter.toml")
    assert (len(house.remedy.goodwill), len(house.remedy.rights), len(house.remedy.approvers)) == (3, 1, 2)
    assert check("We were late.", house=house)


def test_every_table_of_the_store_is_described() -> None:
    """The page says of each table what it holds, and names none that is not there."""
    page = (ROOT / "docs" / "store.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(\w+)` \|", page, re.M)) == set(Row.metadata.tables)
    assert "raw" in StoreTable.model_fields
    assert "[store]\nraw = true" in page


def test_every_key_of_the_house_is_described_and_the_example_is_valid(tmp_path: Path) -> None:
    """What the page about checks says of the settings file can be copied into one."""
    page = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    for name in [*House.model_fields, *Phrases.model_fields, *Banned.model_fields]:
        assert f"`{name}`" in page, name
    (block,) = re.findall(r"```toml\n(.*?)```", page, re.S)
    (tmp_path / "house-rules").mkdir()
    rule = "---\nseverity: warning\nmatch: ['as per']\n---\nStiff.\n"
    (tmp_path / "house-rules" / "stiff.md").write_text(rule, encoding="utf-8")
    (tmp_path / "drafter.toml").write_text(block, encoding="utf-8")
    house = load_house(tmp_path / "drafter.toml")
    assert {finding.rule for finding in check("As per our call, reach out.", house=house).findings} == {"stiff", "banned-phrase"}


def test_the_comments_of_the_page_do_what_it_says() -> None:
    """The example switches off what it names, and nothing in it is unknown."""
    (block,) = re.findall(r"```markdown\n(.*?)```", (ROOT / "docs" / "checks.md").read_text(encoding="utf-8"), re.S)
    assert "blame-customer" in {finding.rule for finding in check(block).findings}
    assert check(block, markup="markdown").findings == ()


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_between_the_pages_lead_somewhere(page: Path) -> None:
    """No page points to a file that is not there."""
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
        if not target.startswith(("http://", "https://", "mailto:")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_command_of_make_is_known_to_make() -> None:
    """`make X` in a page is a target of the Makefile."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    for page in PAGES:
        named = re.findall(r"`make ([a-z-]+)`|^make ([a-z-]+)", page.read_text(encoding="utf-8"), re.M)
        assert {first or second for first, second in named} <= targets, page.name


@pytest.mark.parametrize(
    "block", list(readme.BLOCK.finditer(readme.README.read_text(encoding="utf-8"))), ids=lambda block: block["command"]
)
def test_the_output_that_the_readme_shows_is_real(block: re.Match[str]) -> None:
    """What a newcomer reads is what the command prints; `python -m tests.readme` brings it up to date."""
    assert block["output"] == readme.output(block["command"])


def test_the_python_of_the_readme_runs() -> None:
    """The lines for library users can be copied as they stand."""
    (code,) = re.findall(r"```python\n(.*?)```", readme.README.read_text(encoding="utf-8"), re.S)
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    assert re.findall(r"# (.+)$", code, re.M) == done.stdout.splitlines()
