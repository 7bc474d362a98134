"""What a scenario changes against a plan's brief, and the brief that comes of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from signoff.brief import ApprovalRule, Brief, BuyingRole, find_faults, find_model_faults
from signoff.brief.section import Amount, Line, Section
from signoff.brief.syntax import parse_toml
from signoff.errors import BriefError, Fault
from signoff.units import CommitteeRole, Objective
from signoff.venues import VenueBook

__all__ = ["ScenarioChanges", "VenueChange", "change_brief", "keeps_market", "read_changes"]

Data = dict[str, Any]


class VenueChange(Section):
    """What a scenario does with one venue; what is left empty stays as the brief has it."""

    venue: Line
    """The venue's short name, as in the venue list."""
    free: bool = False
    """Drop what the brief says of it first: exclusion, committed money, floor, ceiling."""
    exclude: bool | None = None
    """Do not use it; false: use it after all."""
    fixed_spend: Amount | None = None
    """Exactly this is spent there."""
    fixed_units: Annotated[int, Field(ge=1, le=1_000_000_000)] | None = None
    """What so many units cost is spent there."""
    floor: Amount | None = None
    """Least to be spent there."""
    ceiling: Amount | None = None
    """Most to be spent there."""


class ScenarioChanges(Section):
    """Changes against a plan's brief; what is left empty stays as it is."""

    budget: Annotated[Amount, Field(gt=0)] | None = None
    """Most that may be spent."""
    venues: tuple[VenueChange, ...] = ()
    """Venues excluded, fixed, or given a floor or a ceiling."""
    roles_added: tuple[BuyingRole, ...] = ()
    """Roles that join the committee."""
    roles_removed: tuple[CommitteeRole, ...] = ()
    """Roles that leave it; what was to be said to them alone is left out too."""
    approval_rule: ApprovalRule | None = None
    """How reached roles add up."""
    quorum_roles: Annotated[int, Field(ge=1, le=7)] | None = None
    """Fewest roles that must be reached under the rule quorum."""
    base_share: Annotated[float, Field(gt=0, lt=1, allow_inf_nan=False)] | None = None
    """Chance of approval without any reached role, under the rule uplift."""
    exposures_needed: Annotated[int, Field(ge=1, le=50)] | None = None
    """Exposures that make a person count as reached."""
    caution_share: Annotated[float, Field(gt=0, le=1, allow_inf_nan=False)] | None = None
    """Share of the draws, the worst for a plan, whose mean is maximised; 1: the expected value."""
    aim: Objective | None = None
    """What is counted."""
    target: Annotated[int, Field(ge=1, le=1_000_000_000)] | None = None
    """How many of them the period should bring."""
    starts_on: date | None = None
    """First day; the last day moves along."""

    def is_empty(self) -> bool:
        """Say whether nothing is changed."""
        return self == ScenarioChanges()


def read_changes(text: str, *, beside: Mapping[str, Any] | None = None) -> ScenarioChanges:
    """Read what a scenario changes from TOML text.

    Args:
        text: Fields of `ScenarioChanges`; empty for none.
        beside: Fields that were given elsewhere; they take the place of those of the text.

    Returns:
        The changes.

    Raises:
        BriefError: with everything that cannot be read or is no such field, each with its place.

    >>> read_changes("budget = 80000", beside={"starts_on": "2027-02-01"}).starts_on
    datetime.date(2027, 2, 1)
    """
    parsed = parse_toml(text)
    data = {**parsed.data, **(beside or {})}
    found = find_model_faults(data, model=ScenarioChanges) if parsed.is_whole else ()
    _refuse((*parsed.faults, *found))
    return ScenarioChanges.model_validate(data)


def change_brief(brief: Brief, changes: ScenarioChanges, *, book: VenueBook | None = None) -> Brief:
    """Give the brief that a scenario plans from.

    Args:
        brief: The plan's brief.
        changes: What is different.
        book: Prices, needed where units are fixed.

    Returns:
        The changed brief.

    Raises:
        BriefError: with everything that is wrong with the changes and with what comes of them.

    >>> from signoff.brief import read_brief, starter_brief
    >>> changes = ScenarioChanges(budget=Decimal(80_000), exposures_needed=2)
    >>> changed = change_brief(read_brief(starter_brief()), changes)
    >>> changed.money.budget, changed.committee.exposures_needed
    (Decimal('80000'), 2)
    """
    data, faults = brief.model_dump(mode="python"), list(_role_faults(brief, changes))
    if changes.budget is not None:
        data["money"]["budget"] = changes.budget
    for name in ("approval_rule", "quorum_roles", "base_share", "exposures_needed"):
        if getattr(changes, name) is not None:
            data["committee"][name] = getattr(changes, name)
    if changes.caution_share is not None:
        data["caution"]["share"] = changes.caution_share
    if changes.aim is not None:
        data["objective"]["aim"] = changes.aim
    if changes.target is not None:
        data["objective"]["target"] = changes.target
    _move_period(data, changes.starts_on)
    _change_roles(data, changes)
    faults += _change_venues(data, changes.venues, book=book)
    faults += find_faults(data)
    _refuse(faults)
    return Brief.model_validate(data)


