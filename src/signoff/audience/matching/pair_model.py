"""How likely two records are one firm: boosted trees that ship with the package."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from signoff.audience.matching.features import FEATURES

__all__ = ["PairModel", "load_pair_model"]

CHUNK = 8_192

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class PairModel:
    """Boosted trees over pair features, and how common words are in names of firms.

    Attributes:
        feature: Per tree and node, the feature that it asks about; shape (trees, nodes).
        threshold: Left when the feature is at most this.
        goes_left: Whether an unknown feature goes left.
        left: The node on the left; a leaf points to itself.
        right: The node on the right; a leaf points to itself.
        value: What a leaf adds to the log odds; 0 elsewhere.
        baseline: Log odds before any tree.
        depth: Questions on the longest way down.
        frequencies: In how many names each common word stands; "" is the number of names.
    """

    feature: NDArray[np.uint8]
    threshold: Floats
    goes_left: NDArray[np.bool_]
    left: NDArray[np.uint8]
    right: NDArray[np.uint8]
    value: Floats
    baseline: float
    depth: int
    frequencies: Mapping[str, int]

    def log_odds(self, features: Floats) -> NDArray[np.float64]:
        """Give the log odds that the two records of each pair are one firm.

        Args:
            features: One row a pair, columns FEATURES; not a number where not known.

        >>> model = load_pair_model()
        >>> model.log_odds(np.full((1, len(FEATURES)), np.nan, dtype=np.float32)).shape
        (1,)
        """
        found = np.full(len(features), self.baseline)
        for start in range(0, len(features), CHUNK):
            part = np.ascontiguousarray(features[start : start + CHUNK])
            firsts = np.arange(len(part)) * part.shape[1]
            flat = part.ravel()
            for tree in range(len(self.feature)):
                found[start : start + len(part)] += self._grow(tree, flat, firsts)
        return found

    def _grow(self, tree: int, flat: Floats, firsts: NDArray[np.int64]) -> Floats:
        """Follow each row down one tree; rows lie one after another, each from its first place."""
        children = np.column_stack((self.right[tree], self.left[tree])).ravel()
        node = np.zeros(len(firsts), dtype=np.intp)
        for _ in range(self.depth):
            told = flat.take(firsts + self.feature[tree].take(node))
            is_left = told <= self.threshold[tree].take(node)
            is_left |= np.isnan(told) & self.goes_left[tree].take(node)
            node = children.take(2 * node + is_left).astype(np.intp)
        values: Floats = self.value[tree]
        return values.take(node)

    def to_bytes(self) -> bytes:
        """Give the model as a compressed NumPy archive without any code in it."""
        words = "\n".join(f"{word},{count}" for word, count in self.frequencies.items())
        out = io.BytesIO()
        np.savez_compressed(
            out,
            feature=self.feature,
            threshold=self.threshold,
            goes_left=self.goes_left,
            left=self.left,
            right=self.right,
            value=self.value,
            baseline=np.float64(self.baseline),
            depth=np.int64(self.depth),
            words=np.frombuffer(words.encode(), dtype=np.uint8),
            features=np.frombuffer("\n".join(FEATURES).encode(), dtype=np.uint8),
        )
        return out.getvalue()


@cache
def load_pair_model() -> PairModel:
    """Load the model that ships with the package; scripts/train_pair_model.py makes it.

    >>> load_pair_model().frequencies["group"] > 100
    True
    """
    return read_pair_model(files("signoff.audience").joinpath("data/pair_model.npz").read_bytes())


def read_pair_model(content: bytes) -> PairModel:
    """Read a model from the bytes that `to_bytes` made.

    Args:
        content: A NumPy archive; nothing in it is run.

    Raises:
        ValueError: it was trained on other features than this version computes.

    >>> read_pair_model(load_pair_model().to_bytes()).depth == load_pair_model().depth
    True
    """
    with np.load(io.BytesIO(content), allow_pickle=False) as kept:
        found: dict[str, Any] = {name: kept[name] for name in kept.files}
    if tuple(found["features"].tobytes().decode().split("\n")) != FEATURES:
        raise ValueError("the pair model was trained on other features: train it again")
    lines = (line.rpartition(",") for line in found["words"].tobytes().decode().split("\n"))
    return PairModel(
        feature=found["feature"],
        threshold=found["threshold"],
        goes_left=found["goes_left"],
        left=found["left"],
        right=found["right"],
        value=found["value"],
        baseline=float(found["baseline"]),
        depth=int(found["depth"]),
        frequencies={word: int(count) for word, _, count in lines},
    )
