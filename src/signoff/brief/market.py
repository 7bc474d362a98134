"""Which organisations the campaign is for, and which it must leave alone."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from signoff.brief.addresses import hide_addresses
from signoff.brief.section import (
    Country,
    Domain,
    Line,
    Section,
    Share,
    refuse,
    refuse_address,
)
from signoff.units import OrganisationKind, Relationship

__all__ = [
    "INDUSTRY_SCHEMES",
    "IN_MARKET_DEFAULT_SHARE",
    "Market",
    "NeverContact",
    "normal_industry_code",
]

IN_MARKET_DEFAULT_SHARE = 0.05
"""Assumed when a brief says nothing: about one firm in twenty is buying in a given quarter.

Source: Dawes (2021), Advertising effectiveness and the 95-5 rule, Ehrenberg-Bass Institute.
"""

INDUSTRY_SCHEMES = {
    "naics": r"\d{2,6}|\d{2}-\d{2}",
    "nace": r"[A-U]|\d{2,4}",
    "naf": r"[A-U]|\d{2,4}[A-Z]?",
    "own": r".+",
}


def normal_industry_code(scheme: str, code: str) -> str:
    """Give an industry code in the one spelling by which codes are compared.

    Args:
        scheme: naics, nace, naf or own.
        code: A code of that scheme.

    >>> normal_industry_code("naf", " 62.01z"), normal_industry_code("own", "Software")
    ('6201Z', 'software')
    """
    code = code.strip()
    return code.lower() if scheme.strip().lower() == "own" else code.upper().replace(".", "")


def _known_industry(text: str) -> str:
    scheme, separator, code = text.partition(":")
    scheme, code = scheme.strip().lower(), normal_industry_code(scheme, code)
    pattern = INDUSTRY_SCHEMES.get(scheme)
    first, _, last = code.partition("-")
    is_forward = scheme != "naics" or not last or first < last
    if separator and pattern and is_forward and re.fullmatch(pattern, code):
        return f"{scheme}:{code}"
    raise refuse(
        f"'{hide_addresses(text)}' is not an industry code",
        why="an industry needs its scheme and a code of that scheme, because 62 is one thing in "
        "NACE and another in NAICS",
        fix="write it like naics:51, nace:62, naf:6201Z, or own:software for a label of your own",
    )


def _not_a_person(text: str) -> str:
    if "@" in text:
        raise refuse_address()
    return text


Industry = Annotated[str, Field(max_length=100), AfterValidator(_known_industry)]
"""An industry as "scheme:code"."""


class Market(Section):
    """Which organisations the campaign is for."""

    countries: Annotated[tuple[Country, ...], Field(min_length=1)]
    """Countries, by their two-letter codes."""
    regions: tuple[Line, ...] = ()
    """Regions or states, as the account list writes them; empty for all."""
    cities: tuple[Line, ...] = ()
    """Cities, as the account list writes them; empty for all."""
    organisation_kinds: tuple[OrganisationKind, ...] = ()
    """Kinds of organisation; empty for all."""
    industries: tuple[Industry, ...] = ()
    """Industries as "scheme:code" (naics, nace, naf or own); a code takes in those that begin
    with it; empty for all."""
    employees_min: Annotated[int, Field(ge=0)] | None = None
    """Fewest employees; empty for no limit."""
    employees_max: Annotated[int, Field(ge=0)] | None = None
    """Most employees; empty for no limit."""
    relationships: Annotated[tuple[Relationship, ...], Field(min_length=1)] = (
        Relationship.PROSPECT,
    )
    """What the accounts are to the advertiser."""
    in_market_share: Annotated[Share, Field(gt=0)] = IN_MARKET_DEFAULT_SHARE
    """Share of these accounts that will buy something of the kind in the period; as a heuristic,
    the months of the period by the months between two purchases. The default is an assumption (the
    95-5 rule, Dawes 2021)."""


class NeverContact(Section):
    """Organisations that must never be contacted; persons belong in the suppression ledger."""

    domains: tuple[Domain, ...] = ()
    """Web domains."""
    accounts: tuple[Annotated[Line, AfterValidator(_not_a_person)], ...] = ()
    """Names of accounts, as the account list writes them, or their ids."""
