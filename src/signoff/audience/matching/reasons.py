"""Why two records are held to be one firm, in words."""

import numpy as np
from numpy.typing import NDArray

from signoff.audience.matching.features import FEATURES

__all__ = ["ALONE", "CONFIRMED", "describe_link"]

ALONE = "No other record is alike enough."
CONFIRMED = "Confirmed by hand."

_PLACE = {name: place for place, name in enumerate(FEATURES)}
_SAME = {
    "country": "Same country.",
    "city": "Same town.",
    "postcode": "Same postcode.",
    "industry": "Same industry.",
}
_OTHER = {
    "domain": "Different web domains.",
    "country": "Different countries.",
    "city": "Different towns.",
    "postcode": "Different postcodes.",
}


def describe_link(features: NDArray[np.float32], *, domain: str) -> str:
    """Give the reason for a link, strongest first, in English sentences.

    Args:
        features: The features of the pair, columns FEATURES.
        domain: The web domain of one of the records, if it identifies a firm.

    >>> row = np.full(len(FEATURES), np.nan, dtype=np.float32)
    >>> row[FEATURES.index("joined_ratio")] = 100
    >>> row[FEATURES.index("country")] = 1
    >>> describe_link(row, domain="")
    'Same name apart from legal form and security. Same country.'
    """
    found = []
    if features[_PLACE["domain"]] == 1:
        found.append(f"Same web domain {domain}.")
    found.append(_name_reason(features))
    found += [text for field, text in _SAME.items() if features[_PLACE[field]] == 1]
    found += [text for field, text in _OTHER.items() if features[_PLACE[field]] == 0]
    return " ".join(text for text in found if text)


def _name_reason(features: NDArray[np.float32]) -> str:
    ratio = features[_PLACE["joined_ratio"]]
    if features[_PLACE["n_words_fewer"]] == 0:
        return ""
    if ratio >= 100:
        return "Same name apart from legal form and security."
    if features[_PLACE["initials"]] > 0:
        return "One name is the initials of the other."
    if features[_PLACE["alike_weight_share"]] >= 0.999:
        return "Every word of each name is in the other, or begins one of its words."
    likeness = max(ratio, features[_PLACE["sorted_ratio"]])
    return f"Names alike at {likeness:.0f} of 100."
