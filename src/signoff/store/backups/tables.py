"""Tables that other rooms keep beside the register, as JSON lines from one database to another."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Connection,
    DateTime,
    MetaData,
    String,
    Table,
    TypeDecorator,
    func,
    insert,
    inspect,
    select,
    text,
)

from signoff.errors import DataError
from signoff.store.jobs import JOBS_FILE, JOBS_SCHEMA
from signoff.store.register.connection import Register, open_register
from signoff.store.register.tables import as_utc
from signoff.store.workspace import Workspace

__all__ = [
    "GROUPS",
    "JOBS",
    "TABLES_FOLDER",
    "WEB",
    "TableGroup",
    "applied_migrations",
    "count_lines",
    "dump_group",
    "fill_group",
    "filled_table",
    "group_register",
    "read_table",
    "schema_of",
]

TABLES_FOLDER = "tables"
CHUNK = 500


@dataclass(frozen=True)
class TableGroup:
    """Tables of one room.

    Attributes:
        name: Name of the room.
        file_name: File of SQLite in which they lie on a laptop.
        schema: Schema of the register's server in which they lie for a team; None for the usual.
        tables: What a backup holds, each after those that it refers to.
    """

    name: str
    file_name: str
    schema: str | None
    tables: tuple[str, ...]


# sessions, failed attempts and the cache are of their moment; the rest is made with the tables
WEB = TableGroup(
    "web",
    "web.db",
    None,
    (
        "django_migrations",
        "people_member",
        "people_policy",
        "people_accesslink",
        "account_emailaddress",
        "mfa_authenticator",
        "sharing_sharelink",
        "api_apitoken",
        "documents_draft",
    ),
)
# queues and versions are told anew by each worker that begins
JOBS = TableGroup(
    "jobs",
    JOBS_FILE,
    JOBS_SCHEMA,
    (
        "workflow_status",
        "workflow_input",
        "workflow_output",
        "operation_outputs",
        "workflow_events",
        "workflow_events_history",
        "notifications",
        "streams",
    ),
)
GROUPS = (WEB, JOBS)
MADE_WITH_TABLES = frozenset({"django_migrations"})


class _TextTime(TypeDecorator[str]):
    """A moment as Django writes it into SQLite, told in ISO 8601 with its zone."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> Any:  # noqa: ARG002 - the name SQLAlchemy calls it by
        """Write a moment as Django does: UTC, without a zone."""
        return None if value is None else str(_moment(value).replace(tzinfo=None))

    def process_result_value(self, value: Any, dialect: Any) -> Any:  # noqa: ARG002 - as above
        """Give the moment its zone back."""
        return None if value is None else _moment(value).isoformat()


def dump_group(connection: Connection, group: TableGroup, folder: Path) -> None:
    """Write the rows of a group's tables into a folder, a file for each.

    Args:
        connection: Reads one state of the database that holds them.
        group: The tables; one that is not there is passed over.
        folder: The folder.
    """
    for name in group.tables:
        if not inspect(connection).has_table(name, schema=schema_of(connection, group)):
            continue
        path = folder / group.name / f"{name}.jsonl"
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        table = read_table(connection, name, schema=schema_of(connection, group))
        _write_rows(connection, table, path)


def fill_group(connection: Connection, group: TableGroup, folder: Path) -> int:
    """Put the rows of a group's files into its tables, which are there and empty.

    Args:
        connection: Writes to the database.
        group: The tables.
        folder: The folder with the files.

    Returns:
        Number of rows put in.

    Raises:
        DataError: a table or a column of the backup is not there.
    """
    n_rows = 0
    for name in group.tables:
        path = folder / group.name / f"{name}.jsonl"
        if name in MADE_WITH_TABLES or not path.is_file():
            continue
        if not inspect(connection).has_table(name, schema=schema_of(connection, group)):
            raise _unknown(f"table {name}")
        table = read_table(connection, name, schema=schema_of(connection, group))
        for chunk in _chunks(path):
            connection.execute(insert(table), [_fitted(row, table) for row in chunk])
            n_rows += len(chunk)
        _go_on_counting(connection, table)
    return n_rows


def filled_table(connection: Connection, group: TableGroup) -> str:
    """Name the first table of a group that has rows already; empty when none has."""
    schema = schema_of(connection, group)
    for name in group.tables:
        if inspect(connection).has_table(name, schema=schema) and name not in MADE_WITH_TABLES:
            table = read_table(connection, name, schema=schema)
            if connection.execute(select(table).limit(1)).first() is not None:
                return name
    return ""


