"""What can be bought, as a whole-number programme: units of each price step, and packages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from signoff.stats.reach import Array
from signoff.venues.cards.prices import Ladder
from signoff.venues.solver.problem import PackageOption, VenueOption
from signoff.venues.terms.limits import SpendLimit

__all__ = ["Offers", "Purchase", "find_purchase", "venue_limits"]

_MOST_UNITS = 10**7
_FEW_UNITS = 40
_HAIR = 1e-3


@dataclass(frozen=True, eq=False)
class Offers:
    """What can be bought.

    Attributes:
        options: Units of each venue, sold singly.
        packages: Units of several venues, sold together.
        caps: Most units of each venue, where units may be broken; None: units are whole.
    """

    options: Sequence[VenueOption]
    packages: Sequence[PackageOption] = ()
    caps: Array | None = None


@dataclass(frozen=True, eq=False)
class Purchase:
    """What keeps the limits.

    Attributes:
        units: Units of each venue, those of packages not counted; meaningless where units may be
            broken.
        packages: How many of each package.
    """

    units: NDArray[np.int64]
    packages: tuple[int, ...]


@dataclass(frozen=True)
class _Span:
    """Units of one venue that cost base + slope x units; what is rounded may be off by a cent."""

    venue: int
    low: float
    high: float
    base: float
    slope: float
    is_rounded: bool = False


def find_purchase(
    offers: Offers,
    limits: Sequence[SpendLimit],
    *,
    is_cheapest: bool = False,
    margin_cents: float = 0.0,
) -> Purchase | None:
    """Find units and packages that keep every limit together.

    Args:
        offers: What can be bought. Terms of single venues count only as limits.
        limits: Least and most to spend.
        is_cheapest: Whether the least money is wanted, or anything that keeps the limits.
        margin_cents: By how much each limit is narrowed, below 0 widened, for each of its venues
            whose costs are rounded in ways that no line has.

    Returns:
        A purchase; None where there is none.
    """
    from scipy.optimize import LinearConstraint, milp

    spans = [span for v, _ in enumerate(offers.options) for span in _spans(offers, v, limits)]
    n_unknown = 2 * len(spans) + len(offers.packages)
    if not n_unknown:
        nothing = Purchase(np.zeros(len(offers.options), dtype=np.int64), ())
        return nothing if all(_room(one, offers, 0.0)[0] <= 0 for one in limits) else None
    cents = _cents(offers, spans)
    uncertain = _rounded_venues(offers, spans)
    rules = [LinearConstraint(*rule) for rule in _rules(offers, spans)]
    for limit in limits:
        members = list(limit.venues)
        margin = margin_cents * float(uncertain[members].sum())
        low, high = _room(limit, offers, margin)
        rules.append(LinearConstraint(cents[members].sum(axis=0)[None, :], low, high))
    is_whole = np.ones(n_unknown)
    is_whole[: len(spans)] = float(offers.caps is None)
    most = [span.high for span in spans] + [1.0] * len(spans)
    most += [float(package.ladder.maximum_units) for package in offers.packages]
    solver: Any = milp
    found = solver(
        cents.sum(axis=0) if is_cheapest else np.zeros(n_unknown),
        constraints=rules,
        integrality=is_whole,
        bounds=(0.0, np.array(most)),
    )
    return None if found.x is None else _purchase(found.x, offers, spans)


def venue_limits(options: Sequence[VenueOption]) -> list[SpendLimit]:
    """Give the committed sums, floors and ceilings of single venues as limits.

    Args:
        options: What can be bought singly.

    Returns:
        Limits, each named for the reader.
    """
    limits = []
    for place, option in enumerate(options):
        where = f"venues.{option.venue_id}"
        if option.fixed_cents is not None:
            cents = option.fixed_cents
            name = f"{option.venue_id}: {option.fixed_units} units fixed, {cents / 100:,.2f}"
            limits.append(SpendLimit(name, (place,), cents, cents, where))
            continue
        if option.floor_cents:
            name = f"{option.venue_id}: at least {option.floor_cents / 100:,.2f}"
            limits.append(SpendLimit(name, (place,), option.floor_cents, where=where))
        if option.ceiling_cents is not None:
            name = f"{option.venue_id}: at most {option.ceiling_cents / 100:,.2f}"
            limits.append(SpendLimit(name, (place,), 0, option.ceiling_cents, where))
    return limits


def _room(limit: SpendLimit, offers: Offers, margin: float) -> tuple[float, float]:
    """Give the least and most that is left to spend for a limit beside what was granted."""
    granted = sum(offers.options[v].granted_cents for v in limit.venues)
    low, high = limit.least_cents - granted + margin, limit.most_cents - granted - margin
    return low - _HAIR, high + _HAIR


def _spans(offers: Offers, v: int, limits: Sequence[SpendLimit]) -> Iterator[_Span]:
    """Give the units of a venue by lines on which their cost lies exactly, where these are few."""
    option = offers.options[v]
    if offers.caps is not None:
        price = float(option.ladder.steps[0].unit_price) * 100
        yield _Span(v, 0.0, min(float(offers.caps[v]), 1e15 / price), 0.0, price)
        return
    if option.fixed_cents is not None:
        n = option.fixed_units
        yield _Span(v, n, n, float(option.fixed_cents), 0.0)
        return
    if not option.is_open:
        return
    most = int(min([limit.most_cents for limit in limits if v in limit.venues], default=10**12))
    for low, last, _ in option.ladder.spans:
        high = min(last, _MOST_UNITS, _within(option.ladder, low, last, most))
        if high >= low:
            yield from _lines(option.ladder, v, low, high)


def _within(ladder: Ladder, low: int, high: int, cents: int) -> int:
    """Give the most units of a step that cost no more than so much; below low if none do."""
    price = float(ladder.unit_price(low)) * 100
    guess = low + int(max(cents - ladder.cost_cents(low), -price) / price) + 1
    return min(high, guess)


def _lines(ladder: Ladder, v: int, low: int, high: int) -> Iterator[_Span]:
    first, last, width = ladder.cost_cents(low), ladder.cost_cents(high), high - low
    prices = [ladder.setup_cost, *(step.unit_price for step in ladder.steps)]
    is_exact = all(price * 100 == int(price * 100) for price in prices)
    if not is_exact and width < _FEW_UNITS:
        for n in range(low, high + 1):
            yield _Span(v, n, n, float(ladder.cost_cents(n)), 0.0)
        return
    slope = (last - first) / width if width else 0.0
    yield _Span(v, low, high, first - slope * low, slope, not is_exact)


def _cents(offers: Offers, spans: Sequence[_Span]) -> Array:
    """Give what one of each unknown costs at each venue: units, use of spans, packages."""
    n = len(spans)
    cents = np.zeros((len(offers.options), 2 * n + len(offers.packages)))
    for i, span in enumerate(spans):
        cents[span.venue, [i, n + i]] = span.slope, span.base
    for k, package in enumerate(offers.packages):
        cents[:, 2 * n + k] = float(package.ladder.unit_price(1)) * 100 * package.price_shares
    return cents


def _rounded_venues(offers: Offers, spans: Sequence[_Span]) -> NDArray[np.bool_]:
    rounded = np.zeros(len(offers.options), dtype=bool)
    rounded[[span.venue for span in spans if span.is_rounded]] = True
    for package in offers.packages:
        rounded |= package.units > 0
    return rounded


def _rules(offers: Offers, spans: Sequence[_Span]) -> Iterator[tuple[Any, Any, Any]]:
    """Use one span of a venue at most, within its ends; sell no more than there is."""
    from scipy.sparse import csr_array

    n, n_packages = len(spans), len(offers.packages)
    if n:
        owner, each = np.array([span.venue for span in spans]), np.arange(n)
        size = (len(offers.options), 2 * n + n_packages)
        yield csr_array((np.ones(n), (owner, n + each)), shape=size), -np.inf, 1.0
        for ends, low, high in (
            ([span.high for span in spans], -np.inf, 0.0),
            ([span.low for span in spans], 0.0, np.inf),
        ):
            entries = np.concatenate([np.ones(n), -np.array(ends, dtype=np.float64)])
            place = (np.tile(each, 2), np.arange(2 * n))
            yield csr_array((entries, place), shape=(n, 2 * n + n_packages)), low, high
    if n_packages:
        stock = np.zeros((len(offers.options), 2 * n + n_packages))
        for i, span in enumerate(spans):
            stock[span.venue, i] = 1.0
        for k, package in enumerate(offers.packages):
            stock[:, 2 * n + k] = package.units
        held = [v for v in range(len(offers.options)) if stock[v, 2 * n :].any()]
        most = [float(offers.options[v].ladder.maximum_units) for v in held]
        yield stock[held], -np.inf, np.array(most)


def _purchase(found: Array, offers: Offers, spans: Sequence[_Span]) -> Purchase:
    units = np.zeros(len(offers.options), dtype=np.int64)
    for span, n in zip(spans, found[: len(spans)].round().astype(np.int64), strict=True):
        units[span.venue] += n
    counts = found[2 * len(spans) :].round().astype(int).tolist()
    return Purchase(units, tuple(counts))
