"""Names lose what says nothing about who the firm is."""

import pytest

from signoff.audience.matching.account_names import compare_name


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("CISCO SYSTEMS  DL-,001", "Cisco Systems, Inc."),
        ("TRYG A/S TRYG ORD SHS", "Tryg A/S"),
        ("SANDVIK AB (publ)", "SANDVIK"),
        ("HUANENG PWR INTL H  YC 1", "Huaneng Power International"),
        ("Société Anonyme Dupont", "SARL DUPONT"),
        ("Wüstenrot & Württembergische AG", "WUESTENROT + WUERTTEMBERGISCHE"),
        ("Acme Holdings Ltd", "ACME HLDGS"),
        ("M.T.U. Aero", "MTU Aero"),
    ],
)
def test_compare_name_two_notations_of_one_firm_have_one_core(name: str, other: str) -> None:
    core, expected = compare_name(name).core, compare_name(other).core
    assert core == expected or core.startswith(f"{expected} ")


@pytest.mark.parametrize("name", ["SA", "AG", "The", "Limited", "O.N."])
def test_compare_name_nothing_but_a_form_keeps_a_core(name: str) -> None:
    assert compare_name(name).core


def test_compare_name_forms_alike_are_written_alike() -> None:
    assert compare_name("Acme Limited").form == compare_name("Acme Ltd.").form == "ltd"
