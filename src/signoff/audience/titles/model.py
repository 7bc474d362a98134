"""The model of job titles: probabilities of department, level and roles, in bulk."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from signoff.audience.titles.features import Stems, hash_stems, lexicon_rows
from signoff.audience.titles.lexicon import Hit
from signoff.units import Function

__all__ = ["TitleModel", "TitleShares", "combine", "joint_shares", "load_title_model", "softmax"]

WEAK_BITS = 15
OWN_BITS = 13
KNOWN_BITS = 18
SMALLEST_SHARE = 1e-3
N_FUNCTIONS = len(Function)
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class TitleShares:
    """What the model gives, one row per title.

    Attributes:
        functions: Probability of each department, in the order of Function.
        levels: Probability of each level, in the order of Level.
        roles: Probability of each committee role, in the order of CommitteeRole.
    """

    functions: Floats
    levels: Floats
    roles: Floats


@dataclass(frozen=True)
class TitleModel:
    """Weights of the model; the last row of each matrix is its constant.

    Attributes:
        weak: From hashed pieces to departments and levels, learned from occupation lists.
        function: From lexicon, weak shares and hashed pieces to departments.
        level: From the same to levels.
        role: From joint shares of department and level to log odds of the roles.
        known: One bit for each hash of a word that the lists hold.
    """

    weak: Floats
    function: Floats
    level: Floats
    role: Floats
    known: NDArray[np.uint8]

    def weak_logits(self, titles: Sequence[Stems]) -> Floats:
        """Give what the words alone tell about department and level."""
        return apply(hash_stems(titles, bits=WEAK_BITS), self.weak)

    def predict(self, titles: Sequence[Stems], *, hits: Sequence[Sequence[Hit]]) -> TitleShares:
        """Give the probabilities of titles.

        Args:
            titles: Each title as stems.
            hits: What the lexicon says of each.

        Returns:
            One row per title.
        """
        columns = combine(titles, hits=hits, weak_logits=self.weak_logits(titles))
        functions = softmax(apply(columns, self.function))
        levels = softmax(apply(columns, self.level))
        odds = apply(joint_shares(functions, levels), self.role)
        return TitleShares(functions, levels, 1 / (1 + np.exp(-odds)))


@functools.cache
def load_title_model() -> TitleModel:
    """Load the model that ships with the package.

    >>> load_title_model().level.shape[1]
    5
    """
    path = resources.files("signoff.audience").joinpath("data", "title_model.npz")
    with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
        weights = {
            name: kept[name].astype(np.float64) * kept[f"{name}_scale"].astype(np.float64)
            for name in ("weak", "function", "level", "role")
        }
        return TitleModel(**weights, known=kept["known"])


def combine(
    titles: Sequence[Stems], *, hits: Sequence[Sequence[Hit]], weak_logits: Floats
) -> sp.csr_matrix:
    """Give the columns of the second stage: lexicon, weak shares, hashed pieces."""
    parts_of = (weak_logits[:, :N_FUNCTIONS], weak_logits[:, N_FUNCTIONS:])
    shares = np.hstack([softmax(logits) for logits in parts_of])
    weak = np.hstack([shares * 3, np.log(shares + SMALLEST_SHARE) * 0.3]).astype(np.float32)
    parts = [lexicon_rows(hits), sp.csr_matrix(weak), hash_stems(titles, bits=OWN_BITS)]
    return sp.csr_matrix(sp.hstack(parts, format="csr"))


def joint_shares(functions: Floats, levels: Floats) -> Floats:
    """Give the columns of the roles: shares of departments, of levels, and of both together."""
    both = functions[:, :, None] * levels[:, None, :]
    return np.hstack([functions, levels, both.reshape(len(functions), -1)])


def apply(columns: sp.csr_matrix | Floats, weights: Floats) -> Floats:
    """Multiply by weights whose last row is a constant."""
    found: Floats = np.asarray(columns @ weights[:-1]) + weights[-1]
    return found


def softmax(logits: Floats) -> Floats:
    """Turn log odds into shares that sum to one, row by row.

    >>> softmax(np.zeros((1, 2))).tolist()
    [[0.5, 0.5]]
    """
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=1, keepdims=True)
    return shares
