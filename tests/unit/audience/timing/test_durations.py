"""Times of approval, read from a log and studied."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from signoff.audience.timing import (
    ApprovalEvent,
    Awaited,
    GroupKey,
    make_approval_log,
    predict_days,
    read_approval_log,
    study_durations,
)
from signoff.audience.timing.activities import ActivityKind, read_activity
from signoff.audience.timing.log import ApprovalLog
from signoff.audience.timing.spells import DEEPEST_LEVEL, Ending, list_spells
from signoff.errors import DataError

MONDAY = datetime(2026, 1, 5, 10, tzinfo=UTC)
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def event(case: str, activity: str, day: float, role: str = "") -> ApprovalEvent:
    return ApprovalEvent(case, activity, MONDAY + timedelta(days=day), role)


def log_of(*events: ApprovalEvent) -> ApprovalLog:
    return make_approval_log(events, now=NOW)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Declaration SUBMITTED by EMPLOYEE", ActivityKind.SUBMITTED),
        ("FINAL_APPROVED", ActivityKind.FINAL),
        ("not approved", ActivityKind.REJECTED),
        ("Demande approuvée par le chef", ActivityKind.APPROVED),
        ("Demande d'achat soumise", ActivityKind.SUBMITTED),
        ("Refusé", ActivityKind.REJECTED),
        ("Validation finale", ActivityKind.FINAL),
        ("Annulée", ActivityKind.WITHDRAWN),
        ("Payment Handled", ActivityKind.DONE),
        ("Start trip", ActivityKind.OTHER),
    ],
)
def test_read_activity_of_either_language_tells_what_it_does(
    words: str, kind: ActivityKind
) -> None:
    assert read_activity(words).kind is kind


def test_list_spells_counts_each_level_from_the_step_before() -> None:
    spells = list_spells(
        log_of(
            event("1", "submitted", 0, "clerk"),
            event("1", "approved", 2, "head"),
            event("1", "final approval", 5, "board"),
        )
    )
    assert [(s.level, s.role, s.days) for s in spells.levels] == [(1, "head", 2), (2, "board", 3)]
    assert [(s.level, s.days, s.ending) for s in spells.requests] == [(2, 5, Ending.APPROVED)]


def test_list_spells_of_a_no_starts_anew_and_own_withdrawal_is_lost() -> None:
    spells = list_spells(
        log_of(
            event("1", "submitted", 0, "clerk"),
            event("1", "rejected", 1, "head"),
            event("1", "submitted", 4, "clerk"),
            event("1", "final approval", 6, "head"),
            event("2", "submitted", 0, "clerk"),
            event("2", "rejected", 3, "clerk"),
        )
    )
    assert [(s.days, s.ending) for s in spells.levels] == [
        (1, Ending.REJECTED),
        (2, Ending.APPROVED),
        (3, Ending.LOST),
    ]
    assert [s.ending for s in spells.requests] == [Ending.REJECTED, Ending.LOST]


def test_list_spells_of_what_waits_ends_with_the_log_and_takes_the_usual_role() -> None:
    spells = list_spells(
        log_of(
            event("1", "submitted", 0, "clerk"),
            event("1", "final approval", 2, "head"),
            event("2", "submitted", 1, "clerk"),
            event("3", "start trip", 9),
        )
    )
    assert [(s.case, s.days, s.ending, s.role) for s in spells.levels] == [
        ("1", 2, Ending.APPROVED, "head"),
        ("2", 8, Ending.OPEN, "head"),
    ]


def test_list_spells_of_a_request_without_submission_is_told() -> None:
    log = log_of(
        event("1", "approved", 1),
        event("2", "submitted", 0),
        event("2", "approved", 1),
    )
    assert list_spells(log).n_without_submission == 1
    assert any("without a submission" in note for note in study_durations(log).notes)


def test_study_durations_of_ten_thousand_steps_counts_deep_levels_as_one() -> None:
    steps = [event("1", "approved", n / 100, f"role {n}") for n in range(1, 10_000)]
    study = study_durations(log_of(event("1", "submitted", 0), *steps))
    assert max(key.level for key in study.groups) == DEEPEST_LEVEL
    assert len(study.rows()) < 600


def test_study_durations_of_one_role_alone_gives_its_median() -> None:
    events = [
        event(str(n), words, day, "head")
        for n in range(40)
        for words, day in (("submitted", 0.0), ("final approval", 1 + n / 40))
    ]
    study = study_durations(log_of(*events))
    median = study.groups[GroupKey("role", "", 1, "head")].median_days
    assert median is not None
    assert median.value == pytest.approx(1.5, abs=0.05)


def test_study_durations_of_open_requests_alone_is_refused() -> None:
    log = log_of(event("1", "submitted", 0), event("2", "submitted", 1), event("9", "approved", 2))
    with pytest.raises(DataError, match="of 2 requests 2 are open"):
        study_durations(log)


def test_study_durations_with_open_requests_is_longer_than_without() -> None:
    done = [
        event(str(n), words, day, "head")
        for n in range(60)
        for words, day in (("submitted", 0.0), ("final approval", 1 + n / 30))
    ]
    waiting = [event(f"w{n}", "submitted", 0.0) for n in range(60)]
    without = study_durations(log_of(*done)).groups[GroupKey("request", "")]
    end = event("end", "start trip", 1.5)
    cut = [one for one in done if one.at <= end.at]
    with_open = study_durations(log_of(*cut, *waiting, end)).groups[GroupKey("request", "")]
    assert with_open.n_open == 60 + 60 - 16
    assert without.median_days is not None
    assert with_open.median_days is not None
    seen = np.median([day for day in 1 + np.arange(60) / 30 if day <= 1.5])
    assert with_open.median_days.value > seen


def test_make_approval_log_drops_repeated_rows_and_tells_them() -> None:
    twice = [event("1", "submitted", 0), event("1", "approved", 1)] * 2
    log = log_of(*twice)
    assert (len(log.events), log.n_repeated) == (2, 2)


@pytest.mark.parametrize(
    ("events", "says"),
    [
        ([], "has no rows"),
        ([event("1", "submitted", 900), event("1", "approved", 901)], "2 rows lie in the future"),
        ([event("1", "looked at", 0)], "says submitted or approved"),
    ],
)
def test_make_approval_log_of_bad_events_says_what_is_wrong(
    events: list[ApprovalEvent], says: str
) -> None:
    with pytest.raises(DataError, match=says):
        log_of(*events)


def test_read_approval_log_takes_french_headings_and_days(tmp_path: Path) -> None:
    path = tmp_path / "journal.csv"
    path.write_text(
        "Dossier;Activité;Date et heure;Rôle;Montant\n"
        "1;Soumise;05/01/2026 09:00;Acheteur;1 200,50\n"
        "1;Approuvée;07/01/2026 09:00;Direction;1 200,50\n"
    )
    log = read_approval_log(path, now=NOW)
    assert [one.amount for one in log.events] == [1200.5, 1200.5]
    assert list_spells(log).requests[0].days == 2


def test_read_approval_log_without_a_column_names_those_found(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("case,what,t\n1,submitted,2026-01-05\n")
    with pytest.raises(DataError, match=r"no column activity.*columns found: case, what, t"):
        read_approval_log(path, now=NOW)


def test_read_approval_log_tells_all_cells_it_cannot_read(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("case,activity,at\n1,submitted,soon\n,approved,2026-01-05\n1,,2026-01-05\n")
    with pytest.raises(DataError) as caught:
        read_approval_log(path, now=NOW)
    assert [fault.where for fault in caught.value.faults] == ["line 2", "line 3", "line 4"]


def test_predict_days_follows_the_part_of_the_day_and_the_weekday() -> None:
    chance = np.random.default_rng(1)
    events = []
    for n in range(600):
        start = MONDAY + timedelta(days=n % 100, hours=(0 if n % 2 else 6))
        days = chance.exponential(1.0 if n % 2 else 4.0)
        events += [
            ApprovalEvent(str(n), "submitted", start),
            ApprovalEvent(str(n), "final approval", start + timedelta(days=days), "head"),
        ]
    study = study_durations(log_of(*events))
    early, late = predict_days(study, [Awaited(MONDAY), Awaited(MONDAY + timedelta(hours=6))])
    assert 2 < late.value / early.value < 7
    assert early.low < early.value < early.high
