"""Bad rows: each named by line, column, value and reason, and given back whole to be mended."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from signoff.store.engines.formula import inert_sql
from signoff.store.imports.lakerows import is_good
from signoff.store.imports.plan import Cell, ImportPlan
from signoff.store.imports.reading import literal
from signoff.store.imports.target import Reading
from signoff.store.schemas.table import ColumnType

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = [
    "BadValue",
    "add_fault",
    "commonest_reason",
    "count_bad_rows",
    "find_faults",
    "rejected_paths",
    "show_faults",
    "write_rejected",
]

SHOWN = 20


@dataclass(frozen=True)
class BadValue:
    """One thing wrong with one row.

    Attributes:
        line: Line of the file on which the row begins, from 1.
        column: Heading in the file.
        value: What stands there.
        kind: Kind of fault: missing, unreadable, not_listed, out_of_range, personal,
            no_such_time, other_currency, too_fine, unknown_account, ambiguous_account,
            unknown_opportunity, repeated, two_currencies, n_cells, suppressed.
        reason: What is wrong, in words.
    """

    line: int
    column: str
    value: str
    kind: str
    reason: str


def find_faults(session: "DuckDBPyConnection", plan: ImportPlan) -> None:
    """Make the table `faults` (line, field, value, kind, reason) from the checked rows.

    Also takes rows whose key an earlier row of the file has out of `kept`.

    Args:
        session: The desk, with `checked` and `kept`.
        plan: The import.
    """
    session.execute(f"CREATE TABLE bad AS SELECT * FROM checked WHERE NOT ({is_good(plan)})")
    session.execute(
        'CREATE TABLE faults (line BIGINT, "column" VARCHAR, "value" VARCHAR, kind VARCHAR, '
        "reason VARCHAR)"
    )
    n_columns = len(plan.headings)
    session.execute(
        "INSERT INTO faults SELECT line, '', '', 'n_cells', "
        "'the row has ' || n_cells || if(n_cells = 1, ' cell', ' cells') || "
        f"', the heading {n_columns}' "
        "FROM bad WHERE n_cells IS NOT NULL"
    )
    for cell in plan.cells:
        session.execute(
            f"INSERT INTO faults SELECT line, {literal(cell.heading or cell.name)}, "
            f"coalesce(r_{cell.name}, ''), f_{cell.name}, CASE f_{cell.name} {_reasons(cell)} END "
            f"FROM bad WHERE f_{cell.name} IS NOT NULL AND n_cells IS NULL"
        )
    if plan.target.name != "contact" and not plan.sums_rows:
        _find_repeated(session, plan)
    if plan.sums_rows:
        _find_two_currencies(session, plan)


def add_fault(
    session: "DuckDBPyConnection", *, heading: str, kind: str, reason: str, lines: list[int]
) -> None:
    """Reject rows that were kept so far; their values are not repeated in the report."""
    if not lines:
        return
    session.execute(
        "INSERT INTO faults SELECT unnest($1::BIGINT[]), $2, '', $3, $4",
        [lines, heading, kind, reason],
    )
    session.execute("DELETE FROM kept WHERE line IN (SELECT unnest($1::BIGINT[]))", [lines])


def _find_repeated(session: "DuckDBPyConnection", plan: ImportPlan) -> None:
    key = ", ".join(plan.target.table.key)
    session.execute(
        f"CREATE TABLE repeated AS SELECT {key}, min(line) AS first_line FROM kept "
        f"GROUP BY {key} HAVING count(*) > 1"
    )
    same = " AND ".join(
        f"kept.{name} IS NOT DISTINCT FROM repeated.{name}" for name in plan.target.table.key
    )
    session.execute(
        "INSERT INTO faults SELECT line, '', '', 'repeated', "
        "'line ' || first_line || ' names the same ' || $1 "
        f"FROM kept JOIN repeated ON {same} WHERE line > first_line",
        [plan.target.table.grain.removeprefix("one ")],
    )
    session.execute("DELETE FROM kept WHERE line IN (SELECT line FROM faults)")


def _find_two_currencies(session: "DuckDBPyConnection", plan: ImportPlan) -> None:
    """Reject lines that would be added up although their amounts are in several currencies."""
    key = ", ".join(plan.target.table.key)
    session.execute(
        "INSERT INTO faults SELECT line, '', '', 'two_currencies', "
        "'lines of the same ' || $1 || ' are in several currencies and do not add up; name the "
        "campaigns apart' FROM kept "
        f"SEMI JOIN (SELECT {key} FROM kept GROUP BY {key} "
        f"HAVING count(DISTINCT currency) > 1) AS torn USING ({key})",
        [plan.target.table.grain.removeprefix("one ")],
    )
    session.execute("DELETE FROM kept WHERE line IN (SELECT line FROM faults)")


def _reasons(cell: Cell) -> str:
    column = cell.field.column
    listed = ", ".join(column.allowed[:12])
    if cell.field.reading is Reading.COUNTRY:
        listed = "a country by its ISO code, or its name in English or French"
    bounds = [f"at least {column.low:g}"] if column.low is not None else []
    bounds += [f"at most {column.high:g}"] if column.high is not None else []
    reasons = {
        "missing": "it is empty, and every row needs it",
        "unreadable": f"it is not {_wanted(cell)}",
        "not_listed": f"it is not one of: {listed}",
        "out_of_range": f"it must be {' and '.join(bounds) or 'finite'}",
        "no_such_time": "it is before 1900 or after 2199",
        "other_currency": "it names another currency than its row is in; give the currency in a "
        "column, or say it for the whole file (--currency)",
        "too_fine": "it has more than two decimals, and amounts are kept exact to the cent; "
        "round it, or give it for more units",
        "personal": "it holds an e-mail address, which belongs in a contact's e-mail column alone",
        "unknown_account": "no account is known by that; import the accounts first",
        "ambiguous_account": "several accounts are known by that; give the account's id or domain",
        "unknown_opportunity": "no opportunity has that id; import the opportunities first",
    }
    return " ".join(f"WHEN '{kind}' THEN {literal(reason)}" for kind, reason in reasons.items())


def _wanted(cell: Cell) -> str:
    by_type = {
        ColumnType.INTEGER: "a whole number written like the others in this column",
        ColumnType.REAL: "a number written like the others in this column",
        ColumnType.MONEY: "an amount written like the others in this column",
        ColumnType.DATE: "a day written like the others in this column",
        ColumnType.TIME: "a moment written like the others in this column",
    }
    by_reading = {
        Reading.DOMAIN: "a web domain",
        Reading.EMAIL: "an e-mail address",
        Reading.CURRENCY: "an ISO 4217 code of three letters",
        Reading.IDENTIFIER: "an id of at most 200 letters",
    }
    return by_reading.get(cell.field.reading) or by_type.get(cell.field.column.type, "text")


def count_bad_rows(session: "DuckDBPyConnection", *, but: str = "") -> int:
    """Count the rows with a fault, or with one of another kind than `but`."""
    found = session.execute(
        "SELECT count(DISTINCT line) FROM faults WHERE kind <> $1", [but]
    ).fetchone()
    return int(found[0]) if found else 0


def commonest_reason(session: "DuckDBPyConnection") -> str:
    """Give the reason that most of the faults have."""
    found = session.execute(
        "SELECT reason FROM faults GROUP BY reason ORDER BY count(*) DESC, reason LIMIT 1"
    ).fetchone()
    return str(found[0]) if found else ""


def show_faults(session: "DuckDBPyConnection", *, limit: int = SHOWN) -> tuple[BadValue, ...]:
    """Give the first faults, by line."""
    rows = session.execute(
        'SELECT line, "column", "value", kind, reason FROM faults '
        'ORDER BY line, "column", kind LIMIT $1',
        [limit],
    ).fetchall()
    return tuple(BadValue(*row) for row in rows)


def rejected_paths(folder: Path, import_id: str) -> tuple[Path, Path]:
    """Give where the faults of an import and the rows that it gave back stand.

    >>> [path.name for path in rejected_paths(Path("rejected"), "7f3a")]
    ['7f3a.csv', '7f3a-rows.csv']
    """
    return folder / f"{import_id}.csv", folder / f"{import_id}-rows.csv"


def write_rejected(
    session: "DuckDBPyConnection", plan: ImportPlan, *, folder: Path, import_id: str, remark: str
) -> tuple[Path, Path]:
    """Write what is wrong, and the whole rows to mend and import again.

    Rows of suppressed people are named by line alone: they are not given back.

    Args:
        session: The desk.
        plan: The import.
        folder: The workspace's folder of rejected rows.
        import_id: The import.
        remark: First line of the second file: how it is written, so that a short file of mended
            rows is read as the whole one was.

    Returns:
        The list of faults (line, column, value, kind, reason) and the file of rows.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    listed, rows = rejected_paths(folder, import_id)
    shown = ", ".join(_inert(name) for name in ("column", "value"))
    _copy(
        session,
        f'SELECT line, {shown}, kind, reason FROM faults ORDER BY line, "column", kind',
        listed,
    )
    cells = ", ".join(
        _inert(f"c{place}", heading) for place, heading in enumerate(plan.headings, start=1)
    )
    _copy(
        session,
        f"SELECT {cells} FROM staged WHERE line IN (SELECT line FROM faults) "
        "AND line NOT IN (SELECT line FROM faults WHERE kind = 'suppressed') ORDER BY line",
        rows,
    )
    rows.write_bytes(remark.encode() + b"\n" + rows.read_bytes())
    return listed, rows


def _inert(column: str, heading: str = "") -> str:
    """Give a cell that no spreadsheet runs as a formula."""
    named = (heading or column).replace('"', '""')
    safe = inert_sql(f'"{column}"')
    return f'{safe} AS "{named}"'


def _copy(session: "DuckDBPyConnection", sql: str, path: Path) -> None:
    session.execute(f"COPY ({sql}) TO {literal(str(path))} (FORMAT csv, HEADER true)")
    path.chmod(0o600)
