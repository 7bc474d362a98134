"""Whom several venues reach together: an audience fitted to reaches and duplications.

Some people meet none of the venues whatever is bought; how many is not known, so several shares
are tried, each with three families of chances, and weighed by how simply they explain the pairs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from signoff.stats.chances import GRID, Spread, chance_quantiles, normal_correlations
from signoff.stats.reach import Array

__all__ = ["AudienceModel", "fit_audience"]

_N_DOUBLINGS = 12
_N_SHARES = 11
_EVERYBODY_SHARE = 0.2
_NEGLIGIBLE = 0.01
_NOISE = 5e-4
_MISS = 0.02
_UNEVEN = 0.2
_STRAINED, _STRAIN = 0.965, 2.0
_LOOSEST, _CLOSEST = 5e-4, 0.99
_LEAST_SLACK, _SLACK = 1e-5, 1e-3
_SLACKENED = (1.0, 10.0, 100.0, 1000.0)
_MOST_UNEVEN = 0.5
_MOST_EXACT = 20
_SPREADS: tuple[Spread, ...] = ("beta", "lognormal", "heavy")
Later = tuple[int, int, float]


@dataclass(frozen=True, eq=False)
class AudienceModel:
    """People who stand for everybody, in several versions that may each be true.

    Attributes:
        weight: Weight of each version, sums to 1.
        open_share: Share of people whom the venues can reach at all, in each version.
        chances: For each version the chance of meeting one insertion: shape (people, venues).
        people_weight: For each version the weight of its people, sums to 1.
    """

    weight: Array
    open_share: Array
    chances: tuple[Array, ...]
    people_weight: tuple[Array, ...]

    def net_shares(self, n_insertions: Array) -> Array:
        """Give the net reach of a schedule in each version.

        Args:
            n_insertions: Insertions of each venue, 0 or more.

        Returns:
            Shares of everybody, one for each version.
        """
        return np.array(
            [
                share * (1.0 - people @ np.prod((1.0 - chance) ** n_insertions, axis=1))
                for share, chance, people in self._versions()
            ]
        )

    def venue_shares(self, n_insertions: Array) -> Array:
        """Give the reach of each venue's own insertions, averaged over the versions."""
        found = [
            share * (1.0 - people @ (1.0 - chance) ** n_insertions)
            for share, chance, people in self._versions()
        ]
        return np.asarray(self.weight @ np.array(found))

    def both_shares(self) -> Array:
        """Give the share of people who meet one insertion of each of two venues; averaged."""
        found = [share * (chance.T * people) @ chance for share, chance, people in self._versions()]
        return np.asarray(np.tensordot(self.weight, np.array(found), axes=1))

    def count_shares(self, n_insertions: Array, *, n_counts: int) -> Array:
        """Give the share of people with 0, 1, 2 … exposures; the last one holds all above.

        Args:
            n_insertions: Insertions of each venue, 0 or more.
            n_counts: How many counts, 2 or more.

        Returns:
            A row for each version, which sums to 1.
        """
        found = []
        for share, chance, people in self._versions():
            counts = share * (people @ _count_shares(chance, n_insertions, n_counts=n_counts))
            counts[0] += 1.0 - share
            found.append(counts)
        return np.array(found)

    def _versions(self) -> list[tuple[float, Array, Array]]:
        return list(zip(self.open_share.tolist(), self.chances, self.people_weight, strict=True))


def fit_audience(
    first_share: Array,
    *,
    second_share: Array,
    both_share: Array,
    later_share: Sequence[Later] = (),
) -> AudienceModel:
    """Fit an audience to the reach of each venue and the duplication of each two.

    Args:
        first_share: Reach of one insertion, above 0 and below 1.
        second_share: Reach of two, above the first and below independence.
        both_share: Square matrix: share of people who meet one insertion of each of two venues;
            its diagonal is not used.
        later_share: Place of a venue, number of insertions and the share that so many reach, as
            far as that is known.

    Returns:
        The model. It does not depend on the schedule, so more insertions never reach fewer.
        Reaches hold exactly; duplications too, unless there are more than 20 venues or the model
        has no such audience: then all of them give way a little. The order of venues matters only
        for the last digits.

    Source: Gaussian copula of beta, lognormal or heavier chances with the pairs fitted one by one
    (NORTA: Cario and Nelson 1997), integrated by Sobol points that are calibrated to the moments
    (Deville and Sarndal 1992). Versions are weighed by the share of correlation that one common
    factor leaves unexplained, its variance integrated out.

    >>> pair = np.array([[1.0, 0.2], [0.2, 1.0]])
    >>> half = np.array([0.5, 0.3])
    >>> model = fit_audience(half, second_share=half + 0.1, both_share=pair)
    >>> round(float(model.weight @ model.net_shares(np.array([1, 1]))), 4)
    0.6
    """
    first = np.asarray(first_share, dtype=np.float64)
    room = first * (1 - first)
    tie = np.clip(1 - (second_share - first) / room, _LOOSEST, _CLOSEST)
    second_moment = first**2 + tie * room
    tried = list(_tried_versions(first, second_moment, both_share))
    evidence = np.array([version.evidence for version in tried])
    likely = evidence >= evidence.max() + np.log(_NEGLIGIBLE)
    chances, people = [], []
    misfit = []
    for version in (version for version, is_likely in zip(tried, likely, strict=True) if is_likely):
        moments = both_share / version.open_share
        moments = moments - np.diag(np.diag(moments)) + np.diag(second_moment / version.open_share)
        chance = _draw_chances(version.table, version.normals)
        known = _Known(
            first / version.open_share,
            moments,
            tuple((venue, n, share / version.open_share) for venue, n, share in later_share),
        )
        held, slackening = _calibrated(chance, known)
        chances.append(chance)
        people.append(held)
        miss = _miss((chance.T * held) @ chance, moments)
        squares = (miss / _MISS) ** 2 + (_unevenness(held) / _UNEVEN) ** 2
        misfit.append(squares / 2 + np.log(slackening))
    evidence = evidence[likely] - np.array(misfit)
    weight = np.exp(evidence - evidence.max())
    kept = np.flatnonzero(weight > _NEGLIGIBLE / 10)
    open_share = np.array([version.open_share for version in tried])[likely]
    return AudienceModel(
        weight[kept] / weight[kept].sum(),
        open_share[kept],
        tuple(chances[k] for k in kept),
        tuple(people[k] for k in kept),
    )


