"""The manual names every table, column, unit and bound."""

from signoff.store.schemas import LAKE_TABLES, SESSION_TABLES
from signoff.store.schemas.manual import tables_manual


def test_tables_manual_names_every_table_and_column() -> None:
    page = tables_manual()
    for table in [*LAKE_TABLES.values(), *SESSION_TABLES.values()]:
        assert f"### {table.name}\n" in page
        assert f"One row is {table.grain}." in page
        assert all(f"| `{column.name}` |" in page for column in table.columns)


def test_tables_manual_says_bounds_and_allowed_values() -> None:
    page = tables_manual()
    assert (
        "| `stage` | VARCHAR |  | never | open, won or lost. One of: `open`, `won`, `lost` |"
        in page
    )
    assert "| `employees` | BIGINT | people | may be | Head count. At least 0 |" in page
    assert "Head count. At least 0" in page
    assert (
        "share 0 to 1 | never | Share of people whom one unit of each reaches. From 0 to 1 |"
        in page
    )
