"""The platforms: what each reads, and what it refuses."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from signoff.errors import DataError
from signoff.store.formats.google_ads import customer_match
from signoff.store.formats.linkedin import matched
from signoff.store.formats.meta import custom_audience
from signoff.store.formats.tiktok import customer_file

__all__ = ["RULES", "ListRules", "Platform", "contact_line", "find_platform"]


class Platform(StrEnum):
    """Which platform's list."""

    LINKEDIN_COMPANIES = "linkedin_companies"
    LINKEDIN_CONTACTS = "linkedin_contacts"
    GOOGLE_CUSTOMER_MATCH = "google_customer_match"
    META_CUSTOM_AUDIENCE = "meta_custom_audience"
    TIKTOK_AUDIENCE = "tiktok_audience"


@dataclass(frozen=True)
class ListRules:
    """What a platform asks of a list.

    Attributes:
        title: Its name for people.
        columns: Headings, in the platform's order and spelling.
        hashed_columns: Headings of a hashed list, where they differ.
        fewest_rows: A list of fewer is refused.
        largest_rows: A list of more is refused; None where the platform names no number.
        largest_bytes: A larger file is refused; None where the platform names no size.
        holds_people: Whether it names people, or companies only.
        must_hash: Whether the platform takes hashed lists only.
        source: Where the smallest number comes from.
    """

    title: str
    columns: tuple[str, ...]
    fewest_rows: int
    source: str
    hashed_columns: tuple[str, ...] = ()
    largest_rows: int | None = None
    largest_bytes: int | None = None
    holds_people: bool = True
    must_hash: bool = False

    def headings(self, *, hashed: bool) -> tuple[str, ...]:
        """Give the headings of a plain or a hashed list."""
        return (self.hashed_columns if hashed else ()) or self.columns


RULES: dict[Platform, ListRules] = {
    Platform.LINKEDIN_COMPANIES: ListRules(
        title="LinkedIn company list",
        columns=matched.COMPANY_COLUMNS,
        fewest_rows=1,
        source="LinkedIn names none for the file; an ad set needs 300 matched members",
        largest_rows=matched.LARGEST_ROWS,
        largest_bytes=matched.LARGEST_BYTES,
        holds_people=False,
    ),
    Platform.LINKEDIN_CONTACTS: ListRules(
        title="LinkedIn contact list",
        columns=matched.CONTACT_COLUMNS,
        fewest_rows=matched.SMALLEST_CONTACTS,
        source="LinkedIn Marketing Solutions help a1489764, 2026-11",
        largest_rows=matched.LARGEST_ROWS,
        largest_bytes=matched.LARGEST_BYTES,
    ),
    Platform.GOOGLE_CUSTOMER_MATCH: ListRules(
        title="Google Customer Match",
        columns=customer_match.COLUMNS,
        fewest_rows=customer_match.FEWEST_PEOPLE,
        source="Ads Data Hub help 9935747: lists serve from 100 active people, on YouTube from "
        "1,000; that Customer Match lists follow since 2025 is from memory",
    ),
    Platform.META_CUSTOM_AUDIENCE: ListRules(
        title="Meta custom audience",
        columns=custom_audience.COLUMNS,
        fewest_rows=custom_audience.FEWEST_PEOPLE,
        source="Meta Business Help 2082575038703844, 2026-11: avoid lists of fewer than 100",
        must_hash=True,
    ),
    Platform.TIKTOK_AUDIENCE: ListRules(
        title="TikTok customer file",
        columns=customer_file.COLUMNS,
        hashed_columns=customer_file.HASHED_COLUMNS,
        fewest_rows=customer_file.FEWEST_ENTRIES,
        source="TikTok Ads help on customer files, September 2025",
        largest_bytes=customer_file.LARGEST_BYTES,
    ),
}


def find_platform(name: str, *, hashed: bool) -> Platform:
    """Give a platform by its name.

    Raises:
        DataError: there is none of that name, or it takes hashed lists only.

    >>> find_platform("linkedin_companies", hashed=False).value
    'linkedin_companies'
    """
    try:
        platform = Platform(name)
    except ValueError as error:
        raise DataError(
            f"there is no list for {name!r}",
            why="each platform reads its own columns",
            fix=f"use one of: {', '.join(Platform)}",
            where="platform",
        ) from error
    if RULES[platform].must_hash and not hashed:
        raise DataError(
            f"a list for {platform.value} cannot leave in plain text",
            why="the platform takes hashed lists only",
            fix="export it hashed",
            where="hashed",
        )
    return platform


def contact_line(
    contact: Mapping[str, str | None], platform: Platform, *, hashed: bool
) -> dict[str, str]:
    """Give a contact as a platform reads it.

    >>> contact_line({"email": "a+b@c.example"}, Platform.TIKTOK_AUDIENCE, hashed=False)["Email"]
    'a@c.example'
    """
    if platform is Platform.LINKEDIN_CONTACTS:
        return matched.contact_row(contact, hashed=hashed)
    if platform is Platform.META_CUSTOM_AUDIENCE:
        return custom_audience.audience_row(contact)
    if platform is Platform.TIKTOK_AUDIENCE:
        return customer_file.customer_row(contact, hashed=hashed)
    return customer_match.customer_row(contact, hashed=hashed)
