"""Brings a register's tables up to date, in one transaction that an interruption undoes."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from signoff.errors import DataError
from signoff.store.register.connection import Register

__all__ = ["HEAD_REVISION", "stored_revision", "upgrade_register"]

HEAD_REVISION = "0003"
MIGRATIONS = Path(__file__).with_name("migrations")


def upgrade_register(register: Register) -> None:
    """Make or change the register's tables, when they are behind this version of Signoff.

    Args:
        register: The register.

    Raises:
        DataError: the register was made by a newer version.

    >>> from signoff.store.register.connection import open_register
    >>> register = open_register("sqlite://")
    >>> upgrade_register(register)
    >>> stored_revision(register) == HEAD_REVISION
    True
    """
    if stored_revision(register) == HEAD_REVISION:
        return
    if register.path is not None:
        _use_wal(register)
    with register.begin() as connection:
        stored = _revision(connection)
        if stored != HEAD_REVISION:
            _refuse_newer(stored)
            _migrate(connection)


def stored_revision(register: Register) -> str:
    """Give the revision of the register's tables; empty when it has none.

    Raises:
        DataError: the register cannot be reached.

    >>> from signoff.store.register.connection import open_register
    >>> stored_revision(open_register("sqlite://"))
    ''
    """
    with register.read() as connection:
        return _revision(connection)


def _revision(connection: Connection) -> str:
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""


def _use_wal(register: Register) -> None:
    with register.outside() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode = WAL")


def _refuse_newer(stored: str) -> None:
    known = {path.name[:4] for path in (MIGRATIONS / "versions").glob("0*.py")}
    if stored and stored not in known:
        raise DataError(
            f"the register is at revision {stored}, this Signoff knows {HEAD_REVISION}",
            why="a newer version of Signoff has changed its tables",
            fix="upgrade Signoff: pip install --upgrade signoff",
        )


def _migrate(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    command.upgrade(config, "head")
