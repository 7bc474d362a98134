"""One form for each way to write an address, a name, a firm."""

import pytest

from signoff.store.register.identity import (
    normal_company,
    normal_domain,
    normal_email,
    normal_name,
    normal_phone,
    normal_profile,
)


@pytest.mark.parametrize(
    ("form", "spellings"),
    [
        (
            normal_email,
            ["ann@x.fr", " ANN@X.fr", "<ann@x.fr>;", "\uff41nn@x.fr"],
        ),
        (normal_domain, ["x.fr", "WWW.x.fr", "http://x.fr/a?b", "ann@x.fr", "x.fr.", "x.fr:80"]),
        (normal_name, ["Zoé O'Neil", "ZOE ONEIL", "zoe   oneil", "Zoé O\u2019Neil", "Zoé. O'Neil"]),
        (normal_company, ["Acme", "ACME Inc.", "acme co ltd", "Acme S.A.", "Acmé GmbH"]),
        (normal_phone, ["+33 1 23 45 67 89", "0123456789", "0033-1-23456789", "(01)23.45.67.89"]),
        (
            normal_profile,
            ["linkedin.com/in/a", "https://www.linkedin.com/in/A/", "fr.linkedin.com/in/a?x=1"],
        ),
    ],
)
def test_normal_form_of_every_spelling_is_one(form: object, spellings: list[str]) -> None:
    assert callable(form)
    assert len({form(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    "form",
    [normal_email, normal_domain, normal_name, normal_company, normal_phone, normal_profile],
)
def test_normal_form_of_nothing_is_empty(form: object) -> None:
    assert callable(form)
    assert [form(None), form(""), form("  ")] == ["", "", ""]


def test_normal_company_that_is_only_a_legal_form_keeps_it() -> None:
    assert normal_company("SAS") == "sas"


def test_normal_phone_too_short_to_name_anybody_is_empty() -> None:
    assert normal_phone("ext. 4512") == ""
