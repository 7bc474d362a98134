"""Copies a register, whole and as of one moment, into a file of SQLite or another register."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, text

from signoff.errors import DataError
from signoff.store.register.connection import Register
from signoff.store.register.tables import METADATA

__all__ = ["copy_register", "copy_rows", "count_rows"]

CHUNK = 2000


def copy_register(source: Register, target: Register) -> int:
    """Copy all rows into an empty register, while others go on writing to the source.

    Args:
        source: The register, on SQLite or PostgreSQL.
        target: An upgraded, empty register, on either.

    Returns:
        Number of rows copied.

    Raises:
        DataError: the target is not empty.

    >>> from signoff.store.register.audit import open_doctest_register
    >>> copy_register(open_doctest_register(), open_doctest_register())
    0
    """
    with source.read() as reader:
        return copy_rows(reader, target)


def copy_rows(reader: Connection, target: Register) -> int:
    """Copy all rows that a connection reads into an empty register.

    Args:
        reader: Reads one state of a register; what else it reads is of the same moment.
        target: An upgraded, empty register.

    Returns:
        Number of rows copied.

    Raises:
        DataError: the target is not empty.
    """
    n_rows = 0
    with target.begin() as writer:
        _refuse_filled(writer)
        for table in METADATA.sorted_tables:
            for chunk in _chunks(reader, table):
                writer.execute(insert(table), chunk)
                n_rows += len(chunk)
            _go_on_counting(writer, table)
    return n_rows


def count_rows(register: Register) -> dict[str, int]:
    """Count the rows of every table, as of one moment.

    >>> from signoff.store.register.audit import open_doctest_register
    >>> count_rows(open_doctest_register())["person"]
    0
    """
    with register.read() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in METADATA.sorted_tables
        }


def _chunks(reader: Connection, table: Table) -> Iterator[list[Mapping[str, Any]]]:
    query = select(table).order_by(*table.primary_key.columns)
    rows = reader.execution_options(yield_per=CHUNK).execute(query).mappings()
    while chunk := [dict(row) for row in islice(rows, CHUNK)]:
        yield list(chunk)


def _refuse_filled(writer: Connection) -> None:
    for table in METADATA.sorted_tables:
        if writer.execute(select(table).limit(1)).first() is not None:
            raise DataError(
                "the register to copy into is not empty",
                why=f"its table {table.name} has rows already",
                fix="give an empty database",
            )


def _go_on_counting(writer: Connection, table: Table) -> None:
    """Set PostgreSQL's counters behind the numbers copied; SQLite does so by itself."""
    column = table.autoincrement_column
    if writer.dialect.name == "postgresql" and column is not None:
        sequence = f"pg_get_serial_sequence('{table.name}', '{column.name}')"
        newest = f"(SELECT max({column.name}) FROM {table.name})"
        writer.execute(text(f"SELECT setval({sequence}, {newest}) WHERE {newest} IS NOT NULL"))
