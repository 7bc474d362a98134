"""Meta's custom-audience list: every cell normalised by Meta's rules, then hashed."""

import hashlib
import re
from collections.abc import Mapping

from signoff.store.formats.google_ads.customer_match import international_phone

__all__ = ["COLUMNS", "FEWEST_PEOPLE", "audience_row"]

COLUMNS = ("email", "phone", "fn", "ln", "ct", "st", "zip", "country")
FEWEST_PEOPLE = 100
US_ZIP_DIGITS = 5
STATES = """
alabama:al alaska:ak arizona:az arkansas:ar california:ca colorado:co connecticut:ct delaware:de
districtofcolumbia:dc florida:fl georgia:ga hawaii:hi idaho:id illinois:il indiana:in iowa:ia
kansas:ks kentucky:ky louisiana:la maine:me maryland:md massachusetts:ma michigan:mi minnesota:mn
mississippi:ms missouri:mo montana:mt nebraska:ne nevada:nv newhampshire:nh newjersey:nj
newmexico:nm newyork:ny northcarolina:nc northdakota:nd ohio:oh oklahoma:ok oregon:or
pennsylvania:pa rhodeisland:ri southcarolina:sc southdakota:sd tennessee:tn texas:tx utah:ut
vermont:vt virginia:va washington:wa westvirginia:wv wisconsin:wi wyoming:wy
"""
STATE_CODES = dict(pair.split(":") for pair in STATES.split())


def audience_row(contact: Mapping[str, str | None]) -> dict[str, str]:
    """Give one line of a custom-audience list; Meta takes it hashed only.

    Args:
        contact: E-mail, phone, first and last name, city, region, postcode and country.

    Returns:
        The line, each cell as SHA-256 of what Meta's rules make of it; an empty cell stays empty.
        Mail: lower case without spaces; its tag and dots stay. Phone: digits with the country's
        code, without + and leading zeros. Names and city: lower case without spaces and
        punctuation, accents kept. State: two letters in the United States, else as a city.
        Postcode: lower case without spaces, up to a dash; five digits in the United States.
        Country: two letters, lower case.

    Source: Meta Business Help "How to format a customer list when creating a custom audience"
    (column names, lists of 100 people and more); Marketing API "Hashing and normalizing data" as
    HCL's documentation of its connector repeats it; normalisers of Meta's own SDK (postcode up to
    the dash). Read as stored copies, 2026-11; not tried on a live account.

    >>> line = audience_row({"email": " Ann@Example.com", "country": "FR"})
    >>> line["email"][:8], line["country"][:8], line["zip"]
    ('71d4f55f', '67ad8f41', '')
    """
    country = (contact.get("country") or "").strip().lower()
    plain = {
        "email": re.sub(r"\s", "", contact.get("email") or "").lower(),
        "phone": international_phone(contact.get("phone") or "").lstrip("+"),
        "fn": _letters(contact.get("first_name")),
        "ln": _letters(contact.get("last_name")),
        "ct": _letters(contact.get("city")),
        "st": _state(contact.get("region"), country=country),
        "zip": _postcode(contact.get("postcode"), country=country),
        "country": country,
    }
    return {name: _hashed(value) for name, value in plain.items()}


def _letters(text: str | None) -> str:
    return re.sub(r"[\W_]", "", (text or "").lower())


def _state(region: str | None, *, country: str) -> str:
    state = _letters(region)
    return STATE_CODES.get(state, state if len(state) == 2 else "") if country == "us" else state


def _postcode(postcode: str | None, *, country: str) -> str:
    code = re.sub(r"\s", "", (postcode or "").lower()).partition("-")[0]
    return code[:US_ZIP_DIGITS] if country == "us" else code


def _hashed(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest() if value else ""
