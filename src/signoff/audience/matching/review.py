"""Which pairs of records people should look at first."""

from dataclasses import dataclass

import numpy as np

from signoff.audience.matching.matching import UNCERTAIN_SHARES, AccountMatches
from signoff.audience.matching.records import AccountRecord

__all__ = ["LikelyPair", "list_likely_pairs"]


@dataclass(frozen=True, slots=True)
class LikelyPair:
    """A pair of records to be confirmed or rejected.

    Attributes:
        record: One record.
        other: The other.
        confidence: How likely they are one firm, 0 to 1.
        reason: What speaks for and against it, in English sentences.
        is_joined: Whether they stand together as long as nobody answers.
        value: What an answer is worth: doubt times the records that it moves.
    """

    record: AccountRecord
    other: AccountRecord
    confidence: float
    reason: str
    is_joined: bool
    value: float


def list_likely_pairs(matches: AccountMatches, *, limit: int = 100) -> list[LikelyPair]:
    """Give the uncertain pairs that nobody answered, the most worthwhile first.

    Args:
        matches: What `match_accounts` found.
        limit: At most so many.

    Returns:
        Pairs; the most worthwhile has much doubt and joins or parts many records.

    >>> from signoff.audience.matching.matching import match_accounts
    >>> found = match_accounts([AccountRecord("1", "Acme Tools"), AccountRecord("2", "Zenith")])
    >>> list_likely_pairs(found)
    []
    """
    scored = matches.scored
    low, high = UNCERTAIN_SHARES
    entity = {match.id: match.entity for match in matches.matches}
    sizes: dict[str, int] = {}
    for name in entity.values():
        sizes[name] = sizes.get(name, 0) + 1
    found = []
    for row in np.flatnonzero((scored.shares > low) & (scored.shares < high)).tolist():
        a, b = scored.pairs[row].tolist()
        if (a, b) in matches.decided:
            continue
        record, other = matches.records[a], matches.records[b]
        firms = entity[record.id], entity[other.id]
        n_moved = min(sizes[firms[0]], sizes[firms[1]])
        share = float(scored.shares[row])
        found.append(
            LikelyPair(
                record=record,
                other=other,
                confidence=share,
                reason=scored.reasons.get(row, ""),
                is_joined=firms[0] == firms[1],
                value=share * (1 - share) * n_moved,
            )
        )
    return sorted(found, key=lambda pair: (-pair.value, pair.record.id, pair.other.id))[:limit]
