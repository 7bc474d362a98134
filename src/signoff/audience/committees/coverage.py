"""How well each committee is known: role by role, and whom to find next."""

import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from signoff.audience.committees.coverage_sql import (
    COVERAGE_LIST,
    COVERED_PEOPLE,
    COVERED_TITLES,
    LOSS_PER_NAT,
    MARKET_COVERED,
    PLAN_COVERED,
)
from signoff.audience.committees.playing import (
    UNREAD,
    any_committee,
    may_play_role,
    plays_role,
    role_shares,
)
from signoff.audience.titles.reading import classify_titles
from signoff.brief import BuyingRole, Committee
from signoff.store.browse import (
    Download,
    Facet,
    ShownTable,
    TablePage,
    TableRequest,
    count_facets,
    export_rows,
    list_rows,
)
from signoff.store.engines.duck import DuckEngine
from signoff.store.engines.engine import Engine
from signoff.store.engines.prepared import PreparedTable
from signoff.store.schemas import LAKE_TABLES, Column, ColumnType
from signoff.units import CommitteeRole, Function, Level

__all__ = [
    "STATES",
    "count_coverage",
    "coverage_table",
    "export_coverage",
    "list_coverage",
]

TEXT, INTEGER, REAL = ColumnType.TEXT, ColumnType.INTEGER, ColumnType.REAL
STATES = ("known", "likely", "unknown")
"""known: somebody counts as playing the role; likely: nobody does, yet somebody who is known there
plays it with a probability of one half or more; unknown: neither."""
SUREST = 1 - 1e-9
FACTS = ("account_id", "name", "domain", "kind", "industry_code", "employees", "country", "city")
FACETS = ("kind", "country", "relationship", "next_role")
READ_COLUMNS = (
    Column("job_function", TEXT, "Department, or ? where no word tells it"),
    Column("job_level", TEXT, "Level, or ? where no word tells it"),
)


def _share(name: str, meaning: str) -> Column:
    return Column(name, REAL, meaning, unit="share 0 to 1", low=0, high=1, nullable=True)


KNOWN_COLUMNS = (
    Column("value_weight", REAL, "What covering its committee is worth to the plan", nullable=True),
    Column("n_people", INTEGER, "People known there", unit="people", low=0),
    Column("n_roles_missing", INTEGER, "Roles that nobody is known to play", unit="roles", low=0),
    _share("chance_share", "Chance that the known people satisfy the approval rule"),
    Column(
        "next_role",
        TEXT,
        "Role of the person to find next",
        nullable=True,
        allowed=tuple(CommitteeRole),
    ),
    _share("next_gain_share", "What finding that person adds to the chance"),
    _share("next_value_share", "That gain times the account's weight"),
)


def list_coverage(
    engine: Engine,
    request: TableRequest,
    *,
    committee: Committee | None = None,
    plan_id: str = "",
) -> TablePage:
    """Give one page of the accounts with what is known of each role, and whom to find next.

    Args:
        engine: An engine with `account`, `person_fact` and `plan_account`; one of a pool answers
            in milliseconds, since it keeps the table.
        request: Columns, filters, search, order and page; `coverage_table` has the columns.
        committee: A brief's committee; empty for all roles, of which any is enough.
        plan_id: A plan, whose market is looked at and whose weights rank; empty for all accounts.

    Returns:
        One row per account; ties stand in the order of their ids.

    Raises:
        DataError: the request names what the table does not have; all faults at once.

    >>> from signoff.store.engines import duckdb_engine_on
    >>> acme = {"account_id": "a", "name": "Acme"}
    >>> ann = {"person_id": "p", "account_id": "a", "title": "DAF", "origin": "measured"}
    >>> wanted = TableRequest(columns=("name", "approver_state", "user_state"))
    >>> with duckdb_engine_on({"account": [acme], "person_fact": [ann]}) as engine:
    ...     list_coverage(engine, wanted).rows()
    ({'name': 'Acme', 'approver_state': 'known', 'user_state': 'unknown'},)
    """
    return list_rows(engine, table=coverage_table(committee, plan_id=plan_id), request=request)


def count_coverage(
    engine: Engine,
    request: TableRequest,
    *,
    committee: Committee | None = None,
    plan_id: str = "",
) -> Mapping[str, Facet]:
    """Count the accounts by what is known of each role, next role, kind, country and relationship.

    Args:
        engine: An engine as for `list_coverage`.
        request: Filters and search; those of a facet's own column do not count for it.
        committee: A brief's committee; empty for all roles.
        plan_id: A plan, as for `list_coverage`.

    Returns:
        By column, the commonest values with their number of accounts.

    Raises:
        DataError: the request names what the table does not have; all faults at once.

    >>> from signoff.store.engines import duckdb_engine_on
    >>> acme = {"account_id": "a", "name": "Acme"}
    >>> with duckdb_engine_on({"account": [acme]}) as engine:
    ...     count_coverage(engine, TableRequest())["approver_state"].items
    (('unknown', 1),)
    """
    return count_facets(engine, table=coverage_table(committee, plan_id=plan_id), request=request)


def export_coverage(
    engine: DuckEngine,
    request: TableRequest,
    *,
    form: str,
    path: Path,
    committee: Committee | None = None,
    plan_id: str = "",
    is_market: bool = False,
) -> Download:
    """Write all accounts that a request selects, with what is known of each role, into a file.

    Args:
        engine: An engine as for `list_coverage`, of DuckDB.
        request: Columns, filters, search and order.
        form: csv, xlsx, parquet or json.
        path: The file; what stood there is replaced.
        committee: A brief's committee; empty for all roles.
        plan_id: A plan, as for `list_coverage`.
        is_market: Whether to look at `market_account`, which `study_audience` has left.

    Returns:
        The file, with how many rows it has.

    Raises:
        DataError: the form is unknown, the request names what the table does not have, or the
            file cannot be written; nothing of it is left.
    """
    table = coverage_table(committee, plan_id=plan_id, is_market=is_market)
    return export_rows(engine, table=table, request=request, form=form, path=path)


