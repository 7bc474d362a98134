"""When to address which level."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from signoff.audience.timing import (
    ApprovalEvent,
    level_times,
    make_approval_log,
    prior_durations,
    study_durations,
    when_to_address,
)
from signoff.errors import ModelError

START = datetime(2025, 1, 6, 9, tzinfo=UTC)


def test_when_to_address_counts_back_through_the_levels_of_a_log() -> None:
    chance = np.random.default_rng(5)
    events, truth = [], []
    for n in range(800):
        first, second = chance.exponential(3.0), chance.exponential(6.0)
        truth.append(first + second)
        at = START + timedelta(days=n / 8)
        events += [
            ApprovalEvent(str(n), "submitted", at, "clerk"),
            ApprovalEvent(str(n), "approved", at + timedelta(days=first), "head"),
            ApprovalEvent(str(n), "final approval", at + timedelta(days=first + second), "board"),
        ]
    study = study_durations(make_approval_log(events, now=START + timedelta(days=900)))
    levels = level_times(study)
    plan = when_to_address(levels, decision_on=date(2026, 12, 31))
    assert [time.role for time in plan.times] == ["head", "board"]
    assert plan.times[0].sure_days == pytest.approx(np.quantile(truth, 0.9), rel=0.1)
    assert plan.times[0].median_days == pytest.approx(np.quantile(truth, 0.5), rel=0.1)
    assert plan.times[0].address_on < plan.times[1].address_on < date(2026, 12, 31)
    assert "own log" in plan.text()


def test_when_to_address_of_priors_says_what_is_assumed() -> None:
    plan = when_to_address(prior_durations(3), decision_on=date(2026, 12, 31), n_levels=2)
    assert len(plan.rows()) == 2
    assert "not measured" in plan.text()


@pytest.mark.parametrize("n_levels", [0, 13])
def test_prior_durations_of_no_levels_or_too_many_is_refused(n_levels: int) -> None:
    with pytest.raises(ModelError, match="levels of approval"):
        prior_durations(n_levels)


def test_when_to_address_without_levels_is_refused() -> None:
    with pytest.raises(ModelError, match="0 levels"):
        when_to_address((), decision_on=date(2026, 1, 1))
