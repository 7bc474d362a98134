"""What audiences and responses may be, drawn alike in every plan that starts from one seed.

Each venue has draws of its own, told by its id: what else is planned, bought or excluded changes
none of them. So two plans of one seed are compared draw by draw, and the interval of the difference
is not widened by luck that both share.
"""

from dataclasses import dataclass, replace

import numpy as np

from signoff.stats.frailty import membership_share
from signoff.stats.reach import Array
from signoff.stats.shares import draw_share, logit_spread
from signoff.venues.book import VenueBook
from signoff.venues.market.audience import MarketAudience
from signoff.venues.market.kinds import PersonKinds, person_kinds
from signoff.venues.solver.problem import PlanProblem, VenueOption

__all__ = ["N_DRAWS", "Drawn", "MarketDraws", "draw_normals"]

N_DRAWS = 200


def draw_normals(book: VenueBook, *, rng: np.random.Generator, n_draws: int = N_DRAWS) -> Array:
    """Draw how far each venue's audience and answers lie from their best single values.

    Args:
        book: Venues.
        rng: Source of chance; the same state gives a venue the same draws in every book.
        n_draws: How many.

    Returns:
        Standard normals, shape (draws, 2, venues): audience first, then answers per
            exposure: visits, or the raised hands that the objective leads counts.
    """
    key = int(rng.integers(2**62))
    normals = np.empty((n_draws, 2, len(book.venues)))
    for v, venue in enumerate(book.venues):
        own = np.random.default_rng([key, *venue.venue_id.encode()])
        normals[:, :, v] = own.standard_normal((n_draws, 2))
    return normals


@dataclass(frozen=True, eq=False)
class Drawn:
    """A problem as one draw has it.

    Attributes:
        problem: The problem with its options as drawn; its membership is that of the best values.
        kinds: People with their chances of being in audiences as drawn.
        reached: People in each venue's audience, by venue and role.
    """

    problem: PlanProblem
    kinds: PersonKinds
    reached: Array


class MarketDraws:
    """Draws of one problem; an audience that is stated once is drawn once, whomever it is for.

    Args:
        audience: Reach, with its spread.
        book: Venues, with the intervals of their answers.
        problem: What `make_problem` gives for them.
    """

    def __init__(self, audience: MarketAudience, book: VenueBook, *, problem: PlanProblem) -> None:
        self._problem, self._book = problem, book
        n_venues, n_profiles, n_roles = audience.reach.shape
        stated = np.concatenate([audience.reach[None], audience.spread]).reshape(
            3, n_venues, n_profiles * n_roles
        )
        line_of, tables, n_lines = np.zeros(stated.shape[1:], dtype=np.intp), [], 0
        for venue in range(n_venues):
            table, place = np.unique(stated[:, venue], axis=1, return_inverse=True)
            line_of[venue] = place.ravel() + n_lines
            tables.append(table)
            n_lines += table.shape[1]
        self._share, *spread = np.concatenate([np.zeros((3, 0)), *tables], axis=1)
        self._spread = np.stack(spread)
        self._venue = np.repeat(np.arange(n_venues), [table.shape[1] for table in tables])
        roles = np.tile(np.arange(n_roles), n_profiles)
        people = np.broadcast_to(audience.people.ravel(), line_of.shape)
        self._people = np.bincount(
            (line_of * n_roles + roles).ravel(), people.ravel(), minlength=n_lines * n_roles
        ).reshape(n_lines, n_roles)
        self._kinds = person_kinds(problem.membership)
        self._line_of = line_of.reshape(n_venues, n_profiles, n_roles)
        self._lines = self._kinds.lines(self._line_of)
        self._reachable = self._reached(self._share).sum(axis=1)
        answers = [venue.answers(problem.objective) for venue in book.venues]
        self._response = np.array([answer.share for answer in answers])
        low = np.array([answer.low_share for answer in answers])
        high = np.array([answer.high_share for answer in answers])
        self._response_spread = logit_spread(self._response, low=low, high=high)

    def best(self) -> Drawn:
        """Give the problem at the best single values."""
        return Drawn(self._problem, self._kinds, self._reached(self._share))

    def at(self, normal: Array) -> Drawn:
        """Give the problem as one draw has it.

        Args:
            normal: One draw, shape (2, venues). It moves all audiences of a venue together, since
                they come from one source.
        """
        shares, options, reached = self._at(normal)
        chances = membership_share(shares, self._problem.nodes)
        kinds = self._kinds.redrawn(self._lines, chances)
        return Drawn(replace(self._problem, options=options), kinds, reached)

    def problem_at(self, normal: Array) -> PlanProblem:
        """Give the problem as one draw has it, its people's chances of being in audiences too.

        Args:
            normal: One draw, shape (2, venues).

        Returns:
            A problem that can be solved and bounded by itself; prices and terms are the same.
        """
        shares, options, _ = self._at(normal)
        chances = membership_share(shares, self._problem.nodes)
        return replace(self._problem, options=options, membership=chances[self._line_of])

    def _at(self, normal: Array) -> tuple[Array, tuple[VenueOption, ...], Array]:
        """Give shares by line, venues and people reached as one draw has them."""
        shares = draw_share(self._share, spread=self._spread, normal=normal[0][self._venue])
        responses = draw_share(self._response, spread=self._response_spread, normal=normal[1])
        reached = self._reached(shares)
        options = tuple(
            replace(
                option,
                response_share=float(responses[v]),
                exposures_per_unit=self._exposures(v, float(reached[v].sum())),
            )
            for v, option in enumerate(self._problem.options)
        )
        return shares, options, reached

    def _exposures(self, venue: int, reachable: float) -> float:
        """Exposures by one unit: contacts that are sold spread over whomever they can reach."""
        exposures = self._problem.options[venue].exposures_per_unit
        if self._book.venues[venue].contacts_per_unit is None or reachable <= 0:
            return exposures
        return exposures * float(self._reachable[venue]) / reachable

    def _reached(self, shares: Array) -> Array:
        """People in each venue's audience, by venue and role."""
        by_line = shares[:, None] * self._people
        total = np.zeros((len(self._book.venues), by_line.shape[1]))
        np.add.at(total, self._venue, by_line)
        return total
