"""Whether the fields of a brief agree with each other."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import prod
from typing import Annotated, Any, TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from signoff.brief.addresses import hide_addresses
from signoff.brief.committee import ApprovalRule
from signoff.brief.model import Brief
from signoff.brief.offer import Proposition
from signoff.brief.section import Section
from signoff.brief.terms import VenueTerms
from signoff.errors import Fault

__all__ = ["CHECKS", "ITEM_RULES", "Loc", "cross_faults"]

Loc = tuple[int | str, ...]
S = TypeVar("S", bound=Section)
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Check:
    """One way in which fields can disagree.

    Attributes:
        rule: What must hold, for the manual.
        needs: Field paths that must each be right before the check means anything.
        find: Gives the faults.
    """

    rule: str
    needs: tuple[str, ...]
    find: Callable[[Brief], Iterable[Fault]]


def cross_faults(data: Mapping[str, Any], faulty: Sequence[Loc]) -> Iterator[Fault]:
    """Find where fields that are each right disagree, leaving out those that are not right.

    Args:
        data: The brief as tables and values.
        faulty: Places already known to be wrong.

    Returns:
        The faults, one by one.

    >>> import tomllib
    >>> from signoff.brief.starter import starter_brief
    >>> tables = tomllib.loads(starter_brief())
    >>> tables["market"]["employees_min"] = 5000
    >>> [fault.where for fault in cross_faults(tables, [])]
    ['market.employees_max']
    """
    brief = _readable_part(data)
    for check in CHECKS:
        if not any(_touches(tuple(need.split(".")), loc) for need in check.needs for loc in faulty):
            yield from check.find(brief)
    for index, proposition in _items(data, ("message", "propositions"), Proposition):
        yield from _proof_of(proposition, f"message.propositions[{index + 1}]")
    for index, terms in _items(data, ("venues",), VenueTerms):
        yield from _terms_of(terms, f"venues[{index + 1}]")
    yield from _currencies_stand_once(data.get("money"))


def _touches(need: Loc, loc: Loc) -> bool:
    length = min(len(need), len(loc))
    return need[:length] == loc[:length]


def _readable_part(data: Mapping[str, Any]) -> Brief:
    sections = {
        name: _readable_section(field.annotation, data.get(name))
        for name, field in Brief.model_fields.items()
        if isinstance(field.annotation, type) and issubclass(field.annotation, Section)
    }
    whole = _readable_section(Brief, {k: v for k, v in data.items() if k not in sections})
    brief: Brief = whole.model_copy(update=sections)
    return brief


def _readable_section(model: Any, data: Any) -> Any:
    values: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        if isinstance(data, Mapping) and name in data:
            kind: Any = Annotated[field.annotation, field]
            try:
                adapter = TypeAdapter(kind, config=ConfigDict(str_strip_whitespace=True))
                values[name] = adapter.validate_python(data[name])
            except ValidationError:
                continue
    return model.model_construct(**values)


def _items(
    data: Mapping[str, Any], path: tuple[str, ...], model: type[S]
) -> Iterator[tuple[int, S]]:
    found: Any = data
    for step in path:
        found = found.get(step) if isinstance(found, Mapping) else None
    for index, item in enumerate(found if isinstance(found, list | tuple) else ()):
        try:
            yield index, model.model_validate(item)
        except ValidationError:
            continue


def _period_runs_forward(brief: Brief) -> Iterator[Fault]:
    starts_on, ends_on = brief.period.starts_on, brief.period.ends_on
    if ends_on < starts_on:
        yield Fault(
            f"the period ends on {ends_on}, before it starts on {starts_on}",
            "nothing can run in it",
            "exchange the two dates, or correct one",
            "period.ends_on",
        )


def _sizes_run_upward(brief: Brief) -> Iterator[Fault]:
    low, high = brief.market.employees_min, brief.market.employees_max
    if low is not None and high is not None and high < low:
        yield Fault(
            f"employees_max {high} is below employees_min {low}",
            "no organisation has such a size",
            "exchange the two numbers, or correct one",
            "market.employees_max",
        )


def _roles_stand_once(brief: Brief) -> Iterator[Fault]:
    counts = Counter(role.role for role in brief.committee.roles)
    for role, count in counts.items():
        if count > 1:
            yield Fault(
                f"the role {role} stands {count} times",
                "its people would be counted more than once",
                "join its functions and levels in one entry",
                "committee.roles",
            )


def _levels_are_whole(brief: Brief) -> Iterator[Fault]:
    if brief.committee.approval_rule != ApprovalRule.EVERY_LEVEL:
        return
    levels = {role.approval_level for role in brief.committee.roles}
    if len(levels) < 2:
        yield Fault(
            "approval_rule is every_level, but all roles stand at one level of approval",
            "the rule asks for a reached role at every level, so it needs at least two levels",
            "give approval_level = 2 or more to those who sign later, or write approval_rule = "
            '"mean"',
            "committee.approval_rule",
        )
    gaps = sorted(set(range(1, max(levels) + 1)) - levels)
    if gaps:
        yield Fault(
            f"no role stands at approval level {', '.join(map(str, gaps))}",
            "with every_level an empty level could never be reached, so nothing would ever be "
            "approved",
            "number the levels 1, 2, 3 without a gap",
            "committee.roles",
        )


def _quorum_can_be_met(brief: Brief) -> Iterator[Fault]:
    if brief.committee.approval_rule != ApprovalRule.QUORUM:
        return
    needed, n_roles = brief.committee.quorum_roles, len(brief.committee.roles)
    if needed is None:
        yield Fault(
            "approval_rule is quorum, but quorum_roles is missing",
            "the rule asks for so many reached roles, and nobody has said how many",
            f"write quorum_roles = a number from 1 to {n_roles} in [committee]",
            "committee.quorum_roles",
        )
    elif needed > n_roles:
        yield Fault(
            f"quorum_roles is {needed}, but the committee has {n_roles} roles",
            "more roles than there are can never be reached, so nothing would ever be approved",
            f"write a number from 1 to {n_roles}, or add roles under [[committee.roles]]",
            "committee.quorum_roles",
        )


def _uplift_stays_a_chance(brief: Brief) -> Iterator[Fault]:
    if brief.committee.approval_rule != ApprovalRule.UPLIFT:
        return
    base, roles = brief.committee.base_share, brief.committee.roles
    if base is None:
        yield Fault(
            "approval_rule is uplift, but base_share is missing",
            "each reached role multiplies the chance of approval without any of them",
            "write base_share = that chance in [committee], above 0 and below 1",
            "committee.base_share",
        )
    if all(role.uplift == 0 for role in roles):
        yield Fault(
            "approval_rule is uplift, but no role has an uplift above 0",
            "reaching any of them would change nothing, so no plan would be better than none",
            "write uplift = 0.5 under a role whose approval becomes half as likely again",
            "committee.roles",
        )
    most = prod(1 + role.uplift for role in roles)
    if base is not None and base * most > 1 + _ROUNDING:
        told = " x ".join(f"(1 + {role.uplift:g})" for role in roles if role.uplift)
        yield Fault(
            f"with every role reached the chance of approval would be {base:g} x {told} = "
            f"{base * most:.4g}",
            "a chance is at most 1",
            f"lower base_share to {1 / most:.4g} or less, or lower the uplifts",
            "committee.base_share",
        )


def _propositions_name_members(brief: Brief) -> Iterator[Fault]:
    members = {role.role for role in brief.committee.roles}
    for index, proposition in enumerate(brief.message.propositions):
        strangers = [role for role in proposition.roles if role not in members]
        if strangers:
            yield Fault(
                f"the proposition is for {', '.join(strangers)}, not in the committee",
                "nobody would be told it",
                f"add the role under [[committee.roles]], or choose from {', '.join(members)}"
                if members
                else "add the role under [[committee.roles]]",
                f"message.propositions[{index + 1}].roles",
            )


def _commitments_fit_the_budget(brief: Brief) -> Iterator[Fault]:
    fixed = sum((terms.fixed_spend or Decimal(0) for terms in brief.venues), Decimal(0))
    floors = sum(
        (terms.floor or Decimal(0) for terms in brief.venues if terms.fixed_spend is None),
        Decimal(0),
    )
    if fixed + floors > brief.money.budget:
        yield Fault(
            f"fixed spends ({fixed:,}) and floors ({floors:,}) add up to {fixed + floors:,}, above "
            f"the budget of {brief.money.budget:,}",
            "what is committed must be paid first",
            "raise money.budget, or lower fixed_spend or floor of some venue",
            "money.budget",
        )


def _venues_stand_once(brief: Brief) -> Iterator[Fault]:
    counts = Counter(terms.venue.casefold() for terms in brief.venues)
    for venue, count in counts.items():
        if count > 1:
            yield Fault(
                f"the venue {venue} stands {count} times",
                "its terms would contradict or repeat each other",
                "join them in one entry",
                "venues",
            )


def _venues_reach_the_market(brief: Brief) -> Iterator[Fault]:
    market = set(brief.market.countries)
    for index, terms in enumerate(brief.venues):
        strangers = [country for country in terms.countries if country not in market]
        if strangers and not terms.exclude:
            yield Fault(
                f"the venue {terms.venue} is said to reach {', '.join(strangers)}, outside the "
                "market",
                f"the market's countries are {', '.join(brief.market.countries)}",
                "remove the country here, or add it to market.countries",
                f"venues[{index + 1}].countries",
            )


def _own_currency_is_worth_one(brief: Brief) -> Iterator[Fault]:
    rate = brief.money.exchange_rates.get(brief.money.currency)
    if rate is not None and rate != 1:
        yield Fault(
            f"the exchange rate of {brief.money.currency} is {rate}",
            "it is the brief's own currency, so one of it is worth one",
            "remove the line",
            f"money.exchange_rates.{brief.money.currency}",
        )


CHECKS = (
    Check(
        "`period.ends_on` is not before `period.starts_on`.",
        ("period.starts_on", "period.ends_on"),
        _period_runs_forward,
    ),
    Check(
        "`market.employees_max` is not below `market.employees_min`.",
        ("market.employees_min", "market.employees_max"),
        _sizes_run_upward,
    ),
    Check(
        "Each role stands once in `committee.roles`.",
        ("committee.roles",),
        _roles_stand_once,
    ),
    Check(
        'With `approval_rule = "every_level"` the approval levels are 1, 2 and so on, at least '
        "two, without a gap.",
        ("committee.approval_rule", "committee.roles"),
        _levels_are_whole,
    ),
    Check(
        'With `approval_rule = "quorum"` there is a `quorum_roles`, not above the number of roles.',
        ("committee.approval_rule", "committee.quorum_roles", "committee.roles"),
        _quorum_can_be_met,
    ),
    Check(
        'With `approval_rule = "uplift"` there is a `base_share`, some role has an `uplift` above '
        "0, and `base_share` times every `1 + uplift` is at most 1.",
        ("committee.approval_rule", "committee.base_share", "committee.roles"),
        _uplift_stays_a_chance,
    ),
    Check(
        "A proposition names only roles of the committee.",
        ("committee.roles", "message.propositions"),
        _propositions_name_members,
    ),
    Check(
        "Fixed spends and floors together fit into `money.budget`.",
        ("money.budget", "venues"),
        _commitments_fit_the_budget,
    ),
    Check("Each venue stands once in `venues`.", ("venues",), _venues_stand_once),
    Check(
        "A venue's `countries` belong to `market.countries`.",
        ("market.countries", "venues"),
        _venues_reach_the_market,
    ),
    Check(
        "The brief's own currency has no exchange rate, or 1.",
        ("money.currency", "money.exchange_rates"),
        _own_currency_is_worth_one,
    ),
)

ITEM_RULES = (
    "Each currency stands once in `money.exchange_rates`, in small or capital letters.",
    "A proposition whose claim or amount names a figure has a `proof`.",
    "An `amount` has a `unit`; `unit` and `per` stand only with an `amount`.",
    "An excluded venue has no fixed spend and no floor.",
    "A venue's `floor` is not above its `ceiling`, and its `fixed_spend` lies between them.",
)


def _currencies_stand_once(money: Any) -> Iterator[Fault]:
    rates = money.get("exchange_rates") if isinstance(money, Mapping) else None
    codes = [str(code).strip().upper() for code in rates] if isinstance(rates, Mapping) else []
    for code, count in Counter(codes).items():
        if count > 1:
            yield Fault(
                f"{hide_addresses(code)} has {count} exchange rates",
                "only one of them could be used",
                "keep one of them",
                "money.exchange_rates",
            )


def _proof_of(proposition: Proposition, where: str) -> Iterator[Fault]:
    names_number = proposition.amount is not None or re.search(r"\d", proposition.claim)
    if names_number and not proposition.proof:
        yield Fault(
            f"the claim '{proposition.claim}' names an amount without a proof",
            "an advertiser must be able to prove a figure it advertises, and buyers ask for it",
            "add proof = the study, client or measurement, or say the claim without the figure",
            f"{where}.proof",
        )
    if proposition.amount is not None and proposition.unit is None:
        yield Fault(
            f"the amount {proposition.amount} has no unit",
            "hours, euros and percent are different things",
            'add unit = "hours", "EUR", "%" or another',
            f"{where}.unit",
        )
    if proposition.amount is None and (proposition.unit or proposition.per):
        yield Fault(
            "a unit is given without an amount",
            "nothing can be said with it",
            "add amount, or remove unit and per",
            f"{where}.amount",
        )


def _terms_of(terms: VenueTerms, where: str) -> Iterator[Fault]:
    fixed, floor, ceiling = terms.fixed_spend, terms.floor, terms.ceiling
    if terms.exclude and (fixed or floor):
        yield Fault(
            f"{terms.venue} is excluded, but has a fixed spend or a floor",
            "both cannot hold",
            "remove exclude, or the spend",
            f"{where}.exclude",
        )
    if floor is not None and ceiling is not None and floor > ceiling:
        yield Fault(
            f"the floor of {terms.venue} ({floor:,}) is above its ceiling ({ceiling:,})",
            "no spend satisfies both",
            "lower the floor or raise the ceiling",
            f"{where}.floor",
        )
    if fixed is not None and (
        (floor is not None and fixed < floor) or (ceiling is not None and fixed > ceiling)
    ):
        yield Fault(
            f"the fixed spend of {terms.venue} ({fixed:,}) lies outside its floor and ceiling",
            "exactly the fixed spend is paid, so floor and ceiling cannot hold",
            "remove floor and ceiling, or correct the fixed spend",
            f"{where}.fixed_spend",
        )
