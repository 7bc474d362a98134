"""What kind of organisation an account is, where the source does not say it."""

from signoff.audience.organisations.kind import KindGuess, guess_kind
from signoff.audience.organisations.size import SIZE_BANDS, size_band

__all__ = ["SIZE_BANDS", "KindGuess", "guess_kind", "size_band"]
