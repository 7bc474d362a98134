"""Concave stand-ins for approval rules: never below them, so their optimum is a bound."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from signoff.stats.reach import Array
from signoff.venues.solver.committee_parts import CommitteePart, whole_part
from signoff.venues.solver.cone import cone_cut
from signoff.venues.solver.continuous import climb
from signoff.venues.solver.cuts import Cut
from signoff.venues.solver.objective import ResultModel
from signoff.venues.solver.problem import PlanProblem
from signoff.venues.solver.quorum_cuts import cut_quorum
from signoff.venues.solver.relaxation import Relaxation
from signoff.venues.solver.repeat_table import RepeatTable
from signoff.venues.solver.repeats import RepeatModel
from signoff.venues.solver.uplift_cuts import cut_uplift

__all__ = ["EnvelopeModel"]

_TINY = 1e-12
_BY_ROLE = ("quorum", "uplift")


class EnvelopeModel:
    """The average of cuts, each concave in units and never below the approval rule.

    A cut is, for each cell and account appetite, a sum with weights of 0 or more of three things
    that are concave in units: u of a level and the chance of reaching a level (one exposure only,
    or several as a table of them gives them), and the chance of reaching a role by
    E[min(N, f)] / f; plus a constant. Under quorum and uplift each role is a level of its own.

    Args:
        problem: The problem; its objective is conversions.
        high: Most units of each venue: what the levels can reach at all.
        table: What stands for several exposures, concave in units; None: nothing does.
    """

    def __init__(
        self, problem: PlanProblem, *, high: Array, table: RepeatTable | None = None
    ) -> None:
        self.problem = problem
        self._model: ResultModel | RepeatModel = ResultModel(problem, combine=self._add_up)
        self._is_once = problem.exposures_needed == 1 or table is not None
        top = self._model if table is None else ResultModel(problem)
        if table is not None:
            self._model = RepeatModel(problem, table, combine=self._add_up)
        self._level_of = _role_levels(problem)
        self._levels = np.unique(self._level_of)
        self._weight = self._model.measure.weight[:, None] * problem.nodes.account_weight
        shape = self._weight.shape
        self._on_level = np.zeros((*shape, len(self._levels)))
        self._on_hit = np.zeros_like(self._on_level)
        self._on_role = np.zeros((*shape, len(self._level_of)))
        self._constant, self._n_cuts = np.zeros(shape), 0
        self._sums: _Sums | None = None
        self._top = self._level_hits(top.person_miss(high))

    @property
    def ceiling(self) -> float:
        """Most that the rule itself could bring."""
        return self._model.ceiling

    def value(self, units: Array) -> float:
        """Give the bound's value at a schedule."""
        return self._model.value(units)

    def gradient(self, units: Array) -> tuple[float, Array]:
        """Give the bound's value and gradient at a schedule."""
        return self._model.gradient(units)

    def climb(self, money: Relaxation, *, start: Array) -> Array:
        """Give the units where the bound is greatest."""
        return climb(self, money, start=start).units

    def add_cut(self, units: Array) -> None:
        """Add the cut that is lowest at a schedule, for each cell by itself."""
        self._n_cuts += 1
        self._sums = None
        miss = self._model.person_miss(units)
        if self.problem.rule.value == "mean":
            self._on_role += 1.0 / len(self._level_of)
        elif self.problem.rule.value in _BY_ROLE:
            self._add_committee_cut(miss)
        elif self._is_once:
            self._add_level_cut(miss)
        else:
            self._add_role_cut(miss)

    def _add_level_cut(self, miss: Array) -> None:
        u = self._level_logs(miss)
        hit, top = -np.expm1(-u), np.maximum(self._top, _TINY)
        reachable = (self._top > _TINY).all(axis=2)
        slopes = cone_cut(np.maximum(u, 1e-4))
        least = np.argmin(hit / top, axis=2)[..., None]
        box = self._top.prod(axis=2) / np.take_along_axis(top, least, axis=2)[..., 0]
        box_value = box * np.take_along_axis(hit, least, axis=2)[..., 0]
        by_cone = reachable & ((slopes * u).sum(axis=2) < box_value)
        self._on_level += np.where(by_cone[..., None], slopes, 0.0)
        by_box = np.zeros_like(slopes)
        np.put_along_axis(by_box, least, box[..., None], axis=2)
        self._on_hit += np.where((reachable & ~by_cone)[..., None], by_box, 0.0)

    def _add_committee_cut(self, miss: Array) -> None:
        cut = self._committee_cut(miss)
        self._constant += cut.constant
        self._on_level += cut.on_log
        if self._is_once:
            self._on_hit += cut.on_hit
        else:
            self._on_role += cut.on_hit

    def _committee_cut(self, miss: Array) -> Cut:
        problem, is_once = self.problem, self._is_once
        log = np.moveaxis(-self._role_logs(miss), 1, 2)
        if problem.rule.value == "quorum":
            return cut_quorum(log, self._top, needed=problem.quorum_roles, is_once=is_once)
        return cut_uplift(
            log,
            self._top,
            base_share=problem.base_share,
            uplifts=problem.uplifts,
            is_once=is_once,
        )

    def _add_role_cut(self, miss: Array) -> None:
        hits, top = self._level_hits(miss), np.maximum(self._top, _TINY)
        least = np.argmin(hits / top, axis=2)
        factor = np.take_along_axis(top, least[..., None], axis=2)[..., 0]
        factor = self._top.prod(axis=2) / factor
        full = np.take_along_axis(hits, least[..., None], axis=2)[..., 0] >= 1.0
        self._constant += np.where(full, factor, 0.0)
        chosen = self._levels[least][..., None] == self._level_of
        self._on_role += np.where(chosen & ~full[..., None], factor[..., None], 0.0)

    def _level_logs(self, miss: Array) -> Array:
        """U of each level: minus the log of the chance that nobody of it is reached."""
        logs = self._role_logs(miss)
        return np.stack(
            [-logs[:, self._level_of == name].sum(axis=1) for name in self._levels], axis=2
        )

    def _level_hits(self, miss: Array) -> Array:
        """Chance of reaching each level; with several exposures, never below it."""
        if self._is_once:
            return np.asarray(-np.expm1(-self._level_logs(miss)))
        hits = -np.expm1(self._role_logs(miss))
        sums = [hits[:, self._level_of == name].sum(axis=1) for name in self._levels]
        return np.asarray(np.minimum(np.stack(sums, axis=2), 1.0))

    def _role_logs(self, miss: Array) -> Array:
        cells = self.problem.cells
        return np.asarray(
            np.log(np.maximum(miss, 1e-300))[cells.profile] * cells.people[:, :, None]
        )

    def _add_up(self, miss: Array) -> tuple[float, Array]:
        self._sums = self._sums or self._summed()
        bounded = np.maximum(miss, 1e-300)
        logs = np.ascontiguousarray(np.log(bounded).transpose(1, 2, 0))
        value, slopes = self._sums.constant, np.zeros_like(logs)
        for part, on_log, on_hit in self._sums.parts:
            own = part.logs(logs)
            part_miss = np.exp(own)
            value += float((on_hit * (1 - part_miss) - on_log * own).sum())
            part.add_log_slopes(slopes, -(on_log + on_hit * part_miss))
        return value, slopes.transpose(2, 0, 1) / bounded

    def _summed(self) -> "_Sums":
        """Add up what cells with the same people in a level (or a role) have."""
        weight, cells = (self._weight / max(self._n_cuts, 1)).T, self.problem.cells
        parts = []
        for role in range(len(self._level_of)):
            part = whole_part(cells, [role])
            on_hit = part.summed(weight * self._on_role[..., role].T)
            parts.append((part, np.zeros_like(on_hit), on_hit))
        if self._is_once and self.problem.rule.value != "mean":
            for i, name in enumerate(self._levels):
                part = whole_part(cells, np.flatnonzero(self._level_of == name).tolist())
                on_log, on_hit = (
                    part.summed(weight * by[..., i].T) for by in (self._on_level, self._on_hit)
                )
                parts.append((part, on_log, on_hit))
        used = [part for part in parts if part[1].any() or part[2].any()]
        return _Sums(float((weight * self._constant.T).sum()), tuple(used))


@dataclass(frozen=True, eq=False)
class _Sums:
    """An average of cuts, added up over the cells that share a part of their committees.

    Attributes:
        constant: Sum of the constants.
        parts: Each part with what its u and its chance of being reached are multiplied with.
    """

    constant: float
    parts: tuple[tuple[CommitteePart, Array, Array], ...]


def _role_levels(problem: PlanProblem) -> NDArray[np.int64]:
    """Give the level of each role: its own, that of its approval, or one level for all."""
    n_roles = problem.cells.people.shape[1]
    if problem.rule.value in _BY_ROLE:
        return np.arange(n_roles, dtype=np.int64)
    levels = problem.role_levels if problem.rule.value == "every_level" else (0,)
    return np.resize(np.array(levels, dtype=np.int64), n_roles)
