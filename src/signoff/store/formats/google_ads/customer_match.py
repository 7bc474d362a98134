"""Google's Customer Match list."""

import hashlib
import re
from collections.abc import Mapping

__all__ = ["COLUMNS", "FEWEST_PEOPLE", "customer_row", "international_phone"]

COLUMNS = ("Email", "Phone", "First Name", "Last Name", "Country", "Zip")
FEWEST_PEOPLE = 100
FEWEST_DIGITS, MOST_DIGITS = 8, 15
EXTENSION = re.compile(r"[^\W\d_]|[/;,#]")


def customer_row(contact: Mapping[str, str | None], *, hashed: bool) -> dict[str, str]:
    """Give one line of a Customer Match list.

    Args:
        contact: E-mail, phone, first and last name, country and postcode of the contact.
        hashed: Whether mail, phone and names leave as SHA-256; country and postcode stay plain.

    Returns:
        The line, in the order and spelling Google's help asks for (2026-11): lower case, no
        spaces, phone in E.164.

    >>> customer_row({"email": "Ann@Example.com ", "phone": "+33 1 23 45 67 89"}, hashed=False)[
    ...     "Phone"
    ... ]
    '+33123456789'
    """
    personal = {
        "Email": re.sub(r"\s", "", contact.get("email") or "").lower(),
        "Phone": international_phone(contact.get("phone") or ""),
        "First Name": (contact.get("first_name") or "").strip().lower(),
        "Last Name": (contact.get("last_name") or "").strip().lower(),
    }
    if hashed:
        personal = {
            name: hashlib.sha256(value.encode()).hexdigest() if value else ""
            for name, value in personal.items()
        }
    return personal | {
        "Country": contact.get("country") or "",
        "Zip": contact.get("postcode") or "",
    }


def international_phone(phone: str) -> str:
    """Give a phone number in E.164; empty when its country is not written with it.

    Args:
        phone: As written; (0) after the country's code is dropped, and what stands behind a word
            or a mark, such as an extension or a second number.

    >>> international_phone("0033 (0)1 23 45 67 89"), international_phone("01 23 45 67 89")
    ('+33123456789', '')
    """
    first = EXTENSION.split(phone.strip().removeprefix("tel:"), maxsplit=1)[0]
    digits = re.sub(r"[^0-9+]", "", first.replace("(0)", ""))
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    bare = digits.removeprefix("+")
    is_whole = digits.startswith("+") and FEWEST_DIGITS <= len(bare) <= MOST_DIGITS
    return f"+{bare}" if is_whole and bare.isdigit() and bare[0] != "0" else ""
