"""Which roles are missing across a market, and the people to find next, worth most first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from signoff.audience.committees.committee import RoleGap
from signoff.audience.committees.coverage import coverage_table
from signoff.audience.committees.coverage_sql import COVERAGE_TOTALS, LOSS_PER_NAT, NEXT_PEOPLE
from signoff.audience.committees.playing import any_committee
from signoff.brief import ApprovalRule, BuyingRole, Committee
from signoff.results import Result, Row
from signoff.store.engines.engine import Engine
from signoff.units import CommitteeRole

__all__ = ["CoverageStudy", "NextPerson", "RoleCoverage", "study_coverage"]


@dataclass(frozen=True)
class RoleCoverage:
    """How well one role of the committee is known across the accounts.

    Attributes:
        role: Role of the committee.
        approval_level: Step of approval at which it speaks, 1 first.
        amount_above: Amount above which it has to sign; empty for every amount.
        currency: Currency of that amount.
        n_accounts: Accounts looked at.
        n_known: Those where somebody counts as playing it.
        n_likely: Those where nobody does, yet somebody known there probably plays it.
        n_people: People who count as playing it, in all accounts.
        covered_share: Mean probability that somebody known at an account plays it, 0 to 1.
    """

    role: CommitteeRole
    approval_level: int
    amount_above: Decimal | None
    currency: str
    n_accounts: int
    n_known: int
    n_likely: int
    n_people: int
    covered_share: float

    @property
    def n_missing(self) -> int:
        """Accounts where nobody counts as playing it, likely or not."""
        return self.n_accounts - self.n_known

    @property
    def n_unknown(self) -> int:
        """Accounts where nobody is even likely to play it."""
        return self.n_accounts - self.n_known - self.n_likely

    def text(self) -> str:
        """Say at how many accounts nobody is known, with the amount.

        >>> role, above = CommitteeRole.APPROVER, Decimal(50_000)
        >>> RoleCoverage(role, 2, above, "EUR", 85, 54, 3, 60, 0.6).text()
        'no approver above 50,000 EUR is known at 31 of 85 accounts'
        """
        return RoleGap(
            role=self.role,
            approval_level=self.approval_level,
            n_accounts=self.n_accounts,
            n_missing=self.n_missing,
            n_people=self.n_people,
            amount_above=self.amount_above,
            currency=self.currency,
        ).text()


@dataclass(frozen=True)
class NextPerson:
    """The person to find next at one account.

    Attributes:
        account_id: The account.
        name: Its name.
        role: The role of the person to find.
        chance_share: Chance that the people known now satisfy the approval rule, 0 to 1.
        gain_share: What finding that person for certain adds to it.
        value_weight: The account's weight in the plan; empty without one.
        value_share: Gain times weight, by which the list is ranked.
    """

    account_id: str
    name: str
    role: CommitteeRole
    chance_share: float
    gain_share: float
    value_weight: float | None
    value_share: float


@dataclass(frozen=True)
class CoverageStudy(Result):
    """How well the committees are known, and whom to find next.

    Attributes:
        approval_rule: How roles add up to a purchase; the chances are of this rule.
        roles: One entry per role of the brief, in its order.
        people: The people to find next, those worth most first.
        n_accounts: Accounts looked at.
        n_complete: Those where every role is known.
        chance_share: Mean chance that the known people satisfy the approval rule, 0 to 1.
    """

    approval_rule: ApprovalRule
    roles: tuple[RoleCoverage, ...]
    people: tuple[NextPerson, ...]
    n_accounts: int
    n_complete: int
    chance_share: float

    def rows(self) -> Sequence[Row]:
        """Give one row per role."""
        return [
            {
                "role": role.role.value,
                "approval_level": role.approval_level,
                "amount_above": role.amount_above,
                "n_accounts": role.n_accounts,
                "n_known": role.n_known,
                "n_likely": role.n_likely,
                "n_unknown": role.n_unknown,
                "n_people": role.n_people,
                "covered_share": role.covered_share,
            }
            for role in self.roles
        ]

    def text(self) -> str:
        """Say which roles are missing where, and who should be found first.

        >>> CoverageStudy(ApprovalRule.ANY, (), (), 0, 0, 0.0).text()
        'There are no accounts to look at.'
        """
        if not self.n_accounts:
            return "There are no accounts to look at."
        told = "; ".join(role.text() for role in self.roles)
        return (
            f"{told[:1].upper()}{told[1:]}. Every role is known at {self.n_complete:,} of "
            f"{self.n_accounts:,} accounts."
        )


def study_coverage(
    engine: Engine,
    *,
    committee: Committee | None = None,
    currency: str = "",
    plan_id: str = "",
    is_market: bool = False,
    n_listed: int = 20,
) -> CoverageStudy:
    """Count by role where somebody is known, likely or missing, and rank whom to find next.

    The person to find next at an account is the one in a role nobody is known to play whose
    finding adds most to the chance that the approval rule is satisfied; where several levels are
    missing under every_level one person alone adds nothing, and the level known least comes
    first, the earliest of equals. Accounts are ranked by that gain times their weight.

    Args:
        engine: An engine with `account`, `person_fact` and `plan_account`.
        committee: A brief's committee; empty for all roles, of which any is enough.
        currency: The brief's currency, in which amounts are told.
        plan_id: A plan, whose market is looked at and whose weights rank; empty for all accounts.
        is_market: Whether to look at `market_account`, which `study_audience` has left.
        n_listed: Most people to list.

    Returns:
        The study; probabilities are assumptions by department and level, not measured.

    >>> from signoff.store.engines import duckdb_engine_on
    >>> ann = {"person_id": "p", "account_id": "a", "title": "DAF", "origin": "measured"}
    >>> roles = (BuyingRole(role="approver", amount_above=50_000), BuyingRole(role="user"))
    >>> wanted = Committee(approval_rule="mean", purchase_months=6, roles=roles)
    >>> with duckdb_engine_on(
    ...     {"account": [{"account_id": "a", "name": "Acme"}], "person_fact": [ann]}
    ... ) as engine:
    ...     study = study_coverage(engine, committee=wanted)
    >>> [(role.role.value, role.n_missing) for role in study.roles], study.people[0].role.value
    ([('approver', 0), ('user', 1)], 'user')
    """
    asked = committee or any_committee()
    coverage_table(committee, plan_id=plan_id, is_market=is_market).bring(engine)
    totals = engine.counts(COVERAGE_TOTALS)[0]
    n_accounts = totals["n_accounts"]
    found = engine.rows(NEXT_PEOPLE, n_listed=n_listed)
    return CoverageStudy(
        approval_rule=asked.approval_rule,
        roles=tuple(_role(part, totals, currency=currency) for part in asked.roles),
        people=tuple(NextPerson(**{**row, "role": CommitteeRole(row["role"])}) for row in found),
        n_accounts=n_accounts,
        n_complete=totals["n_complete"],
        chance_share=_mean(totals["chance_parts"], n_accounts),
    )


def _role(part: BuyingRole, totals: Mapping[str, Any], *, currency: str) -> RoleCoverage:
    role = part.role
    return RoleCoverage(
        role=role,
        approval_level=part.approval_level,
        amount_above=part.amount_above,
        currency=currency,
        n_accounts=totals["n_accounts"],
        n_known=totals[f"{role}_known"],
        n_likely=totals[f"{role}_likely"],
        n_people=totals[f"{role}_people"],
        covered_share=_mean(totals[f"{role}_parts"], totals["n_accounts"]),
    )


def _mean(parts: int, n_accounts: int) -> float:
    """Divide a sum of whole thousand millionths."""
    return parts / LOSS_PER_NAT / n_accounts if n_accounts else 0.0