@dataclass(frozen=True, eq=False)
class _Version:
    open_share: float
    table: Array
    normals: Array
    evidence: float


def _tried_versions(first: Array, second_moment: Array, both_share: Array) -> Iterator[_Version]:
    shares = _open_shares(first, second_moment)
    for spread in _SPREADS if len(first) > 1 else _SPREADS[:1]:
        mean = first / shares[:, None]
        tie = (second_moment / shares[:, None] - mean**2) / (mean - mean**2)
        tie = np.clip(tie, _LOOSEST, _CLOSEST)
        tables = chance_quantiles(mean.ravel(), tie=tie.ravel(), spread=spread)
        tables = tables.reshape(*mean.shape, len(GRID))
        for k, share in enumerate(shares.tolist()):
            covariance = both_share / share - np.outer(mean[k], mean[k])
            normals = normal_correlations(tables[k], covariance=covariance)
            evidence = _log_prior(k, len(shares)) + _log_evidence(normals)
            yield _Version(share, tables[k], normals, evidence)


def _miss(found: Array, asked: Array) -> float:
    """Give the largest part of a duplication that a version cannot hold."""
    i, j = np.triu_indices(len(asked), 1)
    if not len(i):
        return 0.0
    return float(np.abs(found[i, j] / np.maximum(asked[i, j], 1e-6) - 1).max())


def _unevenness(weight: Array) -> float:
    """Give how far points had to be weighed unevenly: relative entropy to equal weights."""
    return float(weight @ np.log(np.maximum(weight * len(weight), 1e-300)))


def _open_shares(first: Array, second_moment: Array) -> Array:
    """Give the shares of people whom the venues can reach that are tried, from everybody down."""
    if len(first) == 1:
        return np.ones(1)
    least = max(float((first**2 / second_moment).max()), float(first.max())) * 1.03
    least = min(max(least, 0.1), 1.0)
    return np.linspace(1.0, least, _N_SHARES) if least < 0.97 else np.ones(1)


def _log_prior(place: int, n_shares: int) -> float:
    """Give one in five to everybody beside an even chance for each share."""
    rest = (1 - _EVERYBODY_SHARE) / n_shares
    return float(np.log(rest + (_EVERYBODY_SHARE if place == 0 else 0.0)))


def _log_evidence(normals: Array) -> float:
    """Say how well one common factor explains the correlations; with three venues it always can.

    A version whose correlations are as close as they can be does not have its pairs.
    """
    size = len(normals)
    n_strained = (np.abs(normals[np.triu_indices(size, 1)]) > _STRAINED).sum()
    if size < 4:
        return -_STRAIN * float(n_strained)
    n_free = size * (size - 1) / 2 - size
    unexplained = (n_free + 1) / 2 * np.log(_NOISE + _unexplained(normals) / 2)
    return float(-unexplained - _STRAIN * n_strained)


def _unexplained(normals: Array) -> float:
    """Sum of squared correlations left by one factor (principal axis factoring)."""
    size = len(normals)
    common = np.clip(np.abs(normals - np.eye(size)).max(axis=1), 0.01, 0.98)
    loading = np.zeros(size)
    for _ in range(100):
        values, vectors = np.linalg.eigh(normals - np.diag(1 - common))
        loading = vectors[:, -1] * np.sqrt(max(float(values[-1]), 0.0))
        before, common = common, np.clip(loading**2, 0.0, 0.98)
        if np.abs(common - before).max() < 1e-6:
            break
    rest = normals - np.outer(loading, loading)
    return float((rest[np.triu_indices(size, 1)] ** 2).sum())


