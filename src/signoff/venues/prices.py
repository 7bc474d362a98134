"""What units cost: price steps that hold for all units bought, minimum buys, whole cents."""

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

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
        return self._step(max(units, self.minimum_units)).unit_price

    def cost_cents(self, units: int) -> int:
        """What so many units cost, in whole cents, half to even; all units at the step's price.

        >>> LADDER_EXAMPLE.cost_cents(1), LADDER_EXAMPLE.cost_cents(2)
        (10000, 16000)
        """
        if units == 0:
            return 0
        exact = self._step(units).unit_price * units * 100
        return int(exact.to_integral_value(rounding=ROUND_HALF_EVEN))

    def most_units(self, cents: int) -> int:
        """Most units to be had for so much money; 0 when the minimum buy costs more.

        >>> LADDER_EXAMPLE.most_units(15999), LADDER_EXAMPLE.most_units(16000)
        (1, 2)
        """
        for low, high, price in reversed(self.spans()):
            guess = min(high, int(Fraction(2 * cents + 1, 200) / Fraction(price)))
            while guess >= low and self.cost_cents(guess) > cents:
                guess -= 1
            if guess >= low:
                return guess
        return 0

    def fewest_units(self, cents: int) -> int | None:
        """Fewest units that cost at least so much; None when even the most cost less.

        >>> LADDER_EXAMPLE.fewest_units(10001)
        2
        """
        if cents <= 0:
            return 0
        for low, high, price in self.spans():
            guess = max(low, int(Fraction(2 * cents - 1, 200) / Fraction(price)))
            while guess <= high and self.cost_cents(guess) < cents:
                guess += 1
            if guess <= high:
                return guess
        return None

    def cheapest_units(self, units: int) -> int:
        """Units to buy for at least so many: a later step may cost less in all.

        >>> LADDER_EXAMPLE.cheapest_units(0)
        0
        """
        if units == 0:
            return 0
        wanted = max(units, self.minimum_units)
        choices = [wanted, *(low for low, _, _ in self.spans() if low > wanted)]
        return min(choices, key=lambda choice: (self.cost_cents(choice), -choice))

    def lowest_price(self, most_units: int) -> Decimal:
        """Lowest price of one unit among buys of at most so many units.

        >>> LADDER_EXAMPLE.lowest_price(1)
        Decimal('100')
        """
        spans = [price for low, _, price in self.spans() if low <= most_units]
        return min(spans or [self.steps[0].unit_price])

    def spans(self) -> list[tuple[int, int, Decimal]]:
        """Units that can be bought at each step, first and last, with their price."""
        ends = [step.units_from - 1 for step in self.steps[1:]] + [self.maximum_units]
        spans = [
            (max(step.units_from, self.minimum_units), min(end, self.maximum_units), step)
            for step, end in zip(self.steps, ends, strict=True)
        ]
        return [(low, high, step.unit_price) for low, high, step in spans if low <= high]

    def _step(self, units: int) -> PriceStep:
        return [step for step in self.steps if step.units_from <= units][-1]


LADDER_EXAMPLE = Ladder(
    steps=(PriceStep(1, Decimal(100)), PriceStep(2, Decimal(80))), minimum_units=1, maximum_units=4
)
