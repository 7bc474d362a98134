"""Why an account scores as it does: what each of its traits adds to its odds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from signoff.audience.fit.deals import FitReport
from signoff.audience.fit.statements import TRAITS_OF_ACCOUNT
from signoff.audience.fit.win_model import ACCOUNT_TRAITS, WinModel, encode_traits
from signoff.errors import MissingError
from signoff.store.engines.engine import Engine

__all__ = ["TraitReason", "explain_account", "explain_traits"]

SMALLEST = 0.05


@dataclass(frozen=True)
class TraitReason:
    """What one trait of an account does to its odds of buying.

    Attributes:
        trait: industry, country, employees_band, revenue_band, age_band or had_bought.
        value: Its value, as the model reads it.
        odds_factor: What the odds are multiplied by, against the usual deal; above 1 raises them.
    """

    trait: str
    value: str
    odds_factor: float

    def text(self) -> str:
        """Say it in words.

        >>> TraitReason("industry", "P85", 1.5).text()
        'industry P85 raises the odds by 50 %'
        """
        way = "raises" if self.odds_factor > 1 else "lowers"
        share = 100 * abs(self.odds_factor - 1)
        return f"{self.trait} {self.value} {way} the odds by {share:.0f} %"


def explain_traits(
    model: WinModel, traits: Mapping[str, NDArray[Any]]
) -> list[tuple[TraitReason, ...]]:
    """Say what moves the odds of accounts, the strongest trait first.

    Args:
        model: The model of a usable FitReport.
        traits: Arrays of equal length: industry, country, employees_band, revenue_band, age_band
            and had_bought, as SCORE_CELLS gives them.

    Returns:
        For each account its reasons; traits that move the odds by less than 5 % are left out.

    >>> from signoff.audience.fit.win_model import Encoding, Feature
    >>> from signoff.stats.calibration import Calibration
    >>> from signoff.stats.logistic import LogisticFit
    >>> encoding = Encoding((Feature("had_bought", "", 0.5, 0.5),), kept={})
    >>> model = WinModel(encoding, LogisticFit(0.0, (1.0,)), Calibration(0.0, 1.0), (), "EUR")
    >>> [r.text() for r in explain_traits(model, {"had_bought": np.array([1])})[0]]
    ['had_bought 1 raises the odds by 172 %']
    """
    n = len(next(iter(traits.values())))
    added = {trait: np.zeros(n) for trait in ACCOUNT_TRAITS}
    known = [f for f in model.encoding.features if f.trait in traits]
    weights = dict(zip(model.encoding.features, model.line.weights, strict=True))
    for feature in known:
        alone = type(model.encoding)((feature,), model.encoding.kept)
        told = encode_traits(traits, encoding=alone)[:, 0] * weights[feature]
        added[feature.trait] = added[feature.trait] + model.calibration.slope * told
    return [
        tuple(
            TraitReason(trait, str(traits[trait][place]), float(np.exp(added[trait][place])))
            for trait in sorted(added, key=lambda name: -abs(added[name][place]))
            if abs(added[trait][place]) >= SMALLEST
        )
        for place in range(n)
    ]


def explain_account(
    engine: Engine, *, fit: FitReport, account_id: str, today: date
) -> tuple[TraitReason, ...]:
    """Say what moves the odds of one account, the strongest trait first.

    Args:
        engine: An engine with `account` and `opportunity`.
        fit: What past deals told; a plan keeps its own.
        account_id: The account.
        today: Day of the score.

    Returns:
        Its reasons; none without a usable signal, because there is no score to explain.

    Raises:
        MissingError: no account has that id.
    """
    if fit.model is None:
        return ()
    currency = fit.model.revenue_currency
    asked = {"account_id": account_id, "revenue_currency": currency}
    traits = engine.arrays(TRAITS_OF_ACCOUNT, year=today.year, today=today, **asked)
    if len(traits["industry"]) == 0:
        raise MissingError(
            f"there is no account {account_id!r}",
            why="no account of the workspace has that id; it may have been undone",
            fix="search the table of accounts by name, domain or city",
            where="account_id",
        )
    return explain_traits(fit.model, traits)[0]
