"""Who is known in each committee of the market, and which roles nobody knows yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from signoff.audience.committees.playing import UNREAD, plays_role, role_shares
from signoff.audience.committees.statements import (
    ACCOUNT_ROLES,
    MARKET_TITLES,
    PEOPLE_COUNTS,
    PERSON_READINGS,
    PERSON_ROLES,
    ROLE_COUNTS,
    ROLE_GAPS,
)
from signoff.audience.titles.reading import classify_titles
from signoff.brief import Committee
from signoff.results import Result, Row
from signoff.store.engines.engine import Engine, Relation
from signoff.store.schemas.table import Column, ColumnType
from signoff.units import CommitteeRole, Function, Level

__all__ = ["CommitteeStudy", "RoleGap", "define_committees", "list_person_roles"]

TEXT, INTEGER, REAL = ColumnType.TEXT, ColumnType.INTEGER, ColumnType.REAL
READ_COLUMNS = (
    Column("job_function", TEXT, "Department, or ? where no word tells it"),
    Column("job_level", TEXT, "Level, or ? where no word tells it"),
)
ROLE_COLUMN = Column("role", TEXT, "Role of the committee")


@dataclass(frozen=True)
class RoleGap:
    """One role of the committee across the market.

    Attributes:
        role: Role of the committee.
        approval_level: Step of approval at which it speaks, 1 first.
        n_accounts: Accounts of the market.
        n_missing: Accounts where nobody is known to play it.
        n_people: People known to play it, in all accounts.
        amount_above: Amount above which it has to sign; empty for every amount.
        currency: Currency of that amount.
    """

    role: CommitteeRole
    approval_level: int
    n_accounts: int
    n_missing: int
    n_people: int
    amount_above: Decimal | None = None
    currency: str = ""

    def text(self) -> str:
        """Say at how many accounts nobody is known.

        >>> RoleGap(CommitteeRole.APPROVER, 2, 85, 31, 60).text()
        'no approver is known at 31 of 85 accounts'
        >>> RoleGap(CommitteeRole.APPROVER, 2, 85, 31, 60, Decimal(50000), "EUR").text()
        'no approver above 50,000 EUR is known at 31 of 85 accounts'
        """
        article = "at least one" if self.n_missing == 0 else "no"
        n = self.n_accounts if self.n_missing == 0 else self.n_missing
        amount = "" if self.amount_above is None else f" above {self.amount_above:,f}"
        currency = f" {self.currency}" if amount and self.currency else ""
        return (
            f"{article} {self.role}{amount}{currency} is known at {n:,} of {self.n_accounts:,} "
            "accounts"
        )


@dataclass(frozen=True)
class CommitteeStudy(Result):
    """The committees of the market.

    Attributes:
        gaps: One entry per role of the brief, in its order.
        n_people: People of the market's accounts.
        n_unread: People of whom neither department nor level is known.
        n_generated: People drawn for a demonstration, not real.
        n_titles: Different titles read.
    """

    gaps: tuple[RoleGap, ...]
    n_people: int
    n_unread: int
    n_generated: int
    n_titles: int

    def rows(self) -> Sequence[Row]:
        """Give one row per role."""
        return [
            {
                "role": gap.role.value,
                "approval_level": gap.approval_level,
                "n_accounts": gap.n_accounts,
                "n_missing": gap.n_missing,
                "n_people": gap.n_people,
                "amount_above": gap.amount_above,
            }
            for gap in self.gaps
        ]

    def text(self) -> str:
        """Say which roles are missing where."""
        told = "; ".join(gap.text() for gap in self.gaps)
        drawn = f" {self.n_generated:,} of them are generated." if self.n_generated else ""
        return (
            f"{told[:1].upper()}{told[1:]}. {self.n_people:,} people are known at these accounts; "
            f"the titles of {self.n_unread:,} say neither department nor level.{drawn}"
        )


def define_committees(
    engine: Engine, *, committee: Committee, currency: str = ""
) -> CommitteeStudy:
    """Count who is known to play each role, and leave `account_role` in the engine.

    A person plays a role of the brief when department and level are among those the brief names
    for it (a list left empty allows any; what is not known of a person matches no list); where
    the brief names neither, when the probability of the role is at least one half.

    Args:
        engine: An engine with `market_account` and `person_fact`.
        committee: The brief's committee.
        currency: The brief's currency, in which amounts are told.

    Returns:
        The gaps; the table `account_role` has one row per account of the market and role.

    >>> from signoff.brief import BuyingRole
    >>> from signoff.store.engines import duckdb_engine_on
    >>> market = {"account_id": "a", "name": "Acme", "value_weight": 1.0}
    >>> person = {"person_id": "p", "account_id": "a", "title": "DAF"}
    >>> roles = (BuyingRole(role="approver"), BuyingRole(role="user"))
    >>> wanted = Committee(approval_rule="any", purchase_months=6, roles=roles)
    >>> with duckdb_engine_on({"market_account": [market], "person_fact": [person]}) as engine:
    ...     found = define_committees(engine, committee=wanted)
    >>> [(gap.role.value, gap.n_missing) for gap in found.gaps]
    [('approver', 0), ('user', 1)]
    """
    n_titles = _read_people(engine)
    _put_parts(engine, committee=committee)
    engine.define("role_count", ROLE_COUNTS)
    engine.define("account_role", ACCOUNT_ROLES)
    counted = {row["role"]: row for row in engine.rows(ROLE_GAPS)}
    gaps = tuple(
        RoleGap(
            role=role.role,
            approval_level=role.approval_level,
            n_accounts=counted.get(role.role, {}).get("n_accounts", 0),
            n_missing=counted.get(role.role, {}).get("n_missing", 0),
            n_people=counted.get(role.role, {}).get("n_people", 0),
            amount_above=role.amount_above,
            currency=currency,
        )
        for role in committee.roles
    )
    return CommitteeStudy(gaps=gaps, n_titles=n_titles, **engine.rows(PEOPLE_COUNTS)[0])


def list_person_roles(engine: Engine) -> Relation:
    """Give the probability of each role for each person, ready for the table committee_role.

    Args:
        engine: An engine in which `define_committees` has read the people.

    Returns:
        One row per person and role, by person and role; nothing is read until it is asked for.

    >>> from signoff.brief import BuyingRole
    >>> from signoff.store.engines import duckdb_engine_on
    >>> market = {"account_id": "a", "name": "Acme", "value_weight": 1.0}
    >>> person = {"person_id": "p", "account_id": "a", "title": "DAF"}
    >>> wanted = Committee(
    ...     approval_rule="any", purchase_months=6, roles=(BuyingRole(role="approver"),))
    >>> with duckdb_engine_on({"market_account": [market], "person_fact": [person]}) as engine:
    ...     _ = define_committees(engine, committee=wanted)
    ...     row = list_person_roles(engine).rows()[0]
    >>> row["role"], row["probability_share"], row["evidence"]
    ('approver', 0.9, 'daf: executive, finance')
    """
    columns = (*READ_COLUMNS, ROLE_COLUMN, Column("probability_share", REAL, "Its probability"))
    rows = [
        {"job_function": f, "job_level": level, "role": role.value, "probability_share": share}
        for f in (*Function, UNREAD)
        for level in (*Level, UNREAD)
        for role, share in role_shares(f, level).items()
    ]
    engine.put("role_prior", columns, rows)
    return Relation(engine, PERSON_ROLES, {})


def _read_people(engine: Engine) -> int:
    titles = [str(title) for title in engine.arrays(MARKET_TITLES)["title"]]
    columns = (
        Column("title", TEXT, "Job title as the source writes it"),
        *READ_COLUMNS,
        Column("evidence", TEXT, "Words the reading rests on"),
    )
    rows = [
        {
            "title": reading.title,
            "job_function": reading.function.value if reading.is_function_known else UNREAD,
            "job_level": reading.level.value if reading.is_level_known else UNREAD,
            "evidence": reading.evidence,
        }
        for reading in classify_titles(titles)
    ]
    engine.put("title_reading", columns, rows)
    engine.define("person_reading", PERSON_READINGS)
    return len(titles)


def _put_parts(engine: Engine, *, committee: Committee) -> None:
    matches = [
        {"job_function": f, "job_level": level, "role": part.role.value}
        for part in committee.roles
        for f in (*Function, UNREAD)
        for level in (*Level, UNREAD)
        if plays_role(f, level, wanted=part)
    ]
    engine.put("role_match", (*READ_COLUMNS, ROLE_COLUMN), matches)
    columns = (ROLE_COLUMN, Column("people_expected", INTEGER, "Assumed where none is known"))
    parts = [{"role": p.role.value, "people_expected": p.people_expected} for p in committee.roles]
    engine.put("committee_part", columns, parts)
