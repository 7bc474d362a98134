"""The brief: everything a campaign plan starts from, as one model."""

from enum import StrEnum

from signoff.brief.committee import Committee
from signoff.brief.market import Market, NeverContact
from signoff.brief.offer import Advertiser, Aim, MessageMatter, Offering
from signoff.brief.section import Line, Section
from signoff.brief.terms import Caution, Measurement, Money, Period, VenueTerms

__all__ = ["Brief", "Language"]


class Language(StrEnum):
    """Language of advertisements and report."""

    EN = "en"
    FR = "fr"


class Brief(Section):
    """What a campaign is for: objective, offering, market, committee, words, money, period."""

    language: Language = Language.EN
    """Language of the advertisements and the report."""
    notes: tuple[Line, ...] = ()
    """What else the reader should know; printed in the report."""
    demo_limits: tuple[Line, ...] = ()
    """What the data behind the plan cannot show; printed in the report."""
    advertiser: Advertiser
    """Who advertises."""
    offering: Offering
    """What is sold."""
    objective: Aim
    """The one main objective, with its target."""
    market: Market
    """Which organisations the campaign is for."""
    committee: Committee
    """Who has to sign."""
    message: MessageMatter
    """What there is to say."""
    money: Money
    """What may be spent."""
    period: Period
    """When the campaign runs."""
    venues: tuple[VenueTerms, ...] = ()
    """Terms with single venues; a venue that is not named is free to be used."""
    caution: Caution = Caution()
    """How a cautious reader weighs what is not known for sure."""
    never_contact: NeverContact = NeverContact()
    """Organisations that must never be contacted."""
    measurement: Measurement = Measurement()
    """How success will be measured."""