def coverage_table(
    committee: Committee | None = None, *, plan_id: str = "", is_market: bool = False
) -> ShownTable:
    """Describe the table of coverage: its columns, and how it is made and kept.

    A role has three columns: `<role>_state` for known, likely or unknown; `<role>_share`, the
    probability that somebody known there plays it, 1 - prod(1 - p) over the people whom the brief
    does not exclude; `<role>_people`, those who count as playing it.

    Args:
        committee: A brief's committee; empty for all roles, of which any is enough.
        plan_id: A plan, whose market is looked at and whose weights rank; empty for all accounts.
        is_market: Whether to look at `market_account`, which `study_audience` has left.

    Returns:
        The table; one row per account.

    >>> [c.name for c in coverage_table().columns if c.name.startswith("user")]
    ['user_state', 'user_share', 'user_people']
    """
    asked = committee or any_committee()
    place = {part.role: n for n, part in enumerate(asked.roles)}
    level = {part.role: part.approval_level for part in asked.roles}
    uplift = {part.role: part.uplift for part in asked.roles}
    prepared = PreparedTable(
        name="committee_coverage",
        statement=COVERAGE_LIST,
        reads=("account", "person_fact", *(("plan_account",) if plan_id else ())),
        values={
            "rule": asked.approval_rule.value,
            "n_roles": len(asked.roles),
            "quorum_roles": asked.quorum_roles or 1,
            "base_share": asked.base_share or 0.0,
            **{f"{role}_level": level.get(role, 0) for role in CommitteeRole},
            **{f"{role}_place": place.get(role, 0) for role in CommitteeRole},
            **{f"{role}_uplift": uplift.get(role, 0.0) for role in CommitteeRole},
        },
        variant=repr((asked.model_dump_json() if committee else "", plan_id, is_market)),
        prepare=lambda engine: _prepare(engine, asked, plan_id=plan_id, is_market=is_market),
    )
    facts = tuple(LAKE_TABLES["account"].column(name) for name in FACTS)
    return ShownTable(
        name=prepared.name,
        grain=LAKE_TABLES["account"].grain,
        key=("account_id",),
        columns=(
            *facts,
            LAKE_TABLES["account"].column("relationship"),
            *KNOWN_COLUMNS,
            *(column for part in asked.roles for column in _role_columns(part.role)),
        ),
        searched=("name", "domain", "city"),
        folded_columns=("name", "city"),
        facets=(
            "kind",
            "country",
            "relationship",
            "next_role",
            *(f"{part.role}_state" for part in asked.roles),
        ),
        prepared=prepared,
    )


def _role_columns(role: CommitteeRole) -> tuple[Column, ...]:
    word = role.value
    return (
        Column(
            f"{word}_state", TEXT, f"Whether the {word} is known", nullable=True, allowed=STATES
        ),
        _share(f"{word}_share", f"Probability that a known person is {word}"),
        Column(
            f"{word}_people", INTEGER, f"People who count as {word}", unit="people", nullable=True
        ),
    )


def _prepare(engine: Engine, committee: Committee, *, plan_id: str, is_market: bool) -> None:
    """Leave the accounts, their people and the losses of each role in the engine."""
    if is_market:
        engine.define("covered_account", MARKET_COVERED)
    else:
        engine.define("covered_account", PLAN_COVERED, plan_id=plan_id)
    titles = [str(title) for title in engine.arrays(COVERED_TITLES)["title"]]
    readings = [
        {
            "title": reading.title,
            "job_function": reading.function.value if reading.is_function_known else None,
            "job_level": reading.level.value if reading.is_level_known else None,
        }
        for reading in classify_titles(titles)
    ]
    engine.put("covered_title", (Column("title", TEXT, "Job title"), *READ_COLUMNS), readings)
    counted = tuple(
        Column(f"{role}_{what}", INTEGER, meaning)
        for what, meaning in (("plays", "1 where it counts as played"), ("loss", "Loss"))
        for role in CommitteeRole
    )
    engine.put("role_loss", (*READ_COLUMNS, *counted), list(_losses(committee)))
    engine.define("covered_people", COVERED_PEOPLE)


def _losses(committee: Committee) -> list[dict[str, Any]]:
    """Give, by department and level, who counts as playing each role and what that is worth."""
    return [
        {
            "job_function": function,
            "job_level": level,
            **_zeros(),
            **{key: n for part in committee.roles for key, n in _worth(function, level, part)},
        }
        for function in (*Function, UNREAD)
        for level in (*Level, UNREAD)
    ]


def _zeros() -> dict[str, int]:
    return {f"{role}_{what}": 0 for role in CommitteeRole for what in ("plays", "loss")}


def _worth(function: str, level: str, part: BuyingRole) -> Iterator[tuple[str, int]]:
    """Give whether one person counts as playing a role, and the loss: -ln(1 - p)."""
    yield f"{part.role}_plays", int(plays_role(function, level, wanted=part))
    may_play = may_play_role(function, level, wanted=part)
    share = min(role_shares(function, level)[part.role], SUREST) if may_play else 0.0
    yield f"{part.role}_loss", round(-math.log1p(-share) * LOSS_PER_NAT)
