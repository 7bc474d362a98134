"""What is known of who reads what."""

from typing import Any

import pytest

from signoff.research import ReadingState, list_reading_gaps, study_reading
from signoff.store.engines import duckdb_engine_on
from signoff.units import CommitteeRole

VENUES = [
    {"venue_id": "tw", "name": "Trade Weekly", "kind": "trade_title"},
    {"venue_id": "li", "name": "LinkedIn", "kind": "social"},
]
ALL = {"country": "*", "segment": "*"}


def audience(venue: str, role: str, basis: str) -> dict[str, Any]:
    return {**ALL, "venue_id": venue, "role": role, "basis": basis, "reach_share": 0.1}


def states(*rows: dict[str, Any]) -> dict[tuple[str, str], ReadingState]:
    with duckdb_engine_on({"venue": VENUES, "venue_audience": list(rows)}) as engine:
        study = study_reading(engine)
    roles = (CommitteeRole.USER, CommitteeRole.APPROVER)
    return {
        (gap.venue_id, gap.role.value): gap.state for gap in list_reading_gaps(study, roles=roles)
    }


def test_list_reading_gaps_of_venues_without_audience_finds_all_unknown() -> None:
    assert set(states().values()) == {ReadingState.UNKNOWN}
    assert len(states()) == 4


def test_list_reading_gaps_leaves_out_what_is_measured_and_names_what_is_known_instead() -> None:
    found = states(
        audience("tw", "user", "measured"),
        audience("tw", "approver", "prior"),
        audience("li", "*", "measured"),
        audience("li", "user", "prior"),
    )
    assert found == {
        ("tw", "approver"): ReadingState.ASSUMED,
        ("li", "user"): ReadingState.UNDIVIDED,
        ("li", "approver"): ReadingState.UNDIVIDED,
    }


def test_list_reading_gaps_survey_closes_a_gap_and_a_lookup_does_not() -> None:
    study = {**ALL, "study": "spring", "n_asked": 200, "reach_share": 0.1}
    rows = [
        {**study, "venue_id": "tw", "role": "user", "method": "survey"},
        {**study, "venue_id": "li", "role": "user", "method": "lookup"},
    ]
    with duckdb_engine_on({"venue": VENUES, "audience_evidence": rows}) as engine:
        found = study_reading(engine)
    gaps = {gap.venue_id: gap.state for gap in list_reading_gaps(found, roles=[CommitteeRole.USER])}
    assert gaps == {"li": ReadingState.ASSUMED}
    surveyed = next(row for row in found.known if row.venue_id == "tw")
    # Wilson (1927), 20 of 200 at 90 %
    assert surveyed.reach_low_share == pytest.approx(0.0706, abs=1e-3)
    assert surveyed.reach_high_share == pytest.approx(0.1398, abs=1e-3)


def test_list_reading_gaps_puts_the_least_known_first() -> None:
    found = states(audience("li", "*", "prior"), audience("tw", "user", "prior"))
    assert list(found.values()) == [ReadingState.UNKNOWN, *[ReadingState.ASSUMED] * 3]


def test_study_reading_counts_what_is_measured() -> None:
    rows = [audience("tw", "user", "measured"), audience("tw", "*", "prior")]
    with duckdb_engine_on({"venue": VENUES, "venue_audience": rows}) as engine:
        study = study_reading(engine)
    assert (study.n_venues, study.n_audiences, study.n_measured) == (2, 2, 1)
    assert [row["role"] for row in study.rows()] == ["*", "user"]
    assert study.text().startswith("2 audiences of 2 venues are known; 1 of them")
