"""What a plan spends on each group of venues and in each month, beside what the brief allows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from signoff.brief import Brief
from signoff.venues.book import VenueBook
from signoff.venues.terms.group_terms import NO_LIMIT_CENTS, group_limits
from signoff.venues.weeks.plan_weeks import WeekLine

__all__ = ["LimitLine", "list_limit_lines"]


@dataclass(frozen=True)
class LimitLine:
    """Money of one group of venues or of one month.

    Attributes:
        kind: group or month.
        name: What the group is called; year and month, such as 2027-01.
        least: Least to spend, in the brief's currency; None: no floor.
        most: Most to spend; None: no ceiling.
        spent: What the plan spends.
    """

    kind: Literal["group", "month"]
    name: str
    least: Decimal | None
    most: Decimal | None
    spent: Decimal


def list_limit_lines(
    book: VenueBook,
    *,
    brief: Brief,
    spend: Mapping[str, Decimal],
    weeks: Sequence[WeekLine],
) -> tuple[LimitLine, ...]:
    """Set what a plan spends beside the limits of the brief.

    Args:
        book: Venues, in the planner's order.
        brief: Groups and months.
        spend: Money of each venue, by its short name.
        weeks: Units by week.

    Returns:
        One entry for each group, in the brief's order; then one for each month in which money is
        spent or that the brief names, by rising month.
    """
    groups = [
        LimitLine(
            "group",
            limit.name,
            _amount(limit.least_cents) if limit.least_cents > 0 else None,
            _amount(limit.most_cents) if limit.most_cents < NO_LIMIT_CENTS else None,
            sum(
                (spend.get(book.venues[v].venue_id, Decimal(0)) for v in limit.venues),
                Decimal("0.00"),
            ),
        )
        for limit in group_limits(book.venues, brief=brief)
    ]
    by_month: dict[str, Decimal] = defaultdict(lambda: Decimal("0.00"))
    for line in weeks:
        by_month[line.starts_on.strftime("%Y-%m")] += line.spend
    most = {month.month: month.ceiling for month in brief.money.months}
    months = [
        LimitLine("month", month, None, most.get(month), by_month[month])
        for month in sorted(set(by_month) | set(most))
    ]
    return (*groups, *months)


def _amount(cents: float) -> Decimal:
    return (Decimal(round(cents)) / 100).quantize(Decimal("0.01"))
