"""The win model: how traits of an account and a deal become features, weights and a probability."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from signoff.stats.calibration import Calibration
from signoff.stats.logistic import LogisticFit

__all__ = ["Encoding", "Feature", "Mix", "WinModel", "encode_traits", "fit_encoding"]

Floats = NDArray[np.float64]
Traits = Mapping[str, NDArray[np.generic]]

CATEGORIES = ("industry", "country", "product", "lead_source")
BANDS = ("employees_band", "revenue_band", "age_band")
ACCOUNT_TRAITS = ("industry", "country", *BANDS, "had_bought")
DEAL_TRAITS = ("product", "lead_source")
UNKNOWN, RARE = "?", "(rare)"
FEWEST_DEALS = 20


@dataclass(frozen=True)
class Feature:
    """One column of the model: a trait, or one value of a trait.

    Attributes:
        trait: industry, country, product, lead_source, employees_band, revenue_band, age_band or
            had_bought.
        item: Value of the trait that the feature stands for; empty for the size of a band.
        middle: Mean over the deals learned from; subtracted.
        spread: Standard deviation over them; divides.
    """

    trait: str
    item: str
    middle: float
    spread: float


@dataclass(frozen=True)
class Encoding:
    """How traits become numbers.

    Attributes:
        features: The columns, in order.
        kept: For each category, the values with enough deals to stand alone.
    """

    features: tuple[Feature, ...]
    kept: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Mix:
    """A product and a lead source seen in past deals, and how often."""

    product: str
    lead_source: str
    n_deals: int


@dataclass(frozen=True)
class WinModel:
    """Everything needed to score an account, so that a run can be repeated from its record.

    Attributes:
        encoding: How traits become numbers.
        line: Weights on the log-odds scale.
        calibration: Line that makes the probabilities agree with the later period.
        mixes: What past deals were about; a score is the mean over them.
        revenue_currency: Currency whose revenues are compared; others count as unknown.
    """

    encoding: Encoding
    line: LogisticFit
    calibration: Calibration
    mixes: tuple[Mix, ...]
    revenue_currency: str

    def about(self, product: str | None) -> "WinModel":
        """Give the model of deals about one product; the same model where past deals know none."""
        wanted = (product or "").strip().casefold()
        mixes = tuple(mix for mix in self.mixes if mix.product.strip().casefold() == wanted)
        return replace(self, mixes=mixes) if mixes else self

    def win_share(self, traits: Traits) -> Floats:
        """Give the calibrated probability that a deal with each account is won.

        Args:
            traits: Arrays of equal length for every trait but product and lead source.

        Returns:
            Shape (accounts,), the mean over what past deals were about.
        """
        told = _log_odds(traits, model=self, about=ACCOUNT_TRAITS)
        deals = {
            "product": np.array([mix.product for mix in self.mixes], dtype=object),
            "lead_source": np.array([mix.lead_source for mix in self.mixes], dtype=object),
        }
        added = _log_odds(deals, model=self, about=DEAL_TRAITS)
        total = sum(mix.n_deals for mix in self.mixes)
        share = np.zeros(len(told))
        for mix, extra in zip(self.mixes, added, strict=True):
            said = self.line.intercept + told + extra
            share += self.calibration.chance_share(said) * (mix.n_deals / total)
        return np.clip(share, 0.0, 1.0)


def fit_encoding(traits: Traits, *, n_deals: Floats) -> Encoding:
    """Learn how traits become numbers: which values stand alone, and the scale of each column.

    Values with fewer than 20 deals are pooled, unknown values have a column of their own, bands
    are used as sizes, and columns that never vary are left out.

    Args:
        traits: Arrays of equal length for every trait.
        n_deals: Deals of each cell.

    Returns:
        The encoding.

    >>> cells = {name: np.array(["x", "y"], dtype=object) for name in CATEGORIES}
    >>> cells |= {name: np.array([3, 3]) for name in (*BANDS, "had_bought")}
    >>> found = fit_encoding(cells, n_deals=np.array([30.0, 30.0])).features
    >>> [f"{f.trait}={f.item}" for f in found][:4]
    ['industry=x', 'industry=y', 'country=x', 'country=y']
    """
    kept = {name: _common_values(traits[name], n_deals=n_deals) for name in CATEGORIES}
    candidates = [
        *((name, item) for name in CATEGORIES for item in (*kept[name], RARE)),
        *((name, item) for name in BANDS for item in ("", UNKNOWN)),
        ("had_bought", ""),
    ]
    features = []
    for trait, item in candidates:
        column = _raw_column(traits, trait, item=item, kept=kept)
        known = ~np.isnan(column)
        n_known = float(n_deals[known].sum())
        if n_known > 0:
            middle = float((column[known] * n_deals[known]).sum() / n_known)
            square = float((n_deals[known] * (column[known] - middle) ** 2).sum() / n_known)
            if square > 1e-12:
                features.append(Feature(trait, item, middle, float(np.sqrt(square))))
    return Encoding(tuple(features), kept)


def encode_traits(traits: Traits, *, encoding: Encoding) -> Floats:
    """Give the standardised columns of the model.

    Args:
        traits: Arrays of equal length for every trait.
        encoding: As learned from past deals.

    Returns:
        Shape (cells, features).

    >>> half = Encoding((Feature("had_bought", "", 0.5, 0.5),), kept={})
    >>> encode_traits({"had_bought": np.array([1, 0])}, encoding=half).ravel()
    array([ 1., -1.])
    """
    n = len(next(iter(traits.values())))
    columns = [_column(traits, feature, kept=encoding.kept) for feature in encoding.features]
    return np.column_stack(columns) if columns else np.zeros((n, 0))


def _log_odds(traits: Traits, *, model: WinModel, about: Sequence[str]) -> Floats:
    """Add up what the features about some traits say, without the intercept."""
    n = len(next(iter(traits.values())))
    told = np.zeros(n)
    for feature, weight in zip(model.encoding.features, model.line.weights, strict=True):
        if feature.trait in about:
            told = told + weight * _column(traits, feature, kept=model.encoding.kept)
    return told


def _column(traits: Traits, feature: Feature, *, kept: Mapping[str, Sequence[str]]) -> Floats:
    raw = _raw_column(traits, feature.trait, item=feature.item, kept=kept)
    return np.nan_to_num((raw - feature.middle) / feature.spread, nan=0.0)


def _common_values(values: NDArray[np.generic], *, n_deals: Floats) -> tuple[str, ...]:
    items, place = np.unique(values.astype(str), return_inverse=True)
    counts = np.bincount(place, weights=n_deals)
    return tuple(str(item) for item, n in zip(items, counts, strict=True) if n >= FEWEST_DEALS)


def _raw_column(
    traits: Traits, trait: str, *, item: str, kept: Mapping[str, Sequence[str]]
) -> Floats:
    values = traits[trait]
    if trait in CATEGORIES:
        text = values.astype(str)
        met = ~np.isin(text, np.array(kept[trait], dtype=str)) if item == RARE else text == item
        return met.astype(np.float64)
    sizes = values.astype(np.float64)
    if trait == "had_bought":
        return sizes
    known = sizes >= 0
    return np.where(known, sizes, np.nan) if item == "" else (~known).astype(np.float64)