def _draw_chances(table: Array, normals: Array) -> Array:
    size = len(table)
    roots = np.linalg.cholesky(_nearest_definite(normals) + 1e-9 * np.eye(size))
    points = _normal_points(size) @ roots.T
    return np.column_stack([np.interp(points[:, v], GRID, table[v]) for v in range(size)])


@lru_cache(maxsize=8)
def _normal_points(size: int) -> Array:
    from scipy import special
    from scipy.stats import qmc

    drawn = qmc.Sobol(size, scramble=True, rng=np.random.default_rng(1)).random_base2(_N_DOUBLINGS)
    return np.asarray(special.ndtri(np.clip(drawn, 1e-12, 1 - 1e-12)))


def _nearest_definite(normals: Array) -> Array:
    """Mend correlations that no normals have: negative directions are dropped (Higham 2002)."""
    found = normals
    for _ in range(100):
        values, vectors = np.linalg.eigh(found)
        if values[0] > 1e-6:
            break
        found = (vectors * np.maximum(values, 2e-6)) @ vectors.T
        width = np.sqrt(np.diag(found))
        found = found / np.outer(width, width)
    return found


@dataclass(frozen=True, eq=False)
class _Known:
    """What the people whom the venues can reach are known to do.

    Attributes:
        mean: Mean chance of each venue.
        moments: Mean product of the chances of each two, and of each with itself.
        later: Place of a venue, number of insertions and the share that so many reach.
    """

    mean: Array
    moments: Array
    later: tuple[Later, ...]


def _calibrated(chance: Array, known: _Known) -> tuple[Array, float]:
    """Weigh the points so that they do what is known, and say how far that had to give way.

    What contradicts each other is kept in this order: reaches, duplications and the reach of many
    insertions, reach of two. Where the points cannot have it all, a few of them would get all the
    weight and stand for nobody: then everything but the reaches may be further off.
    """
    size = chance.shape[1]
    i, j = np.triu_indices(size)
    if size > _MOST_EXACT:
        i = j = np.arange(size)
    reached = [1.0 - (1.0 - chance[:, venue]) ** n for venue, n, _ in known.later]
    features = np.column_stack([chance, chance[:, i] * chance[:, j], *reached])
    later = np.array([share for _, _, share in known.later])
    target = np.concatenate([known.mean, known.moments[i, j], later])
    loose = np.where(i == j, 10 * _SLACK, _SLACK)
    scale = features.std(axis=0) + 1e-9
    weight, slackening = np.empty(0), 1.0
    for slackening in _SLACKENED:
        tight = np.full(size, _LEAST_SLACK * min(slackening, 100.0))
        rest = np.concatenate([loose, np.full(len(later), _SLACK)]) * slackening
        slack = np.concatenate([tight, rest])
        weight = _tilted((features - target) / scale, slack=slack * target / scale)
        if _unevenness(weight) < _MOST_UNEVEN:
            break
    return weight, slackening


def _tilted(apart: Array, *, slack: Array) -> Array:
    """Weights nearest to equal ones under which each column averages to about nothing.

    Source: maximum entropy with soft constraints, by Newton's method on its dual (Dudik, Phillips
    and Schapire 2007).
    """
    soft = slack**2
    pull = np.zeros(apart.shape[1])
    value, weight = _dual(apart, pull, soft)
    for _ in range(30):
        gradient = weight @ apart + soft * pull
        if np.abs(gradient).max() < 1e-7:
            break
        centred = apart - weight @ apart
        curve = (centred.T * weight) @ centred + np.diag(soft + 1e-10)
        step = np.linalg.solve(curve, gradient)
        length = 1.0
        while length > 1e-3:
            tried = pull - length * step
            new, new_weight = _dual(apart, tried, soft)
            if new <= value - 1e-4 * length * (gradient @ step):
                break
            length /= 2
        else:
            break
        pull, value, weight = tried, new, new_weight
    return weight


def _dual(apart: Array, pull: Array, soft: Array) -> tuple[float, Array]:
    logs = apart @ pull
    top = float(logs.max())
    weight = np.exp(logs - top)
    total = float(weight.sum())
    value = np.log(total / len(apart)) + top + float(soft @ pull**2) / 2
    return float(value), weight / total


def _count_shares(chance: Array, n_insertions: Array, *, n_counts: int) -> Array:
    """Give for each point the shares with 0, 1, 2 … exposures; the last holds all above."""
    found = np.zeros((n_counts, len(chance)))
    found[0] = 1.0
    top = 0
    for venue, size in enumerate(np.asarray(n_insertions, dtype=np.int64).tolist()):
        one = chance[:, venue]
        for _ in range(size):
            top = min(top + 1, n_counts - 1)
            last = found[top].copy() if top == n_counts - 1 else 0.0
            found[1 : top + 1] += one * (found[:top] - found[1 : top + 1])
            if top == n_counts - 1:
                found[top] += one * last
            found[0] *= 1.0 - one
    return found.T
