"""Blocking finds the pairs that are worth comparing, and few others."""

import pytest

from signoff.audience.matching.blocking import block_pairs
from signoff.audience.matching.records import AccountRecord, compare_records


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (AccountRecord("1", "Acme Tools"), AccountRecord("2", "ACME TOOLS SARL")),
        (AccountRecord("1", "", "acme.fr"), AccountRecord("2", "Zenith", "jane@acme.fr")),
        (AccountRecord("1", "Canadian Imperial Bank"), AccountRecord("2", "CIB")),
        (
            AccountRecord("1", "Groupe Dupont", "zenithfoods.com"),
            AccountRecord("2", "Zenith Foods"),
        ),
        (
            AccountRecord("1", "Speakeasy Cannab. Club"),
            AccountRecord("2", "Speakeasy Cannabis Club"),
        ),
    ],
)
def test_block_pairs_two_notations_of_one_firm_are_compared(
    one: AccountRecord, other: AccountRecord
) -> None:
    assert block_pairs(compare_records([one, other])).tolist() == [[0, 1]]


def test_block_pairs_nothing_in_common_is_not_compared() -> None:
    records = [AccountRecord("1", "Acme Tools"), AccountRecord("2", "Zenith Foods")]
    assert len(block_pairs(compare_records(records))) == 0


def test_block_pairs_free_mail_and_empty_names_are_not_compared() -> None:
    records = [AccountRecord(str(i), "", "x@gmail.com", "France") for i in range(9)]
    assert len(block_pairs(compare_records(records))) == 0


def test_block_pairs_records_of_one_name_are_each_compared_with_a_near_name() -> None:
    names = ("Skand. Ensk. Bank", "Skand. Ensk. Bank AB", "Skandinaviska Enskilda Banken")
    records = [AccountRecord(str(i), name) for i, name in enumerate(names)]
    assert block_pairs(compare_records(records)).tolist() == [[0, 1], [0, 2], [1, 2]]
