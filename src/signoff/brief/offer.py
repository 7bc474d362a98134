"""The advertiser, what it sells, what for it advertises, and what there is to say."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from signoff.brief.section import Amount, Line, Prose, Section
from signoff.units import BuyingClass, CommitteeRole, Objective, OfferingKind, SupplyChainPlace

__all__ = ["Advertiser", "Aim", "MessageMatter", "Offering", "Proposition", "PropositionKind"]


class PropositionKind(StrEnum):
    """What the buyer gains."""

    TIME_SAVED = "time_saved"
    MONEY_SAVED = "money_saved"
    RISK = "risk"
    QUALITY = "quality"
    GROWTH = "growth"


class Advertiser(Section):
    """Who advertises."""

    name: Line
    """Name as it stands in advertisements."""
    supply_chain_place: SupplyChainPlace
    """Place between raw material and end user."""
    story: Prose = ""
    """The story of the firm in a few sentences: since when, for whom, why."""
    website: Annotated[str, Field(max_length=300)] = ""
    """Address that advertisements lead to."""


class Offering(Section):
    """What is sold."""

    name: Line
    """Name of the product or service."""
    kind: OfferingKind
    """What sort of thing it is."""
    description: Annotated[Prose, Field(min_length=1)]
    """What it is and does, in one sentence that a buyer understands."""
    price: Annotated[Decimal, Field(gt=0, max_digits=18, decimal_places=4, allow_inf_nan=False)]
    """Price of one, in the brief's currency."""
    price_basis: Line
    """What the price is for, such as "per user and month"."""
    buying_class: BuyingClass
    """How new the purchase is to the buyer."""
    deal_value: Annotated[Amount, Field(gt=0)]
    """Value of one sale, in the brief's currency."""


class Aim(Section):
    """The one main objective."""

    aim: Objective
    """What is counted: leads, conversions or visits."""
    target: Annotated[int, Field(ge=1, le=1_000_000_000)]
    """How many of them the period should bring."""


class Proposition(Section):
    """One thing the buyer gains, how much of it, and what proves it."""

    kind: PropositionKind
    """What sort of gain."""
    claim: Line
    """The gain in a few words, as it would be said: "close the books faster"."""
    amount: Annotated[Decimal, Field(gt=0, max_digits=18, allow_inf_nan=False)] | None = None
    """How much, as a number; empty when it cannot be said."""
    unit: Annotated[Line, Field(max_length=40)] | None = None
    """Unit of the amount: "hours", "EUR", "%"."""
    per: Annotated[Line, Field(max_length=60)] | None = None
    """What the amount is for, without the word per: "month", "invoice"."""
    proof: Prose = ""
    """What proves it: a study, a client, a measurement, a certificate."""
    roles: tuple[CommitteeRole, ...] = ()
    """Roles it matters to; empty for all."""


class MessageMatter(Section):
    """What there is to say."""

    values: tuple[Line, ...] = ()
    """What the firm stands for, the most important first."""
    features: tuple[Line, ...] = ()
    """Best features of the offering, the best first."""
    propositions: Annotated[tuple[Proposition, ...], Field(min_length=1)]
    """What the buyer gains, the strongest first."""
