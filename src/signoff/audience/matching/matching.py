"""Records of firms to firms: which records are the same, how sure that is, and why."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from signoff.audience.matching.blocking import block_pairs
from signoff.audience.matching.clusters import join_pairs
from signoff.audience.matching.decisions import (
    PairDecision,
    check_decisions,
    learn_from_decisions,
)
from signoff.audience.matching.features import FEATURES, pair_features, plainly_different
from signoff.audience.matching.pair_model import load_pair_model
from signoff.audience.matching.reasons import ALONE, CONFIRMED, describe_link
from signoff.audience.matching.records import AccountRecord, ComparedRecords, compare_records
from signoff.audience.matching.tokens import tabulate_words
from signoff.audience.organisations import guess_kind
from signoff.errors import DataError, Fault
from signoff.results import Result, Row
from signoff.units import OrganisationKind

__all__ = [
    "AccountMatch",
    "AccountMatches",
    "ScoredPairs",
    "guard_shares",
    "match_accounts",
    "score_pairs",
]

THRESHOLD_SHARE = 0.5
UNCERTAIN_SHARES = (0.2, 0.8)
HIGHEST_SHARE = 0.99
NUMBERED_SHARE = 0.3
EQUAL_SHARE = 0.9
FULL = 100
DOMAIN_SHARE = 0.95
DOMAIN_ASK_SHARE = 0.4
DOMAIN_LIKE_SHARE = 0.6
ASK_SHARE = 0.45
OFTEN_NAMED_ALIKE = frozenset(OrganisationKind) - {
    OrganisationKind.COMPANY,
    OrganisationKind.MANUFACTURER,
}
LINKED = "Linked to a record that is like others of this firm."

_PLACE = {name: place for place, name in enumerate(FEATURES)}

Shares = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class AccountMatch:
    """One record and the firm it belongs to.

    Attributes:
        id: The record's own id.
        entity: Id of the firm: the lowest id among its records.
        confidence: How sure it is that the record stands rightly with the others, or rightly
            alone, 0 to 1.
        reason: Why, in English sentences.
    """

    id: str
    entity: str
    confidence: float
    reason: str


@dataclass(frozen=True)
class ScoredPairs:
    """Compared pairs of records.

    Attributes:
        pairs: Rows of records, first below second; shape (pairs, 2).
        shares: How likely each is one firm, 0 to 1.
        reasons: The reason of each pair that may be one.
    """

    pairs: NDArray[np.int64]
    shares: NDArray[np.float64]
    reasons: dict[int, str]


@dataclass(frozen=True)
class AccountMatches(Result):
    """Which records are the same firm.

    Attributes:
        matches: One for each record, in the order of the records.
        n_records: Records.
        n_entities: Firms.
        n_merged: Records that stand with another.
        n_uncertain: Pairs that somebody should look at.
        n_learned: Answers from which the likeness of this list was set; 0 when too few.
        records: The records, in the same order.
        scored: The pairs that were compared.
        decided: Pairs of rows that people answered.
    """

    matches: tuple[AccountMatch, ...]
    n_records: int
    n_entities: int
    n_merged: int
    n_uncertain: int
    n_learned: int
    records: tuple[AccountRecord, ...] = field(repr=False)
    scored: ScoredPairs = field(repr=False)
    decided: frozenset[tuple[int, int]] = field(repr=False)

    def rows(self) -> Sequence[Row]:
        """Give one row for each record: id, entity, confidence, reason."""
        return [
            {
                "id": match.id,
                "entity": match.entity,
                "confidence": round(match.confidence, 3),
                "reason": match.reason,
            }
            for match in self.matches
        ]

    def text(self) -> str:
        """Give the result in words."""
        words = (
            f"{self.n_records:,} records are {self.n_entities:,} firms: {self.n_merged:,} records "
            f"stand with another; {self.n_uncertain:,} pairs are uncertain and worth a look."
        )
        if self.n_learned:
            words += f" Likeness was set by {self.n_learned:,} answers."
        return words


def match_accounts(
    records: Sequence[AccountRecord], *, decisions: Sequence[PairDecision] = ()
) -> AccountMatches:
    """Find the records that are the same firm, with a confidence and a reason for each.

    Web domain first, then names alike, judged by a model that ships with the package. A confirmed
    pair always stands together, a rejected one never. From 30 answers on, of both kinds, the
    model's log odds are shifted and stretched to fit them (`learn_from_decisions`).

    Args:
        records: At least one; a record without name and domain stays alone.
        decisions: What people said about pairs; those about other records are ignored.

    Returns:
        A match for each record, in the same order; the order of records changes no firm.

    Raises:
        DataError: no records, an id twice, or answers that contradict each other.

    >>> found = match_accounts([
    ...     AccountRecord("1", "Acme Tools Ltd", website="acmetools.com"),
    ...     AccountRecord("2", "ACME TOOLS", website="https://www.acmetools.com/fr"),
    ...     AccountRecord("3", "Zenith Foods"),
    ... ])
    >>> [match.entity for match in found.matches]
    ['1', '1', '3']
    """
    _check_records(records)
    check_decisions(decisions, ids=[record.id for record in records])
    order = sorted(range(len(records)), key=lambda row: records[row].id)
    ordered = [records[row] for row in order]
    place = {record.id: row for row, record in enumerate(ordered)}
    answers: dict[tuple[int, int], bool] = {}
    for said in decisions:
        if said.id in place and said.other_id in place and said.id != said.other_id:
            a, b = sorted((place[said.id], place[said.other_id]))
            answers[a, b] = said.is_same
    scored, n_learned = _score(ordered, answers=answers)
    confirmed = sorted(pair for pair, is_same in answers.items() if is_same)
    groups = join_pairs(
        scored.pairs,
        scored.shares,
        size=len(ordered),
        threshold_share=THRESHOLD_SHARE,
        confirmed=confirmed,
        rejected=sorted(pair for pair, is_same in answers.items() if not is_same),
    )
    found = _describe(ordered, groups=groups, scored=scored, confirmed=confirmed)
    n_uncertain = int(np.sum(_is_uncertain(scored, answers=answers)))
    back = sorted(range(len(order)), key=order.__getitem__)
    sizes = np.bincount(groups, minlength=len(groups))
    return AccountMatches(
        matches=tuple(found[row] for row in back),
        n_records=len(records),
        n_entities=int(np.sum(sizes > 0)),
        n_merged=int(np.sum(sizes[groups] > 1)),
        n_uncertain=n_uncertain,
        n_learned=n_learned,
        records=tuple(ordered),
        scored=scored,
        decided=frozenset(answers),
    )


def score_pairs(
    records: Sequence[AccountRecord], *, first_of_second: int | None = None
) -> ScoredPairs:
    """Give the pairs of records worth comparing, how likely each is one firm, and why.

    Args:
        records: Any number of records.
        first_of_second: Where a second list begins, if only pairs across the lists matter.

    Returns:
        Pairs of rows; reasons of those that are not plainly different.

    >>> found = score_pairs([AccountRecord("1", "Acme Ltd"), AccountRecord("2", "ACME")])
    >>> found.pairs.tolist(), found.reasons[0]
    ([[0, 1]], 'Same name apart from legal form and security.')
    """
    compared = compare_records(records)
    model = load_pair_model()
    words = tabulate_words([name.core for name in compared.names], frequencies=model.frequencies)
    pairs = block_pairs(compared)
    if first_of_second is not None:
        pairs = pairs[(pairs[:, 0] < first_of_second) & (pairs[:, 1] >= first_of_second)]
    features = pair_features(compared, words=words, pairs=pairs)
    shares = np.zeros(len(pairs))
    compared_rows = np.flatnonzero(~plainly_different(features))
    log_odds = model.log_odds(features[compared_rows])
    shares[compared_rows] = 1 / (1 + np.exp(-log_odds))
    shares = guard_shares(shares, features=features)
    apart = _stand_apart(records, compared=compared, pairs=pairs, features=features)
    shares[apart] = np.minimum(shares[apart], ASK_SHARE)
    worth = np.flatnonzero(shares >= UNCERTAIN_SHARES[0])
    first = pairs[:, 0].tolist()
    reasons = {
        row: describe_link(features[row], domain=compared.domains[first[row]])
        for row in worth.tolist()
    }
    return ScoredPairs(pairs, shares, reasons)


def guard_shares(shares: Shares, *, features: NDArray[np.float32]) -> Shares:
    """Let what the training data seldom has speak too: domains, equal names, numbers.

    Listed companies, on which the model is trained, seldom share a domain; accounts often do.
    Nor do they tell branches apart by numbers ("Agence 12", "Agence 13"); accounts do.
    """
    same_domain = features[:, _PLACE["domain"]] == 1
    nameless = features[:, _PLACE["n_words_fewer"]] == 0
    like = features[:, _PLACE["alike_weight_share"]] >= DOMAIN_LIKE_SHARE
    least = np.where(like | nameless, DOMAIN_SHARE, DOMAIN_ASK_SHARE)
    numbered = features[:, _PLACE["numbers_differ"]] > 1
    shares = np.minimum(shares, np.where(numbered, NUMBERED_SHARE, HIGHEST_SHARE))
    equal = (features[:, _PLACE["joined_ratio"]] == FULL) & (features[:, _PLACE["country"]] != 0)
    shares = np.where(equal, np.maximum(shares, EQUAL_SHARE), shares)
    shares = np.where(nameless, 0.0, shares)
    return np.where(same_domain, np.maximum(shares, least), shares)


def _stand_apart(
    records: Sequence[AccountRecord],
    *,
    compared: ComparedRecords,
    pairs: NDArray[np.int64],
    features: NDArray[np.float32],
) -> list[int]:
    """Name the pairs of one name that somebody should look at before they are joined.

    Two firms of one name have web domains of different names; schools, hospitals, town halls and
    the like of one name stand in different towns ("Lycée Jean Moulin").
    """
    domain, city, postcode = (features[:, _PLACE[n]] for n in ("domain", "city", "postcode"))
    equal = features[:, _PLACE["joined_ratio"]] == FULL
    elsewhere = equal & (domain != 1) & ((city == 0) | (postcode == 0))
    rows = [
        row
        for row in np.flatnonzero(elsewhere).tolist()
        if guess_kind(records[pairs[row, 0]].name).kind in OFTEN_NAMED_ALIKE
    ]
    for row in np.flatnonzero(equal & (domain == 0)).tolist():
        one, other = (compared.labels[place] for place in pairs[row].tolist())
        if one != other:
            rows.append(row)
    return rows


def _score(
    records: Sequence[AccountRecord], *, answers: Mapping[tuple[int, int], bool]
) -> tuple[ScoredPairs, int]:
    """Score the pairs, and set their likeness by the answers when there are enough of both."""
    scored = score_pairs(records)
    listed = scored.pairs.tolist() if answers else []
    known = {(a, b): row for row, (a, b) in enumerate(listed)}
    answered = [(known[pair], is_same) for pair, is_same in answers.items() if pair in known]
    if not answered:
        return scored, 0
    rows, said = (np.array(column) for column in zip(*answered, strict=True))
    log_odds = _log_odds(scored.shares)
    slope, intercept = learn_from_decisions(log_odds[rows], said.astype(np.bool_))
    if (slope, intercept) == (1.0, 0.0):
        return scored, 0
    shares = 1 / (1 + np.exp(-(slope * log_odds + intercept)))
    return ScoredPairs(scored.pairs, shares, scored.reasons), len(answered)


def _log_odds(shares: Shares) -> Shares:
    held = np.clip(shares, 1e-6, 1 - 1e-6)
    return np.log(held / (1 - held))


def _describe(
    records: Sequence[AccountRecord],
    *,
    groups: NDArray[np.int64],
    scored: ScoredPairs,
    confirmed: Sequence[tuple[int, int]],
) -> list[AccountMatch]:
    """Give each record its firm; the confidence and the reason are those of its best link."""
    sizes = np.bincount(groups, minlength=len(groups))
    pairs, shares = scored.pairs, scored.shares
    within = groups[pairs[:, 0]] == groups[pairs[:, 1]]
    best_within, link = _best(pairs, shares, within, size=len(records))
    best_beyond, _ = _best(pairs, shares, ~within, size=len(records))
    by_hand = {row for pair in confirmed for row in pair}
    found = []
    for row, record in enumerate(records):
        if sizes[groups[row]] == 1:
            confidence, reason = 1 - best_beyond[row], ALONE
        elif row in by_hand:
            confidence, reason = 1.0, CONFIRMED
        else:
            confidence = best_within[row]
            reason = scored.reasons.get(int(link[row]), LINKED)
        entity = records[int(groups[row])].id
        found.append(AccountMatch(record.id, entity, float(confidence), reason))
    return found


def _best(
    pairs: NDArray[np.int64], shares: Shares, chosen: NDArray[np.bool_], *, size: int
) -> tuple[Shares, NDArray[np.int64]]:
    """Give the highest share among the chosen pairs of each record, and which pair it is."""
    best, link = np.zeros(size), np.full(size, -1, dtype=np.int64)
    rows = np.flatnonzero(chosen)
    order = rows[np.argsort(shares[rows], kind="stable")]
    for side in (0, 1):
        beats = shares[order] >= best[pairs[order, side]]
        ends = pairs[order[beats], side]
        best[ends], link[ends] = shares[order[beats]], order[beats]
    return best, link


def _is_uncertain(
    scored: ScoredPairs, *, answers: Mapping[tuple[int, int], bool]
) -> NDArray[np.bool_]:
    low, high = UNCERTAIN_SHARES
    found: NDArray[np.bool_] = (scored.shares > low) & (scored.shares < high)
    for row in np.flatnonzero(found).tolist() if answers else ():
        found[row] = tuple(scored.pairs[row].tolist()) not in answers
    return found


def _check_records(records: Sequence[AccountRecord]) -> None:
    if not records:
        raise DataError(
            "there are no records to match",
            why="firms are found by comparing records",
            fix="give a list with at least one record",
        )
    counts = Counter(record.id for record in records)
    twice = [name for name, count in counts.items() if count > 1]
    if twice:
        why = "a record is known by its id in the result and in answers about pairs"
        fix = "give each record an id of its own; two exports need a prefix each"
        raise DataError(
            f"{len(twice):,} ids stand more than once",
            why=why,
            fix=fix,
            faults=[
                Fault(f"id {name!r} stands {counts[name]:,} times", why, fix) for name in twice[:20]
            ],
        )
