"""What no plan can exceed, by branching: each cell is won at least so far, or at most so far.

A node knows for each cell between which values its chance lies. There, planes above the chance give
a linear programme whose best is a bound; the cell whose plane lies farthest above its chance is
split in two, and the node with the highest bound is split first. So the bound falls with every
split, and work is counted in splits, never in seconds.
"""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from signoff.stats.reach import Array
from signoff.venues.exposures.envelope import Room, VenuePlane, venue_planes
from signoff.venues.exposures.product import SMALLEST, Plane, ProductCells
from signoff.venues.exposures.relaxed import Basis, MoneyRows, Point, Relaxed, Row, most_exposed

__all__ = ["Proof", "ProofEffort", "ProvedCells", "prove"]

_TINY_SHARE = 1e-3
_ROUNDS_FIRST, _ROUNDS = 40, 6
_LEAST_GAIN = 1e-2
_VENUES_EASY = 40
_EIGHTH, _HARD_SHARE, _AIMED_PART = 8, 0.05, 0.65
_LATE_SHARE = 0.03  # the gap at which the last split stops; half as large halfway there


class ProvedCells(Protocol):
    """Cells whose values have planes above them."""

    @property
    def rows(self) -> Array:
        """Mean exposures by one unit, shape (cells, factors, venues)."""
        ...

    def part(self, cells: NDArray[np.int64]) -> "ProvedCells":
        """Give some of the cells."""
        ...

    def exposed(self, units: Array) -> Array:
        """Give mean exposures by cell and factor."""
        ...

    def value(self, exposed: Array) -> Array:
        """Give the value of each cell."""
        ...

    def planes(self, exposed: Array, *, low: Array, high: Array, most: Array) -> Plane:
        """Give planes above each value while it lies between low and high."""
        ...

    def covers(self, exposed: Array, *, low: Array) -> Array:
        """Give slopes q with q . u >= 1 wherever the value is at least low."""
        ...


@dataclass(frozen=True, eq=False)
class Proof:
    """How high any schedule can be.

    Attributes:
        bound: What no schedule exceeds.
        first_bound: The bound before any split.
        n_splits: Splits made.
        units: Broken units of the best schedule met on the way.
        value: What they bring.
    """

    bound: float
    first_bound: float
    n_splits: int
    units: Array
    value: float


@dataclass(frozen=True)
class ProofEffort:
    """How long to look for a lower bound; counted in splits, never in seconds.

    Attributes:
        n_splits: Most splits.
        enough_share: Gap at which to stop, as a share of the best schedule; it grows to 3 % as
            splits are made, since the last of a small gap takes longest and tells least.
    """

    n_splits: int
    enough_share: float = 1e-3


@dataclass(frozen=True)
class _Sharpening:
    """How long to look for planes that share one budget.

    Attributes:
        n_rounds: Most rounds.
        n_cells: Cells looked at in each: those whose planes lie farthest above.
        n_steps: Steps of each climb.
    """

    n_rounds: int
    n_cells: int
    n_steps: int


_SHARPENING_FIRST = _Sharpening(n_rounds=8, n_cells=40, n_steps=25)
_SHARPENING = _Sharpening(n_rounds=1, n_cells=25, n_steps=8)


@dataclass(frozen=True, eq=False)
class _Box:
    """What is known in a node: ends of each value and of each venue's units, and most exposures."""

    low: Array
    high: Array
    fewest: Array
    most: Array
    exposed: Array


@dataclass(order=True)
class _Node:
    key: float
    number: int
    box: _Box = field(compare=False)
    point: Point = field(compare=False)
    rows: list[Row] = field(compare=False)
    basis: Basis = field(compare=False)

    @property
    def bound(self) -> float:
        return -self.key


def prove(
    cells: ProvedCells,
    weight: Array,
    *,
    money: MoneyRows,
    high: Array,
    best: tuple[Array, float],
    polish: Callable[[Array], tuple[Array, float]],
    effort: ProofEffort,
) -> Proof:
    """Split until the bound is next to the best schedule known, or so often.

    Args:
        cells: Cells with planes above their values.
        weight: Weight of each cell, above 0.
        money: Limits of the units.
        high: Most that each value can be, whatever is bought.
        best: Units of the best schedule known, and what they bring.
        polish: Goes from broken units to a schedule and what it brings.
        effort: How long to look.

    Returns:
        The bound, never below what any schedule within the limits brings.
    """
    tree = _Tree(cells, weight, money=money, best=best, enough_share=effort.enough_share)
    return tree.run(polish, high=high, n_splits=effort.n_splits)


