"""The table of customers: any CSV that a spreadsheet writes, read row by row, and refused in words that help."""

from __future__ import annotations

from pathlib import Path

import pytest

from drafter.batch import Table
from drafter.errors import InputError

_TEXT = 'customer;order\r\nZoë Marsh;7\r\n\r\n"Ola\nBerg";8\r\n'


def saved(folder: Path, data: str, encoding: str = "utf-8") -> Path:
    """A file with this text."""
    file = folder / "customers.csv"
    file.write_bytes(data.encode(encoding))
    return file


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_sign_between_cells_is_found(tmp_path: Path, sign: str) -> None:
    """Spreadsheets of different countries write different signs."""
    table = Table(saved(tmp_path, _TEXT.replace(";", sign)))
    assert table.headers == ("customer", "order")
    assert [(row.line, row.cells) for row in table.rows()] == [(2, ("Zoë Marsh", "7")), (4, ("Ola\nBerg", "8"))]
    assert table.size == 2


def test_a_byte_order_mark_is_no_part_of_the_first_header(tmp_path: Path) -> None:
    """Excel's CSV UTF-8 begins with one."""
    assert Table(saved(tmp_path, _TEXT, "utf-8-sig")).headers == ("customer", "order")


def test_windows_letters_are_told_with_what_to_do(tmp_path: Path) -> None:
    """What is not UTF-8 is refused before anything begins, and read where its encoding is named."""
    file = saved(tmp_path, _TEXT, "cp1252")
    with pytest.raises(InputError, match=r"line 2 is not UTF-8, perhaps Windows-1252.*--encoding cp1252"):
        Table(file)
    assert next(Table(file, encoding="cp1252").rows()).cells == ("Zoë Marsh", "7")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "holds no header"),
        (b"\n\n", "holds no header"),
        ("a,b".encode("utf-16"), "the file is UTF-16"),
        (b"PK\x03\x04\0\0", "binary file, no CSV"),
        (b'customer,order\nTom,7\n"Ada,8\nBo,9\n', "line 3: a quote is opened here"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, data: bytes, says: str) -> None:
    """A sheet that was never saved as CSV, and a quote that would swallow the rows behind it."""
    file = tmp_path / "customers.csv"
    file.write_bytes(data)
    with pytest.raises(InputError, match=says):
        Table(file)


def test_rows_of_another_shape_are_told_and_the_rest_is_read(tmp_path: Path) -> None:
    """One bad row does not take the others along."""
    table = Table(saved(tmp_path, 'customer,order\nTom,7,8\n"Tom" B,7\nAda,9\n'))
    first, second, third = table.rows()
    assert first.fault == "it has 3 cells, and the header 2; a cell that holds the sign between cells needs quotes."
    assert second.cells == ('"Tom" B,7',)
    assert second.fault.startswith("a quote stands inside a cell")
    assert (third.line, third.fault) == (4, "")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """By its name."""
    with pytest.raises(InputError, match="there is no such file"):
        Table(tmp_path / "none.csv")
