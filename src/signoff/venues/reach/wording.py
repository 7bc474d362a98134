"""What is said beside a net reach: what its interval covers, and what was assumed."""

from collections.abc import Iterator

import numpy as np

from signoff.stats.reach import Array
from signoff.venues.reach.schedule import MOST_COUNTS, ReachSchedule

__all__ = ["reach_notes"]

NOT_KEPT, ROUNDING = 0.02, 5e-5
MANY = 3
FAR_BELOW, LEAST_CHANCE = 0.1, 0.001


def reach_notes(schedule: ReachSchedule, both: Array, *, second: Array) -> Iterator[str]:
    """Say what the interval covers, what was assumed and what could not be kept.

    Args:
        schedule: Venues, insertions and measured duplications.
        both: Duplications in the model, a square matrix.
        second: Reach of two insertions in the model.
    """
    lines = schedule.lines
    n_pairs = len(lines) * (len(lines) - 1) // 2
    asked = schedule.n_respondents
    yield "The interval covers how far the model may err, as measured on audiences of other kinds."
    if asked is None:
        yield "It covers no error of sampling: no number of people asked is given."
    else:
        yield f"It covers chance among {asked:,} people asked, as in a simple random sample."
    if n_pairs > len(schedule.pairs):
        yield (
            f"{n_pairs - len(schedule.pairs):,} of {n_pairs:,} duplications were not measured: "
            "they are assumed from one appetite for all venues, and the interval covers that."
        )
    yield from _assumed_notes(schedule)
    for line, kept in zip(lines, second.tolist(), strict=True):
        measured = line.second_reach_share
        if measured is not None and abs(kept - measured) > ROUNDING:
            yield (
                f"Two insertions in {line.venue} reach {100 * measured:.4g} %; beside its "
                f"duplications the model keeps {100 * kept:.4g} %."
            )
    for (i, j), share in schedule.pairs.items():
        if abs(both[i, j] - share) > max(NOT_KEPT * share, ROUNDING):
            yield (
                f"{lines[i].venue} and {lines[j].venue} have {100 * share:.4g} % of people in "
                f"common; beside the other figures the model keeps {100 * both[i, j]:.4g} %."
            )
    if int(schedule.count.sum()) >= MOST_COUNTS:
        yield f"The last line of the distribution holds all exposures from {MOST_COUNTS - 1} on."


def _assumed_notes(schedule: ReachSchedule) -> Iterator[str]:
    lines = schedule.lines
    unknown = [
        one
        for one, known in zip(lines, schedule.known_second, strict=True)
        if np.isnan(known) and one.n_insertions > 1
    ]
    many = [one.venue for one in lines if one.n_insertions > MANY and not one.later_reach_shares]
    if unknown:
        yield (
            "The reach of a second insertion is assumed for "
            f"{', '.join(one.venue for one in unknown)}: half of what it would add by chance; "
            "the interval covers 15 to 93 % of it."
        )
    if many:
        yield (
            f"Who meets more than {MANY} insertions in {', '.join(many)} comes from the shape of "
            "the model; the reach of four or eight there, if you can get it, makes it surer."
        )
    if _far_below_chance(schedule):
        yield (
            "Every measured duplication is less than a tenth of what chance gives: look whether "
            "they are percent, or shares of something else than all people."
        )


def _far_below_chance(schedule: ReachSchedule) -> bool:
    first = schedule.first
    chance = {pair: float(first[pair[0]] * first[pair[1]]) for pair in schedule.pairs}
    return bool(chance) and all(
        schedule.pairs[pair] < FAR_BELOW * share and share > LEAST_CHANCE
        for pair, share in chance.items()
    )