class _Tree:
    def __init__(
        self,
        cells: ProvedCells,
        weight: Array,
        *,
        money: MoneyRows,
        best: tuple[Array, float],
        enough_share: float,
    ) -> None:
        self._cells, self._weight, self._money = cells, weight, money
        self._units, self._value = best
        self._enough, self._sharpens = 1.0 + enough_share, True

    def run(
        self, polish: Callable[[Array], tuple[Array, float]], *, high: Array, n_splits: int
    ) -> Proof:
        self._sharpens = n_splits > 0
        box = self._box(np.zeros(len(high)), high, self._money.low, self._money.high)
        root = self._node(box, rows=[], basis=None, number=0)
        if root is None:
            return Proof(self._value, self._value, 0, self._units, self._value)
        heap, first, n_made, closed = [root], root.bound, 0, 0.0
        while heap and n_made < n_splits and heap[0].bound > self._goal:
            node = heapq.heappop(heap)
            if n_made % 10 == 0:
                self._try(*polish(node.point.units))
            n_made += 1
            if n_made == n_splits // _EIGHTH:
                self._aim(node.bound)
            self._enough = max(self._enough, 1.0 + _LATE_SHARE * n_made / n_splits)
            for child in self._children(node, number=2 * n_made):
                if child.bound > self._goal:
                    heapq.heappush(heap, child)
                else:
                    closed = max(closed, child.bound)
        # within a node, units that cannot lead above the goal are cut away: nothing lower is proven
        bound = max([closed, self._goal, *(node.bound for node in heap[:1])])
        return Proof(min(bound, first), first, n_made, self._units, self._value)

    def _aim(self, bound: float) -> None:
        """Where a proof is hard, aim at a part of its gap: more units are cut away for that."""
        gap_share = bound / self._value - 1.0 if self._value > 0 else 0.0
        if gap_share > _HARD_SHARE:
            self._enough = max(self._enough, 1.0 + _AIMED_PART * gap_share)

    @property
    def _goal(self) -> float:
        return self._value * self._enough

    def _try(self, units: Array, value: float) -> None:
        if value > self._value:
            self._units, self._value = units, value

    def _box(self, low: Array, high: Array, fewest: Array, most: Array) -> _Box:
        money = replace(self._money, low=fewest, high=most)
        exposed = np.maximum(most_exposed(self._cells.rows, money), SMALLEST)
        return _Box(low, np.minimum(high, self._cells.value(exposed)), fewest, most, exposed)

    def _children(self, node: _Node, *, number: int) -> Iterator[_Node]:
        """Split the cell whose planes lie farthest above its value."""
        box = node.box
        fewest, most = _narrowed(node, self._goal)
        values = self._cells.value(np.minimum(self._cells.exposed(node.point.units), box.exposed))
        loose = self._weight * (node.point.values - values)
        cell = int(np.argmax(loose))
        at = _split_point(
            float(node.point.values[cell]),
            float(values[cell]),
            low=float(box.low[cell]),
            high=float(box.high[cell]),
        )
        for side in (0, 1):
            low, high = box.low.copy(), box.high.copy()
            (high if side == 0 else low)[cell] = at
            narrow = self._box(low, high, fewest, most)
            if (narrow.high < narrow.low).any():
                continue
            child = self._node(narrow, rows=node.rows, basis=node.basis, number=number + side)
            if child is not None:
                child.key = max(child.key, node.key)
                yield child

    def _node(
        self, box: _Box, *, rows: list[Row], basis: Basis | None, number: int
    ) -> _Node | None:
        programme = Relaxed(self._money, self._weight, rows=rows, basis=basis)
        programme.limit(high=box.high, units=(box.fewest, box.most))
        point, last = None, np.inf
        n_rounds = _ROUNDS if number else _ROUNDS_FIRST
        slack = 0.05 if number else 0.01
        for turn in range(n_rounds):
            point = programme.solve()
            if point is None:
                return None
            stalls = turn > 1 and last - point.bound < slack * (last - self._value)
            if point.bound <= self._goal or stalls or turn == n_rounds - 1:
                break
            last = point.bound
            if not self._cut(programme, point, box=box):
                break
        if point is not None and self._sharpens:
            effort = _SHARPENING if number else _SHARPENING_FIRST
            point = self._sharpened(programme, point, box=box, effort=effort)
        if point is None:
            return None
        kept, stood = programme.tight(point)
        return _Node(-point.bound, number, box, point, kept, stood)

    def _cut(self, programme: Relaxed, point: Point, *, box: _Box) -> int:
        """Add planes where values stand above them, and covers where exposures fall short."""
        exposed = np.minimum(self._cells.exposed(point.units), box.exposed)
        values = self._cells.value(exposed)
        least = _TINY_SHARE / 10 * max(point.bound - self._value, 0.0)
        loose = np.flatnonzero(self._weight * (point.values - values) > least)
        return self._add_planes(
            programme, point, loose, exposed, box=box, least=least
        ) + self._add_covers(programme, exposed, values, low=box.low)

    def _add_planes(
        self,
        programme: Relaxed,
        point: Point,
        loose: NDArray[np.int64],
        exposed: Array,
        *,
        box: _Box,
        least: float,
    ) -> int:
        if not len(loose):
            return 0
        part = self._cells.part(loose)
        planes = part.planes(
            exposed[loose],
            low=box.low[loose],
            high=box.high[loose],
            most=box.exposed[loose],
        )
        by_venue = np.einsum("ck,ckv->cv", planes.slopes, part.rows)
        heights = planes.constant + by_venue @ point.units
        n_added = 0
        for place, cell in enumerate(loose.tolist()):
            if (point.values[cell] - heights[place]) * self._weight[cell] > least:
                row = Row(-by_venue[place], cell, -np.inf, float(planes.constant[place]))
                programme.add(row)
                n_added += 1
        return n_added

    def _sharpened(
        self, programme: Relaxed, point: Point, *, box: _Box, effort: _Sharpening
    ) -> Point | None:
        """Add planes that know that all roles of a cell share one budget; dearer, and lower."""
        for _ in range(effort.n_rounds):
            last = point.bound
            if last <= self._goal or not self._add_venue_planes(
                programme, point, box=box, effort=effort
            ):
                break
            found = programme.solve()
            if found is None:
                return None
            point = found
            if last - point.bound < _LEAST_GAIN * (last - self._value):
                break
            self._cut(programme, point, box=box)
        return point

    def _add_venue_planes(
        self, programme: Relaxed, point: Point, *, box: _Box, effort: _Sharpening
    ) -> int:
        exposed = np.minimum(self._cells.exposed(point.units), box.exposed)
        loose = self._weight * (point.values - self._cells.value(exposed))
        least = _TINY_SHARE * max(point.bound - self._value, 0.0)
        n_cells = min(effort.n_cells, max(5, _VENUES_EASY * effort.n_cells // len(point.units)))
        first = np.argsort(-loose, kind="stable")[:n_cells]
        chosen = first[loose[first] > least]
        planes = self._venue_planes(chosen, point, box=box, n_steps=effort.n_steps)
        if planes is None:
            return 0
        heights = planes.constant + planes.slopes @ point.units
        lowered = self._weight[chosen] * (point.values[chosen] - heights) > least
        for place in np.flatnonzero(lowered).tolist():
            constant = float(planes.constant[place])
            programme.add(Row(-planes.slopes[place], int(chosen[place]), -np.inf, constant))
        return int(lowered.sum())

    def _venue_planes(
        self, chosen: NDArray[np.int64], point: Point, *, box: _Box, n_steps: int
    ) -> VenuePlane | None:
        part = self._cells.part(chosen)
        if not len(chosen) or not isinstance(part, ProductCells) or part.lifts is not None:
            return None
        # in shares of the budget; what costs nothing is counted as next to nothing
        budget = float(self._money.most_cents[0])
        if not 0 < budget < np.inf:
            return None
        price = np.maximum(self._money.rows[0] / budget, 1e-9)
        room = Room(box.fewest, box.most, price, 1.0 + 1e-9 * float(box.most.sum()))
        low = box.low[chosen]
        return venue_planes(
            part,
            room,
            at=np.clip(point.units, box.fewest, box.most),
            low=low,
            high=np.maximum(box.high[chosen], low),
            n_steps=n_steps,
        )

    def _add_covers(self, programme: Relaxed, exposed: Array, values: Array, *, low: Array) -> int:
        short = np.flatnonzero((low > 0) & (values < low * (1 - 1e-3)))
        if not len(short):
            return 0
        part = self._cells.part(short)
        slopes = part.covers(exposed[short], low=low[short])
        by_venue = np.einsum("ck,ckv->cv", slopes, part.rows)
        for row in by_venue:
            programme.add(Row(row, -1, 1.0 - 1e-7, np.inf))
        return len(short)


def _narrowed(node: _Node, goal: float) -> tuple[Array, Array]:
    """Give the ends between which each venue's units lie in schedules of a node above the goal.

    Source: reduced-cost tightening; a unit away from the best point takes at least its loss from
    the bound, so that what takes more than lies between bound and goal leads nowhere.
    """
    box, losses = node.box, node.point.losses
    room = max(node.bound - goal, 0.0) * (1 + 1e-6) + 1e-9
    steps = room / np.maximum(np.abs(losses), 1e-12)
    at_low = (losses > 1e-9) & (node.point.units <= box.fewest + 1e-9)
    at_high = (losses < -1e-9) & (node.point.units >= box.most - 1e-9)
    most = np.where(at_low, np.minimum(box.most, box.fewest + steps), box.most)
    fewest = np.where(at_high, np.maximum(box.fewest, box.most - steps), box.fewest)
    return fewest, np.maximum(most, fewest)


def _split_point(planned: float, value: float, *, low: float, high: float) -> float:
    """Give the value at which a cell is split: below what is planned for it, above what it is."""
    if low == 0:
        return max(min(0.45 * planned, 0.6 * high), 0.1 * high)
    width = high - low
    return min(max((value + planned) / 2, low + 0.2 * width), low + 0.8 * width)
