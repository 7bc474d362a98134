"""Lines of matched-audience lists."""

import hashlib

import pytest

from signoff.store.formats.google_ads import customer_match
from signoff.store.formats.linkedin import matched

CONTACT = {
    "email": " Ann.Lee@Example.com",
    "first_name": " Ann ",
    "last_name": "L" * 40,
    "phone": "+33 (0)1 23 45 67 89",
    "country": "FR",
    "postcode": "75001",
    "title": "CFO",
    "company": "C" * 60,
}


def test_contact_row_plain_keeps_linkedin_s_lengths() -> None:
    line = matched.contact_row(CONTACT, hashed=False)
    assert tuple(line) == matched.CONTACT_COLUMNS
    assert (line["email"], len(line["lastname"])) == ("ann.lee@example.com", 35)
    assert len(line["employeecompany"]) == 50


def test_contact_row_hashed_shows_no_name() -> None:
    line = matched.contact_row(CONTACT, hashed=True)
    assert line["email"] == hashlib.sha256(b"ann.lee@example.com").hexdigest()
    assert (line["firstname"], line["lastname"], line["employeecompany"]) == ("", "", "")


def test_customer_row_hashes_mail_phone_and_names_only() -> None:
    line = customer_match.customer_row(CONTACT, hashed=True)
    assert tuple(line) == ("Email", "Phone", "First Name", "Last Name", "Country", "Zip")
    assert line["Phone"] == hashlib.sha256(b"+33123456789").hexdigest()
    assert line["First Name"] == hashlib.sha256(b"ann").hexdigest()
    assert (line["Country"], line["Zip"]) == ("FR", "75001")


def test_customer_row_empty_stays_empty() -> None:
    line = customer_match.customer_row({"email": "a@b.example"}, hashed=True)
    assert (line["Phone"], line["Last Name"]) == ("", "")


def test_company_row_without_domain_has_no_website() -> None:
    line = matched.company_row({"name": "Acme", "country": "FR"})
    assert tuple(line) == matched.COMPANY_COLUMNS
    assert (line["companyname"], line["companywebsite"], line["companycountry"]) == (
        "Acme",
        "",
        "FR",
    )


@pytest.mark.parametrize(
    ("written", "phone"),
    [
        ("+33 1 23 45 67 89 ext. 12", "+33123456789"),
        ("tel:+33123456789 poste 4", "+33123456789"),
        ("+1 (202) 555-0100 / 0199", "+12025550100"),
        ("+0123456789", ""),
        ("+1-800-FLOWERS", ""),
    ],
)
def test_international_phone_leaves_extensions_out(written: str, phone: str) -> None:
    assert customer_match.international_phone(written) == phone
