"""The linear programme of a proof: units within the money, and each cell below its planes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from signoff.stats.reach import Array

__all__ = ["Basis", "MoneyRows", "Point", "Relaxed", "Row", "most_exposed"]


@dataclass(frozen=True, eq=False)
class MoneyRows:
    """What units of broken numbers cost, and the limits they keep.

    Attributes:
        unit_cents: Lowest price of a unit.
        high: Most units of each venue.
        low: Fewest units of each venue.
        groups: 1 where a limit counts a venue, shape (limits, venues).
        least_cents: Least to spend under each limit.
        most_cents: Most to spend under each limit.
    """

    unit_cents: Array
    low: Array
    high: Array
    groups: Array
    least_cents: Array
    most_cents: Array

    @property
    def rows(self) -> Array:
        """Money by one unit under each limit."""
        return np.asarray(self.groups * self.unit_cents)


@dataclass(frozen=True, eq=False)
class Row:
    """One condition: slopes . units + weight . value of one cell, between two numbers.

    Attributes:
        slopes: By venue.
        cell: Place of the cell's value; -1: none.
        least: Lower end.
        most: Upper end.
    """

    slopes: Array
    cell: int
    least: float
    most: float


@dataclass(frozen=True, eq=False)
class Point:
    """The best of the programme.

    Attributes:
        bound: What no schedule exceeds.
        units: Units of each venue, broken.
        values: Value of each cell.
        losses: What one more unit of each venue would take from the bound; below 0: what one less
            would.
    """

    bound: float
    units: Array
    values: Array
    losses: Array


Basis = tuple[list[Any], list[Any]]


class Relaxed:
    """A linear programme that grows by planes and is solved anew from where it stood.

    Args:
        money: Limits of the units.
        weight: Weight of each cell.
        rows: Conditions to begin with.
        basis: Where a programme with these rows stood, or nothing.
    """

    def __init__(
        self,
        money: MoneyRows,
        weight: Array,
        *,
        rows: Sequence[Row] = (),
        basis: Basis | None = None,
    ) -> None:
        from importlib import import_module

        highspy: Any = import_module("highspy")
        self._highspy = highspy
        self._money, self._weight, self.rows = money, weight, list(rows)
        self._n_venues, self._n_cells = len(money.high), len(weight)
        # the class above it announces itself on standard output, which belongs to the answer
        self._solver = highspy.Highs.__base__()
        for name, value in (("output_flag", False), ("threads", 1), ("presolve", "off")):
            self._solver.setOptionValue(name, value)
        self._solver.passModel(self._programme())
        if basis is not None:
            stood = highspy.HighsBasis()
            stood.col_status, stood.row_status = basis
            stood.valid = True
            self._solver.setBasis(stood)

    def limit(self, *, high: Array, units: tuple[Array, Array] | None = None) -> None:
        """Say the most that each cell's value may be, and between which ends units lie."""
        low, most = units if units is not None else (self._money.low, self._money.high)
        n = self._n_venues + self._n_cells
        self._solver.changeColsBounds(
            n,
            np.arange(n, dtype=np.int32),
            np.concatenate([low, np.zeros(self._n_cells)]),
            np.concatenate([most, high]),
        )

    def add(self, row: Row) -> None:
        """Add a condition."""
        places = np.flatnonzero(row.slopes)
        numbers = row.slopes[places]
        if row.cell >= 0:
            places = np.append(places, self._n_venues + row.cell)
            numbers = np.append(numbers, 1.0)
        self._solver.addRow(row.least, row.most, len(places), places.astype(np.int32), numbers)
        self.rows.append(row)

    def solve(self) -> Point | None:
        """Give the best point; None where nothing keeps all conditions.

        The bound is computed from the multipliers of the rows, so that it holds whatever the
        solver's tolerances are.
        """
        self._solver.run()
        status = self._solver.getModelStatus()
        if status == self._highspy.HighsModelStatus.kInfeasible:
            return None
        solution = self._solver.getSolution()
        at = np.array(solution.col_value)
        if status != self._highspy.HighsModelStatus.kOptimal or not len(at):
            nothing = np.zeros(self._n_venues)
            return Point(np.inf, self._money.low.copy(), np.zeros(self._n_cells), nothing)
        units, values = at[: self._n_venues], at[self._n_venues :]
        bound = -float(self._solver.getInfo().objective_function_value)
        losses = np.array(solution.col_dual)[: self._n_venues]
        return Point(bound, np.clip(units, self._money.low, self._money.high), values, losses)

    def tight(self, point: Point) -> tuple[list[Row], Basis]:
        """Give the rows that hold the best point, and where the programme stands with these."""
        stood = self._solver.getBasis()
        states = list(stood.row_status)
        n_money = len(states) - len(self.rows)
        basic = self._highspy.HighsBasisStatus.kBasic
        kept, kept_states = [], states[:n_money]
        for row, state in zip(self.rows, states[n_money:], strict=True):
            height = float(row.slopes @ point.units)
            if row.cell >= 0:
                height += float(point.values[row.cell])
            if state != basic or height > row.most - 1e-4 or height < row.least + 1e-4:
                kept.append(row)
                kept_states.append(state)
        return kept, (list(stood.col_status), kept_states)

    def _programme(self) -> Any:
        highspy, money = self._highspy, self._money
        n = self._n_venues + self._n_cells
        money_rows = money.rows
        matrix = np.zeros((len(money_rows) + len(self.rows), n))
        matrix[: len(money_rows), : self._n_venues] = money_rows
        for place, row in enumerate(self.rows, start=len(money_rows)):
            matrix[place, : self._n_venues] = row.slopes
            if row.cell >= 0:
                matrix[place, self._n_venues + row.cell] = 1.0
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = n, len(matrix)
        lp.col_cost_ = np.concatenate([np.zeros(self._n_venues), -self._weight])
        lp.col_lower_ = np.concatenate([money.low, np.zeros(self._n_cells)])
        lp.col_upper_ = np.concatenate([money.high, np.full(self._n_cells, highspy.kHighsInf)])
        lp.row_lower_ = np.array([*money.least_cents, *(row.least for row in self.rows)])
        lp.row_upper_ = np.array([*money.most_cents, *(row.most for row in self.rows)])
        places = np.nonzero(matrix)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        counts = (matrix != 0).sum(axis=1)
        lp.a_matrix_.start_ = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
        lp.a_matrix_.index_ = places[1].astype(np.int32)
        lp.a_matrix_.value_ = matrix[places]
        return lp


def most_exposed(rows: Array, money: MoneyRows) -> Array:
    """Give the most mean exposures that the budget gives each factor by itself.

    Args:
        rows: Mean exposures by one unit, shape (cells, factors, venues).
        money: Limits; the first one is the budget.

    Returns:
        Shape (cells, factors).
    """
    per_cent = rows / money.unit_cents
    order = np.argsort(-per_cent, axis=-1, kind="stable")
    spare = max(float(money.most_cents[0] - money.rows[0] @ money.low), 0.0)
    room = ((money.high - money.low) * money.unit_cents)[order]
    before = np.cumsum(room, axis=-1) - room
    taken = np.clip(spare - before, 0.0, room)
    return np.asarray(
        rows @ money.low + (taken * np.take_along_axis(per_cent, order, axis=-1)).sum(axis=-1)
    )
