from typing import Any

import pytest

from signoff.stats.evidence import share_logit
from signoff.store.engines import duckdb_engine_on
from signoff.venues.market.evidence import INDIRECT_SPREAD, find_evidence_faults, list_evidence

ROW: dict[str, Any] = {
    "venue_id": "tw",
    "country": "*",
    "segment": "*",
    "role": "user",
    "method": "survey",
    "study": "spring",
    "reach_share": 0.2,
    "n_asked": 150,
    "n_effective": 100.0,
    "reach_low_share": None,
    "reach_high_share": None,
    "source": None,
    "source_url": None,
}
ACCOUNTS = [{"account_id": f"a{n}", "name": f"A{n}", "country": "FR"} for n in range(10)]
PEOPLE = [
    {"person_id": f"p{n}{i}", "account_id": f"a{n}", "origin": "measured"}
    for n in range(10)
    for i in range(4)
]


def evidence_of(*changes: dict[str, Any], **tables: list[dict[str, Any]]) -> Any:
    rows = [{**ROW, **change} for change in changes]
    with duckdb_engine_on({"audience_evidence": rows, **tables}) as engine:
        return list_evidence(engine)


def faults_of(**changes: Any) -> list[str]:
    return [fault.what for fault in find_evidence_faults([{**ROW, **changes}], known={"tw"})]


def test_list_evidence_survey_is_worth_its_effective_number() -> None:
    found = evidence_of({})["tw"][0]
    assert (found.logit, found.spread) == share_logit(0.2, n_effective=100)


def test_list_evidence_unweighted_survey_is_worth_all_who_were_asked() -> None:
    assert evidence_of({"n_effective": None})["tw"][0].n_effective == 150


def test_list_evidence_stated_interval_is_taken_as_it_is() -> None:
    found = evidence_of({"reach_low_share": 0.1, "reach_high_share": 0.35, "n_asked": None})
    assert found["tw"][0].n_effective is None
    assert found["tw"][0].spread == pytest.approx(0.48, abs=0.01)  # (2.197 - .619) / 2 / 1.645


@pytest.mark.parametrize("change", [{"role": "*"}, {"method": "lookup"}])
def test_list_evidence_of_other_people_is_less_sure(change: dict[str, Any]) -> None:
    assert evidence_of(change)["tw"][0].spread > INDIRECT_SPREAD


def events(*kinds: str, venue: str = "Own Letter") -> list[dict[str, Any]]:
    """Everybody at the first five accounts gets one event of each kind."""
    return [
        {"event_id": f"{person['person_id']}{kind}", "kind": kind, "venue": venue}
        | {"person_id": person["person_id"], "occurred_at": None}
        for person in PEOPLE[:20]
        for kind in kinds
    ]


def own_people(rows: list[dict[str, Any]], *, kind: str = "newsletter") -> Any:
    venue = {"venue_id": "letter", "name": "Own Letter", "kind": kind}
    return evidence_of(account=ACCOUNTS, person_fact=PEOPLE, venue=[venue], event=rows)


def test_list_evidence_people_touched_are_a_matched_list_worth_their_accounts() -> None:
    found = own_people(events("mail", "impression"))["letter"][0]
    assert (found.method, found.country, found.reach_share) == ("matched_list", "FR", 0.5)
    # 10 accounts of 4, all or nobody: 9 accounts' worth (variance of a ratio over clusters)
    assert found.n_effective == pytest.approx(9.0)


def test_list_evidence_venue_is_known_by_its_short_name_too() -> None:
    assert "letter" in own_people(events("mail", venue="LETTER"))


def test_list_evidence_clicks_tell_who_answered_not_who_was_reached() -> None:
    assert own_people(events("click", "visit", "form")) == {}


@pytest.mark.parametrize(("kind", "touch"), [("own_channel", "visit"), ("event", "meeting")])
def test_list_evidence_visits_of_own_channels_and_meetings_at_events_count(
    kind: str, touch: str
) -> None:
    assert own_people(events(touch), kind=kind)["letter"][0].reach_share == 0.5


def test_find_evidence_faults_sound_row_has_none() -> None:
    assert faults_of() == []


def test_find_evidence_faults_unknown_venue_is_named() -> None:
    assert faults_of(venue_id="ghost") == [
        "rows for the venue ghost, which is not in the table venue"
    ]


def test_find_evidence_faults_share_without_any_certainty_is_refused() -> None:
    assert faults_of(n_asked=None, n_effective=None) == ["nothing says how sure its reach is"]
    assert faults_of(n_asked=None, n_effective=None, reach_low_share=0.1) == [
        "nothing says how sure its reach is"
    ]


def test_find_evidence_faults_share_outside_its_interval_is_refused() -> None:
    assert faults_of(reach_low_share=0.3, reach_high_share=0.4) == [
        "reach share 0.2, interval 0.3 to 0.4"
    ]


def test_find_evidence_faults_weighting_never_adds_people() -> None:
    assert faults_of(n_effective=200.0) == [
        "150 people were asked, and they are said to be worth 200.0"
    ]
