"""The share of accounts that are buying now, from how often they buy."""

from signoff.errors import BriefError

__all__ = ["estimate_in_market_share"]


def estimate_in_market_share(*, window_months: float, replacement_months: float) -> float:
    """Give a first number for the brief's in_market_share, from how often an account buys.

    Args:
        window_months: Months in which a purchase counts, above 0: as a rule the brief's period.
        replacement_months: Months from one purchase of the kind to the next, above 0.

    Returns:
        Share from 0 to 1: window by replacement cycle, 1 where an account buys in every window.

    Raises:
        BriefError: a number that is not above 0.

    Source: a heuristic of B2B marketing, not a measurement: it holds where purchases are spread
    evenly over time and every account replaces what it bought. Dawes (2021) puts it at about 5 %
    in a quarter for what is replaced every five years.

    >>> estimate_in_market_share(window_months=3, replacement_months=60)
    0.05
    """
    if not window_months > 0 or not replacement_months > 0:
        raise BriefError(
            what=f"a window of {window_months} months, a purchase every {replacement_months}",
            why="the share that buys in a window is the window by the time between two purchases",
            fix="give both in months, above 0",
            where="market.in_market_share",
        )
    return min(window_months / replacement_months, 1.0)
