"""How the register is opened, read and written; on SQLite and PostgreSQL writers take turns."""

import random
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError

from signoff.errors import DataError

__all__ = ["Register", "open_register"]

WAIT_SECONDS = 60
WRITERS_LOCK = 0x5169_6E0F  # one advisory lock of PostgreSQL: the register's writers take turns
SQLITE_PRAGMAS = (
    f"PRAGMA busy_timeout = {WAIT_SECONDS * 1000}",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA synchronous = FULL",
    "PRAGMA temp_store = MEMORY",
)

_JOINED: ContextVar[Mapping[int, Connection]] = ContextVar("joined", default=MappingProxyType({}))


@dataclass(frozen=True)
class Register:
    """The register of one workspace.

    Attributes:
        engine: How it is reached.
        audit_key: Key of the audit chain; without it nobody can forge a row.
    """

    engine: Engine
    audit_key: bytes = field(default=b"", repr=False)

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file of SQLite."""
        return self.engine.dialect.name == "sqlite"

    @property
    def path(self) -> Path | None:
        """The file, or None when it is a server."""
        database = self.engine.url.database
        return Path(database) if self.is_sqlite and database else None

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """Give a connection that may write; committed at the end, rolled back on any error.

        Raises:
            DataError: the register cannot be reached, or another writer holds it too long.

        >>> register = open_register("sqlite://")
        >>> with register.begin() as connection:
        ...     connection.exec_driver_sql("SELECT 1").scalar()
        1
        """
        joined = _JOINED.get().get(id(self.engine))
        if joined is not None:
            yield joined
            return
        connection = self._turn("BEGIN IMMEDIATE")
        try:
            with connection, connection.get_transaction() or connection.begin():
                yield connection
        except OperationalError as error:  # the disk is full, the folder read-only, the server gone
            raise _not_written(self.engine, error) from error

    @contextmanager
    def together(self) -> Iterator[None]:
        """Let everything that this thread writes inside be one transaction: all of it or nothing.

        Raises:
            DataError: the register cannot be reached, or another writer holds it too long.

        >>> register = open_register("sqlite://")
        >>> with register.together(), register.begin() as one, register.begin() as other:
        ...     one is other
        True
        """
        with self.begin() as connection:
            token = _JOINED.set({**_JOINED.get(), id(self.engine): connection})
            try:
                yield
            finally:
                _JOINED.reset(token)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that reads one consistent state, while others write.

        Raises:
            DataError: the register cannot be reached.

        >>> register = open_register("sqlite://")
        >>> with register.read() as connection:
        ...     connection.exec_driver_sql("SELECT 2").scalar()
        2
        """
        joined = _JOINED.get().get(id(self.engine))
        if joined is not None:
            yield joined
            return
        connection = self._turn("BEGIN")
        with connection, connection.get_transaction() or connection.begin():
            yield connection

    @contextmanager
    def outside(self) -> Iterator[Connection]:
        """Give a connection outside any transaction, for the upkeep of the file or the server.

        >>> with open_register("sqlite://").outside() as connection:
        ...     _ = connection.exec_driver_sql("VACUUM")
        """
        options = {"signoff_begin": ""} if self.is_sqlite else {"isolation_level": "AUTOCOMMIT"}
        with self.engine.connect() as connection:
            yield connection.execution_options(**options)

    def _turn(self, begin: str) -> Connection:
        give_up_at = time.monotonic() + WAIT_SECONDS
        while True:
            try:
                return _opened(self.engine, begin)
            except OperationalError as error:
                if not _is_busy(error) or time.monotonic() > give_up_at:
                    raise _refusal(self.engine, error) from error
            except DatabaseError as error:
                raise _refusal(self.engine, error) from error
            time.sleep(random.uniform(0.005, 0.05))  # noqa: S311 - spreads writers, no secret


def open_register(address: str, *, audit_key: bytes = b"") -> Register:
    """Open a register; nothing is read or made yet.

    Args:
        address: SQLAlchemy address: sqlite:///file or postgresql://user@host/database.
        audit_key: Key of the audit chain; a workspace gives its own.

    Returns:
        The register.

    Raises:
        DataError: the address is of no kind we know.

    >>> open_register("sqlite://").is_sqlite
    True
    """
    try:
        url = make_url(address.replace("postgres://", "postgresql://", 1))
    except ArgumentError as error:
        raise _address_fault("it is no address of a database") from error
    kind = url.get_backend_name()
    if kind == "sqlite":
        return Register(_sqlite_engine(url), audit_key=audit_key)
    if kind == "postgresql":
        return Register(_postgres_engine(url.set(drivername="postgresql+psycopg")), audit_key)
    raise _address_fault(f"it names {kind}")


def _sqlite_engine(url: Any) -> Engine:
    in_memory = url.database in (None, "", ":memory:")
    pool: dict[str, Any] = {} if in_memory else {"poolclass": NullPool}
    engine = create_engine(url, connect_args={"timeout": WAIT_SECONDS}, **pool)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in SQLITE_PRAGMAS:
            connection.execute(pragma).close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        command = connection.get_execution_options().get("signoff_begin", "BEGIN")
        if command:
            connection.exec_driver_sql(command)

    return engine


def _postgres_engine(url: Any) -> Engine:
    try:
        return create_engine(url, poolclass=NullPool, connect_args={"connect_timeout": 10})
    except ModuleNotFoundError as error:
        raise DataError(
            "the register is on PostgreSQL, whose driver is not installed",
            why=str(error),
            fix="install it: pip install 'signoff[postgres]'",
        ) from error


def _opened(engine: Engine, begin: str) -> Connection:
    connection = engine.connect()
    try:
        if engine.dialect.name == "sqlite":
            connection.execution_options(signoff_begin=begin).begin()
        elif begin == "BEGIN":
            connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            ).begin()
        else:
            connection.begin()
            connection.execute(text(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": WRITERS_LOCK})
    except BaseException:
        connection.close()
        raise
    return connection


def _is_busy(error: OperationalError) -> bool:
    return "locked" in str(error.orig) or "busy" in str(error.orig)


def _refusal(engine: Engine, error: DatabaseError) -> DataError:
    address = engine.url.render_as_string(hide_password=True)
    if isinstance(error, OperationalError) and _is_busy(error):
        return DataError(
            f"the register stayed in use for {WAIT_SECONDS} seconds",
            why="another program holds its write lock",
            fix="wait until that program is done, or end it, and try again",
            where=address,
        )
    return DataError(
        "the register cannot be opened",
        why=str(error.orig).strip().splitlines()[0],
        fix="check the address in signoff.toml, that the server runs and that you may write there; "
        "a damaged file is replaced from a backup: signoff restore",
        where=address,
    )


def _not_written(engine: Engine, error: OperationalError) -> DataError:
    return DataError(
        "the register could not be written, and is as it was before",
        why=str(error.orig).strip().splitlines()[0],
        fix="see that the disk has room and that you may write there, then try again",
        where=engine.url.render_as_string(hide_password=True),
    )


def _address_fault(why: str) -> DataError:
    return DataError(
        "the register's address cannot be used",
        why=why,
        fix="leave register empty in signoff.toml, or give postgresql://user@host/database",
        where="register",
    )
