"""The table of look-alike letters."""

from __future__ import annotations

from evals.lookalikes import TABLE, table


def test_the_table_is_what_its_source_makes() -> None:
    """Nobody has picked the letters by hand."""
    assert TABLE.read_text("utf-8") == table()
