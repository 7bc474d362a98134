"""TikTok's customer file: addresses and phone numbers."""

import hashlib
import re
from collections.abc import Mapping

from signoff.store.formats.google_ads.customer_match import international_phone

__all__ = [
    "COLUMNS",
    "FEWEST_ENTRIES",
    "HASHED_COLUMNS",
    "LARGEST_BYTES",
    "customer_row",
    "untagged_email",
]

COLUMNS = ("Email", "Phone")
HASHED_COLUMNS = ("Email_SHA256", "Phone_SHA256")
FEWEST_ENTRIES = 1000
LARGEST_BYTES = 1_000_000_000


def customer_row(contact: Mapping[str, str | None], *, hashed: bool) -> dict[str, str]:
    """Give one line of a customer file.

    Args:
        contact: E-mail and phone of the contact.
        hashed: Whether both leave as SHA-256; then the headings say so.

    Returns:
        The line. Mail: lower case, no spaces, nothing from "+" to "@" (the other platforms keep
        that). Phone: E.164 with its plus sign.

    Source: TikTok Ads help "List of supported IDs and formats for a customer file" (June 2025)
    and "How to create a custom audience with a customer file" (September 2025, at least 1,000
    entries, under 1 GB). Its page of August 2025 drops the plus sign of phone numbers; the later
    one recommends it. Read as stored copies, 2026-11; not tried on a live account.

    >>> customer_row({"email": "Ann+ads@Example.com", "phone": "+33 1 23 45 67 89"}, hashed=False)
    {'Email': 'ann@example.com', 'Phone': '+33123456789'}
    """
    cells = (
        untagged_email(contact.get("email")),
        international_phone(contact.get("phone") or ""),
    )
    if not hashed:
        return dict(zip(COLUMNS, cells, strict=True))
    digests = (hashlib.sha256(cell.encode()).hexdigest() if cell else "" for cell in cells)
    return dict(zip(HASHED_COLUMNS, digests, strict=True))


def untagged_email(email: str | None) -> str:
    """Give an address as TikTok hashes it: without what stands from "+" to "@".

    >>> untagged_email(" Ann.Lee+fair@Example.com")
    'ann.lee@example.com'
    """
    address = re.sub(r"\s", "", email or "").lower()
    return re.sub(r"\+[^@]*(?=@)", "", address)
