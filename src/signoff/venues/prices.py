"""What units cost: price steps that hold for all units bought, minimum buys, whole cents."""

import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

__all__ = ["Ladder", "PriceStep"]


@dataclass(frozen=True)
class PriceStep:
    """One step of a rate card.

    Attributes:
        units_from: The step holds from so many units on, for all units bought.
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
    """

    steps: tuple[PriceStep, ...]
    minimum_units: int
    maximum_units: int

    def unit_price(self, units: int) -> Decimal:
        """Price of one unit when so many are bought, unrounded.

        >>> LADDER_EXAMPLE.unit_price(2)
        Decimal('80')
        """
        wanted = max(units, self.minimum_units)
        return [step for step in self.steps if step.units_from <= wanted][-1].unit_price

    def cost_cents(self, units: int) -> int:
        """What so many units cost, in whole cents, half to even; all units at the step's price.

        >>> LADDER_EXAMPLE.cost_cents(1), LADDER_EXAMPLE.cost_cents(2)
        (10000, 16000)
        """
        if units == 0:
            return 0
        price = next(price for low, price in self._prices if low <= units)
        return _half_even(units * price, self._parts)

    def most_units(self, cents: int, *, at_least_cents: int = 0) -> int:
        """Most units to be had for so much money; 0 when the minimum buy costs more.

        Args:
            cents: Most to spend.
            at_least_cents: Least to spend. More units may cost less than fewer, where a step
                begins, so that the most for the money may stay below it and fewer do not.

        >>> LADDER_EXAMPLE.most_units(15999), LADDER_EXAMPLE.most_units(16000)
        (1, 2)
        """
        for low, high, price in reversed(self._whole_spans):
            guess = min(high, (2 * cents + 1) * self._parts // (2 * price))
            while guess >= low and _half_even(guess * price, self._parts) > cents:
                guess -= 1
            if guess >= low and _half_even(guess * price, self._parts) >= at_least_cents:
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
        """Lowest price of one unit among buys of at most so many units.

        >>> LADDER_EXAMPLE.lowest_price(1)
        Decimal('100')
        """
        prices = [price for low, _, price in self.spans if low <= most_units]
        return min(prices or [self.steps[0].unit_price])

    def _fewest_by_step(self, cents: int, at_most_cents: int | None) -> list[int]:
        """Fewest units of each price step that cost at least so much, and not too much."""
        if cents <= 0:
            return [0]
        found = []
        for low, high, price in self._whole_spans:
            guess = max(low, (2 * cents - 1) * self._parts // (2 * price))
            while guess <= high and _half_even(guess * price, self._parts) < cents:
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
        """Parts of a cent in which every price is a whole number."""
        cents = [Fraction(step.unit_price) * 100 for step in self.steps]
        return math.lcm(*(price.denominator for price in cents))

    @cached_property
    def _prices(self) -> tuple[tuple[int, int], ...]:
        """Price in parts of a cent, with the units from which it holds, last step first."""
        return tuple(
            (0 if step is self.steps[0] else step.units_from, self._in_parts(step.unit_price))
            for step in reversed(self.steps)
        )

    @cached_property
    def _whole_spans(self) -> tuple[tuple[int, int, int], ...]:
        return tuple((low, high, self._in_parts(price)) for low, high, price in self.spans)

    def _in_parts(self, price: Decimal) -> int:
        return int(Fraction(price) * 100 * self._parts)


def _half_even(parts: int, per_cent: int) -> int:
    """Round parts of a cent to whole cents, half to even."""
    cents, rest = divmod(2 * parts, 2 * per_cent)
    if rest > per_cent or (rest == per_cent and cents % 2):
        return cents + 1
    return cents


LADDER_EXAMPLE = Ladder(
    steps=(PriceStep(1, Decimal(100)), PriceStep(2, Decimal(80))), minimum_units=1, maximum_units=4
)
