"""What units cost: price steps, set-up costs, minimum buys, whole cents."""

import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from signoff.units import DiscountKind

__all__ = ["NO_LIMIT", "Ladder", "PriceStep"]

NO_LIMIT = 1_000_000_000
"""Most units of a venue that names no limit."""
_DECIMALS = 12


@dataclass(frozen=True)
class PriceStep:
    """One step of a rate card.

    Attributes:
        units_from: The step holds from so many units on.
        unit_price: Price of one unit, in the brief's currency, unrounded.
    """

    units_from: int
    unit_price: Decimal


@dataclass(frozen=True)
class Ladder:
    """The rate card of one venue, in the brief's currency.

    Attributes:
        steps: Price steps by rising units_from; the first begins at or below minimum_units.
        minimum_units: Fewest units sold, 1 or more.
        maximum_units: Most units to be had.
        discount_kind: Whether a step's price holds for all units bought, or for the units from
            that step on alone.
        setup_cost: Paid once when anything is bought, unrounded.
    """

    steps: tuple[PriceStep, ...]
    minimum_units: int
    maximum_units: int
    discount_kind: DiscountKind = DiscountKind.ALL_UNITS
    setup_cost: Decimal = Decimal(0)

    def unit_price(self, units: int) -> Decimal:
        """Price of one unit at the step that so many reach, unrounded, without set-up.

        Under an incremental discount it is the price of the last of them.

        >>> LADDER_EXAMPLE.unit_price(2)
        Decimal('80')
        """
        wanted = max(units, self.minimum_units)
        return [step for step in self.steps if step.units_from <= wanted][-1].unit_price

    def cost_cents(self, units: int) -> int:
        """What so many units cost with set-up, in whole cents, half to even.

        >>> LADDER_EXAMPLE.cost_cents(1), LADDER_EXAMPLE.cost_cents(2)
        (10000, 16000)
        >>> from dataclasses import replace
        >>> stepped = replace(LADDER_EXAMPLE, discount_kind=DiscountKind.INCREMENTAL)
        >>> stepped.cost_cents(2)  # the first for 100, the second for 80
        18000
        >>> replace(LADDER_EXAMPLE, setup_cost=Decimal(50)).cost_cents(2)
        21000
        """
        if units == 0:
            return 0
        known = self._known_cents.get(units)
        if known is None:
            line = next(line for line in self._lines if line.low <= units)
            known = self._known_cents[units] = line.cents(units, self._parts)
        return known

    def most_units(self, cents: int, *, at_least_cents: int = 0) -> int:
        """Most units to be had for so much money; 0 when the minimum buy costs more.

        Args:
            cents: Most to spend.
            at_least_cents: Least to spend. More units may cost less than fewer, where a step
                begins, so that the most for the money may stay below it and fewer do not.

        >>> LADDER_EXAMPLE.most_units(15999), LADDER_EXAMPLE.most_units(16000)
        (1, 2)
        """
        for low, high, line in reversed(self._span_lines):
            guess = min(high, line.units_for((2 * cents + 1) * self._parts))
            while guess >= low and line.cents(guess, self._parts) > cents:
                guess -= 1
            if guess >= low and line.cents(guess, self._parts) >= at_least_cents:
                return guess
        return 0

    def fewest_units(self, cents: int, *, at_most_cents: int | None = None) -> int | None:
        """Fewest units that cost at least so much; None when there are none.

        Args:
            cents: Least to spend; 0 or less: no units are needed.
            at_most_cents: Most to spend; None: no limit.

        >>> LADDER_EXAMPLE.fewest_units(10001)
        2
        """
        found = self._fewest_by_step(cents, at_most_cents)
        return min(found, default=None)

    def cheapest_spend(self, cents: int, *, at_most_cents: int | None = None) -> int | None:
        """Units that cost at least so much, and least of all that do; None when there are none.

        Args:
            cents: Least to spend; 0 or less: no units are needed.
            at_most_cents: Most to spend; None: no limit.

        >>> LADDER_EXAMPLE.cheapest_spend(10001)
        2
        """
        found = self._fewest_by_step(cents, at_most_cents)
        return min(found, key=lambda units: (self.cost_cents(units), units), default=None)

    def cheapest_units(self, units: int) -> int:
        """Units to buy for at least so many: a later step may cost less in all.

        >>> LADDER_EXAMPLE.cheapest_units(0)
        0
        """
        if units == 0:
            return 0
        wanted = max(units, self.minimum_units)
        choices = [wanted, *(low for low, _, _ in self.spans if low > wanted)]
        return min(choices, key=lambda choice: (self.cost_cents(choice), -choice))

    def lowest_price(self, most_units: int) -> Decimal:
        """Lowest price of one unit, its part of set-up included, in buys of at most so many.

        No buy within them costs less than its units times this price, but for the rounding to
        whole cents.

        >>> LADDER_EXAMPLE.lowest_price(1)
        Decimal('100')
        >>> from dataclasses import replace
        >>> replace(LADDER_EXAMPLE, setup_cost=Decimal(40)).lowest_price(4)  # four for 360
        Decimal('90')
        """
        shares = [
            Fraction(line.parts(units), 100 * self._parts * units)
            for low, high, line in self._span_lines
            if low <= most_units
            for units in (low, min(high, most_units))
        ]
        return _floored(min(shares)) if shares else self.steps[0].unit_price

    def _fewest_by_step(self, cents: int, at_most_cents: int | None) -> list[int]:
        """Fewest units of each price step that cost at least so much, and not too much."""
        if cents <= 0:
            return [0]
        found = []
        for low, high, line in self._span_lines:
            guess = max(low, line.units_for((2 * cents - 1) * self._parts))
            while guess <= high and line.cents(guess, self._parts) < cents:
                guess += 1
            if guess <= high and (at_most_cents is None or self.cost_cents(guess) <= at_most_cents):
                found.append(guess)
        return found

    @cached_property
    def spans(self) -> tuple[tuple[int, int, Decimal], ...]:
        """Units that can be bought at each step, first and last, with their price."""
        ends = [step.units_from - 1 for step in self.steps[1:]] + [self.maximum_units]
        spans = [
            (max(step.units_from, self.minimum_units), min(end, self.maximum_units), step)
            for step, end in zip(self.steps, ends, strict=True)
        ]
        return tuple((low, high, step.unit_price) for low, high, step in spans if low <= high)

    @cached_property
    def _parts(self) -> int:
        """Parts of a cent in which every price and the set-up cost are whole numbers."""
        amounts = [self.setup_cost, *(step.unit_price for step in self.steps)]
        return math.lcm(*((Fraction(amount) * 100).denominator for amount in amounts))

    @cached_property
    def _lines(self) -> tuple["_Line", ...]:
        """Cost along the units of each step, last step first."""
        base, lines = self._in_parts(self.setup_cost), list[_Line]()
        for step in self.steps:
            slope = self._in_parts(step.unit_price)
            if lines and self.discount_kind is DiscountKind.INCREMENTAL:
                base += (lines[-1].slope - slope) * (step.units_from - 1)
            lines.append(_Line(step.units_from if lines else 0, base, slope))
        return tuple(reversed(lines))

    @cached_property
    def _span_lines(self) -> tuple[tuple[int, int, "_Line"], ...]:
        """Units that can be bought at each step, first and last, with their cost."""
        return tuple(
            (low, high, next(line for line in self._lines if line.low <= low))
            for low, high, _ in self.spans
        )

    @cached_property
    def _known_cents(self) -> dict[int, int]:
        """Costs worked out before: a search asks for the same units again and again."""
        return {}

    def _in_parts(self, price: Decimal) -> int:
        return int(Fraction(price) * 100 * self._parts)


