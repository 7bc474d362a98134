"""Times of the levels: stated assumptions where no approvals were imported, else measured."""

from dataclasses import dataclass
from datetime import date

import pytest

from signoff.audience import prior_durations, when_to_address
from signoff.brief import read_brief, starter_brief
from signoff.errors import DataError
from signoff.plan import timings as module
from signoff.plan.timings import list_timings
from signoff.store.engines import Engine
from signoff.venues.sample import sample_engine

BRIEF = read_brief(starter_brief())


def test_list_timings_without_approvals_are_assumed_and_shifted_by_a_level() -> None:
    with sample_engine() as engine:
        found = list_timings(engine, brief=BRIEF, today=date(2026, 11, 27))
    n_levels = max(role.approval_level for role in BRIEF.committee.roles)
    expected = when_to_address(
        prior_durations(n_levels), decision_on=BRIEF.period.ends_on, n_levels=n_levels
    ).times
    assert [timing.level for timing in found] == list(range(1, n_levels + 1))
    # after the yes of a level come the times of all later ones; after the last, none
    assert [timing.median_days for timing in found] == [
        *(time.median_days for time in expected[1:]),
        0.0,
    ]
    assert found[-1].sure_days == 0.0
    assert {timing.basis for timing in found} == {"assumed"}


@dataclass
class _Few:
    n_levels: int


@pytest.mark.parametrize(("n_measured", "basis"), [(1, "assumed"), (3, "measured")])
def test_list_timings_measured_only_where_every_level_is(
    monkeypatch: pytest.MonkeyPatch, n_measured: int, basis: str
) -> None:
    monkeypatch.setattr(module, "fit_approvals", lambda _engine, today: _Few(n_measured))  # noqa: ARG005  # named as it is called
    monkeypatch.setattr(module, "level_times", lambda study: prior_durations(study.n_levels))
    with sample_engine() as engine:
        found = list_timings(engine, brief=BRIEF, today=date(2026, 11, 27))
    assert {timing.basis for timing in found} == {basis}


def test_list_timings_study_that_fails_falls_back_to_assumptions(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(_engine: Engine, *, today: date) -> None:
        raise DataError("no approvals", why=f"none until {today}", fix="import them")

    monkeypatch.setattr(module, "fit_approvals", refuse)
    with sample_engine() as engine:
        found = list_timings(engine, brief=BRIEF, today=date(2026, 11, 27))
    assert {timing.basis for timing in found} == {"assumed"}
