"""One line of the plan for each package: how many are bought, for how much, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from signoff.brief import Brief, Language
from signoff.venues.book import VenueBook
from signoff.venues.cards.packages import Package
from signoff.venues.reasons import say_number
from signoff.venues.solver.objective import ResultModel
from signoff.venues.solver.problem import PackageOption, PlanProblem
from signoff.venues.solver.schedule import Schedule

__all__ = ["PackageLine", "PackagedUnits", "say_packages", "write_package_lines"]

_WORDS = {
    Language.EN: {
        "bought": "In the plan {n} times; without it, its money unspent, the result would be lower "
        "by {loss}.",
        "not_sold": "Left out because one of its venues has a committed sum, or sells fewer units "
        "than it holds.",
        "above_budget": "Left out because it costs more than the budget.",
        "better_without": "Left out because no plan was found that brings more with it.",
    },
    Language.FR: {
        "bought": "Retenue {n} fois ; sans elle, son argent non dépensé, le résultat baisserait de "
        "{loss}.",
        "not_sold": "Écartée parce que l’un de ses supports a un montant engagé, ou vend moins "
        "d’unités qu’elle n’en contient.",
        "above_budget": "Écartée parce qu’elle coûte plus que le budget.",
        "better_without": "Écartée parce qu’aucun plan trouvé ne rapporte plus avec elle.",
    },
}

_BOUGHT = {
    Language.EN: "The package {name} is bought {n} times for {spend} {currency} in all; its units "
    "and, by list value, its price stand in the lines of {venues}.",
    Language.FR: "L’offre groupée {name} est achetée {n} fois pour {spend} {currency} en tout ; "
    "ses unités et, selon leur valeur au tarif, son prix figurent aux lignes de {venues}.",
}


@dataclass(frozen=True)
class PackagedUnits:
    """Units of one venue in one package.

    Attributes:
        venue_id: Venue.
        units: How many one package holds.
    """

    venue_id: str
    units: int


@dataclass(frozen=True)
class PackageLine:
    """One package in the plan, or why it is not.

    Attributes:
        package_id: Package.
        name: Name as the seller knows it.
        packages: How many are bought; 0 when it is not in the plan.
        units: Units of each venue in one; those bought count in the lines of the venues.
        package_price: Price of one, in the plan's currency.
        spend: Money for all of them; it counts in the lines of the venues, in proportion to the
            list value of their units.
        currency: Currency of both.
        in_plan: Whether any is bought.
        reason: Why it is in or out, in words.
        reason_kind: The same as one word.
        source: Where its price comes from.
        source_url: Address of that.
    """

    package_id: str
    name: str
    packages: int
    units: tuple[PackagedUnits, ...]
    package_price: Decimal
    spend: Decimal
    currency: str
    in_plan: bool
    reason: str
    reason_kind: str
    source: str
    source_url: str


def write_package_lines(
    book: VenueBook, problem: PlanProblem, *, schedule: Schedule, brief: Brief
) -> tuple[PackageLine, ...]:
    """Write a line for each package of the book: those bought first.

    Args:
        book: Venues and packages.
        problem: The problem that was solved.
        schedule: Its solution.
        brief: Language and currency.

    Returns:
        One line for each package.
    """
    offers = {offer.package_id: (offer, k) for k, offer in enumerate(problem.packages)}
    lines = []
    for package in book.packages:
        offer, place = offers.get(package.package_id, (None, 0))
        n = schedule.packages[place] if offer is not None and schedule.packages else 0
        kind = _kind(offer, n, budget_cents=problem.budget_cents)
        loss = _loss(problem, offer, n, schedule=schedule) if offer is not None and n else 0.0
        lines.append(_line(package, n, kind=kind, loss=loss, brief=brief))
    return tuple(sorted(lines, key=lambda line: (-line.spend, line.package_id)))


def say_packages(lines: Sequence[PackageLine], *, language: Language) -> tuple[str, ...]:
    """Say which packages are bought, for the cautions of a plan.

    Args:
        lines: Packages, bought or not.
        language: English or French.

    Returns:
        One sentence for each package bought.

    >>> say_packages((), language=Language.EN)
    ()
    """
    return tuple(
        _BOUGHT[language].format(
            name=line.name,
            n=say_number(line.packages, language=language),
            spend=say_number(line.spend, language=language),
            currency=line.currency,
            venues=", ".join(part.venue_id for part in line.units),
        )
        for line in lines
        if line.in_plan
    )


def _kind(offer: PackageOption | None, n: int, *, budget_cents: int) -> str:
    if n:
        return "bought"
    if offer is None:
        return "not_sold"
    return "above_budget" if offer.ladder.cost_cents(1) > budget_cents else "better_without"


def _loss(problem: PlanProblem, offer: PackageOption, n: int, *, schedule: Schedule) -> float:
    units = np.array(schedule.units, dtype=np.float64)
    without = np.maximum(units - n * offer.units, 0.0)
    return max(schedule.result - ResultModel(problem).value(without), 0.0)


def _line(package: Package, n: int, *, kind: str, loss: float, brief: Brief) -> PackageLine:
    return PackageLine(
        package_id=package.package_id,
        name=package.name,
        packages=n,
        units=tuple(PackagedUnits(venue_id, units) for venue_id, units in package.units),
        package_price=_money(package.ladder.cost_cents(1)),
        spend=_money(package.ladder.cost_cents(n)),
        currency=brief.money.currency,
        in_plan=n > 0,
        reason=_say(kind, n=n, loss=loss, language=brief.language),
        reason_kind=kind,
        source=package.source,
        source_url=package.source_url,
    )


def _say(kind: str, *, n: int, loss: float, language: Language) -> str:
    return _WORDS[language][kind].format(
        n=say_number(n, language=language), loss=say_number(loss, language=language)
    )


def _money(cents: int) -> Decimal:
    return (Decimal(cents) / 100).quantize(Decimal("0.01"))