@dataclass(frozen=True)
class _Line:
    """Cost of units within one step: a base, and as much again for each unit; parts of a cent."""

    low: int
    base: int
    slope: int

    def parts(self, units: int) -> int:
        return self.base + units * self.slope

    def cents(self, units: int, per_cent: int) -> int:
        return _half_even(self.parts(units), per_cent)

    def units_for(self, half_parts: int) -> int:
        """Most units that cost no more than so many halves of a part."""
        return (half_parts - 2 * self.base) // (2 * self.slope)


def _half_even(parts: int, per_cent: int) -> int:
    """Round parts of a cent to whole cents, half to even."""
    cents, rest = divmod(2 * parts, 2 * per_cent)
    if rest > per_cent or (rest == per_cent and cents % 2):
        return cents + 1
    return cents


def _floored(price: Fraction) -> Decimal:
    """Give a price with as many decimals as it has, or rounded down after twelve."""
    shown = Decimal(price.numerator) / Decimal(price.denominator)
    if Fraction(shown) == price:
        return shown
    return Decimal(math.floor(price * 10**_DECIMALS)).scaleb(-_DECIMALS)


LADDER_EXAMPLE = Ladder(
    steps=(PriceStep(1, Decimal(100)), PriceStep(2, Decimal(80))), minimum_units=1, maximum_units=4
)
