"""The most units of a venue that keep its cap on how often one person may see it."""

from collections.abc import Sequence
from dataclasses import replace

from signoff.errors import BriefError, Fault
from signoff.venues.cards.prices import Ladder
from signoff.venues.solver.problem import PackageOption, VenueOption

__all__ = ["cap_units", "is_shut_by_cap", "refuse_capped_floors"]

_ROUNDING = 1e-9


def cap_units(ladder: Ladder, *, exposures_per_unit: float, frequency_cap: int | None) -> Ladder:
    """Let a venue sell no more units than its frequency cap allows.

    Args:
        ladder: Prices.
        exposures_per_unit: Mean exposures of a person in its audience by one unit.
        frequency_cap: Most exposures of one person that happen and are paid for; None: no cap.

    Returns:
        The prices, with as many units at most as give the people of the audience the cap's
        exposures on average. Below its minimum buy, the venue cannot be bought.

    >>> from decimal import Decimal
    >>> from signoff.venues.cards.prices import PriceStep
    >>> ladder = Ladder((PriceStep(1, Decimal(10)),), 1, 100)
    >>> cap_units(ladder, exposures_per_unit=0.5, frequency_cap=4).maximum_units
    8
    """
    if frequency_cap is None or exposures_per_unit <= 0:
        return ladder
    most = int(frequency_cap / exposures_per_unit + _ROUNDING)
    return replace(ladder, maximum_units=most) if most < ladder.maximum_units else ladder


def is_shut_by_cap(option: VenueOption) -> bool:
    """Say whether a venue's minimum buy is above what its frequency cap allows.

    Args:
        option: What can be bought there.
    """
    return (
        option.frequency_cap is not None
        and option.exposures_per_unit > 0
        and option.ladder.maximum_units < option.ladder.minimum_units
    )


def refuse_capped_floors(
    options: Sequence[VenueOption], *, packages: Sequence[PackageOption] = ()
) -> None:
    """Refuse floors that a frequency cap keeps from being spent.

    Args:
        options: What can be bought.
        packages: What can be bought together: the money of a package may keep the floors of its
            venues, which `refuse_contradictions` judges.

    Raises:
        BriefError: such floors, all of them at once.
    """
    short = [
        option
        for v, option in enumerate(options)
        if option.floor_cents
        and not any(package.units[v] for package in packages)
        and option.frequency_cap is not None
        and (option.ladder.fewest_units(option.floor_cents) is None)
    ]
    if short:
        raise BriefError(
            f"the floors of {', '.join(option.venue_id for option in short)} cannot be spent",
            why="beyond the frequency cap an exposure neither happens nor is paid for",
            fix="lower the floor, or raise the venue's frequency cap",
            faults=[
                Fault(
                    f"{option.venue_id}: at least {option.floor_cents / 100:,.2f} is to be spent, "
                    f"but its frequency cap of {option.frequency_cap} leaves "
                    f"{max(option.ladder.maximum_units, 0):,} units",
                    "beyond the frequency cap an exposure neither happens nor is paid for",
                    "lower the floor, or raise the venue's frequency cap",
                    f"venues.{option.venue_id}",
                )
                for option in short
            ],
        )
