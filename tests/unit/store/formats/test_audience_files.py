"""Lines for Meta and TikTok: each platform's own normal form, hashed."""

import hashlib

import pytest

from signoff.store.formats.meta.custom_audience import COLUMNS, audience_row
from signoff.store.formats.meta.restrictions import restricted_branch
from signoff.store.formats.tiktok.customer_file import customer_row, untagged_email

CONTACT = {
    "email": " Zoé.Lee+Fair@Example.com ",
    "first_name": " Jean-Noël ",
    "last_name": "O'Brien Luczak",
    "phone": "+33 (0)1 23 45 67 89",
    "city": "Saint-Étienne",
    "region": "Auvergne-Rhône-Alpes",
    "country": "FR",
    "postcode": "42 000",
}


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def test_audience_row_follows_meta_s_rules() -> None:
    # the plain forms are those of "Hashing and normalizing data" of Meta's Marketing API
    line = audience_row(CONTACT)
    assert tuple(line) == COLUMNS
    assert line == {
        "email": _sha("zoé.lee+fair@example.com"),
        "phone": _sha("33123456789"),
        "fn": _sha("jeannoël"),
        "ln": _sha("obrienluczak"),
        "ct": _sha("saintétienne"),
        "st": _sha("auvergnerhônealpes"),
        "zip": _sha("42000"),
        "country": _sha("fr"),
    }


@pytest.mark.parametrize(
    ("region", "state"), [("California", "ca"), ("TX", "tx"), ("new  york", "ny"), ("Bavaria", "")]
)
def test_audience_row_in_the_united_states_has_two_letters_and_five_digits(
    region: str, state: str
) -> None:
    line = audience_row({"country": "US", "region": region, "postcode": "94025-1234"})
    assert line["st"] == (_sha(state) if state else "")
    assert line["zip"] == _sha("94025")


def test_audience_row_empty_stays_empty() -> None:
    assert set(audience_row({}).values()) == {""}


def test_customer_row_drops_the_tag_before_hashing() -> None:
    line = customer_row(CONTACT, hashed=True)
    assert line == {
        "Email_SHA256": _sha("zoé.lee@example.com"),
        "Phone_SHA256": _sha("+33123456789"),
    }


@pytest.mark.parametrize(
    ("written", "email"),
    [("a+b+c@x.example", "a@x.example"), ("a@x+y.example", "a@x+y.example"), (None, "")],
)
def test_untagged_email_drops_from_plus_to_at(written: str | None, email: str) -> None:
    assert untagged_email(written) == email


@pytest.mark.parametrize(
    ("kind", "scheme", "code", "branch"),
    [
        ("hospital", None, None, "health"),
        ("company", "naics", "622110", "health"),
        ("company", "naics", "5221", "finance"),
        ("company", "nace", "K64.19", "finance"),
        ("company", "naf", "86.10Z", "health"),
        ("company", "own", "Private banking", "finance"),
        ("company", "own", "santé publique", "health"),
        ("manufacturer", "naics", "3254", ""),
        ("company", "nace", "26.60", ""),
        ("school", None, None, ""),
    ],
)
def test_restricted_branch_knows_health_and_finance(
    kind: str, scheme: str | None, code: str | None, branch: str
) -> None:
    # NAICS 62 and 52, NACE divisions 86 to 88 and 64 to 66: the classifications' own titles
    assert restricted_branch(kind=kind, scheme=scheme, code=code) == branch
