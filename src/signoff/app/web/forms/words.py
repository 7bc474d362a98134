"""The words of closed vocabularies as a form offers them, with what each means."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language, pgettext_lazy

from signoff.report.wording import read_catalog

__all__ = ["WORDS", "word_of"]

FAMILIES = {
    "CommitteeRole": "role",
    "Relationship": "relationship",
    "VenueKind": "venue_kind",
    "Language": "language",
    "CardAudience.role": "role",
}
"""Vocabularies that the report has words for already."""

BASES = {
    "measured": pgettext_lazy("word", "measured: stated by the source"),
    "prior": pgettext_lazy("word", "assumed: a wide assumption"),
}

PURPOSES = {
    "brand": pgettext_lazy("word", "brand: to be known"),
    "activation": pgettext_lazy("word", "activation: to be asked"),
}

WORDS: Mapping[str, Mapping[str, Any]] = {
    "Objective": {
        "leads": pgettext_lazy("word", "leads: accounts that raise a hand"),
        "conversions": pgettext_lazy("word", "conversions: accounts that buy"),
        "traffic": pgettext_lazy("word", "traffic: visits by people who matter"),
    },
    "OfferingKind": {
        "supply": pgettext_lazy("word", "supplies"),
        "component": pgettext_lazy("word", "component"),
        "equipment": pgettext_lazy("word", "equipment"),
        "software": pgettext_lazy("word", "software"),
        "service": pgettext_lazy("word", "service"),
    },
    "BuyingClass": {
        "new_task": pgettext_lazy("word", "bought for the first time"),
        "modified_rebuy": pgettext_lazy("word", "bought again, with changes"),
        "straight_rebuy": pgettext_lazy("word", "bought again as before"),
    },
    "OrganisationKind": {
        "company": pgettext_lazy("word", "company"),
        "manufacturer": pgettext_lazy("word", "manufacturer"),
        "school": pgettext_lazy("word", "school"),
        "hospital": pgettext_lazy("word", "hospital"),
        "public_body": pgettext_lazy("word", "public body"),
        "association": pgettext_lazy("word", "association"),
        "other": pgettext_lazy("word", "other"),
    },
    "SupplyChainPlace": {
        "materials": pgettext_lazy("word", "raw materials"),
        "components": pgettext_lazy("word", "components"),
        "final_goods": pgettext_lazy("word", "final goods"),
        "distribution": pgettext_lazy("word", "distribution"),
        "services": pgettext_lazy("word", "services"),
    },
    "ApprovalRule": {
        "any": pgettext_lazy("word", "any: one reached role is enough"),
        "mean": pgettext_lazy("word", "mean: each reached role adds its part"),
        "every_level": pgettext_lazy("word", "every level: each level of approval must be reached"),
        "quorum": pgettext_lazy("word", "quorum: so many of the roles must be reached"),
        "uplift": pgettext_lazy("word", "uplift: each reached role makes approval likelier"),
    },
    "PropositionKind": {
        "time_saved": pgettext_lazy("word", "time saved"),
        "money_saved": pgettext_lazy("word", "money saved"),
        "risk": pgettext_lazy("word", "less risk"),
        "quality": pgettext_lazy("word", "quality"),
        "growth": pgettext_lazy("word", "growth"),
    },
    "Function": {
        "general_management": pgettext_lazy("word", "general management"),
        "finance": pgettext_lazy("word", "finance"),
        "purchasing": pgettext_lazy("word", "purchasing"),
        "operations": pgettext_lazy("word", "operations"),
        "engineering": pgettext_lazy("word", "engineering"),
        "information_technology": pgettext_lazy("word", "information technology"),
        "human_resources": pgettext_lazy("word", "human resources"),
        "marketing_sales": pgettext_lazy("word", "marketing and sales"),
        "legal": pgettext_lazy("word", "legal"),
        "research": pgettext_lazy("word", "research"),
        "health": pgettext_lazy("word", "health"),
        "education": pgettext_lazy("word", "education"),
        "administration": pgettext_lazy("word", "administration"),
        "other": pgettext_lazy("word", "other"),
    },
    "VenueCard.unit": {
        "insertion": pgettext_lazy("word", "insertion"),
        "thousand_impressions": pgettext_lazy("word", "thousand impressions"),
        "click": pgettext_lazy("word", "click"),
        "spot": pgettext_lazy("word", "spot"),
        "sponsorship": pgettext_lazy("word", "sponsorship"),
        "booth": pgettext_lazy("word", "booth"),
        "piece": pgettext_lazy("word", "piece"),
    },
    "VenueCard.discount_kind": {
        "all_units": pgettext_lazy("word", "all units bought"),
        "incremental": pgettext_lazy("word", "the units from the step on"),
    },
    "VenueCard.purpose": PURPOSES,
    "GroupTerms.purpose": PURPOSES,
    "VenueCard.basis": BASES,
    "CardAudience.basis": BASES,
    "CardAudience.role": {"*": pgettext_lazy("word", "all roles")},
    "Level": {
        "staff": pgettext_lazy("word", "staff"),
        "specialist": pgettext_lazy("word", "specialist"),
        "manager": pgettext_lazy("word", "manager"),
        "director": pgettext_lazy("word", "director"),
        "executive": pgettext_lazy("word", "executive"),
    },
}


def word_of(vocabulary: str, name: str) -> str:
    """Give a word of a closed vocabulary as the reader says it.

    Args:
        vocabulary: Class of the words: "CommitteeRole".
        name: The word as documents hold it: "approver".

    >>> word_of("Level", "director"), word_of("CommitteeRole", "approver")
    ('director', 'approver')
    """
    if name in WORDS.get(vocabulary, {}):
        return str(WORDS[vocabulary][name])
    catalog = read_catalog(get_language() or "en")
    return catalog.term(FAMILIES.get(vocabulary, vocabulary), name)
