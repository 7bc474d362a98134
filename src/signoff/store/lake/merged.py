"""Accounts that are one organisation, read as one; each record stays as its source wrote it."""

from collections.abc import Mapping

from signoff.store.schemas import LAKE_TABLES
from signoff.store.schemas.table import Table

__all__ = ["MERGED_TABLES", "merged_rows", "merges_alone", "with_earlier_names"]

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
    moved = merges_alone(rows["account_merge"])
    merged = {name: _carried_over(LAKE_TABLES[name], rows[name], moved) for name in MERGED_TABLES}
    return {
        **rows,
        **merged,
        "account": _joined_accounts(rows["account"], moved),
        "account_merge": _spellings(rows["account"], moved),
    }


def with_earlier_names(rows: Mapping[str, str], *, versions: Mapping[str, str]) -> dict[str, str]:
    """Add every other spelling that an account ever had to its merges, as a merge with itself.

    Whoever asked to be left alone under one name meant the organisation, whatever a later file
    calls it and whichever of its records an undone import has taken away.

    Args:
        rows: By table, the query for its rows, merged or not.
        versions: For `account`, `account_merge` and `record`, the queries for all rows of live
            imports, and for the current rows of accounts, records apart.

    Returns:
        The queries, with the spellings among the rows of `account_merge`; `merges_alone` leaves
        them out again.
    """
    given = {
        **{name: f"told.{name}" for name in ("external_id", "name", "domain")},
        "confidence_share": "1.0",
        "reason": "'an earlier spelling'",
        "decided_at": "CAST(NULL AS TIMESTAMP)",
    }
    shown = "COALESCE(m.kept_account_id, told.account_id)"
    cells = ", ".join(
        f"{given.get(column.name, shown)} AS {column.name}"
        for column in LAKE_TABLES["account_merge"].columns
    )
    earlier = f"""
        SELECT DISTINCT {cells}
        FROM ({_told(versions)}) AS told
        LEFT JOIN ({rows["account_merge"]}) AS m ON m.account_id = told.account_id
        WHERE (told.name IS NOT NULL OR told.domain IS NOT NULL) AND NOT EXISTS (
            SELECT 1 FROM ({versions["record"]}) AS r
            WHERE r.account_id = told.account_id
                AND r.name IS NOT DISTINCT FROM told.name
                AND r.domain IS NOT DISTINCT FROM told.domain
        )
    """
    return {**rows, "account_merge": f"{rows['account_merge']} UNION ALL {earlier}"}


def _told(versions: Mapping[str, str]) -> str:
    """Give the query for how each account was ever written.

    A record that is gone speaks for whatever it was merged with while it was there: that it is
    gone takes back no answer, and nobody's wish to be left alone.
    """
    spelling = "external_id, name, domain"
    either = ", ".join(f"s.{name}" for name in spelling.split(", "))
    return f"""
        WITH merged AS ({versions["account_merge"]}),
        spelling AS (
            SELECT account_id, {spelling} FROM ({versions["account"]})
            UNION SELECT account_id, {spelling} FROM merged
        ),
        gone AS (
            SELECT * FROM spelling
            WHERE account_id NOT IN (SELECT account_id FROM ({versions["record"]}))
        )
        SELECT * FROM spelling
        UNION
        SELECT merged.account_id, {either}
        FROM gone AS s JOIN merged ON merged.kept_account_id = s.account_id
        UNION
        SELECT merged.kept_account_id, {either}
        FROM gone AS s JOIN merged ON merged.account_id = s.account_id
    """


def merges_alone(query: str) -> str:
    """Leave the earlier spellings out of the merges.

    >>> merges_alone("SELECT * FROM account_merge")
    'SELECT * FROM (SELECT * FROM account_merge) WHERE kept_account_id <> account_id'
    """
    return f"SELECT * FROM ({query}) WHERE kept_account_id <> account_id"


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
