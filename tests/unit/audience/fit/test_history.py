"""A plain history: what is read, what is left out, what is refused."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from signoff.audience import HistoryFit, fit_history
from signoff.errors import DataError

Rows = list[dict[str, Any]]
WORDS = {True: "won", False: "lost"}


def drawn(seed: int, *, n: int = 800, signal: float = 1.5) -> Rows:
    chance = np.random.default_rng(seed)
    rows: Rows = []
    for place in range(n):
        kind = ["school", "firm", "hospital"][chance.integers(3)]
        won = bool(chance.random() < 1 / (1 + np.exp(0.5 - signal * (kind == "school"))))
        began = date(2025, 1, 1) + timedelta(place // 2)
        rows.append(
            {
                "deal": f"d{place:05d}",
                "began": began.isoformat(),
                "kind": kind,
                "staff": str(int(chance.integers(1, 900))),
                "closed_on": (began + timedelta(30)).isoformat(),
                "paid": "1 200,50" if won else "0",
                "invoice": "yes" if won else "",
                "result": WORDS[won],
            }
        )
    return rows


def fitted(rows: Rows, **changes: Any) -> HistoryFit:
    return fit_history(rows, **{"outcome": "result", "rng": np.random.default_rng(7)} | changes)


def test_fit_history_with_a_signal_scores_every_row_without_the_leaks() -> None:
    rows = drawn(1)
    rows[-1]["result"] = ""
    found = fitted(rows)
    assert found.usable
    assert found.features == ("kind", "staff")
    assert found.time.startswith("began is a day")
    assert {leak.column: leak.kind for leak in found.leaks} == {
        "deal": "identifier",
        "closed_on": "known afterwards",
        "paid": "almost the outcome",
        "invoice": "known afterwards",
    }
    assert len(found.scores) == len(rows)
    assert found.scores[-1].outcome == ""
    assert found.scores[0].ids == {"deal": "d00000", "began": "2025-01-01"}


def test_fit_history_reasons_name_the_trait_that_moves_the_odds() -> None:
    rows = drawn(1)
    found = fitted(rows)
    school = next(s for s in found.scores if rows[s.row - 1]["kind"] == "school")
    assert school.reasons[0].startswith("kind school raises the odds by")


def test_fit_history_with_leaks_alone_refuses_without_scores() -> None:
    rows = [{k: v for k, v in row.items() if k not in ("kind", "staff")} for row in drawn(2)]
    found = fitted(rows)
    assert (found.usable, found.scores) == (False, ())
    assert found.reason == "no column is left to learn from"


def test_fit_history_with_fewer_than_200_known_rows_refuses() -> None:
    found = fitted(drawn(3, n=150))
    assert found.reason == "150 rows have a known outcome, and 200 are needed"


def test_fit_history_does_not_learn_from_rows_of_the_future() -> None:
    found = fitted(drawn(4), today=date(2026, 1, 1))
    assert found.n_known == 732
    assert "68 rows begin after 2026-01-01: scored, not learned from" in found.cautions


def test_fit_history_reads_a_day_of_winning_as_the_outcome() -> None:
    rows = drawn(5)
    for row in rows:
        ended = row.pop("closed_on")
        row["won_on"] = ended if row.pop("result") == "won" and ended < "2026-02-01" else ""
    found = fitted(rows, outcome="won_on")
    assert any("taken as open" in caution for caution in found.cautions)


def test_fit_history_without_a_day_tries_by_parts_and_says_so() -> None:
    rows = [{k: v for k, v in row.items() if k not in ("began", "closed_on")} for row in drawn(6)]
    found = fitted(rows)
    assert found.usable
    assert found.split_on is None
    assert "seasons and batches cannot be told from a signal" in found.cautions[0]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"outcome": "resul"}, "did you mean result?"),
        ({"time": "kind"}, "kind does not hold days"),
        ({"outcome": "kind"}, "which value means won is not clear"),
        ({"outcome": "closed_on"}, "name result as the outcome"),
        ({"split": 1.5}, "a share of 1.5"),
    ],
)
def test_fit_history_with_a_wrong_column_says_what_to_do(change: Any, said: str) -> None:
    with pytest.raises(DataError) as caught:
        fitted(drawn(8, n=300), **change)
    assert said in caught.value.text()


def test_fit_history_with_one_outcome_says_which() -> None:
    rows = [row | {"result": "won"} for row in drawn(9, n=250)]
    with pytest.raises(DataError, match="only won rows"):
        fitted(rows)


def test_fit_history_of_no_rows_says_so() -> None:
    with pytest.raises(DataError, match="no rows"):
        fitted([])


def test_fit_history_reads_mixed_notations_of_the_outcome() -> None:
    spelt = {"won": ["Gagné", "yes", "1", "WON"], "lost": ["perdu", "no", "0", "Closed Lost"]}
    rows = drawn(10)
    for place, row in enumerate(rows):
        row["result"] = spelt[row["result"]][place % 4]
    assert fitted(rows).n_known == len(rows)


def test_fit_history_of_thousands_of_columns_keeps_the_strongest() -> None:
    chance = np.random.default_rng(1)
    rows = drawn(11, n=300, signal=3.0)
    names = [f"noise {k}" for k in range(200)]
    for row in rows:
        row.update(zip(names, map(str, chance.integers(0, 3, 200).tolist()), strict=True))
    found = fitted(rows)
    assert len(found.features) == 60
    assert "kind" in found.features
    assert any("of 202 columns that may be used the 60 that tell most" in c for c in found.cautions)


def test_fit_history_of_ten_thousand_columns_reads_the_first_and_says_so() -> None:
    rows = drawn(12, n=210, signal=3.0)
    blank = {f"filler {k}": "" for k in range(10_000)}
    wide = [{**blank, **row} for row in rows]
    found = fitted(wide)
    assert found.time.startswith("began is a day")
    assert found.cautions[0].startswith("of 10,008 columns only the first 1,000 were read")
