"""Records of firms to be matched, and the columns in which they are compared."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from signoff.audience.matching.account_names import ComparedName, compare_name
from signoff.store.firm_names import fold_name
from signoff.store.formats.countries import country_code
from signoff.store.web_domains import (
    domain_label,
    is_free_mail,
    is_hosted,
    registrable_domain,
)

__all__ = ["AccountRecord", "ComparedRecords", "compare_records"]

UNKNOWN = -1
SHARED_BY = 20
"""A domain under which more differently named records stand is a directory's or a host's."""

_NOTHING_TEXT = """
    na none null nil unknown inconnu tbd test todo x xx xxx aucun aucune vide empty nc nd
    notavailable nonrenseigne
"""
_NOTHING = frozenset(_NOTHING_TEXT.split())


@dataclass(frozen=True, slots=True)
class AccountRecord:
    """A record of a firm as some list has it; what is not known is empty.

    Attributes:
        id: Its own id in that list.
        name: Name of the firm.
        website: Web address, domain or mail address.
        country: Country, as a name or a code.
        city: Town.
        postcode: Postal code.
        industry: Industry or sector, in any words.
    """

    id: str
    name: str = ""
    website: str = ""
    country: str = ""
    city: str = ""
    postcode: str = ""
    industry: str = ""


@dataclass(frozen=True)
class ComparedRecords:
    """Records as columns in the form in which they are compared; row i is record i.

    Attributes:
        names: Compared names; an empty core where no name tells anything.
        joined: Cores without blanks.
        domains: Registrable domains that may identify a firm; empty where none does.
        labels: The names in these domains.
        codes: Per field (form, domain, country, city, postcode, industry) a number per value,
            -1 where it is not known.
    """

    names: tuple[ComparedName, ...]
    joined: tuple[str, ...]
    domains: tuple[str, ...]
    labels: tuple[str, ...]
    codes: dict[str, NDArray[np.int64]]


def compare_records(records: Sequence[AccountRecord]) -> ComparedRecords:
    """Give records in the form in which they are compared.

    Args:
        records: Any number of records, fields unknown or not.

    Returns:
        Columns; free mail, hosts and domains that too many names share identify nobody.

    >>> found = compare_records([AccountRecord("1", "Acme Ltd", "jane@gmail.com")])
    >>> found.names[0].core, found.domains
    ('acme', ('',))
    """
    names = tuple(_compare(record.name) for record in records)
    domains = _identifying([_domain(record.website) for record in records], names)
    return ComparedRecords(
        names=names,
        joined=tuple(name.core.replace(" ", "") for name in names),
        domains=domains,
        labels=tuple(domain_label(domain) for domain in domains),
        codes={
            "form": _code([name.form for name in names]),
            "domain": _code(domains),
            "country": _code([_country(record.country) for record in records]),
            "city": _code([_fold(record.city) for record in records]),
            "postcode": _code([_fold(record.postcode) for record in records]),
            "industry": _code([_fold(record.industry) for record in records]),
        },
    )


def _compare(name: str) -> ComparedName:
    if _fold(name) and any(letter.isalnum() for letter in name):
        return compare_name(name[:200])
    return ComparedName("", "", "")


def _domain(website: str) -> str:
    domain = registrable_domain(website) if website else ""
    return "" if is_free_mail(domain) or is_hosted(domain) else domain


def _identifying(domains: list[str], names: tuple[ComparedName, ...]) -> tuple[str, ...]:
    users: dict[str, set[str]] = {}
    for domain, name in zip(domains, names, strict=True):
        if domain:
            users.setdefault(domain, set()).add(name.core)
    return tuple("" if d and len(users[d]) > SHARED_BY else d for d in domains)


def _fold(value: str) -> str:
    folded = fold_name(value.strip())
    return "" if folded in _NOTHING else folded


@lru_cache(maxsize=4096)
def _country(value: str) -> str:
    return (country_code(value) if value.strip() else None) or _fold(value)


def _code(values: Sequence[str]) -> NDArray[np.int64]:
    """Number values by first appearance; the empty value is -1."""
    known: dict[str, int] = {"": UNKNOWN}
    codes = [known.setdefault(value, len(known) - 1) for value in values]
    return np.array(codes, dtype=np.int64)
