"""LinkedIn's matched-audience lists: companies, and contacts plain or hashed."""

import hashlib
from collections.abc import Mapping

__all__ = [
    "COMPANY_COLUMNS",
    "CONTACT_COLUMNS",
    "LARGEST_BYTES",
    "LARGEST_ROWS",
    "SMALLEST_CONTACTS",
    "company_row",
    "contact_row",
]

COMPANY_COLUMNS = (
    "companyname",
    "companywebsite",
    "companyemaildomain",
    "linkedincompanypageurl",
    "stocksymbol",
    "industry",
    "city",
    "state",
    "companycountry",
    "zipcode",
)
CONTACT_COLUMNS = (
    "email",
    "firstname",
    "lastname",
    "jobtitle",
    "employeecompany",
    "country",
    "googleaid",
)
SMALLEST_CONTACTS = 300
LARGEST_ROWS = 300_000
LARGEST_BYTES = 20_000_000
NAME_LETTERS = 35
COMPANY_LETTERS = 50


def company_row(account: Mapping[str, str | None]) -> dict[str, str]:
    """Give one line of a company list.

    Args:
        account: Name, domain, city, region, country and industry of the account.

    Returns:
        The line, in the order of LinkedIn's template (help of Campaign Manager, 2026-11).

    >>> company_row({"name": "Acme", "domain": "acme.example", "country": "FR"})["companywebsite"]
    'https://acme.example'
    """
    domain = account.get("domain") or ""
    return dict.fromkeys(COMPANY_COLUMNS, "") | {
        "companyname": account.get("name") or "",
        "companywebsite": f"https://{domain}" if domain else "",
        "companyemaildomain": domain,
        "industry": account.get("industry") or "",
        "city": account.get("city") or "",
        "state": account.get("region") or "",
        "companycountry": account.get("country") or "",
    }


def contact_row(contact: Mapping[str, str | None], *, hashed: bool) -> dict[str, str]:
    """Give one line of a contact list.

    Args:
        contact: E-mail, first and last name, title, company and country of the contact.
        hashed: Whether the address leaves as SHA-256; then no name leaves beside it.

    Returns:
        The line, in the order of LinkedIn's template; names cut at 35 letters, company at 50.

    >>> line = contact_row({"email": " Ann@Example.com", "first_name": "Ann"}, hashed=True)
    >>> line["email"][:8], line["firstname"]
    ('71d4f55f', '')
    """
    email = (contact.get("email") or "").strip().lower()
    line = dict.fromkeys(CONTACT_COLUMNS, "") | {"country": contact.get("country") or ""}
    if hashed:
        return line | {"email": hashlib.sha256(email.encode()).hexdigest()}
    return line | {
        "email": email,
        "firstname": (contact.get("first_name") or "")[:NAME_LETTERS],
        "lastname": (contact.get("last_name") or "")[:NAME_LETTERS],
        "jobtitle": contact.get("title") or "",
        "employeecompany": (contact.get("company") or "")[:COMPANY_LETTERS],
    }
