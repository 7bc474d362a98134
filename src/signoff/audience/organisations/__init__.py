"""What kind of organisation an account is, where the source does not say it."""

from signoff.audience.organisations.family import Families, link_parents, list_families
from signoff.audience.organisations.industry import (
    IndustryMatch,
    PlaceGuess,
    guess_place,
    match_industry,
)
from signoff.audience.organisations.kind import KindGuess, guess_kind
from signoff.audience.organisations.market_size import MarketSize, SizeLine, size_market
from signoff.audience.organisations.size import SIZE_BANDS, size_band

__all__ = [
    "SIZE_BANDS",
    "Families",
    "IndustryMatch",
    "KindGuess",
    "MarketSize",
    "PlaceGuess",
    "SizeLine",
    "guess_kind",
    "guess_place",
    "link_parents",
    "list_families",
    "match_industry",
    "size_band",
    "size_market",
]
