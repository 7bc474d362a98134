"""Accounts that are one organisation, read as one; each record stays as its source wrote it."""

from collections.abc import Mapping

from signoff.store.schemas import LAKE_TABLES
from signoff.store.schemas.table import Table

__all__ = ["MERGED_TABLES", "merged_rows"]

MERGED_TABLES = tuple(
    name
    for name, table in LAKE_TABLES.items()
    if name not in {"account", "account_merge", "account_pair", "plan_account"}
    and any(column.name == "account_id" for column in table.columns)
)
"""Tables whose rows belong to accounts; what a plan decided stays under the ids it decided on."""
TOGETHER = {"industry_scheme": "industry_code", "currency": "revenue"}
"""Columns that say nothing without another, and are taken from the same record as it."""
CLIENT_FIRST = "CASE relationship WHEN 'client' THEN 0 WHEN 'lost' THEN 1 ELSE 2 END"
"""Whoever is a client under one name is a client."""


def merged_rows(rows: Mapping[str, str]) -> dict[str, str]:
    """Give the queries for tables in which merged accounts are one.

    Args:
        rows: By table of the lake, the query for its current rows, records apart.

    Returns:
        By table, the query for its rows, merged: an account has what its own record says and, where
        that is silent, what the others say; people, deals, events carry the id that was kept.

    >>> rows = merged_rows({name: f"SELECT * FROM raw_{name}" for name in LAKE_TABLES})
    >>> "COALESCE(m.kept_account_id, t.account_id)" in rows["opportunity"]
    True
    >>> rows["spend"]
    'SELECT * FROM raw_spend'
    """
    moved = f"SELECT * FROM ({rows['account_merge']}) WHERE kept_account_id <> account_id"
    merged = {name: _carried_over(LAKE_TABLES[name], rows[name], moved) for name in MERGED_TABLES}
    return {
        **rows,
        **merged,
        "account": _joined_accounts(rows["account"], moved),
        "account_merge": _spellings(rows["account"], moved),
    }


def _carried_over(table: Table, query: str, moved: str) -> str:
    cells = ", ".join(
        "COALESCE(m.kept_account_id, t.account_id) AS account_id"
        if column.name == "account_id"
        else f"t.{column.name}"
        for column in table.columns
    )
    return (
        f"SELECT {cells} FROM ({query}) AS t "
        f"LEFT JOIN ({moved}) AS m ON m.account_id = t.account_id"
    )


def _joined_accounts(query: str, moved: str) -> str:
    names = [column.name for column in LAKE_TABLES["account"].columns]
    cells = ", ".join(_joined_cell(name) for name in names if name != "account_id")
    ids = "SELECT account_id AS id FROM moved UNION SELECT kept_account_id FROM moved"
    return f"""
        WITH moved AS ({moved}), record AS ({query}),
        part AS (
            SELECT COALESCE(m.kept_account_id, r.account_id) AS entity_id, r.*
            FROM record AS r LEFT JOIN moved AS m ON m.account_id = r.account_id
            WHERE r.account_id IN ({ids})
        )
        SELECT {", ".join(names)} FROM record WHERE account_id NOT IN ({ids})
        UNION ALL
        SELECT entity_id AS account_id, {cells} FROM part GROUP BY entity_id
    """


def _joined_cell(name: str) -> str:
    """Take a column from the first record that has it: the kept one, else the others by id."""
    known = TOGETHER.get(name, name)
    own = "account_id <> entity_id, account_id"
    order = f"{CLIENT_FIRST}, {own}" if name == "relationship" else own
    return f"first({name} ORDER BY {order}) FILTER (WHERE {known} IS NOT NULL) AS {name}"


def _spellings(query: str, moved: str) -> str:
    """Say of each merged record how it is written now, else how it was when it was merged."""
    cells = ", ".join(
        f"COALESCE(r.{column.name}, m.{column.name}) AS {column.name}"
        if column.name in {"external_id", "name", "domain"}
        else f"m.{column.name}"
        for column in LAKE_TABLES["account_merge"].columns
    )
    return f"SELECT {cells} FROM ({moved}) AS m LEFT JOIN ({query}) AS r USING (account_id)"
