"""The reader's words for what an account is."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from signoff.report.wording import read_catalog
from signoff.units import OrganisationKind, SupplyChainPlace

__all__ = ["say_state", "say_value"]

KINDS = {
    OrganisationKind.COMPANY: _("company"),
    OrganisationKind.MANUFACTURER: _("manufacturer"),
    OrganisationKind.SCHOOL: _("school"),
    OrganisationKind.HOSPITAL: _("hospital"),
    OrganisationKind.PUBLIC_BODY: _("public body"),
    OrganisationKind.ASSOCIATION: _("association"),
    OrganisationKind.OTHER: _("other"),
}
PLACES = {
    SupplyChainPlace.MATERIALS: _("materials"),
    SupplyChainPlace.COMPONENTS: _("components"),
    SupplyChainPlace.FINAL_GOODS: _("final goods"),
    SupplyChainPlace.DISTRIBUTION: _("distribution"),
    SupplyChainPlace.SERVICES: _("services"),
}
BANDS = {
    "micro": _("micro, below 10"),
    "small": _("small, 10 to 49"),
    "medium": _("medium, 50 to 249"),
    "large": _("large, 250 and more"),
}
WORDS = {
    "size_band": BANDS,
    "kind": {kind.value: word for kind, word in KINDS.items()},
    "likely_kind": {kind.value: word for kind, word in KINDS.items()},
    "supply_chain_place": {place.value: word for place, word in PLACES.items()},
    "likely_place": {place.value: word for place, word in PLACES.items()},
}
STATES = {
    "known": ("●", _("known")),
    "likely": ("◐", _("likely")),
    "unknown": ("○", _("unknown")),
}
FAMILIES = {
    "relationship": "relationship",
    "roles_missing": "role",
    "roles_known": "role",
    "next_role": "role",
}


def say_value(column: str, value: Any) -> str:
    """Give the reader's word for a value of a column; what has none stays as it is."""
    if column in WORDS:
        return str(WORDS[column].get(str(value), value))
    if column in FAMILIES:
        return read_catalog(get_language() or "en").term(FAMILIES[column], str(value))
    return str(value)


def say_state(state: str, *, with_mark: bool = True) -> str:
    """Give the reader's word for known, likely or unknown, after a mark that tells it at a glance.

    >>> say_state("likely", with_mark=False)
    'likely'
    """
    mark, word = STATES.get(state, ("", state))
    return f"{mark}\u00a0{word}" if with_mark and mark else str(word)
