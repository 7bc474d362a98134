"""The file of a problem, table by table: what `signoff venues plan` reads."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, field_validator

from signoff.brief.section import Line, Section

__all__ = [
    "ApprovalPart",
    "CashPart",
    "CellPart",
    "DrawPart",
    "ExposurePart",
    "LimitPart",
    "MoneyPart",
    "PeriodPart",
    "PricePart",
    "ProblemFile",
    "RolePart",
    "TablesPart",
    "VenuePart",
]


def _split_days(value: object) -> object:
    """Read days of issue from a cell of a table: 2027-01-04;2027-02-01."""
    if isinstance(value, str):
        return [part for part in value.replace(",", ";").split(";") if part.strip()]
    return value


Positive = Annotated[Decimal, Field(gt=0, max_digits=15, allow_inf_nan=False)]
"""Money above 0; fractions of a cent are allowed in prices."""
NotNegative = Annotated[Decimal, Field(ge=0, max_digits=15, allow_inf_nan=False)]
Number = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0, le=1_000_000_000)]
Days = Annotated[tuple[date, ...], BeforeValidator(_split_days)]


class ApprovalPart(Section):
    """How reached roles add up to an account that counts."""

    rule: Literal["any", "mean", "quorum", "every_level", "uplift"]
    """any: one reached role is enough; mean: each reached role adds its part; quorum: at least
    `quorum` roles; every_level: one reached role at each level; uplift: `base_share` times the
    product of 1 + lift over reached roles, less `base_share`."""
    quorum: Annotated[int, Field(ge=1, le=1000)] | None = None
    """Roles needed, with the rule quorum; an account with fewer roles is never covered."""
    base_share: Annotated[float, Field(gt=0, lt=1)] | None = None
    """Chance of approval with no role reached, with the rule uplift."""
    exposures_needed: Annotated[int, Field(ge=1, le=50)] = 1
    """Exposures that make a person count; a role is reached once one of its people does."""
    appetite_shape: Annotated[float, Field(gt=0, le=1000)] | None = None
    """Shape of the gamma by which accounts see more or less than the average; empty: all alike."""


class MoneyPart(Section):
    """What may be spent, or what is to be reached."""

    budget: Positive | None = None
    """Most to spend in all."""
    target: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None
    """Result to reach for the least money; the budget is then the most it may cost."""
    currency: Line = "EUR"
    """Currency of every amount."""
    whole_units: bool = True
    """true: units are bought whole; false: units may be broken, at one price each."""


class RolePart(Section):
    """One role of the committee."""

    role: Line
    """Its name, as in the cells and exposures."""
    level: Annotated[int, Field(ge=0, le=99)] | None = None
    """Level of approval; empty for every role: each role is a level of its own."""
    lift: Number | None = None
    """Share by which reaching it raises the chance of approval, with the rule uplift."""
    reach_from: date | None = None
    """First day on which it is worth reaching; empty: from the start."""
    reach_until: date | None = None
    """Last day on which it is worth reaching; empty: to the end."""


class VenuePart(Section):
    """One venue: what it costs and what is agreed with it."""

    venue: Line
    """Short name."""
    unit_price: Positive | None = None
    """Price of one unit; empty: the steps under `prices` say it."""
    minimum: Annotated[int, Field(ge=1, le=1_000_000_000)] = 1
    """Fewest units sold."""
    maximum: Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)] | None = None
    """Most units to be had; a broken number only where units may be broken."""
    setup_cost: NotNegative = Decimal(0)
    """Paid once as soon as anything is bought."""
    discount_kind: Literal["all_units", "incremental"] = "all_units"
    """all_units: a step's price holds for all units; incremental: for those from the step on."""
    group: Line = ""
    """Group that limits may name."""
    exclude: bool = False
    """Do not use it."""
    fixed_units: Number | None = None
    """Exactly so many units are bought."""
    floor: NotNegative | None = None
    """Least to spend there."""
    ceiling: NotNegative | None = None
    """Most to spend there."""
    present_units: Number | None = None
    """Units of the present plan, with which the new one is compared."""
    issues: Days = ()
    """Days on which it appears; empty: on any day."""
    per_issue: Annotated[int, Field(ge=1, le=1_000_000_000)] | None = None
    """Most units in one issue, or in one week where there are no issues."""
    lead_days: Annotated[int, Field(ge=0, le=1000)] = 0
    """Days between the order and the first appearance."""


