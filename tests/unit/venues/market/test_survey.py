"""A weighted survey of who sees which venue."""

import csv
import io

import pytest

from signoff.errors import DataError
from signoff.store.formats.format import fold
from signoff.store.formats.plain.evidence import AUDIENCE_EVIDENCE
from signoff.venues import SurveyShares, weigh_survey

HEADING = ["Rôle", "Pays", "Poids", "sees_trade-weekly", "sees_network"]


def _weigh(*rows: list[str], heading: list[str] = HEADING) -> SurveyShares:
    lines = enumerate([heading, *rows], start=1)
    return weigh_survey(lines, study="spring", where="answers.csv")


def test_weigh_survey_weights_move_the_share_and_cost_people() -> None:
    found = _weigh(
        ["decider", "fr", "3", "yes", ""],
        ["decider", "fr", "1", "no", "oui"],
        ["user", "fr", "1,0", "non", "0"],
    )
    by_key = {(share.venue_id, share.role): share for share in found.shares}
    assert set(by_key) == {
        ("trade-weekly", "decider"),
        ("trade-weekly", "user"),
        ("network", "decider"),
        ("network", "user"),
    }
    title = by_key["trade-weekly", "decider"]
    assert (title.reach_share, title.n_asked, title.country) == (0.75, 2, "FR")
    # Kish: (3 + 1) squared over (9 + 1)
    assert title.n_effective == pytest.approx(1.6)
    # who was not asked has no part
    assert by_key["network", "decider"].n_asked == 1
    assert by_key["network", "user"].reach_share == 0


def test_weigh_survey_equal_weights_lose_nobody() -> None:
    found = _weigh(
        *[["user", "GB", "0.7", "yes", ""]] * 30, *[["user", "GB", "0.7", "no", ""]] * 10
    )
    assert found.shares[0].n_effective == pytest.approx(40)
    assert found.shares[0].reach_share == pytest.approx(0.75)
    assert "40 answers, worth 40 after weighting" in found.text()


def test_weigh_survey_without_groups_speaks_of_everybody() -> None:
    found = _weigh(["yes"], ["no"], heading=["sees_tw"])
    share = found.shares[0]
    assert (share.country, share.segment, share.role) == ("*", "*", "*")
    assert share.n_effective == 2


def test_weigh_survey_rows_are_what_an_import_takes() -> None:
    table = list(csv.reader(io.StringIO(_weigh(["user", "GB", "1", "yes", "no"]).to_csv())))
    known = {name for column in AUDIENCE_EVIDENCE.columns for name in column.headings}
    known |= {column.target for column in AUDIENCE_EVIDENCE.columns}
    assert {fold(name) for name in table[0]} <= {fold(name) for name in known}


def test_weigh_survey_tells_every_fault_at_once() -> None:
    with pytest.raises(DataError, match="cannot be read") as caught:
        _weigh(
            ["boss", "GB", "1", "yes", "no"],
            ["user", "GB", "-2", "yes", "no"],
            ["user", "GB", "1", "perhaps", "no"],
            ["user", "GB", "heavy", "yes", "no"],
        )
    assert [fault.where for fault in caught.value.faults] == [
        "line 2",
        "line 3",
        "line 4, sees_trade-weekly",
        "line 5",
    ]


def test_weigh_survey_without_a_venue_names_the_columns_found() -> None:
    with pytest.raises(DataError, match="columns found: name, age"):
        _weigh(["Ann", "40"], heading=["name", "age"])
    with pytest.raises(DataError, match="columns found: none"):
        weigh_survey([], study="spring")


@pytest.mark.parametrize(
    "rows", [[], [["user", "GB", "0", "yes", "no"]], [["user", "GB", "1", "", ""]]]
)
def test_weigh_survey_of_nobody_is_refused(rows: list[list[str]]) -> None:
    with pytest.raises(DataError, match="nobody in the survey answered"):
        _weigh(*rows)
