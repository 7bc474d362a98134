"""Records of one firm stand together, whatever their order, and never against an answer."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from signoff.audience import AccountRecord, PairDecision, list_likely_pairs, match_accounts
from signoff.audience.matching.decisions import learn_from_decisions
from signoff.errors import DataError

RECORDS = (
    AccountRecord("a1", "Acme Tools Ltd", website="acmetools.com", country="UK"),
    AccountRecord("a2", "ACME TOOLS", website="https://www.acmetools.com/fr"),
    AccountRecord("a3", "Acme Tools Limited", country="UK"),
    AccountRecord("b1", "Zenith Foods SA", country="France"),
    AccountRecord("b2", "Zenith Foods", website="jane@gmail.com", country="France"),
    AccountRecord("c1", "Boréal Logistique", website="joe@gmail.com"),
    AccountRecord("d1", "", country="France"),
    AccountRecord("d2", "n/a", country="France"),
    AccountRecord("e1", "Omega Chemical Holdings"),
    AccountRecord("e2", "Omega Property Trust"),
)


def _firms(found: object) -> dict[str, str]:
    return {match.id: match.entity for match in found.matches}


def test_match_accounts_same_domain_or_name_stands_together() -> None:
    firms = _firms(match_accounts(RECORDS))
    assert firms["a1"] == firms["a2"] == firms["a3"] == "a1"
    assert firms["b1"] == firms["b2"] == "b1"
    assert firms["e1"] != firms["e2"]


def test_match_accounts_free_mail_joins_nobody() -> None:
    firms = _firms(match_accounts(RECORDS))
    assert firms["b2"] != firms["c1"]


def test_match_accounts_records_with_only_a_country_stay_alone() -> None:
    firms = _firms(match_accounts(RECORDS))
    assert (firms["d1"], firms["d2"]) == ("d1", "d2")


def test_match_accounts_domain_shared_by_many_names_is_no_evidence() -> None:
    names = [
        f"{start}{end}"
        for start in ("Aba", "Bir", "Ced", "Dah", "Elu")
        for end in ("cus", "chon", "rima", "lito", "mber")
    ]
    shared = [AccountRecord(name, name, website="portal-of-all.com") for name in names]
    assert match_accounts(shared).n_merged == 0


def test_match_accounts_numbered_branches_stand_apart() -> None:
    branches = [AccountRecord(str(i), f"Agence Acme {i}", country="FR") for i in range(12, 40)]
    assert match_accounts(branches).n_merged == 0


def test_match_accounts_every_link_has_confidence_and_reason() -> None:
    for match in match_accounts(RECORDS).matches:
        assert 0 <= match.confidence <= 1
        assert match.reason.endswith(".")


def test_match_accounts_same_domain_is_named_in_the_reason() -> None:
    reasons = {match.id: match.reason for match in match_accounts(RECORDS).matches}
    assert reasons["a2"].startswith("Same web domain acmetools.com.")


def test_match_accounts_order_of_records_changes_nothing() -> None:
    shuffled = list(RECORDS)
    random.Random(4).shuffle(shuffled)
    assert sorted(_firms(match_accounts(shuffled)).items()) == sorted(
        _firms(match_accounts(RECORDS)).items()
    )


def test_match_accounts_confirmed_pair_stands_together() -> None:
    answer = PairDecision("e1", "e2", is_same=True)
    firms = _firms(match_accounts(RECORDS, decisions=[answer]))
    assert firms["e1"] == firms["e2"]


def test_match_accounts_rejected_pair_stands_apart_though_a_third_is_like_both() -> None:
    answer = PairDecision("a2", "a1", is_same=False)
    firms = _firms(match_accounts(RECORDS, decisions=[answer]))
    assert firms["a1"] != firms["a2"]


IDS = [record.id for record in RECORDS]


@settings(max_examples=25, deadline=None)
@given(
    st.permutations(RECORDS),
    st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)), max_size=8),
)
def test_match_accounts_rejected_never_together_in_any_order(
    records: list[AccountRecord], rejected: list[tuple[str, str]]
) -> None:
    answers = [PairDecision(a, b, is_same=False) for a, b in rejected if a != b]
    firms = _firms(match_accounts(records, decisions=answers))
    assert firms == _firms(match_accounts(sorted(records, key=lambda r: r.id), decisions=answers))
    assert all(firms[answer.id] != firms[answer.other_id] for answer in answers)


def test_match_accounts_contradicting_answers_are_refused() -> None:
    answers = [
        PairDecision("a1", "b1", is_same=True),
        PairDecision("b1", "c1", is_same=True),
        PairDecision("a1", "c1", is_same=False),
    ]
    with pytest.raises(DataError, match="rejected pairs are one firm"):
        match_accounts(RECORDS, decisions=answers)


def test_match_accounts_id_twice_is_refused_by_name() -> None:
    with pytest.raises(DataError, match="id 'a1' stands 2 times"):
        match_accounts([RECORDS[0], RECORDS[0]])


def test_match_accounts_no_records_is_refused() -> None:
    with pytest.raises(DataError, match="no records"):
        match_accounts([])


def test_match_accounts_absurd_names_stay_alone() -> None:
    absurd = [AccountRecord(str(i), name) for i, name in enumerate(["", "-", "???", "x" * 9999])]
    assert match_accounts(absurd).n_merged == 0


def test_list_likely_pairs_leaves_out_what_was_answered() -> None:
    doubtful = [
        AccountRecord("1", "TotalEnergies", country="UK"),
        AccountRecord("2", "Total", country="UK"),
        AccountRecord("3", "Dupont et fils", country="UK"),
        AccountRecord("4", "Dupond & Fils", country="UK"),
    ]
    first = list_likely_pairs(match_accounts(doubtful))
    assert first
    answer = PairDecision(first[0].record.id, first[0].other.id, is_same=False)
    second = list_likely_pairs(match_accounts(doubtful, decisions=[answer]))
    assert (first[0].record.id, first[0].other.id) not in {
        (pair.record.id, pair.other.id) for pair in second
    }


def test_learn_from_decisions_answers_that_say_no_more_often_move_the_odds_down() -> None:
    log_odds = np.linspace(-3, 3, 60)
    said = log_odds > 1.5
    slope, intercept = learn_from_decisions(log_odds, said)
    assert intercept < 0
    assert slope > 0


def test_learn_from_decisions_few_answers_learn_nothing() -> None:
    assert learn_from_decisions(np.ones(29), np.arange(29) > 3) == (1.0, 0.0)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Agence 1", ""), ("Agence 12", "")),
        (("Carrefour Market 3", ""), ("Carrefour Market 35", "")),
        (("Lycée Jean Moulin", "Lyon"), ("Lycée Jean Moulin", "Béziers")),
        (("St Mary's Hospital", "Boston"), ("St Mary's Hospital", "Denver")),
    ],
)
def test_match_accounts_asks_before_it_joins_branches_and_namesakes(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    records = [
        AccountRecord(str(n), name=name, city=city) for n, (name, city) in enumerate((one, other))
    ]
    found = match_accounts(records)
    assert [match.entity for match in found.matches] == ["0", "1"]


def test_match_accounts_asks_where_one_name_has_domains_of_two_names() -> None:
    found = match_accounts(
        [
            AccountRecord("1", "Delta", website="delta.com"),
            AccountRecord("2", "Delta", website="deltafaucet.com"),
            AccountRecord("3", "Acme Tools", website="acmetools.fr"),
            AccountRecord("4", "Acme Tools", website="acmetools.com"),
        ]
    )
    assert [match.entity for match in found.matches] == ["1", "2", "3", "3"]
    assert list_likely_pairs(found)[0].record.name == "Delta"
