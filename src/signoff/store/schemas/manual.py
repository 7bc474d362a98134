"""The reference page of the tables: `python -m signoff.store.schemas.manual`."""

from signoff.store.schemas import LAKE_TABLES, SESSION_TABLES
from signoff.store.schemas.table import Column, Table

__all__ = ["tables_manual"]

HEAD = """\
# Tables

Made from the schemas by `python -m signoff.store.schemas.manual`; do not edit by hand.

Names and addresses of people are in none of these tables: they stand in the register alone. \
Times are UTC, shares lie between 0 and 1, money has two decimals in a named currency.

## The lake

Bulk facts, in Parquet files. Every table has two more columns: `import_id` (VARCHAR), the import \
that brought the row, and `import_seq` (BIGINT), its number. Rows are only ever added; the current \
row of a key is the one imported last, and taking an import back brings the row before it back.
"""
SESSION_HEAD = """\
## Tables of a session

They live while one plan is made, and are how the domains meet.
"""


def tables_manual() -> str:
    """Give the reference page of all tables, as Markdown.

    >>> tables_manual().splitlines()[0]
    '# Tables'
    """
    lake = [_table(table) for table in LAKE_TABLES.values()]
    session = [_table(table) for table in SESSION_TABLES.values()]
    return "\n".join([HEAD, *lake, SESSION_HEAD, *session])


def _table(table: Table) -> str:
    key = ", ".join(f"`{name}`" for name in table.key)
    lines = [
        f"### {table.name}",
        "",
        f"One row is {table.grain}. Key: {key}.",
        "",
        "| column | type | unit | empty | meaning |",
        "| --- | --- | --- | --- | --- |",
        *(_line(column) for column in table.columns),
        "",
    ]
    return "\n".join(lines)


def _line(column: Column) -> str:
    empty = "may be" if column.nullable else "never"
    cells = [f"`{column.name}`", column.type.value, column.unit, empty, _meaning(column)]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _meaning(column: Column) -> str:
    parts = [column.meaning]
    if column.allowed:
        parts.append("One of: " + ", ".join(f"`{value}`" for value in column.allowed))
    if column.low is not None and column.high is not None:
        parts.append(f"From {column.low:g} to {column.high:g}")
    elif column.low is not None:
        parts.append(f"At least {column.low:g}")
    elif column.high is not None:
        parts.append(f"At most {column.high:g}")
    return ". ".join(parts)


if __name__ == "__main__":
    import sys

    sys.stdout.write(tables_manual())
