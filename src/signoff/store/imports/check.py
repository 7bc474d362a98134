"""Every row read and judged in one query: values beside what is wrong with them."""

from typing import TYPE_CHECKING

from signoff.store.imports.identity import make_id_sql
from signoff.store.imports.known import ACCOUNT_FIELDS, PERSON_FIELDS, mail_cell
from signoff.store.imports.notation import Notation
from signoff.store.imports.numbers import exact_sql, is_other_currency_sql
from signoff.store.imports.plan import Cell, ImportPlan
from signoff.store.imports.reading import literal, value_sql
from signoff.store.imports.target import Reading
from signoff.store.schemas.table import ColumnType

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["check_rows", "fault_columns"]

EMAIL_INSIDE = r"[^@\s/]+@[^@\s/]+\.\pL{2,}"
KEPT_AS_WRITTEN = {"industry_label", "stage"}  # the lake keeps the source's own words for these
FIRST_DAY, LAST_DAY = "DATE '1900-01-01'", "DATE '2199-12-31'"
CENTS_APART = "0.000001"  # a workbook's 0.30000000000000004 is 0.30
FREE_TEXT = {Reading.PLAIN, Reading.IDENTIFIER, Reading.PAGE}


def check_rows(session: "DuckDBPyConnection", plan: ImportPlan, *, key: bytes) -> None:
    """Make the table `checked`: line, n_cells, and for every field its text, value and fault.

    Columns: r_<field> is the clean text, v_<field> the value or NULL, f_<field> the kind of the
    fault or NULL; v_account_id, v_person_id and v_opportunity_id what references stand for.

    Args:
        session: The desk, with staged rows, words and what is known.
        plan: The import, with its notations.
        key: The workspace's secret key.
    """
    texts = ", ".join(f"{cell.text} AS r_{cell.name}" for cell in plan.cells)
    values = ", ".join(_value(cell, plan) for cell in plan.cells)
    session.execute(
        "CREATE TABLE checked AS "
        f"WITH cleaned AS (SELECT line, n_cells, {texts} FROM staged), "
        f"valued AS (SELECT cleaned.*, {values} FROM cleaned {_word_joins(plan)}), "
        f"resolved AS (SELECT valued.*{_resolved(plan, key)} FROM valued {_joins(plan, key)}) "
        f"SELECT *{_faults(plan)} FROM resolved"
    )


def fault_columns(plan: ImportPlan) -> list[str]:
    """Name the fields that can be at fault."""
    return [cell.name for cell in plan.cells]


def _value(cell: Cell, plan: ImportPlan) -> str:
    if cell.uses_words:
        return (
            f"words_{cell.name}.meaning AS v_{cell.name}, "
            f"words_{cell.name}.is_known AS known_{cell.name}"
        )
    notation = plan.notations.get(cell.name, Notation())
    read = value_sql(cell.field, f"r_{cell.name}", notation=notation, factor=cell.factor)
    return f"{read} AS v_{cell.name}"


def _word_joins(plan: ImportPlan) -> str:
    return " ".join(
        f"LEFT JOIN words_{cell.name} ON r_{cell.name} = words_{cell.name}.spelling"
        for cell in plan.cells
        if cell.uses_words
    )


def _account_cells(plan: ImportPlan) -> list[str]:
    return [name for name in ACCOUNT_FIELDS if plan.has(name)]


def _person_cells(plan: ImportPlan) -> list[str]:
    return [name for name in PERSON_FIELDS if plan.has(name)] if plan.target.name == "event" else []


def _joins(plan: ImportPlan, key: bytes) -> str:
    joins = []
    for name in _account_cells(plan):
        how = name.removeprefix("account_").removesuffix("_id")
        ref = {"external": "regexp_extract(v_account_external_id, '^[^;]+')"}.get(
            how, f"lower(trim(v_{name}))"
        )
        joins.append(
            f"LEFT JOIN known_account AS {how} ON {how}.how = '{how}' AND {how}.ref = {ref}"
        )
    if mail_cell(plan):
        joins.append(
            "LEFT JOIN mail_account AS employer "
            f"ON employer.mail_domain = split_part(v_{mail_cell(plan)}, '@', 2)"
        )
    joins += [
        f"LEFT JOIN known_person AS {name} ON {name}.how = '{name}' AND {name}.ref = v_{name}"
        for name in _person_cells(plan)
    ]
    if plan.target.name == "stage_change":
        made = make_id_sql(key, kind="opportunity", text="v_opportunity_external_id")
        joins.append(f"LEFT JOIN known_opportunity ON known_opportunity.opportunity_id = {made}")
    return " ".join(joins)


