"""One problem as each draw has it: prices and terms are the same, what venues reach is not."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

import numpy as np

from signoff.stats.reach import Array
from signoff.venues.book import VenueBook
from signoff.venues.draws import MarketDraws
from signoff.venues.judging import judge_units
from signoff.venues.market.audience import MarketAudience
from signoff.venues.solver.objective import ResultModel
from signoff.venues.solver.problem import PlanProblem

__all__ = ["DrawnProblems", "ListedProblems", "MarketProblems"]


class DrawnProblems(Protocol):
    """Draws of one problem, the same ones whenever they are asked for."""

    @property
    def n_draws(self) -> int:
        """How many draws there are."""
        ...

    def problem(self, draw: int) -> PlanProblem:
        """Give the problem as one draw has it."""
        ...

    def judge(self, schedules: Sequence[Array]) -> Array:
        """Give the result of each schedule of whole units in each draw, packages' units counted."""
        ...

    def tilted(self, weights: Array) -> PlanProblem:
        """Give one problem that lies where the weighted draws lie together."""
        ...


@dataclass(frozen=True, eq=False)
class ListedProblems:
    """Draws that are at hand.

    Attributes:
        problems: The problem as each draw has it.
    """

    problems: tuple[PlanProblem, ...]

    @property
    def n_draws(self) -> int:
        """How many draws there are."""
        return len(self.problems)

    def problem(self, draw: int) -> PlanProblem:
        """Give the problem as one draw has it."""
        return self.problems[draw]

    def judge(self, schedules: Sequence[Array]) -> Array:
        """Give the result of each schedule in each draw."""
        return np.array([[model.value(units) for model in self._models] for units in schedules])

    def tilted(self, weights: Array) -> PlanProblem:
        """Give the problem with the weighted mean of chances, exposures and answers."""
        chosen = [(float(weights[d]), self.problems[d]) for d in np.flatnonzero(weights)]
        first = chosen[0][1]
        membership = sum(w * problem.membership for w, problem in chosen)
        options = tuple(
            replace(
                option,
                exposures_per_unit=sum(w * p.options[v].exposures_per_unit for w, p in chosen),
                response_share=sum(w * p.options[v].response_share for w, p in chosen),
            )
            for v, option in enumerate(first.options)
        )
        return replace(first, membership=np.asarray(membership), options=options)

    @cached_property
    def _models(self) -> list[ResultModel]:
        return [ResultModel(problem) for problem in self.problems]


@dataclass(frozen=True, eq=False)
class MarketProblems:
    """Draws of a market, made whenever they are asked for: many accounts would fill the memory.

    Attributes:
        audience: Reach, with its spread.
        book: Venues, with the intervals of their answers.
        whole: What `make_problem` gives for them.
        normals: How far each draw lies from the best single values, shape (draws, 2, venues).
    """

    audience: MarketAudience
    book: VenueBook
    whole: PlanProblem
    normals: Array

    @property
    def n_draws(self) -> int:
        """How many draws there are."""
        return len(self.normals)

    def problem(self, draw: int) -> PlanProblem:
        """Give the problem as one draw has it."""
        return self._draws.problem_at(self.normals[draw])

    def judge(self, schedules: Sequence[Array]) -> Array:
        """Give the result of each schedule in each draw."""
        units = [np.rint(each).astype(np.int64) for each in schedules]
        return judge_units(
            self.audience,
            self.book,
            problem=self.whole,
            schedules=units,
            normals=self.normals,
        )

    def tilted(self, weights: Array) -> PlanProblem:
        """Give the problem as far from the best single values as the weighted draws are."""
        return self._draws.problem_at(np.einsum("d,dkv->kv", weights, self.normals))

    @cached_property
    def _draws(self) -> MarketDraws:
        return MarketDraws(self.audience, self.book, problem=self.whole)