def applied_migrations(folder: Path) -> list[tuple[str, str]]:
    """Read which migrations the dumped tables had gone through, by application and name.

    >>> applied_migrations(Path("/nowhere"))
    []
    """
    path = folder / WEB.name / "django_migrations.jsonl"
    if not path.is_file():
        return []
    return [(row["app"], row["name"]) for chunk in _chunks(path) for row in chunk]


def count_lines(folder: Path) -> dict[str, int]:
    """Count the rows that a folder holds, by group and table.

    >>> count_lines(Path("/nowhere"))
    {}
    """
    found = {}
    for group in GROUPS:
        for name in group.tables:
            path = folder / group.name / f"{name}.jsonl"
            if path.is_file():
                with path.open("rb") as file:
                    found[f"{group.name}.{name}"] = sum(1 for _ in file)
    return found


def read_table(connection: Connection, name: str, *, schema: str | None) -> Table:
    """Read what columns a table has, so that moments and JSON come out as values."""

    def simplify(_inspector: Any, _table: Table, column: dict[str, Any]) -> None:
        if isinstance(column["type"], DateTime) and connection.dialect.name == "sqlite":
            column["type"] = _TextTime()
        elif isinstance(column["type"], JSON):
            column["type"].none_as_null = True

    return Table(
        name,
        MetaData(),
        schema=schema,
        autoload_with=connection,
        resolve_fks=False,
        listeners=[("column_reflect", simplify)],
    )


def group_register(workspace: Workspace, group: TableGroup) -> Register | None:
    """Give the way to a group's tables; None where a laptop has none yet.

    Args:
        workspace: The workspace.
        group: The tables.
    """
    if workspace.settings.register_address:
        return workspace.register
    path = workspace.path / group.file_name
    return open_register(f"sqlite:///{path}") if path.is_file() else None


def schema_of(connection: Connection, group: TableGroup) -> str | None:
    """Give the schema of a group's tables in the database that is connected."""
    return None if connection.dialect.name == "sqlite" else group.schema


def _write_rows(connection: Connection, table: Table, path: Path) -> None:
    query = select(table).order_by(*table.primary_key.columns)
    rows = connection.execution_options(yield_per=CHUNK).execute(query).mappings()
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(dict(row), default=_told, ensure_ascii=False) + "\n")
    path.chmod(0o600)


def _told(value: Any) -> str:
    if isinstance(value, datetime):
        return as_utc(value).isoformat()
    raise TypeError(type(value).__name__)


def _chunks(path: Path) -> Iterator[list[dict[str, Any]]]:
    with path.open(encoding="utf-8") as file:
        while chunk := [json.loads(line) for line in islice(file, CHUNK)]:
            yield chunk


def _fitted(row: Mapping[str, Any], table: Table) -> dict[str, Any]:
    """Give a row as the columns of this database want it: JSON is text on SQLite."""
    unknown = sorted(set(row) - set(table.columns.keys()))
    if unknown:
        raise _unknown(", ".join(f"column {table.name}.{name}" for name in unknown))
    return {name: _value(value, table.c[name].type) for name, value in row.items()}


def _value(value: Any, kind: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, Boolean):
        return bool(value)
    if isinstance(kind, DateTime):
        return _moment(value)
    if isinstance(kind, JSON):
        return json.loads(value) if isinstance(value, str) else value
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value


def _moment(value: str) -> datetime:
    return as_utc(datetime.fromisoformat(value))


def _go_on_counting(connection: Connection, table: Table) -> None:
    """Set PostgreSQL's counters behind the numbers put in; SQLite does so by itself."""
    if connection.dialect.name != "postgresql" or "id" not in table.c:
        return
    whole = f"{table.schema}.{table.name}" if table.schema else table.name
    sequence = text("SELECT pg_get_serial_sequence(:whole, 'id')")
    counter = connection.execute(sequence, {"whole": whole}).scalar()
    newest = connection.execute(select(func.max(table.c.id))).scalar()
    if counter and newest:
        behind = {"counter": counter, "newest": newest}
        connection.execute(text("SELECT setval(:counter, :newest)"), behind)


def _unknown(what: str) -> DataError:
    return DataError(
        f"the backup holds what this Signoff does not know: {what}",
        why="it was made by a newer version",
        fix="upgrade Signoff, then restore: pip install --upgrade signoff",
    )