def _resolved(plan: ImportPlan, key: bytes) -> str:
    columns = ""
    hows = [name.removeprefix("account_").removesuffix("_id") for name in _account_cells(plan)]
    if hows:
        found = ", ".join(f"{how}.account_id" for how in hows)
        counts = ", ".join(f"{how}.n_accounts" for how in hows)
        columns += f", coalesce({found}) AS named_account_id, coalesce({counts}) AS n_accounts"
    named = [f"v_{name} IS NOT NULL" for name in _account_cells(plan)]
    if mail_cell(plan):
        nobody = f"NOT ({' OR '.join(named)})" if named else "true"
        guess = f"CASE WHEN {nobody} THEN employer.account_id END"
        columns += f", {guess} AS guessed_account_id"
    persons = [f"{name}.person_id" for name in _person_cells(plan)]
    if persons:
        columns += f", coalesce({', '.join(persons)}, NULL) AS v_person_id"
    if plan.target.name == "stage_change":
        columns += ", known_opportunity.opportunity_id AS v_opportunity_id"
    visitor = plan.cell("visitor")
    if visitor and visitor.field.reading is Reading.PSEUDONYM:
        columns += f", {make_id_sql(key, kind='visitor', text='v_visitor')} AS hidden_visitor"
    return columns


def _faults(plan: ImportPlan) -> str:
    return "".join(f", {_fault(cell, plan)} AS f_{cell.name}" for cell in plan.cells)


def _fault(cell: Cell, plan: ImportPlan) -> str:
    text, value, column = f"r_{cell.name}", f"v_{cell.name}", cell.field.column
    cases = []
    if not column.nullable:
        lacking = f"{value} IS NULL AND known_{cell.name}" if cell.uses_words else "false"
        if column.name not in {"currency", "step_number"}:
            cases.append((f"{text} IS NULL OR ({lacking})", "missing"))
    if cell.uses_words:
        cases.append((f"{text} IS NOT NULL AND NOT known_{cell.name}", "not_listed"))
    else:
        cases.append((f"{text} IS NOT NULL AND {value} IS NULL", "unreadable"))
    if column.type in {ColumnType.INTEGER, ColumnType.REAL, ColumnType.MONEY}:
        bounds = [f"{value} < {column.low}"] if column.low is not None else []
        bounds += [f"{value} > {column.high}"] if column.high is not None else []
        bounds += [f"NOT isfinite({value})"] if column.type is ColumnType.REAL else []
        if bounds:
            cases.append((" OR ".join(bounds), "out_of_range"))
    if column.type in {ColumnType.DATE, ColumnType.TIME}:
        cases.append((f"{value} < {FIRST_DAY} OR {value} > {LAST_DAY}", "no_such_time"))
    if column.type is ColumnType.MONEY:
        cases += _amount_faults(cell, plan)
    if _is_kept_as_written(cell):
        kept = text if cell.name in KEPT_AS_WRITTEN else value
        sign = f"replace({kept}, '%40', '@')"
        holds = f"regexp_matches({sign}, {literal(EMAIL_INSIDE)})"
        cases.append((f"regexp_matches({kept}, '@|%40') AND {holds}", "personal"))
    cases += _reference_faults(cell, plan)
    whens = " ".join(f"WHEN {condition} THEN '{kind}'" for condition, kind in cases)
    return f"CASE {whens} END"


def _is_kept_as_written(cell: Cell) -> bool:
    is_free = cell.field.is_stored and cell.field.reading in FREE_TEXT
    return (is_free and not cell.field.is_personal) or cell.name in KEPT_AS_WRITTEN


def _amount_faults(cell: Cell, plan: ImportPlan) -> list[tuple[str, str]]:
    """Judge an amount: in the row's currency, and whole in cents."""
    text, value = f"r_{cell.name}", f"v_{cell.name}"
    currency = f"coalesce({plan.value('currency')}, {literal(plan.currency)})"
    mark = plan.notations.get(cell.name, Notation()).decimal_mark
    exact = exact_sql(cell.field.column, text, mark=mark, factor=cell.factor)
    torn = (
        f"regexp_matches({text}, '[.,]\\d{{3}}|[eE]-') AND abs({exact} - {value}) > {CENTS_APART}"
    )
    return [(is_other_currency_sql(text, currency), "other_currency"), (torn, "too_fine")]


def _reference_faults(cell: Cell, plan: ImportPlan) -> list[tuple[str, str]]:
    """Judge a reference once, at the first field that makes it."""
    if cell.name == "opportunity_external_id":
        return [("v_opportunity_id IS NULL", "unknown_opportunity")]
    names = _account_cells(plan)
    if cell.name not in names:
        return []
    earlier = [f"v_{name} IS NULL" for name in names[: names.index(cell.name)]]
    mine = " AND ".join([*earlier, f"v_{cell.name} IS NOT NULL"])
    return [
        (f"{mine} AND named_account_id IS NULL", "unknown_account"),
        (f"{mine} AND n_accounts > 1", "ambiguous_account"),
    ]
