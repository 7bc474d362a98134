"""Migrations of the register."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from signoff.errors import DataError
from signoff.store.register import Register, open_register, upgrade_register
from signoff.store.register import upgrade as module
from signoff.store.register.tables import METADATA


def test_upgrade_register_makes_the_tables_as_described(register: Register) -> None:
    with register.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_head_revision_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(module.MIGRATIONS))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_current_head() == module.HEAD_REVISION


def test_upgrade_register_twice_changes_nothing(register: Register) -> None:
    upgrade_register(register)
    assert module.stored_revision(register) == module.HEAD_REVISION


def test_upgrade_register_interrupted_leaves_nothing_behind(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    register = open_register(address)
    migrate = module._migrate

    def cut(connection: object) -> None:
        migrate(connection)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "_migrate", cut)
    with pytest.raises(KeyboardInterrupt):
        upgrade_register(register)
    with register.read() as connection:
        assert inspect(connection).get_table_names() == []
    monkeypatch.undo()
    upgrade_register(register)
    assert module.stored_revision(register) == module.HEAD_REVISION


def test_upgrade_register_made_by_a_newer_version_is_refused(register: Register) -> None:
    with register.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DataError, match="revision 9999"):
        upgrade_register(register)


def test_upgrade_register_uses_write_ahead_logging(tmp_path: Path) -> None:
    register = open_register(f"sqlite:///{tmp_path / 'r.db'}")
    upgrade_register(register)
    with register.read() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
