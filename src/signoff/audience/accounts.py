"""The accounts to look through: what is known of each, who is known there and who is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from signoff.audience.accounts_sql import ACCOUNT_LIST, ACCOUNT_PEOPLE, PEOPLE_TITLES
from signoff.audience.committees.playing import UNREAD, plays_role
from signoff.audience.organisations.guesses import put_organisations
from signoff.audience.organisations.size import SIZE_BANDS
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
from signoff.units import CommitteeRole, Function, Level, OrganisationKind, SupplyChainPlace

__all__ = ["account_table", "count_accounts", "export_accounts", "list_accounts"]

TEXT, INTEGER, TIME = ColumnType.TEXT, ColumnType.INTEGER, ColumnType.TIME
FLAG = ColumnType.FLAG
READS = ("account", "person_fact", "opportunity", "event")
FACETS = (
    *("kind", "industry_code", "country", "relationship", "supply_chain_place", "roles_missing"),
    *("likely_kind", "size_band", "likely_place"),
)
READ_COLUMNS = (
    Column("job_function", TEXT, "Department, or ? where no word tells it"),
    Column("job_level", TEXT, "Level, or ? where no word tells it"),
)
ORGANISATION_COLUMNS = (
    Column(
        "likely_kind",
        TEXT,
        "Kind by the source, else the one that name, domain and industry suggest",
        allowed=tuple(OrganisationKind),
        nullable=True,
    ),
    Column("is_kind_guessed", FLAG, "Whether the kind is guessed"),
    Column("size_band", TEXT, "Size by head count", allowed=SIZE_BANDS, nullable=True),
    Column(
        "likely_place",
        TEXT,
        "Place in the supply chain by the source, else the one that the industry suggests",
        allowed=tuple(SupplyChainPlace),
        nullable=True,
    ),
    Column("is_place_guessed", FLAG, "Whether the place is guessed"),
    Column("n_subsidiaries", INTEGER, "Accounts directly below it", unit="accounts", low=0),
)
KNOWN_COLUMNS = (
    Column("n_people", INTEGER, "People known there", unit="people", low=0),
    Column("n_generated", INTEGER, "Of these, drawn for a demonstration", unit="people", low=0),
    Column("roles_known", INTEGER, "Roles of the committee that somebody is known to play"),
    Column("roles_missing", INTEGER, "Roles that nobody is known to play"),
    Column("n_roles_known", INTEGER, "How many of the roles are known", unit="roles", low=0),
    Column("n_roles_missing", INTEGER, "How many are missing", unit="roles", low=0),
    Column("n_open_deals", INTEGER, "Deals that are open", unit="deals", low=0),
    Column("n_won_deals", INTEGER, "Deals won", unit="deals", low=0),
    Column("n_lost_deals", INTEGER, "Deals lost", unit="deals", low=0),
    Column("last_touch_at", TIME, "When it was last touched", unit="UTC", nullable=True),
    *(
        replace(LAKE_TABLES["plan_account"].column(name), nullable=True)
        for name in ("market_fit_share", "win_share", "value_weight", "is_holdout")
    ),
)


def list_accounts(
    engine: Engine,
    request: TableRequest,
    *,
    committee: Committee | None = None,
    plan_id: str = "",
) -> TablePage:
    """Give one page of the accounts, filtered, searched and sorted as asked for.

    Args:
        engine: An engine with `account`, `person_fact`, `opportunity` and `event`; one of a pool
            answers in milliseconds, since it keeps the table.
        request: Columns, filters, search, order and page; `account_table` has the columns.
        committee: A brief's committee, whose roles are counted; empty for all roles, each by the
            probability that a title gives it.
        plan_id: A plan whose fit, weights and holdout are shown; empty for none.

    Returns:
        One row per account; ties stand in the order of their ids.

    Raises:
        DataError: the request names what the table does not have; all faults at once.

    >>> from signoff.store.engines import duckdb_engine_on
    >>> accounts = [{"account_id": "a", "name": "Acme"}, {"account_id": "b", "name": "École"}]
    >>> wanted = TableRequest(columns=("name", "n_people"), search="ecole")
    >>> with duckdb_engine_on({"account": accounts}) as engine:
    ...     list_accounts(engine, wanted).rows()
    ({'name': 'École', 'n_people': 0},)
    """
    return list_rows(engine, table=account_table(committee, plan_id=plan_id), request=request)


def count_accounts(
    engine: Engine,
    request: TableRequest,
    *,
    committee: Committee | None = None,
    plan_id: str = "",
) -> Mapping[str, Facet]:
    """Count the accounts by kind, size, industry, country, relationship, place and missing role.

    Args:
        engine: An engine as for `list_accounts`.
        request: Filters and search; those of a facet's own column do not count for it.
        committee: A brief's committee; empty for all roles.
        plan_id: A plan, as for `list_accounts`.

    Returns:
        By column, the commonest values with their number of accounts.

    Raises:
        DataError: the request names what the table does not have; all faults at once.

    >>> from signoff.store.engines import duckdb_engine_on
    >>> acme = {"account_id": "a", "name": "Acme", "kind": "school"}
    >>> with duckdb_engine_on({"account": [acme]}) as engine:
    ...     count_accounts(engine, TableRequest())["kind"].items
    (('school', 1),)
    """
    return count_facets(engine, table=account_table(committee, plan_id=plan_id), request=request)


def export_accounts(
    engine: DuckEngine,
    request: TableRequest,
    *,
    form: str,
    path: Path,
    committee: Committee | None = None,
    plan_id: str = "",
) -> Download:
    """Write all accounts that a request selects into a file, whatever its page.

    Args:
        engine: An engine as for `list_accounts`, of DuckDB.
        request: Columns, filters, search and order.
        form: csv, xlsx, parquet or json.
        path: The file; what stood there is replaced.
        committee: A brief's committee; empty for all roles.
        plan_id: A plan, as for `list_accounts`.

    Returns:
        The file, with how many rows it has.

    Raises:
        DataError: the form is unknown, the request names what the table does not have, or the
            file cannot be written; nothing of it is left.
    """
    table = account_table(committee, plan_id=plan_id)
    return export_rows(engine, table=table, request=request, form=form, path=path)


def account_table(committee: Committee | None = None, *, plan_id: str = "") -> ShownTable:
    """Describe the table of accounts: its columns, and how it is made and kept.

    Args:
        committee: A brief's committee, whose roles are counted; empty for all roles.
        plan_id: A plan, by the id of its run, whose fit, weights and holdout are shown; these
            columns are empty for none, and for accounts outside its market.

    Returns:
        The table; `roles_known` and `roles_missing` are sets of roles.

    >>> account_table().sets["roles_missing"][:2]
    ('initiator', 'user')
    """
    parts = committee.roles if committee else tuple(BuyingRole(role=r) for r in CommitteeRole)
    roles = tuple(part.role.value for part in parts)
    placed = [(p.role, sorted(p.functions), sorted(p.levels)) for p in parts]
    prepared = PreparedTable(
        name="account_list",
        statement=ACCOUNT_LIST,
        reads=(*READS, "plan_account") if plan_id else READS,
        may_lag=("event",),
        values={"all_bits": (1 << len(parts)) - 1, "plan_id": plan_id},
        variant=repr((placed if committee else [], plan_id)),
        prepare=lambda engine: _prepare(engine, parts),
    )
    return ShownTable(
        name=prepared.name,
        grain=LAKE_TABLES["account"].grain,
        key=("account_id",),
        columns=(*LAKE_TABLES["account"].columns, *ORGANISATION_COLUMNS, *KNOWN_COLUMNS),
        searched=("name", "domain", "city"),
        folded_columns=("name", "city"),
        facets=FACETS,
        sets={"roles_known": roles, "roles_missing": roles},
        prepared=prepared,
    )


def _prepare(engine: Engine, parts: Sequence[BuyingRole]) -> None:
    put_organisations(engine)
    _count_people(engine, parts)


def _count_people(engine: Engine, parts: Sequence[BuyingRole]) -> None:
    """Leave the people of each account, with the roles they play, in the engine."""
    titles = [str(title) for title in engine.arrays(PEOPLE_TITLES)["title"]]
    readings = [
        {
            "title": reading.title,
            "job_function": reading.function.value if reading.is_function_known else None,
            "job_level": reading.level.value if reading.is_level_known else None,
        }
        for reading in classify_titles(titles)
    ]
    engine.put("listed_title", (Column("title", TEXT, "Job title"), *READ_COLUMNS), readings)
    bits = [
        {"job_function": f, "job_level": level, "role_bits": _bits(parts, f, level)}
        for f in (*Function, UNREAD)
        for level in (*Level, UNREAD)
    ]
    bit_column = Column("role_bits", INTEGER, "Roles played, the first one bit 0")
    engine.put("role_bit", (*READ_COLUMNS, bit_column), bits)
    engine.define("account_people", ACCOUNT_PEOPLE)


def _bits(parts: Sequence[BuyingRole], function: str, level: str) -> int:
    played = (plays_role(function, level, wanted=part) for part in parts)
    return sum(1 << bit for bit, plays in enumerate(played) if plays)
