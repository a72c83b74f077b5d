"""A settings file is read whole, or refused with file, line, key and the nearest name."""

from __future__ import annotations

from pathlib import Path

import pytest

from drafter.errors import InputError
from drafter.house.find import find_house
from drafter.house.lines import line_of
from drafter.house.read import load_house
from drafter.house.tables import House

WHOLE = """
rules_folder = "house"

[severity]
stock-phrase = "error"
"excuse" = "off"

[phrases]
allowed = ["Happy to  help"]
banned = ["going forward", {phrase = "reach out", instead = "write"}]

[lexicon]
trade_saas = ["webhook storm"]

[model]
price_in = 0.5

[webhooks]
urls = ["https://hooks.example.com/drafter"]
events = ["draft.done"]
content = true
[store]
raw = true
"""


def written(folder: Path, text: str, name: str = "drafter.toml") -> Path:
    """A settings file in a folder."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def refused(folder: Path, text: str, name: str = "drafter.toml") -> list[str]:
    """The lines with which a settings file is refused, without its name."""
    path = written(folder, text, name)
    with pytest.raises(InputError) as caught:
        load_house(path)
    lines = str(caught.value).splitlines()
    assert all(line.startswith(f"{path}: ") for line in lines)
    return [line.removeprefix(f"{path}: ") for line in lines]


def severities() -> dict[str, str] | None:
    """What the settings file that holds says under [severity]."""
    house = find_house()
    return dict(house.severity) if house else None


def test_every_table_is_read(tmp_path: Path) -> None:
    """Severities, phrases, words, rules and figures arrive as they were written, and the folder as seen from the file."""
    (tmp_path / "house").mkdir()
    house = load_house(written(tmp_path, WHOLE))
    assert house.severity == {"stock-phrase": "error", "excuse": "off"}
    assert house.phrases.allowed == ("Happy to help",)
    assert [(item.phrase, item.instead) for item in house.phrases.banned] == [("going forward", None), ("reach out", "write")]
    assert house.lexicon == {"trade_saas": ("webhook storm",)}
    assert house.rules_folder == tmp_path / "house"
    assert house.model.price_in == 0.5
    webhooks = house.webhooks
    assert (webhooks.urls, webhooks.events) == (("https://hooks.example.com/drafter",), ("draft.done",))
    assert (webhooks.content, webhooks.allow_private) == (True, False)
    assert house.store.raw is True


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[severty]\nexcuse = 'off'", "line 1: severty: unknown key; did you mean 'severity'?"),
        (
            "\n[severity]\nexcuse = 'eror'",
            "line 3: severity.excuse: 'eror' is not one of error, warning, suggestion, off; did you mean 'error'?",
        ),
        ("severity = 3", "line 1: severity: write this as a table, with a key for each value"),
        (
            "[phrases]\nbanned = [\n  'a',\n  {phrase = 'b', insted = 'c'},\n]",
            "line 2: phrases.banned.2.insted: unknown key; did you mean 'instead'?",
        ),
        ("[phrases]\nallowed = ['ok', ' - ']", "line 2: phrases.allowed.2: write words here; there is no letter and no digit in it"),
        ("[phrases]\nallowed = 'ok'", "line 2: phrases.allowed: write this as a list: [...]"),
        ("[phrases]\nallowed = ['OK']\nbanned = ['ok']", "line 1: phrases: 'ok' is allowed and banned; it can be one of them"),
        ("rules_folder = 'nowhere'", "line 1: rules_folder: there is no folder"),
        ("[model]\nprice_on = 2", "line 2: model.price_on: unknown key; did you mean 'price_in'?"),
        (
            "[webhooks]\nevents = ['draft.don']",
            "line 2: webhooks.events.1: 'draft.don' is not one of draft.done, draft.failed, draft.cancelled; did you mean 'draft.done'?",
        ),
        ("[webhooks]\nurl = 'https://example.com'", "line 2: webhooks.url: unknown key; did you mean 'urls'?"),
        (
            "[webhooks]\nurls = ['https://example.com/in', 'ftp://example.com']",
            "line 2: webhooks.urls.2: 'ftp://example.com' does not start with https:// or http://",
        ),
        ("[store]\nrow = true", "line 2: store.row: unknown key; did you mean 'raw'?"),
        ("[store]\nraw = 'perhaps'", "line 2: store.raw: should be a valid boolean"),
        ("[severity", "not TOML: "),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_place(tmp_path: Path, text: str, says: str) -> None:
    """One line that says where it is and what would be right."""
    (line,) = refused(tmp_path, text)
    assert line.startswith(says)


def test_all_complaints_come_at_once(tmp_path: Path) -> None:
    """Nobody mends a file line by line."""
    assert len(refused(tmp_path, "[severity]\nexcuse = 'x'\nsell = 'y'\n[words]\n")) == 3


def test_a_table_of_pyproject_is_read_and_its_lines_are_told(tmp_path: Path) -> None:
    """The same keys stand under [tool.drafter], and complaints count the lines of the whole file."""
    good = '[project]\nname = "x"\n[tool.drafter]\nphrases = {banned = ["going forward"]}\n[tool.drafter.severity]\nexcuse = "off"\n'
    house = load_house(written(tmp_path, good, "pyproject.toml"))
    assert (house.severity, house.phrases.banned[0].phrase) == ({"excuse": "off"}, "going forward")
    (line,) = refused(tmp_path, '[severity]\nexcuse = "x"\n[tool.drafter.severity]\nexcuse = "x"\n', "pyproject.toml")
    assert line.startswith("line 4: severity.excuse: 'x' is not one of")


def test_a_named_pyproject_without_our_table_is_refused(tmp_path: Path) -> None:
    """Whoever names a file means that something is in it."""
    assert refused(tmp_path, '[project]\nname = "drafter"\n', "pyproject.toml") == ["it has no table [tool.drafter]."]


def test_which_file_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """DRAFTER_CONFIG comes first, then drafter.toml, then pyproject.toml; other files of that name hold nothing for us."""
    monkeypatch.chdir(tmp_path)
    assert find_house() is None
    written(tmp_path, '[project]\nname = "drafter-templates"\n', "pyproject.toml")
    assert find_house() == House()
    written(tmp_path, '[tool.drafter.severity]\nexcuse = "off"\n', "pyproject.toml")
    assert severities() == {"excuse": "off"}
    written(tmp_path, '[severity]\nsell = "off"\n')
    assert severities() == {"sell": "off"}
    monkeypatch.setenv("DRAFTER_CONFIG", str(tmp_path / "pyproject.toml"))
    assert severities() == {"excuse": "off"}


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (("severity", "stock-phrase"), 5),
        (("severity", "excuse"), 6),
        (("severity", "none"), 4),
        (("phrases", "banned", 1, "instead"), 10),
        (("lexicon", "trade_saas"), 13),
        (("rules_folder",), 2),
        (("nothing",), None),
    ],
)
def test_the_line_of_a_key_is_found(keys: tuple[str | int, ...], line: int | None) -> None:
    """A key stands on its own line, and what is not written out on that of the table or list that holds it."""
    assert line_of(WHOLE, keys) == line


def test_the_tables_of_a_list_have_lines_of_their_own() -> None:
    """The second [[...]] is not the first."""
    text = '[[phrases.banned]]\nphrase = "a"\n\n[[phrases.banned]]\nphrase = "b"\n'
    assert line_of(text, ("phrases", "banned", 1, "phrase")) == 5
    assert line_of('a = [\n  "one",\n  "two  words",\n]\n', ("a", 1), words="two words") == 3
