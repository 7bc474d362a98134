"""`signoff audience match`: the records of a file that are the same firm."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from signoff.app.translation import is_foreign
from signoff.audience.matching.features import FEATURES
from signoff.audience.matching.leads import NO_ACCOUNT, NOTHING_KNOWN
from signoff.audience.matching.matching import LINKED
from signoff.audience.matching.reasons import ALONE, CONFIRMED, describe_link

Call = Callable[..., Any]

FRENCH = """Identifiant;RAISON SOCIALE;Site web;E-mail;Pays
1;Acme Tools SARL;acmetools.fr;;France
2;ACME TOOLS;;jane@acmetools.fr;FR
3;Zénith;;joe@gmail.com;France
4;;;;France
5;Boréal Transports;;ann@gmail.com;France
6;ZENITH SA;;;France
"""


@pytest.fixture
def accounts(tmp_path: Path) -> Path:
    """Give a list of firms as a French CRM exports it."""
    path = tmp_path / "accounts.csv"
    path.write_text(FRENCH, encoding="utf-16")
    return path


def _entities(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["entity"] for row in csv.DictReader(file)}


def test_audience_match_french_headings_write_a_row_for_each_record(
    call: Call, accounts: Path, tmp_path: Path
) -> None:
    said = call("audience", "match", accounts, "--out", tmp_path / "clusters.csv")
    assert said.code == 0
    assert said.out.startswith("6 records are 4 firms: 4 records stand with another;")
    assert _entities(tmp_path / "clusters.csv") == {
        "1": "1",
        "2": "1",
        "3": "3",
        "4": "4",
        "5": "5",
        "6": "3",
    }


def test_audience_match_without_out_prints_the_rows(call: Call, accounts: Path) -> None:
    said = call("audience", "match", accounts)
    assert said.out.splitlines()[0] == "id,entity,confidence,reason"
    assert len(said.out.splitlines()) == 7


def test_audience_match_json_gives_counts_and_rows(call: Call, accounts: Path) -> None:
    said = call("audience", "match", accounts, "--json")
    assert (said.json["n_entities"], len(said.json["matches"])) == (4, 6)


def test_audience_match_decisions_part_and_join(call: Call, accounts: Path, tmp_path: Path) -> None:
    answers = tmp_path / "pairs.csv"
    answers.write_text("id,other_id,same\n1,2,non\n3,5,oui\n", encoding="utf-8")
    out = tmp_path / "clusters.csv"
    assert call("audience", "match", accounts, "--decisions", answers, "--out", out).code == 0
    found = _entities(out)
    assert found["1"] != found["2"]
    assert found["3"] == found["5"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "is empty"),
        ("id,name\n", "a heading and no rows"),
        ("country,city\nFrance,Lyon\n", "no column has a name or a web domain"),
        ("id,name\n1,Acme\n1,Zenith\n,Boreal\n", "2 records have no id of their own"),
    ],
)
def test_audience_match_what_cannot_be_matched_is_refused(
    call: Call, tmp_path: Path, content: str, told: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(content, encoding="utf-8")
    said = call("audience", "match", path)
    assert (said.code, told in said.err) == (2, True)


def test_audience_match_answer_in_other_words_is_refused_by_line(
    call: Call, accounts: Path, tmp_path: Path
) -> None:
    answers = tmp_path / "pairs.csv"
    answers.write_text("id,other_id,same\n1,2,perhaps\n", encoding="utf-8")
    said = call("audience", "match", accounts, "--decisions", answers)
    assert said.code == 2
    assert "'perhaps' is neither yes nor no" in said.err


def test_audience_match_thousands_under_one_free_mail_domain_join_nobody(
    call: Call, tmp_path: Path
) -> None:
    starts, ends = ("Bal", "Cor", "Dun", "Fal", "Gor"), ("mex", "tavia", "dorf", "lune", "zig")
    names = [f"{a}{b}" for a in starts for b in ends]
    lines = [f"{i},{name},p{i}@gmail.com" for i, name in enumerate(names)]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(["id,name,email", *lines]), encoding="utf-8")
    assert call("audience", "match", path, "--json").json["n_merged"] == 0


def test_reasons_have_french() -> None:
    said = [ALONE, CONFIRMED, LINKED, NO_ACCOUNT, NOTHING_KNOWN]
    for agreement in (0, 1):
        for name in (
            {"joined_ratio": 100},
            {"joined_ratio": 50, "initials": 3},
            {"joined_ratio": 80, "sorted_ratio": 91, "alike_weight_share": 0.5},
            {"joined_ratio": 80, "sorted_ratio": 91, "alike_weight_share": 1.0},
        ):
            row = np.full(len(FEATURES), float(agreement), dtype=np.float32)
            row[FEATURES.index("initials")] = 0
            row[FEATURES.index("n_words_fewer")] = 1
            for feature, value in name.items():
                row[FEATURES.index(feature)] = value
            said.append(describe_link(row, domain="acme.fr"))
    assert [text for text in said if is_foreign(text, language="fr")] == []