def keeps_market(before: Brief, after: Brief) -> bool:
    """Say whether two briefs advertise to the same accounts with the same people in each role.

    Args:
        before: One brief.
        after: Another.

    >>> from signoff.brief import read_brief, starter_brief
    >>> brief = read_brief(starter_brief())
    >>> keeps_market(brief, change_brief(brief, ScenarioChanges(budget=Decimal(1_000))))
    True
    """

    def parts(brief: Brief) -> tuple[object, ...]:
        ruled = {"approval_level", "uplift"}
        roles = [role.model_dump(exclude=ruled) for role in brief.committee.roles]
        return brief.market, brief.never_contact, brief.measurement, brief.offering.name, roles

    return parts(before) == parts(after)


def _refuse(faults: Sequence[Fault]) -> None:
    if faults:
        raise BriefError(
            f"the scenario cannot be planned: {len(faults)} "
            + ("fault" if len(faults) == 1 else "faults"),
            why="what it changes does not fit the brief",
            fix="mend each of them as it says",
            faults=faults,
        )


def _move_period(data: Data, starts_on: date | None) -> None:
    if starts_on is not None:
        period = data["period"]
        period["ends_on"] += starts_on - period["starts_on"]
        period["starts_on"] = starts_on


def _role_faults(brief: Brief, changes: ScenarioChanges) -> Iterable[Fault]:
    members = {role.role for role in brief.committee.roles}
    for i, role in enumerate(changes.roles_removed):
        if role not in members:
            yield Fault(
                f"the role {role} is not in the committee",
                "only a role that is there can leave",
                f"choose from {', '.join(sorted(members))}",
                f"changes.roles_removed[{i + 1}]",
            )
    for i, added in enumerate(changes.roles_added):
        if added.role in members - set(changes.roles_removed):
            yield Fault(
                f"the role {added.role} is in the committee already",
                "its people would be counted more than once",
                "add another role, or remove this one in the same scenario to change it",
                f"changes.roles_added[{i + 1}]",
            )


def _change_roles(data: Data, changes: ScenarioChanges) -> None:
    """Change the committee; a role that is there already stands once, its fault is told."""
    removed = set(changes.roles_removed)
    kept = [role for role in data["committee"]["roles"] if role["role"] not in removed]
    there = {role["role"] for role in kept}
    added = [role.model_dump(mode="python") for role in changes.roles_added]
    data["committee"]["roles"] = [*kept, *(role for role in added if role["role"] not in there)]
    gone = removed - {role["role"] for role in data["committee"]["roles"]}
    propositions = []
    for entry in data["message"]["propositions"]:
        roles = tuple(role for role in entry["roles"] if role not in gone)
        if roles or not entry["roles"]:
            propositions.append({**entry, "roles": roles})
    data["message"]["propositions"] = propositions


def _change_venues(
    data: Data, changes: Sequence[VenueChange], *, book: VenueBook | None
) -> Iterable[Fault]:
    terms = {entry["venue"].casefold(): dict(entry) for entry in data["venues"]}
    seen: set[str] = set()
    for i, change in enumerate(changes):
        where, key = f"changes.venues[{i + 1}]", change.venue.casefold()
        if key in seen:
            yield Fault(
                f"the venue {change.venue} stands twice among the changes",
                "they would contradict or repeat each other",
                "join them in one entry",
                where,
            )
        seen.add(key)
        spend, fault = _fixed_spend(change, book=book, where=where)
        if fault is not None:
            yield fault
        entry = terms.setdefault(key, {"venue": change.venue})
        if change.free:
            for name in ("exclude", "fixed_spend", "floor", "ceiling"):
                entry.pop(name, None)
        given = {
            "exclude": change.exclude,
            "fixed_spend": spend,
            "floor": change.floor,
            "ceiling": change.ceiling,
        }
        entry.update({name: value for name, value in given.items() if value is not None})
    data["venues"] = list(terms.values())


def _fixed_spend(
    change: VenueChange, *, book: VenueBook | None, where: str
) -> tuple[Decimal | None, Fault | None]:
    """Give the money that is fixed, worked out from units where these are given."""
    if change.fixed_units is None:
        return change.fixed_spend, None
    if change.fixed_spend is not None:
        return change.fixed_spend, Fault(
            f"units and money are both fixed for {change.venue}",
            "one follows from the other",
            "keep fixed_units or fixed_spend",
            f"{where}.fixed_units",
        )
    ladders = {} if book is None else {venue.venue_id: venue.ladder for venue in book.venues}
    ladder = ladders.get(change.venue)
    if ladder is None:
        return None, Fault(
            f"no price is known for {change.venue}",
            "so many units cannot be turned into money",
            "name a venue of the venue list that is not excluded, or give fixed_spend",
            f"{where}.fixed_units",
        )
    if not ladder.minimum_units <= change.fixed_units <= ladder.maximum_units:
        return None, Fault(
            f"{change.fixed_units:,} units of {change.venue} cannot be had",
            f"it sells {ladder.minimum_units:,} to {ladder.maximum_units:,}",
            "fix a number between these",
            f"{where}.fixed_units",
        )
    return Decimal(ladder.cost_cents(change.fixed_units)) / 100, None
