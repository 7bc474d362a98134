"""The rows of the lake that checked rows become."""

from typing import TYPE_CHECKING

from signoff.store.imports.identity import make_id_sql
from signoff.store.imports.known import mail_cell
from signoff.store.imports.plan import ImportPlan
from signoff.store.imports.reading import literal

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["is_good", "make_lake_rows", "parquet_sql"]

AMOUNTS = ("revenue", "value", "spend", "unit_price")
PRICED = frozenset({"venue", "rate", "venue_package"})
SUMMED = ("spend", "impressions", "clicks", "sessions", "conversions")


def is_good(plan: ImportPlan) -> str:
    """Give the SQL condition under which a checked row has no fault."""
    return " AND ".join(["n_cells IS NULL", *(f"f_{cell.name} IS NULL" for cell in plan.cells)])


def make_lake_rows(session: "DuckDBPyConnection", plan: ImportPlan, *, key: bytes) -> None:
    """Make the table `kept`: line, and every column of the lake's table, for rows without fault.

    Contacts get their person_id later; until then it is empty.

    Args:
        session: The desk, with the checked rows.
        plan: The import.
        key: The workspace's secret key.
    """
    derived = _derived(plan, key)
    columns = ", ".join(
        f"CAST({derived.get(column.name, plan.value(column.name))} AS {column.type}) "
        f"AS {column.name}"
        for column in plan.target.table.columns
    )
    session.execute(
        f"CREATE TABLE kept AS SELECT line, {columns} FROM checked WHERE {is_good(plan)}"
    )


def parquet_sql(plan: ImportPlan, *, import_id: str, import_seq: int) -> str:
    """Give the SELECT whose rows are written to the lake, in the order of the table's columns."""
    table = plan.target.table
    stamp = (
        f"CAST('{import_id}' AS VARCHAR) AS import_id, CAST({import_seq} AS BIGINT) AS import_seq"
    )
    names = ", ".join(column.name for column in table.columns)
    if not plan.sums_rows:
        return f"SELECT {names}, {stamp} FROM kept ORDER BY line"
    cells = []
    for column in table.columns:
        if column.name in table.key:
            cells.append(column.name)
        elif column.name in SUMMED:
            cells.append(f"CAST(sum({column.name}) AS {column.type}) AS {column.name}")
        else:
            cells.append(f"max({column.name}) AS {column.name}")
    return (
        f"SELECT {', '.join(cells)}, {stamp} FROM kept "
        f"GROUP BY {', '.join(table.key)} ORDER BY {', '.join(table.key)}"
    )


def _derived(plan: ImportPlan, key: bytes) -> dict[str, str]:
    """Give the SQL of the columns that no cell fills under their own name."""
    derived = {
        "account": _account,
        "opportunity": _opportunity,
        "stage_change": _stage_change,
        "approval_step": _approval_step,
        "event": _event,
        "contact": _contact,
        "spend": _spend,
        "rate": _rate,
    }.get(plan.target.name, _nothing)(plan, key)
    names = [column.name for column in plan.target.table.columns]
    amounts = [name for name in AMOUNTS if plan.has(name)]
    if "currency" in names and "currency" not in derived:
        fallback = f"'{plan.currency}'"
        given = f"coalesce({plan.value('currency')}, {fallback})"
        if amounts and plan.target.name not in PRICED:
            given = f"CASE WHEN v_{amounts[0]} IS NOT NULL THEN {given} END"
        elif plan.target.name not in PRICED:
            given = plan.value("currency")
        derived["currency"] = given
    return derived


def _nothing(plan: ImportPlan, key: bytes) -> dict[str, str]:  # noqa: ARG001 - one of several alike
    return {}


def _account_id(plan: ImportPlan) -> str:
    found = [
        name
        for name, is_there in (
            (
                "named_account_id",
                plan.has("account_external_id")
                or plan.has("account_domain")
                or plan.has("account_name"),
            ),
            ("guessed_account_id", bool(mail_cell(plan))),
        )
        if is_there
    ]
    return f"coalesce({', '.join(found)}, NULL)" if found else "NULL"


def _account(plan: ImportPlan, key: bytes) -> dict[str, str]:
    named = f"coalesce({plan.value('external_id')}, {plan.value('domain')}, lower(trim(v_name)))"
    label = plan.value("industry_label")
    scheme, code = plan.value("industry_scheme"), plan.value("industry_code")
    return {
        "account_id": make_id_sql(key, kind="account", text=named),
        "industry_scheme": f"coalesce({scheme}, CASE WHEN coalesce({code}, {label}) IS NOT NULL "
        "THEN 'own' END)",
        "industry_code": f"coalesce({code}, lower({label}))",
    }


def _opportunity(plan: ImportPlan, key: bytes) -> dict[str, str]:
    return {
        "opportunity_id": make_id_sql(key, kind="opportunity", text="v_external_id"),
        "account_id": _account_id(plan),
        "source_stage": plan.value("source_stage", missing="r_stage"),
    }


def _stage_change(plan: ImportPlan, key: bytes) -> dict[str, str]:  # noqa: ARG001 - one of several alike
    return {"opportunity_id": "v_opportunity_id"}


def _approval_step(plan: ImportPlan, key: bytes) -> dict[str, str]:  # noqa: ARG001 - as above
    order = "row_number() OVER (PARTITION BY v_case_id ORDER BY v_occurred_at, line)"
    given = plan.value("step_number")
    return {"step_number": f"coalesce({given}, {order})"}


def _contact(plan: ImportPlan, key: bytes) -> dict[str, str]:  # noqa: ARG001 - as above
    return {"person_id": "NULL", "account_id": _account_id(plan)}


def _spend(plan: ImportPlan, key: bytes) -> dict[str, str]:  # noqa: ARG001 - as above
    """Rows of single days do not end with the period that the file names above its heading."""
    first, last = plan.cell("starts_on"), plan.cell("ends_on")
    if first is None or first.is_constant or last is None or not last.is_constant:
        return {}
    start = f"DATE {literal(plan.period_starts_on)}" if plan.period_starts_on else "NULL"
    is_whole = f"min(v_starts_on) OVER () = {start} AND max(v_starts_on) OVER () = {start}"
    return {"ends_on": f"CASE WHEN {is_whole} THEN v_ends_on END"}


def _rate(plan: ImportPlan, key: bytes) -> dict[str, str]:  # noqa: ARG001 - as above
    """A card that prices several sizes of one title prices several venues: each is bought alone."""
    if not plan.has("placement"):
        return {}
    return {"venue_id": "concat_ws(' ', v_venue_id, nullif(trim(v_placement), ''))"}


def _event(plan: ImportPlan, key: bytes) -> dict[str, str]:
    """Events without an id of their own are told apart by what they hold, and by their count."""
    has_persons = plan.has("person_email") or plan.has("person_external_id")
    fields = [cell.name for cell in plan.cells if cell.name != "external_id"]
    content = (
        "md5(concat_ws(chr(31), "
        + ", ".join(f"coalesce(CAST(v_{name} AS VARCHAR), chr(30))" for name in fields)
        + "))"
    )
    copy = f"row_number() OVER (PARTITION BY {content} ORDER BY line)"
    counted = f"{content} || '|' || {copy}"
    named = f"coalesce('id|' || v_external_id, {counted})" if plan.has("external_id") else counted
    return {
        "event_id": make_id_sql(key, kind="event", text=named),
        "account_id": _account_id(plan),
        "person_id": "v_person_id" if has_persons else "NULL",
        "visitor": "hidden_visitor" if plan.has("visitor") else "NULL",
    }
