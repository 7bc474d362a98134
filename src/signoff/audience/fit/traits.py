"""The columns of a history as features of a line: common values, steps of a number, gaps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from signoff.audience.fit.cells import PlainColumn

__all__ = ["PlainEncoding", "PlainFeature", "encode_columns", "learn_encoding"]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

N_STEPS, MOST_VALUES = 6, 60
RARE = "(a rare value)"
EMPTY = "(empty)"


@dataclass(frozen=True)
class PlainFeature:
    """One column of the design.

    Attributes:
        column: The column of the file.
        item: The value it marks; empty for a step of a number.
        above: The number it lies above; NaN for a value.
    """

    column: str
    item: str
    above: float = float("nan")


@dataclass(frozen=True)
class PlainEncoding:
    """How columns become features.

    Attributes:
        features: In the order of the design.
        kept: Values of each category that stand alone.
    """

    features: tuple[PlainFeature, ...]
    kept: Mapping[str, frozenset[str]]


def learn_encoding(
    columns: Sequence[PlainColumn], *, learn: Flags, fewest_rows: int
) -> PlainEncoding:
    """Choose the values and the steps that have a weight of their own.

    Args:
        columns: Numbers, days turned into ages, and categories.
        learn: Rows that may be looked at.
        fewest_rows: Values in fewer of these rows are pooled.

    Returns:
        The encoding; a feature that is the same in all these rows is left out.

    >>> from signoff.audience.fit.cells import read_column
    >>> kind = read_column("kind", ["school", "school", "school", "firm"])
    >>> found = learn_encoding([kind], learn=np.ones(4, dtype=bool), fewest_rows=2)
    >>> [feature.item for feature in found.features]
    ['school', '(a rare value)']
    """
    features: list[PlainFeature] = []
    kept: dict[str, frozenset[str]] = {}
    for column in columns:
        if column.kind == "category":
            values, counts = np.unique(column.texts[learn].astype(str), return_counts=True)
            order = np.lexsort((values, -counts))[:MOST_VALUES]
            common = [str(values[k]) for k in order if counts[k] >= fewest_rows and values[k]]
            kept[column.name] = frozenset(common)
            features += [PlainFeature(column.name, item) for item in (*common, RARE, EMPTY)]
            continue
        known = column.numbers[learn & np.isfinite(column.numbers)]
        if len(known):
            inner = np.linspace(0, 1, N_STEPS + 1)[1:-1]
            cuts = np.unique(np.quantile(known, inner, method="lower"))
            features += [PlainFeature(column.name, "", float(cut)) for cut in cuts]
        features.append(PlainFeature(column.name, EMPTY))
    encoding = PlainEncoding(tuple(features), kept)
    design = encode_columns(columns, encoding=encoding)[learn]
    varies = (design.std(axis=0) > 1e-9).tolist() if len(design) else [False] * len(features)
    chosen = tuple(f for f, used in zip(features, varies, strict=True) if used)
    return PlainEncoding(chosen, kept)


def encode_columns(columns: Sequence[PlainColumn], *, encoding: PlainEncoding) -> Floats:
    """Give the design: 0 or 1 for each row and feature.

    Args:
        columns: The columns the encoding was learned from, in any order.
        encoding: As learned.

    Returns:
        Shape (rows, features).

    >>> from signoff.audience.fit.cells import read_column
    >>> size = read_column("size", ["1", "5", "9", ""])
    >>> encode_columns([size], encoding=PlainEncoding((PlainFeature("size", "", 4.0),), {})).ravel()
    array([0., 1., 1., 0.])
    """
    named = {column.name: column for column in columns}
    n_rows = len(columns[0].texts) if columns else 0
    design = np.zeros((n_rows, len(encoding.features)))
    for place, feature in enumerate(encoding.features):
        column = named[feature.column]
        if feature.item == "":
            with np.errstate(invalid="ignore"):
                design[:, place] = column.numbers > feature.above
        elif feature.item == EMPTY:
            is_number = column.kind != "category"
            design[:, place] = np.isnan(column.numbers) if is_number else ~column.known
        elif feature.item == RARE:
            common = np.array([*encoding.kept[column.name], ""], dtype=object)
            design[:, place] = ~np.isin(column.texts.astype(str), common.astype(str))
        else:
            design[:, place] = column.texts == feature.item
    return design
