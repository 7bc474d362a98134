"""One line of the plan for each package: how many are bought, for how much, and why."""

from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from signoff.brief import Brief, Language
from signoff.venues.book import VenueBook
from signoff.venues.cards.packages import Package
from signoff.venues.reasons import say_number
from signoff.venues.solver.objective import ResultModel
from signoff.venues.solver.package_choices import is_barred, is_needed
from signoff.venues.solver.problem import PlanProblem
from signoff.venues.solver.schedule import Schedule

__all__ = ["PackageLine", "PackagedUnits", "write_package_lines"]

_WORDS = {
    Language.EN: {
        "saves": "Bought {times}: {each} saves {difference} {currency} against its parts bought "
        "alone.",
        "no_saving": "Bought {times}, though its parts cost {difference} {currency} less alone.",
        "even": "Bought {times}, though its parts cost no more alone.",
        "parts_cost_as_much": "Left out because its parts cost no more alone.",
        "needed": " No plan without it keeps every limit of the brief.",
        "loss": " Without it, its money unspent, the result would be lower by {loss}.",
        "not_sold": "Left out because one of its venues has a committed sum, or sells fewer units "
        "than it holds.",
        "above_budget": "Left out because it costs more than the budget.",
        "barred": "Left out because no plan with it keeps every limit of the brief.",
        "parts_cost_less": "Left out because its parts cost {difference} {currency} less alone.",
        "better_without": "Left out: it would save {difference} {currency} against its parts, but "
        "no plan was found that brings more with it.",
    },
    Language.FR: {
        "saves": "Achetée {times} : {each} économise {difference} {currency} par rapport à ses "
        "éléments achetés seuls.",
        "no_saving": "Achetée {times}, bien que ses éléments coûtent {difference} {currency} de "
        "moins achetés seuls.",
        "even": "Achetée {times}, bien que ses éléments ne coûtent pas plus achetés seuls.",
        "parts_cost_as_much": "Écartée parce que ses éléments ne coûtent pas plus achetés seuls.",
        "needed": " Aucun plan sans elle ne respecte toutes les limites du brief.",
        "loss": " Sans elle, son argent non dépensé, le résultat baisserait de {loss}.",
        "not_sold": "Écartée parce que l’un de ses supports a un montant engagé, ou vend moins "
        "d’unités qu’elle n’en contient.",
        "above_budget": "Écartée parce qu’elle coûte plus que le budget.",
        "barred": "Écartée parce qu’aucun plan avec elle ne respecte toutes les limites du brief.",
        "parts_cost_less": "Écartée parce que ses éléments coûtent {difference} {currency} de "
        "moins achetés seuls.",
        "better_without": "Écartée : elle économiserait {difference} {currency} par rapport à ses "
        "éléments, mais aucun plan trouvé ne rapporte plus avec elle.",
    },
}

_EVEN = {"no_saving": "even", "parts_cost_less": "parts_cost_as_much"}
_ONCE = {Language.EN: ("once", "it"), Language.FR: ("une fois", "elle")}
_OFTEN = {Language.EN: ("{n} times", "each"), Language.FR: ("{n} fois", "chacune")}


@dataclass(frozen=True)
class PackagedUnits:
    """Units of one venue in one package.

    Attributes:
        venue_id: Venue.
        units: How many one package holds.
        alone_price: Price of as many bought singly, in the plan's currency: of the cheapest buy
            that holds them; None in plans of earlier versions.
    """

    venue_id: str
    units: int
    alone_price: Decimal | None = None


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
        alone_price: Price of the same units of one package bought singly, venue by venue; None in
            plans of earlier versions.
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
    alone_price: Decimal | None = None


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
    offers = {offer.package_id: k for k, offer in enumerate(problem.packages)}
    lines = []
    for package in book.packages:
        place = offers.get(package.package_id)
        n = schedule.packages[place] if place is not None and schedule.packages else 0
        facts = _Facts(
            package=package,
            parts=tuple(_part(book, venue_id, units) for venue_id, units in package.units),
            n_bought=n,
            loss=_loss(problem, place, schedule=schedule) if place is not None and n else 0.0,
            is_needed=bool(n) and place is not None and is_needed(problem, place),
        )
        lines.append(_line(facts, kind=_kind(facts, problem, place=place), brief=brief))
    return tuple(sorted(lines, key=lambda line: (-line.spend, line.package_id)))


@dataclass(frozen=True)
class _Facts:
    package: Package
    parts: tuple[PackagedUnits, ...]
    n_bought: int
    loss: float
    is_needed: bool

    @property
    def alone_price(self) -> Decimal:
        return sum((part.alone_price or Decimal(0) for part in self.parts), Decimal("0.00"))

    @property
    def saving(self) -> Decimal:
        return self.alone_price - _money(self.package.ladder.cost_cents(1))


def _part(book: VenueBook, venue_id: str, units: int) -> PackagedUnits:
    ladder = next(venue.ladder for venue in book.venues if venue.venue_id == venue_id)
    return PackagedUnits(venue_id, units, _money(ladder.cost_cents(ladder.cheapest_units(units))))


def _kind(facts: _Facts, problem: PlanProblem, *, place: int | None) -> str:
    if facts.n_bought:
        return "saves" if facts.saving > 0 else "no_saving"
    if place is None:
        return "not_sold"
    if problem.packages[place].ladder.cost_cents(1) > problem.budget_cents:
        return "above_budget"
    if is_barred(problem, place):
        return "barred"
    return "better_without" if facts.saving > 0 else "parts_cost_less"


def _loss(problem: PlanProblem, place: int, *, schedule: Schedule) -> float:
    units = np.array(schedule.units, dtype=np.float64)
    granted = schedule.packages[place] * problem.packages[place].units
    without = ResultModel(problem).value(np.maximum(units - granted, 0.0))
    return max(schedule.result - without, 0.0)


def _line(facts: _Facts, *, kind: str, brief: Brief) -> PackageLine:
    package = facts.package
    return PackageLine(
        package_id=package.package_id,
        name=package.name,
        packages=facts.n_bought,
        units=facts.parts,
        package_price=_money(package.ladder.cost_cents(1)),
        spend=_money(package.ladder.cost_cents(facts.n_bought)),
        currency=brief.money.currency,
        in_plan=facts.n_bought > 0,
        reason=_say(facts, kind=kind, brief=brief),
        reason_kind=kind,
        source=package.source,
        source_url=package.source_url,
        alone_price=facts.alone_price,
    )


def _say(facts: _Facts, *, kind: str, brief: Brief) -> str:
    words, language, n = _WORDS[brief.language], brief.language, facts.n_bought
    times, each = _ONCE[language] if n == 1 else _OFTEN[language]
    said = words[kind if facts.saving else _EVEN.get(kind, kind)]
    if n:
        said += (words["needed"] if facts.is_needed else "") + words["loss"]
    return said.format(
        times=times.format(n=say_number(n, language=language)),
        each=each,
        difference=_say_money(abs(facts.saving), language=language),
        currency=brief.money.currency,
        loss=say_number(facts.loss, language=language),
    )


def _say_money(amount: Decimal, *, language: Language) -> str:
    is_whole = amount == amount.to_integral_value()
    return say_number(int(amount) if is_whole else amount, language=language)


def _money(cents: int) -> Decimal:
    return (Decimal(cents) / 100).quantize(Decimal("0.01"))
