"""How large an organisation is, by the bands that official statistics use."""

__all__ = ["SIZE_BANDS", "size_band"]

SIZE_BANDS = ("micro", "small", "medium", "large")
_ENDS = ((10, "micro"), (50, "small"), (250, "medium"))


def size_band(employees: int | None) -> str | None:
    """Give the size band of a head count.

    Turnover and balance sheet, which the European definition asks for too, are not looked at: it
    is the band of the head count alone.

    Args:
        employees: Head count, from 0; empty where it is not known.

    Returns:
        micro below 10, small below 50, medium below 250, large from 250; empty for empty.

    Source: Commission Recommendation 2003/361/EC, staff headcount; INSEE uses the same limits.

    >>> size_band(9), size_band(10), size_band(250), size_band(None)
    ('micro', 'small', 'large', None)
    """
    if employees is None:
        return None
    return next((band for end, band in _ENDS if employees < end), "large")