class PricePart(Section):
    """One price step of a venue."""

    venue: Line
    """Venue."""
    units_from: Annotated[int, Field(ge=1, le=1_000_000_000)] = 1
    """The step holds from so many units on."""
    unit_price: Positive
    """Price of one unit."""


class CellPart(Section):
    """Accounts that are alike, counted together."""

    cell: Line = ""
    """Name, for the reader."""
    segment: Line = "*"
    """Segment of the exposures that holds for them."""
    weight: Number
    """Value of all its accounts together."""
    n_accounts: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 1.0
    """Accounts; for the reader alone, since the weight holds them all."""
    people: Annotated[dict[Line, Number], Field(default_factory=dict)]
    """People of one account by role; in a table, columns people_<role>. A role that is not named
    has nobody."""


class ExposurePart(Section):
    """How often one unit of a venue meets one person of a role of a segment."""

    segment: Line = "*"
    """Segment, or * for all that name no row of their own."""
    role: Line
    """Role, or * for all that name no row of their own."""
    venue: Line
    """Venue."""
    exposures_per_unit: Number
    """Mean exposures of one person by one unit."""


class LimitPart(Section):
    """Least and most to spend on some venues together."""

    name: Line = ""
    """What to call it."""
    group: Line = ""
    """All venues of this group; or name them under `venues`."""
    venues: tuple[Line, ...] = ()
    """Venues."""
    least: NotNegative = Decimal(0)
    """Least to spend on them together."""
    most: NotNegative | None = None
    """Most to spend on them together."""


class CashPart(Section):
    """Most to spend in one month."""

    month: Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
    """Year and month, such as 2027-01."""
    most: NotNegative
    """Most to spend on what appears in it."""

    @field_validator("month", mode="before")
    @classmethod
    def _read_month(cls, value: object) -> object:
        return str(value)[:7] if isinstance(value, date) else value


class PeriodPart(Section):
    """When the campaign runs."""

    starts_on: date
    """First day."""
    ends_on: date
    """Last day."""
    ordered_on: date | None = None
    """Day on which orders go out, for the venues' lead times; empty: early enough."""


class DrawPart(Section):
    """One draw of one venue's exposures."""

    draw: Annotated[int, Field(ge=0, le=1_000_000)]
    """Number of the draw."""
    venue: Line
    """Venue."""
    factor: Number
    """Factor on its exposures in this draw."""


class CautionPart(Section):
    """How a cautious reader weighs the draws."""

    share: Annotated[float, Field(gt=0, le=1)] = 1.0
    """Share of the draws, the worst for a plan, whose mean is maximised; 1: the expected value."""


class TablesPart(Section):
    """Tables that stand in files of their own beside this one: CSV, XLSX or Parquet."""

    cells: Line = ""
    """File of the cells."""
    exposures: Line = ""
    """File of the exposures."""
    venues: Line = ""
    """File of the venues."""
    prices: Line = ""
    """File of the price steps."""
    draws: Line = ""
    """File of the draws."""


class ProblemFile(Section):
    """A whole planning problem."""

    approval: ApprovalPart
    """How reached roles add up."""
    money: MoneyPart
    """Budget or target."""
    roles: tuple[RolePart, ...] = ()
    """Roles; empty: those that the exposures name, each a level of its own."""
    venues: tuple[VenuePart, ...] = ()
    """Venues."""
    prices: tuple[PricePart, ...] = ()
    """Price steps."""
    cells: tuple[CellPart, ...] = ()
    """Accounts."""
    exposures: tuple[ExposurePart, ...] = ()
    """Whom each unit meets how often."""
    limits: tuple[LimitPart, ...] = ()
    """Money on some venues together."""
    cash: tuple[CashPart, ...] = ()
    """Money in one month."""
    period: PeriodPart | None = None
    """When the campaign runs; needed for issues, weeks and cash."""
    draws: tuple[DrawPart, ...] = ()
    """Draws of the exposures; empty: they are taken as known."""
    caution: CautionPart = CautionPart()
    """How the draws are weighed."""
    tables: TablesPart = TablesPart()
    """Tables in files of their own."""
    seed: Annotated[int, Field(ge=0, le=2**62)] = 1
    """The same seed gives the same plan."""
