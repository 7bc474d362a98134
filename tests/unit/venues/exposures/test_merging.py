"""What putting cells together keeps."""

from dataclasses import replace

import numpy as np
import pytest

from signoff.venues.exposures.drawn import draw_problem
from signoff.venues.exposures.merging import merge_cells
from signoff.venues.exposures.model import ExposureModel


@pytest.mark.parametrize("seed", range(6))
def test_merge_cells_keeps_what_every_plan_brings(seed: int) -> None:
    rng = np.random.default_rng(seed)
    rule = ("any", "mean", "quorum", "every_level", "uplift")[seed % 5]
    drawn = draw_problem(rng, rule=rule, n_cells=12)
    again = np.r_[0:12, 3:9]
    doubled = replace(
        drawn,
        weight=np.r_[drawn.weight, rng.random(5), 0.0],
        people=drawn.people[again],
        segment=np.r_[drawn.segment, drawn.segment[3:9] + len(drawn.exposure)],
        exposure=np.concatenate([drawn.exposure, drawn.exposure]),
    )
    merged = merge_cells(doubled)
    assert len(merged.weight) <= 12
    plans = rng.integers(0, 6, (20, len(drawn.options))).astype(np.float64)
    assert ExposureModel(merged).values(plans) == pytest.approx(
        ExposureModel(doubled).values(plans)
    )


def test_merge_cells_that_all_differ_gives_the_problem_itself() -> None:
    drawn = draw_problem(np.random.default_rng(1), rule="any", n_cells=3)
    apart = replace(drawn, people=np.arange(1.0, 10.0).reshape(3, 3))
    assert merge_cells(apart) is apart
