"""Money, the terms with each venue, the period, and how success is measured."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from signoff.brief.market import INDUSTRY_SCHEMES, normal_industry_code
from signoff.brief.section import Amount, Country, Currency, Line, Prose, Rate, Section, Share
from signoff.errors import BriefError

__all__ = ["Caution", "GroupTerms", "Measurement", "Money", "MonthTerms", "Period", "VenueTerms"]


def _bare_segment(text: str) -> str:
    """Give the code as the account list writes it: without scheme, own labels in lower case."""
    scheme, separator, code = text.partition(":")
    if not separator or scheme.strip().lower() not in INDUSTRY_SCHEMES:
        return text
    return normal_industry_code(scheme, code)


class GroupTerms(Section):
    """Least and most to be spent on several venues together."""

    name: Line | None = None
    """What to call it; empty: its group, purpose or venues."""
    venue_group: Line | None = None
    """All venues of this group, as in the venue list."""
    purpose: Literal["brand", "activation"] | None = None
    """All venues that serve this purpose, as in the venue list: a reserve for the brand."""
    venues: tuple[Line, ...] = ()
    """Venues, by their short names."""
    floor: Amount | None = None
    """Least to be spent on them together."""
    ceiling: Amount | None = None
    """Most to be spent on them together."""
    floor_share: Share | None = None
    """Least to be spent on them, as a share of the budget."""
    ceiling_share: Share | None = None
    """Most to be spent on them, as a share of the budget."""

    @property
    def title(self) -> str:
        """Give what to call it.

        >>> GroupTerms(purpose="brand", floor_share=0.3).title
        'brand'
        """
        return self.name or self.venue_group or self.purpose or ", ".join(self.venues)


class MonthTerms(Section):
    """Most to be spent in one month."""

    month: Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
    """Year and month, such as 2027-01."""
    ceiling: Amount
    """Most to be spent on what appears in it."""


class Money(Section):
    """What may be spent."""

    budget: Annotated[Amount, Field(gt=0)]
    """Most that may be spent on venues in the period."""
    currency: Currency
    """Currency of every amount in the brief."""
    exchange_rates: Annotated[dict[Currency, Rate], Field(default_factory=dict)]
    """For each other currency of a price: units of the brief's currency for one of it."""
    groups: tuple[GroupTerms, ...] = ()
    """Least and most to be spent on groups of venues."""
    months: tuple[MonthTerms, ...] = ()
    """Most to be spent in single months; a month that is not named has no limit of its own."""

    def in_own_currency(self, amount: Decimal, *, currency: str) -> Decimal:
        """Give an amount in the brief's currency, unrounded.

        Args:
            amount: An amount of money.
            currency: Its currency, as an ISO 4217 code.

        Returns:
            The amount times the exchange rate.

        Raises:
            BriefError: the brief has no rate for the currency.

        >>> money = Money(budget=100, currency="EUR", exchange_rates={"GBP": "1.15"})
        >>> money.in_own_currency(Decimal(20), currency="GBP")
        Decimal('23.00')
        """
        if currency == self.currency:
            return amount
        if currency not in self.exchange_rates:
            known = ", ".join(self.exchange_rates) or "none"
            raise BriefError(
                f"there is no exchange rate for {currency}",
                why=f"a price is in {currency} and the budget in {self.currency}; rates given: "
                f"{known}",
                fix=f"add {currency} = (units of {self.currency} for one {currency}) under "
                "[money.exchange_rates]",
                where=f"money.exchange_rates.{currency}",
            )
        return amount * self.exchange_rates[currency]


class VenueTerms(Section):
    """What is agreed, wished or ruled out with one venue."""

    venue: Line
    """The venue's short name, as in the venue list."""
    exclude: bool = False
    """Do not use it."""
    fixed_spend: Amount | None = None
    """Already committed: exactly this is spent there."""
    floor: Amount | None = None
    """Least to be spent there."""
    ceiling: Amount | None = None
    """Most to be spent there."""
    countries: tuple[Country, ...] = ()
    """Countries of the market it can reach; empty for all it covers."""
    segments: tuple[Annotated[Line, AfterValidator(_bare_segment)], ...] = ()
    """Industries of the market it can reach, as in the account list; empty for all it covers."""
    note: Prose = ""
    """What to know about it."""


class Caution(Section):
    """How a cautious reader weighs what is not known for sure."""

    share: Annotated[Share, Field(gt=0)] = 1.0
    """Share of the draws, the worst for a plan, whose mean result is maximised: 0.1 for the worst
    tenth; 1: the expected value."""


class Period(Section):
    """When the campaign runs."""

    starts_on: date
    """First day."""
    ends_on: date
    """Last day."""


class Measurement(Section):
    """How success will be measured."""

    holdout_share: Annotated[float, Field(ge=0, le=0.5, allow_inf_nan=False)] = 0.1
    """Share of the accounts left without advertising, to see what it adds; 0 for none."""
    alpha: Annotated[float, Field(gt=0, le=0.5, allow_inf_nan=False)] = 0.05
    """Chance of seeing an effect that is not there, two-sided."""
    power: Annotated[float, Field(ge=0.5, lt=1, allow_inf_nan=False)] = 0.8
    """Chance of seeing an effect that is there."""
    baseline_share: Annotated[float, Field(gt=0, lt=1, allow_inf_nan=False)] | None = None
    """Share of accounts that would reach the objective without advertising; empty if unknown."""
