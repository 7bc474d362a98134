"""Countries by their names in English and French."""

import csv
from functools import lru_cache
from importlib import resources

from signoff.store.formats.format import fold

__all__ = ["country_code", "country_names"]


@lru_cache(maxsize=1)
def country_names() -> dict[str, str]:
    """Give every known spelling, folded, and its ISO 3166 alpha-2 code.

    Returns:
        Codes, English, French and other common names; 249 countries.

    >>> country_names()["etats unis"]
    'US'
    """
    names: dict[str, str] = {}
    text = resources.files("signoff.store.formats").joinpath("countries.csv")
    with text.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            others = row["other_names"].split("; ")
            for name in (row["code"], row["name_en"], row["name_fr"], *others):
                if name:
                    names.setdefault(fold(name), row["code"])
    return names


def country_code(name: str) -> str | None:
    """Give the ISO 3166 alpha-2 code of a country.

    Args:
        name: Code, or name in English or French; case and accents do not matter.

    Returns:
        The code in capitals, or None when no country is called so.

    >>> country_code("Allemagne"), country_code("korea"), country_code("Atlantis")
    ('DE', 'KR', None)
    """
    return country_names().get(fold(name))
