"""Packages as the planner buys them: units granted to venues, and what they cost each of them."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from signoff.venues.book import VenueBook
from signoff.venues.solver.problem import PackageOption, PlanProblem, VenueOption

__all__ = ["granted_units", "hold_packages", "offer_packages"]


def offer_packages(book: VenueBook, options: Sequence[VenueOption]) -> tuple[PackageOption, ...]:
    """Give the packages of which one at least can be bought.

    Args:
        book: Venues and packages.
        options: What can be bought at each venue, in the book's order.

    Returns:
        The packages. One whose units are more than a venue can sell, a frequency cap counted, is
        left out, and so is one with a venue where the brief commits a fixed sum: there nothing but
        that sum is spent. The price counts at the venues in proportion to the list value of their
        units, at the price of as many units bought singly.
    """
    place = {option.venue_id: v for v, option in enumerate(options)}
    offers = []
    for package in book.packages:
        if any(venue_id not in place for venue_id, _ in package.units):
            continue
        parts = [(place[venue_id], n) for venue_id, n in package.units]
        most = min(options[v].ladder.maximum_units // n for v, n in parts)
        is_fixed = any(options[v].fixed_cents is not None for v, _ in parts)
        if most < 1 or is_fixed:
            continue
        units, value = np.zeros(len(options), dtype=np.int64), np.zeros(len(options))
        for v, n in parts:
            units[v] = n
            value[v] = n * float(options[v].ladder.unit_price(n))
        ladder = replace(package.ladder, maximum_units=min(most, package.ladder.maximum_units))
        offers.append(PackageOption(package.package_id, ladder, units, value / value.sum()))
    return tuple(offers)


def granted_units(
    packages: Sequence[PackageOption], counts: Sequence[int], *, n_venues: int
) -> NDArray[np.int64]:
    """Give the units that each venue gives through packages.

    Args:
        packages: Packages.
        counts: How many of each.
        n_venues: Number of venues.
    """
    units = np.zeros(n_venues, dtype=np.int64)
    for package, count in zip(packages, counts, strict=True):
        units += package.units * count
    return units


def hold_packages(problem: PlanProblem, counts: Sequence[int]) -> PlanProblem:
    """Give the problem of what to buy beside some packages.

    Args:
        problem: A problem with packages.
        counts: How many of each are bought.

    Returns:
        A problem without packages: their units and their money stand at the venues, which sell so
        many units fewer.
    """
    n_venues = len(problem.options)
    units = granted_units(problem.packages, counts, n_venues=n_venues)
    cents = np.zeros(n_venues, dtype=np.int64)
    for package, count in zip(problem.packages, counts, strict=True):
        cents += _apportioned(package.ladder.cost_cents(count), package)
    options = tuple(
        replace(
            option,
            ladder=replace(option.ladder, maximum_units=option.ladder.maximum_units - int(n)),
            granted_units=int(n),
            granted_cents=int(c),
        )
        if n
        else option
        for option, n, c in zip(problem.options, units, cents, strict=True)
    )
    return replace(problem, options=options, packages=())


def _apportioned(cents: int, package: PackageOption) -> NDArray[np.int64]:
    """Split a price over venues in whole cents, the largest remainders first."""
    exact = cents * package.price_shares
    whole = np.floor(exact + 1e-9).astype(np.int64)
    rest = np.argsort(whole - exact, kind="stable")[: cents - int(whole.sum())]
    whole[rest] += 1
    return whole
