"""Migrations make the tables that the code maps, once, and know a database that is newer than they are."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text

from drafter.errors import StoreError
from drafter.store import migrate, open_store, upgrade_store
from drafter.store.address import read_address
from drafter.store.tables import Row


def test_the_migrations_make_what_the_code_maps(bare_address: str) -> None:
    """Tables, columns, types, keys and indexes are the same in both."""
    assert upgrade_store(bare_address) == (None, migrate.HEAD)
    engine = create_engine(read_address(bare_address))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Row.metadata) == []
        for table in Row.metadata.sorted_tables:
            found = inspect(connection).get_pk_constraint(table.name)["constrained_columns"]
            assert found == [column.name for column in table.primary_key], table.name
    engine.dispose()


def test_the_code_knows_the_newest_revision() -> None:
    """Opening a store asks for it without loading the migrations."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).with_name("migrations")))
    assert ScriptDirectory.from_config(config).get_current_head() == migrate.HEAD


def test_a_database_is_brought_up_once(bare_address: str) -> None:
    """The second time there is nothing to do, and what it holds stays."""
    store = open_store(bare_address)
    store.switches.set("drafting", True, by=None)
    store.close()
    assert upgrade_store(bare_address) == (migrate.HEAD, migrate.HEAD)
    store = open_store(bare_address)
    assert store.switches.get("drafting")
    store.close()


def test_many_can_start_on_an_empty_database(bare_address: str) -> None:
    """Four open it at the same moment, and each finds it ready."""
    with ThreadPoolExecutor(4) as threads:
        stores = list(threads.map(open_store, [bare_address] * 4))
    for i, store in enumerate(stores):
        store.switches.set(f"s{i}", True, by=None)
    assert len(stores[0].switches.all()) == 4
    for store in stores:
        store.close()


def test_a_database_of_a_newer_drafter_is_refused(bare_address: str) -> None:
    """In plain words, and without touching it."""
    open_store(bare_address).close()
    engine = create_engine(read_address(bare_address))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match=r"a newer Drafter made this database \(revision 9999.*update Drafter"):
        open_store(bare_address)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "9999"
    engine.dispose()


def test_every_revision_is_numbered_as_its_file_is() -> None:
    """One file a revision, in order, each after the one before."""
    before = None
    for number, file in enumerate(sorted(Path(migrate.__file__).parent.glob("migrations/versions/v*.py")), 1):
        source = file.read_text(encoding="utf-8")
        assert file.name == f"v{number:04}.py"
        assert re.search(rf'^revision = "{number:04}"$', source, re.M)
        assert f"down_revision = {before!r}".replace("'", '"') in source
        before = f"{number:04}"
