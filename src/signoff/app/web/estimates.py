"""Estimates as the reader writes them: as fine as they are known, never finer."""

from dataclasses import dataclass

from django.utils.translation import get_language

from signoff.report.forms import reader_forms
from signoff.results import Estimate

__all__ = ["EstimateWords", "write_estimate"]


@dataclass(frozen=True)
class EstimateWords:
    """An estimate with its interval, each number in the reader's form.

    Attributes:
        value: Best single number.
        low: Lower end of the interval.
        high: Upper end of the interval.
        level: Certainty of the interval.
    """

    value: str
    low: str
    high: str
    level: str


def write_estimate(estimate: Estimate) -> EstimateWords:
    """Write an estimate as the report does: it ends where the second digit of its spread does.

    Args:
        estimate: The estimate.

    >>> write_estimate(Estimate(4.23456, 2.01, 7.9)).value
    '4.2'
    """
    forms = reader_forms(get_language() or "en")
    spread = (estimate.high - estimate.low) / 2 or None
    value, low, high = (
        forms.measure(number, spread=spread)
        for number in (estimate.value, estimate.low, estimate.high)
    )
    return EstimateWords(value, low, high, forms.share(estimate.level_share))
