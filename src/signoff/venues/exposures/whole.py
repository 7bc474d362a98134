"""From broken units to whole ones: round, fill up the money left, swap, and buy parts anew."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from signoff.stats.reach import Array
from signoff.venues.exposures.menu import worth_trying
from signoff.venues.exposures.model import ExposureModel
from signoff.venues.exposures.money import spend_of
from signoff.venues.exposures.sketch import sample_cells
from signoff.venues.terms.limits import excess_cents, spare_cents

__all__ = ["Whole", "WholeSearch"]

Units = NDArray[np.int64]
_LEAST_GAIN = 1e-10
_N_PAIRS = 200
_N_ROUNDS = 60
_N_SETTLED = 6
_N_SCREENED = 24
_ALL_VENUES = 60


@dataclass(frozen=True, eq=False)
class Whole:
    """A schedule of whole units.

    Attributes:
        units: Units of each venue.
        excess_cents: By how much limits are broken; 0: all are kept.
        value: What it brings.
    """

    units: Units
    excess_cents: float
    value: float

    def beats(self, other: "Whole") -> bool:
        """Say whether it breaks limits less, or as little and brings more."""
        if self.excess_cents != other.excess_cents:
            return self.excess_cents < other.excess_cents
        return self.value > other.value + _LEAST_GAIN * max(abs(other.value), 1e-300)


class WholeSearch:
    """Looks for good schedules of whole units near others; of many cells, on a sample of them.

    Args:
        model: Judges schedules; its problem is of whole units.
    """

    def __init__(self, model: ExposureModel) -> None:
        self._model, self._problem = model, model.problem
        self._options = model.problem.options
        sample = sample_cells(model, rng=np.random.default_rng(1))
        self._sketch = None if sample is model else WholeSearch(sample)

    def stand(self, units: Units) -> Whole:
        """Judge a schedule."""
        spend = spend_of(self._options, units)
        excess = excess_cents(self._problem.limits, spend)
        return Whole(units, excess, self._model.value(units.astype(np.float64)))

    def cheapest(self) -> Units:
        """Give the fewest cents' worth that keeps every venue's own floor."""
        return np.array([option.cheapest_units() for option in self._options], dtype=np.int64)

    def round(self, units: Array) -> Whole:
        """Round broken units down to what is sold, then fill up the money left."""
        whole = [self._rounded(v, float(n)) for v, n in enumerate(units)]
        return self.fill(self.stand(np.array(whole, dtype=np.int64)))

    def fill(self, start: Whole) -> Whole:
        """Mend broken limits, then buy what adds most for the money until nothing more fits."""
        if self._sketch:
            return self.stand(self._sketch.fill(self._sketch.stand(start.units)).units)
        best = self._mended(start)
        for _ in range(20 * len(self._options)):
            raised = self._raised(best)
            if raised is None:
                return best
            best = raised
        return best

    def improve(self, start: Whole) -> Whole:
        """Swap units between venues as long as that brings more."""
        if self._sketch:
            return self._settled(self._sketch.improve(self._sketch.stand(start.units)))
        best = start
        for _ in range(_N_ROUNDS):
            found = self._best_swap(best)
            if found is None:
                return best
            best = self.fill(found)
        return best

    def search(self, start: Whole, *, rng: np.random.Generator, n_kicks: int) -> Whole:
        """Improve, then give up some venues, or force one, and buy the rest anew; again and again.

        Args:
            start: A schedule.
            rng: Source of what is given up.
            n_kicks: How often.

        Returns:
            The best schedule met.
        """
        if self._sketch:
            near = self._sketch.stand(start.units)
            found = self._settled(self._sketch.search(near, rng=rng, n_kicks=n_kicks))
            return found if found.beats(start) else start
        best = self.improve(start)
        for _ in range(n_kicks):
            kicked = self.improve(self.fill(self.stand(self._kicked(best.units, rng))))
            if kicked.beats(best):
                best = kicked
        return best

    def _settled(self, near: Whole) -> Whole:
        """Judge by all cells a schedule found on some, and the swaps that promise most there."""
        best = self.stand(near.units)
        for _ in range(_N_SETTLED if self._sketch else 0):
            swaps = self._sketch.swaps(self._sketch.stand(best.units)) if self._sketch else []
            swaps.sort(key=lambda whole: (whole.excess_cents, -whole.value))
            if not swaps:
                break
            schedules = np.array([whole.units for whole in swaps[:_N_SCREENED]])
            found = [whole for whole in self._judge(schedules, than=best) if whole.beats(best)]
            if not found:
                break
            best = max(found, key=lambda whole: (-whole.excess_cents, whole.value))
        return best

    def _kicked(self, units: Units, rng: np.random.Generator) -> Units:
        """Give some venues up, and force another one to some of its units."""
        kicked = units.copy()
        bought = [v for v in np.flatnonzero(units) if self._options[v].fixed_cents is None]
        n_given = min(len(bought), int(rng.integers(1, 4)))
        for venue in rng.permutation(bought)[:n_given].tolist():
            kicked[venue] = self._options[venue].cheapest_units()
        venue = int(rng.integers(len(units)))
        cents = int(self._money(kicked)[venue])
        choices = worth_trying(self._options[venue], int(kicked[venue]), max(cents, 0))
        if choices and self._options[venue].fixed_cents is None:
            kicked[venue] = choices[int(rng.integers(len(choices)))]
        return kicked

    def _rounded(self, venue: int, units: float) -> int:
        option = self._options[venue]
        steps = [low for low, _, _ in option.ladder.spans]
        choices = {int(units + 1e-9), option.cheapest_units(), 0, *steps}
        fitting = [n for n in choices if n <= units + 1e-9 and option.fits(n)]
        return max(fitting, default=option.cheapest_units())

    def _money(self, units: Units) -> Array:
        """Most that each venue may cost, all else as it is."""
        spend = spend_of(self._options, units)
        return np.asarray(spare_cents(self._problem.limits, spend) + spend)

    def _moves(self, units: Units, *, money: Array) -> Iterator[tuple[int, int]]:
        for venue, option in enumerate(self._options):
            if option.fixed_cents is None and option.is_open:
                now = int(units[venue])
                for n in worth_trying(option, now, int(max(money[venue], 0))):
                    yield venue, n

    def _judge(self, schedules: NDArray[np.int64], *, than: Whole) -> list[Whole]:
        """Judge the schedules that break limits no more than another one does."""
        kept = []
        for units in schedules:
            excess = excess_cents(self._problem.limits, spend_of(self._options, units))
            if excess <= than.excess_cents:
                kept.append((units, excess))
        if not kept:
            return []
        values = self._model.values(np.array([u for u, _ in kept], dtype=np.float64))
        return [Whole(u, e, float(v)) for (u, e), v in zip(kept, values, strict=True)]

    def _mended(self, start: Whole) -> Whole:
        """Change single venues until no limit is broken, or none of these changes helps."""
        best = start
        while best.excess_cents > 0:
            money = np.full(len(best.units), float(self._problem.budget_cents))
            schedules = _changed(best.units, self._moves(best.units, money=money))
            found = [w for w in self._judge(schedules, than=best) if w.beats(best)]
            fewer = [w for w in found if w.excess_cents < best.excess_cents]
            if not fewer:
                return best
            spent = float(spend_of(self._options, best.units).sum())
            best = max(fewer, key=lambda w: _rate(w, than=best, spent=spent))
        return best

    def _raised(self, best: Whole) -> Whole | None:
        """Give the purchase that adds most for the money; none where nothing adds anything."""
        pairs = [
            (v, n)
            for v, n in self._moves(best.units, money=self._money(best.units))
            if n > best.units[v]
        ]
        if not pairs:
            return None
        spent = float(spend_of(self._options, best.units).sum())
        found = self._judge(_changed(best.units, iter(self._promising(best, pairs))), than=best)
        better = [whole for whole in found if whole.beats(best)]
        if not better:
            return None

        def rate(whole: Whole) -> float:
            cents = float(spend_of(self._options, whole.units).sum()) - spent
            return (whole.value - best.value) / max(cents, 1.0)

        return max(better, key=rate)

    def _promising(self, best: Whole, pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Keep, of many venues, the purchases at those that promise most for the money."""
        if len(self._options) <= _ALL_VENUES:
            return pairs
        _, slopes = self._model.gradient(best.units.astype(np.float64))
        rates = np.zeros(len(self._options))
        for v, n in pairs:
            now, option = int(best.units[v]), self._options[v]
            cents = max(option.cost_cents(n) - option.cost_cents(now), 1)
            rates[v] = max(rates[v], slopes[v] * (n - now) / cents)
        if rates.max() <= 0:
            return pairs
        first = set(np.argsort(-rates, kind="stable")[:_N_SCREENED].tolist())
        return [(v, n) for v, n in pairs if v in first]

    def _best_swap(self, best: Whole) -> Whole | None:
        found = [whole for whole in self.swaps(best) if whole.beats(best)]
        if not found:
            return None
        return max(found, key=lambda whole: (-whole.excess_cents, whole.value))

    def swaps(self, best: Whole) -> list[Whole]:
        """Judge single changes exactly, and of pairs of them those that promise most."""
        spend = spend_of(self._options, best.units)
        budget = np.full(len(spend), float(self._problem.budget_cents))
        moves = list(self._moves(best.units, money=budget))
        if not moves:
            return []
        schedules = _changed(best.units, iter(moves))
        gains = self._model.values(schedules.astype(np.float64)) - best.value
        singles = self._judge(schedules, than=best)
        return [*singles, *self._pairs(best, moves, gains, spend=spend)]

    def _pairs(
        self,
        best: Whole,
        moves: Sequence[tuple[int, int]],
        gains: Array,
        *,
        spend: NDArray[np.int64],
    ) -> list[Whole]:
        venue = np.array([v for v, _ in moves])
        costs = np.array([self._options[v].cost_cents(n) - spend[v] for v, n in moves])
        first, second = np.triu_indices(len(moves), 1)
        allowed = venue[first] != venue[second]
        for limit in self._problem.limits:
            counts = np.isin(venue, limit.venues)
            cost = costs * counts
            spent = float(spend[list(limit.venues)].sum())
            total = spent + cost[first] + cost[second]
            allowed &= total <= max(limit.most_cents, spent)
            allowed &= total >= min(limit.least_cents, spent)
        places = np.flatnonzero(allowed)
        promise = (gains[first] + gains[second])[places]
        chosen = places[np.argsort(-promise, kind="stable")[:_N_PAIRS]]
        schedules = np.tile(best.units, (len(chosen), 1))
        for row, place in zip(schedules, chosen.tolist(), strict=True):
            for v, n in (moves[first[place]], moves[second[place]]):
                row[v] = n
        return self._judge(schedules, than=best)


def _changed(units: Units, moves: Iterator[tuple[int, int]]) -> NDArray[np.int64]:
    pairs = list(moves)
    schedules = np.tile(units, (len(pairs), 1))
    for row, (venue, n) in zip(schedules, pairs, strict=True):
        row[venue] = n
    return schedules


def _rate(whole: Whole, *, than: Whole, spent: float) -> tuple[float, float]:
    """Order mends: the one that keeps most of the value for what it mends."""
    mended = than.excess_cents - whole.excess_cents
    lost = than.value - whole.value
    return (-lost / max(mended, 1.0), mended / max(spent, 1.0))
