"""One account: what is known of it, who is known there, its deals and what touched it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from signoff.audience.account_sql import (
    ACCOUNT_EVENTS,
    ACCOUNT_FACTS,
    ACCOUNT_OPPORTUNITIES,
    ACCOUNT_PERSONS,
    ACCOUNT_READINGS,
    ACCOUNT_STAGES,
    EVENT_COUNT,
    EVENTS_BY_ACCOUNT,
    OPPORTUNITIES_BY_ACCOUNT,
    PERSONS_BY_ACCOUNT,
    STAGES_BY_ACCOUNT,
)
from signoff.audience.accounts import account_table
from signoff.audience.committees.playing import UNREAD, any_committee, plays_role, role_shares
from signoff.audience.committees.rule import CommitteeCover, cover_committee
from signoff.audience.organisations.relatives import Relatives, list_relatives
from signoff.audience.titles.reading import classify_title, classify_titles
from signoff.brief import BuyingRole, Committee
from signoff.errors import MissingError
from signoff.results import Result, Row
from signoff.store.engines.engine import Engine
from signoff.store.engines.prepared import PreparedTable, prepare_table
from signoff.units import CommitteeRole

__all__ = [
    "AccountCard",
    "Deal",
    "KnownPerson",
    "PersonRole",
    "StageEntry",
    "Touch",
    "look_at_account",
]

MOST_LISTED = 200
TABLES = (
    PreparedTable("account_person", PERSONS_BY_ACCOUNT, ("person_fact",)),
    PreparedTable("account_deal", OPPORTUNITIES_BY_ACCOUNT, ("opportunity",)),
    PreparedTable("account_stage", STAGES_BY_ACCOUNT, ("opportunity", "stage_change")),
    PreparedTable("account_touch", EVENTS_BY_ACCOUNT, ("event",), may_lag=("event",)),
)


@dataclass(frozen=True)
class PersonRole:
    """One role that a person may play.

    Attributes:
        role: The role.
        probability_share: Probability of playing it, 0 to 1, by department and level.
        is_played: Whether the person counts as playing it: placed there by the brief, or with a
            probability of one half where the brief does not say.
    """

    role: CommitteeRole
    probability_share: float
    is_played: bool


@dataclass(frozen=True)
class KnownPerson:
    """One person known at an account; the name is in the register, under the id.

    Attributes:
        person_id: Random id.
        title: Job title as the source writes it.
        function: Department, from the source or read from the title; empty where neither tells.
        level: Level, in the same way.
        is_generated: Drawn for a demonstration, no real person.
        evidence: What department and level rest on.
        roles: The roles of the committee, the most probable first.
    """

    person_id: str
    title: str | None
    function: str | None
    level: str | None
    is_generated: bool
    evidence: str
    roles: tuple[PersonRole, ...]


@dataclass(frozen=True)
class StageEntry:
    """A deal entering a stage.

    Attributes:
        stage: Stage as the source writes it.
        occurred_at: When, UTC.
    """

    stage: str
    occurred_at: datetime


@dataclass(frozen=True)
class Deal:
    """One possible sale; the columns are those of the table opportunity."""

    opportunity_id: str
    product: str | None
    stage: str
    source_stage: str | None
    began_on: date | None
    closed_on: date | None
    value: Decimal | None
    currency: str | None
    lead_source: str | None
    stages: tuple[StageEntry, ...]


@dataclass(frozen=True)
class Touch:
    """One touch; the columns are those of the table event."""

    event_id: str
    occurred_at: datetime
    kind: str
    person_id: str | None
    venue: str | None
    message: str | None
    page: str | None
    value: Decimal | None


@dataclass(frozen=True)
class AccountCard(Result):
    """One account.

    Attributes:
        facts: Its row in the table of accounts, without the roles.
        people: People known there, by id, at most 200.
        roles_known: Roles of the committee that somebody is known to play.
        roles_missing: Roles that nobody is known to play.
        deals: Its deals with their stages, the newest first, at most 200.
        touches: What touched it, the newest first, at most 200.
        n_touches: Touches in all.
        cover: How well each role is known, by all people known there, and whom to find next.
        is_newest: Whether facts that were just added are among them already.
        relatives: Its parent, its subsidiaries, and the circle of parents it stands in.
    """

    facts: Row
    people: tuple[KnownPerson, ...]
    roles_known: tuple[CommitteeRole, ...]
    roles_missing: tuple[CommitteeRole, ...]
    deals: tuple[Deal, ...]
    touches: tuple[Touch, ...]
    n_touches: int
    cover: CommitteeCover
    is_newest: bool = True
    relatives: Relatives = field(default_factory=Relatives)

    def rows(self) -> Sequence[Row]:
        """Give one row per person known."""
        return [
            {
                "person_id": person.person_id,
                "title": person.title,
                "function": person.function,
                "level": person.level,
                "is_generated": person.is_generated,
                "evidence": person.evidence,
                "roles": ", ".join(role.role for role in person.roles if role.is_played),
            }
            for person in self.people
        ]

    def text(self) -> str:
        """Say who is known, who is missing, what was sold and when it was last touched."""
        known = ", ".join(self.roles_known) or "none"
        missing = ", ".join(self.roles_missing) or "none"
        facts, touched = self.facts, self.facts["last_touch_at"]
        last = f", the last one on {touched:%Y-%m-%d}" if isinstance(touched, datetime) else ""
        return (
            f"{facts['name']}: {facts['n_people']:,} people known. Roles known: {known}; missing: "
            f"{missing}. Deals: {facts['n_open_deals']} open, {facts['n_won_deals']} won, "
            f"{facts['n_lost_deals']} lost. Touches: {self.n_touches:,}{last}."
        )


def look_at_account(
    engine: Engine,
    *,
    account_id: str,
    committee: Committee | None = None,
    plan_id: str = "",
) -> AccountCard:
    """Give all that is known of one account: its facts, people, missing roles, deals, touches.

    Args:
        engine: An engine with the tables of the lake; one of a pool answers in milliseconds.
        account_id: The account, by its id in the workspace.
        committee: A brief's committee, whose roles are asked for; empty for all roles.
        plan_id: A plan whose fit and weight are shown among the facts; empty for none.

    Returns:
        The account; names of people are not in the lake, ask the register for them by id.

    Raises:
        MissingError: no account has that id.

    >>> from signoff.store.engines import duckdb_engine_on
    >>> acme = {"account_id": "a", "name": "Acme"}
    >>> ann = {"person_id": "p", "account_id": "a", "title": "DAF", "origin": "measured"}
    >>> with duckdb_engine_on({"account": [acme], "person_fact": [ann]}) as engine:
    ...     card = look_at_account(engine, account_id="a")
    >>> card.people[0].roles[0].role.value, card.people[0].evidence
    ('approver', 'daf: executive, finance')
    """
    asked_for = committee or any_committee()
    parts = asked_for.roles
    table = account_table(committee, plan_id=plan_id)
    is_newest = all([table.bring(engine), *(prepare_table(engine, made) for made in TABLES)])
    found = engine.rows(ACCOUNT_FACTS, account_id=account_id)
    if not found:
        raise _unknown(account_id)
    facts = dict(found[0])
    facts.pop("roles_missing")
    known = int(facts.pop("roles_known"))
    asked = {"account_id": account_id, "n_listed": MOST_LISTED}
    return AccountCard(
        facts=facts,
        people=tuple(_person(row, parts) for row in engine.rows(ACCOUNT_PERSONS, **asked)),
        roles_known=tuple(p.role for bit, p in enumerate(parts) if known >> bit & 1),
        roles_missing=tuple(p.role for bit, p in enumerate(parts) if not known >> bit & 1),
        deals=_deals(engine, account_id=account_id),
        touches=tuple(Touch(**row) for row in engine.rows(ACCOUNT_EVENTS, **asked)),
        n_touches=engine.rows(EVENT_COUNT, account_id=account_id)[0]["n"],
        cover=cover_committee(_cells(engine, account_id=account_id), committee=asked_for),
        is_newest=is_newest,
        relatives=list_relatives(engine, account_id=account_id),
    )


def _cells(engine: Engine, *, account_id: str) -> Iterator[tuple[str, str, int]]:
    """Give department and level of all people of an account, each title read once."""
    rows = engine.rows(ACCOUNT_READINGS, account_id=account_id)
    titles = dict.fromkeys(row["title"] for row in rows if row["title"])
    read = {reading.title: reading for reading in classify_titles(titles)}
    for row in rows:
        reading = read.get(row["title"] or "")
        function = reading.function.value if reading and reading.is_function_known else UNREAD
        level = reading.level.value if reading and reading.is_level_known else UNREAD
        yield row["job_function"] or function, row["job_level"] or level, row["n_people"]


def _person(row: Mapping[str, Any], parts: Sequence[BuyingRole]) -> KnownPerson:
    """Read a person as `define_committees` does: what the source says wins over the title."""
    reading = classify_title(row["title"]) if row["title"] else None
    told = reading.function.value if reading and reading.is_function_known else None
    function = row["job_function"] or told
    told = reading.level.value if reading and reading.is_level_known else None
    level = row["job_level"] or told
    evidence = reading.evidence if reading else "no title"
    is_imported = row["job_function"] or row["job_level"]
    shares = role_shares(function or UNREAD, level or UNREAD)
    roles = [
        PersonRole(
            role=part.role,
            probability_share=shares[part.role],
            is_played=plays_role(function or UNREAD, level or UNREAD, wanted=part),
        )
        for part in parts
    ]
    return KnownPerson(
        person_id=row["person_id"],
        title=row["title"],
        function=function,
        level=level,
        is_generated=row["origin"] == "generated",
        evidence=f"as imported; {evidence}" if is_imported else evidence,
        roles=tuple(sorted(roles, key=lambda role: -role.probability_share)),
    )


def _deals(engine: Engine, *, account_id: str) -> tuple[Deal, ...]:
    stages: dict[str, list[StageEntry]] = {}
    for row in engine.rows(ACCOUNT_STAGES, account_id=account_id):
        entry = StageEntry(row["stage"], row["occurred_at"])
        stages.setdefault(row["opportunity_id"], []).append(entry)
    found = engine.rows(ACCOUNT_OPPORTUNITIES, account_id=account_id, n_listed=MOST_LISTED)
    return tuple(Deal(**row, stages=tuple(stages.get(row["opportunity_id"], ()))) for row in found)


def _unknown(account_id: str) -> MissingError:
    return MissingError(
        f"there is no account {account_id!r}",
        why="no account of the workspace has that id; it may have been undone",
        fix="search the table of accounts by name, domain or city",
        where="account_id",
    )
