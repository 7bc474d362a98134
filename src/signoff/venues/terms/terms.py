"""The brief's terms with single venues, against each other, the budget and the rate cards."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from difflib import get_close_matches
from typing import Protocol

from signoff.brief import Brief, VenueTerms
from signoff.errors import Fault
from signoff.venues.cards.packages import Package
from signoff.venues.cards.prices import Ladder

__all__ = ["find_term_faults", "to_cents"]


class _Priced(Protocol):
    @property
    def venue_id(self) -> str: ...
    @property
    def ladder(self) -> Ladder: ...


def to_cents(amount: Decimal | None) -> int:
    """Give an amount of money in whole cents; nothing is 0.

    >>> to_cents(Decimal("12.50"))
    1250
    """
    return 0 if amount is None else int(amount * 100)


def find_term_faults(
    brief: Brief,
    *,
    known: set[str],
    book: Sequence[_Priced] = (),
    packages: Sequence[Package] = (),
) -> list[Fault]:
    """Find terms that contradict each other, the budget, or the rate cards.

    Args:
        brief: The brief.
        known: All venue ids.
        book: Venues with their ladders, once these are sound; empty: only the brief is checked.
        packages: What is sold together; the money of a package may keep the floors of its venues.

    Returns:
        All faults, each with its place in the brief.
    """
    if book:
        return _card_faults(brief, book, packages=packages)
    faults: list[Fault] = []
    for i, terms in enumerate(brief.venues):
        faults += _own_faults(terms, known=known, where=f"venues.{i} ({terms.venue})")
    return faults + list(_sum_faults(brief))


def _own_faults(terms: VenueTerms, *, known: set[str], where: str) -> Iterator[Fault]:
    if terms.venue not in known:
        yield Fault(
            what=f"no venue is called {terms.venue}",
            why="terms are matched by the venue's short name",
            fix=_name_hint(terms.venue, known=known),
            where=where,
        )
    if terms.exclude and (terms.fixed_spend or terms.floor):
        yield Fault(
            what="it is excluded, and money is to be spent there",
            why="both cannot be kept",
            fix="drop exclude, or drop fixed_spend and floor",
            where=where,
        )
    least = max(terms.fixed_spend or 0, terms.floor or 0)
    most = min(x for x in (terms.fixed_spend, terms.ceiling, Decimal("inf")) if x is not None)
    if least > most:
        yield Fault(
            what=f"at least {least} is to be spent there, and at most {most}",
            why="no amount keeps both",
            fix="mend fixed_spend, floor or ceiling",
            where=where,
        )


def _name_hint(name: str, *, known: set[str]) -> str:
    """Name the venues that may be meant, or the first ones there are."""
    folded = {venue_id.casefold(): venue_id for venue_id in sorted(known)}
    close = get_close_matches(name.casefold(), folded, n=3, cutoff=0.6)
    if close:
        return f"did you mean {' or '.join(folded[match] for match in close)}?"
    names = sorted(known)
    more = f" and {len(names) - 12} more" if len(names) > 12 else ""
    return f"use one of: {', '.join(names[:12]) or 'none'}{more}"


def _sum_faults(brief: Brief) -> Iterator[Fault]:
    least = sum(
        max(terms.fixed_spend or Decimal(0), terms.floor or Decimal(0))
        for terms in brief.venues
        if not terms.exclude
    )
    if least > brief.money.budget:
        yield Fault(
            what=f"commitments and floors come to {least}, the budget is {brief.money.budget}",
            why="they cannot all be kept",
            fix=f"raise money.budget to {least} at least, or lower them",
            where="money.budget",
        )


def _card_faults(
    brief: Brief, book: Sequence[_Priced], *, packages: Sequence[Package]
) -> list[Fault]:
    ladders = {venue.venue_id: venue.ladder for venue in book}
    packaged = {venue_id for package in packages for venue_id, _ in package.units}
    faults: list[Fault] = []
    for i, terms in enumerate(brief.venues):
        if terms.venue in ladders and not terms.exclude:
            where = f"venues.{i} ({terms.venue})"
            free = (
                terms if terms.venue not in packaged else terms.model_copy(update={"floor": None})
            )
            faults += _ladder_faults(free, ladders[terms.venue], where=where)
    if not faults:
        faults += _whole_sum_faults(brief, ladders, packaged=packaged)
    sold = [*ladders.values(), *(package.ladder for package in packages)]
    cheapest = min(
        ladder.cost_cents(ladder.cheapest_units(ladder.minimum_units)) for ladder in sold
    )
    if not faults and cheapest > to_cents(brief.money.budget):
        faults.append(
            Fault(
                what=f"the budget is {brief.money.budget} {brief.money.currency}, below every "
                "minimum buy",
                why=f"the cheapest minimum buy costs {Decimal(cheapest) / 100:.2f}",
                fix="raise money.budget, or add a venue with a smaller minimum",
                where="money.budget",
            )
        )
    return faults


def _whole_sum_faults(
    brief: Brief, ladders: Mapping[str, Ladder], *, packaged: Collection[str]
) -> Iterator[Fault]:
    """Find floors that fit the budget as written, but not once whole units are bought for them."""
    least = 0
    for terms in brief.venues:
        if terms.venue not in ladders or terms.exclude:
            continue
        if terms.fixed_spend:
            least += to_cents(terms.fixed_spend)
        elif terms.floor and terms.venue in packaged:
            least += to_cents(terms.floor)
        elif terms.floor:
            ladder, ceiling = ladders[terms.venue], terms.ceiling
            most = None if ceiling is None else to_cents(ceiling)
            units = ladder.cheapest_spend(to_cents(terms.floor), at_most_cents=most)
            least += ladder.cost_cents(units or 0)
    if least > to_cents(brief.money.budget):
        yield Fault(
            what=f"commitments, and whole units for the floors, cost {Decimal(least) / 100:.2f}; "
            f"the budget is {brief.money.budget}",
            why="units are whole, so that keeping a floor costs more than the floor itself",
            fix=f"raise money.budget to {Decimal(least) / 100:.2f} at least, or lower the floors",
            where="money.budget",
        )


def _ladder_faults(terms: VenueTerms, ladder: Ladder, *, where: str) -> Iterator[Fault]:
    minimum = Decimal(ladder.cost_cents(ladder.cheapest_units(ladder.minimum_units))) / 100
    if terms.fixed_spend and not ladder.most_units(to_cents(terms.fixed_spend)):
        yield Fault(
            what=f"{terms.fixed_spend} is committed there, but the minimum buy costs {minimum:.2f}",
            why="the money buys nothing",
            fix="raise fixed_spend, or mend minimum_units of the rate card",
            where=where,
        )
    if terms.floor and not terms.fixed_spend:
        ceiling = None if terms.ceiling is None else to_cents(terms.ceiling)
        if ladder.fewest_units(to_cents(terms.floor), at_most_cents=ceiling) is None:
            yield Fault(
                what=f"no number of units costs at least {terms.floor}"
                + (f" and at most {terms.ceiling}" if terms.ceiling is not None else ""),
                why="units are whole, and the venue sells no more than its maximum",
                fix="lower the floor, or raise the ceiling",
                where=where,
            )
