"""Why a venue cannot be bought within the period, in a planner's words, English or French."""

from signoff.brief import Language, Period
from signoff.venues.cards.availability import SupplyLimit
from signoff.venues.venue import Venue

__all__ = ["say_absence"]

_WORDS = {
    Language.EN: {
        SupplyLimit.DATES: "Left out because it has no date between {first} and {last}; the "
        "nearest are {nearest}.",
        SupplyLimit.LEAD_TIME: "Left out because it is too late to order: {most} units can still "
        "appear between {first} and {last}, and at least {fewest} are sold.",
        SupplyLimit.CAPACITY: "Left out because its capacity is too small: {most} units can "
        "appear between {first} and {last}, and at least {fewest} are sold.",
    },
    Language.FR: {
        SupplyLimit.DATES: "Écarté parce qu’il n’a aucune date entre le {first} et le {last} ; "
        "les plus proches : {nearest}.",
        SupplyLimit.LEAD_TIME: "Écarté parce qu’il est trop tard pour commander : {most} unités "
        "peuvent encore paraître entre le {first} et le {last}, et il s’en vend au moins {fewest}.",
        SupplyLimit.CAPACITY: "Écarté parce que sa capacité est trop petite : {most} unités "
        "peuvent paraître entre le {first} et le {last}, et il s’en vend au moins {fewest}.",
    },
}


def say_absence(venue: Venue, *, period: Period, language: Language) -> str:
    """Say why a venue cannot be bought within the period.

    Args:
        venue: A venue of which fewer units can appear than are sold.
        period: The brief's period.
        language: English or French.

    Returns:
        One sentence; empty where the venue can be bought.

    >>> from datetime import date
    >>> from signoff.venues.cards.availability import Availability
    >>> from signoff.venues.sample import sample_venue
    >>> may = Period(starts_on=date(2027, 5, 1), ends_on=date(2027, 5, 31))
    >>> none = Availability(0, SupplyLimit.DATES, 0, (date(2027, 6, 18),))
    >>> say_absence(sample_venue(availability=none), period=may, language=Language.EN)[-62:]
    'between 2027-05-01 and 2027-05-31; the nearest are 2027-06-18.'
    """
    found = venue.availability
    if found is None or found.limit not in _WORDS[language]:
        return ""
    return _WORDS[language][found.limit].format(
        first=period.starts_on,
        last=period.ends_on,
        nearest=", ".join(day.isoformat() for day in found.nearest),
        most=found.most_units,
        fewest=venue.ladder.minimum_units,
    )
