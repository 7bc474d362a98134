"""Units, scales and the closed vocabularies that every room shares.

Money is `Decimal` in a named currency, shares lie between 0 and 1 (never percent), times are UTC.
"""

import re
from decimal import ROUND_HALF_EVEN, Decimal
from enum import StrEnum

__all__ = [
    "CENT",
    "BuyingClass",
    "CommitteeRole",
    "DiscountKind",
    "Function",
    "Level",
    "Objective",
    "OfferingKind",
    "OrganisationKind",
    "Relationship",
    "SupplyChainPlace",
    "VenueKind",
    "french_spaces",
    "number_text",
    "round_money",
]

CENT = Decimal("0.01")
NO_BREAK_SPACE = "\u00a0"


def round_money(amount: Decimal | float) -> Decimal:
    """Give an amount in whole cents, half to even.

    Args:
        amount: Any amount; a float is read by its shortest decimal form.

    Returns:
        The amount with two decimals.

    >>> round_money(12.345)
    Decimal('12.34')
    """
    return Decimal(str(amount)).quantize(CENT, rounding=ROUND_HALF_EVEN)


def french_spaces(text: str, *, language: str) -> str:
    """Put the unbreakable spaces of French before ? ! : ; » and after «.

    Args:
        text: A sentence of ours.
        language: "en" or "fr"; English stays as it is.

    >>> french_spaces("Combien ?", language="fr").split(NO_BREAK_SPACE)
    ['Combien', '?']
    """
    if language != "fr":
        return text
    return re.sub(r" (?=[?!:;»])|(?<=«) ", NO_BREAK_SPACE, text)


def number_text(number: Decimal | int, *, language: str) -> str:
    """Give a number as one reads it inside a sentence, with all its digits.

    Args:
        number: Any number.
        language: "en" or "fr".

    Returns:
        The number with thousands set apart and the decimal mark of the language.

    >>> number_text(Decimal("1234.50"), language="en"), number_text(8500, language="fr").split()
    ('1,234.50', ['8', '500'])
    """
    text = f"{Decimal(number):,f}"
    if language == "fr":
        text = text.replace(",", NO_BREAK_SPACE).replace(".", ",")
    return text


class Objective(StrEnum):
    """The one main thing a campaign is for."""

    LEADS = "leads"
    CONVERSIONS = "conversions"
    TRAFFIC = "traffic"


class OfferingKind(StrEnum):
    """What is sold."""

    SUPPLY = "supply"
    COMPONENT = "component"
    EQUIPMENT = "equipment"
    SOFTWARE = "software"
    SERVICE = "service"


class BuyingClass(StrEnum):
    """How new the purchase is to the buyer (Robinson, Faris and Wind, 1967)."""

    NEW_TASK = "new_task"
    MODIFIED_REBUY = "modified_rebuy"
    STRAIGHT_REBUY = "straight_rebuy"


class OrganisationKind(StrEnum):
    """What kind of organisation an account is."""

    COMPANY = "company"
    MANUFACTURER = "manufacturer"
    SCHOOL = "school"
    HOSPITAL = "hospital"
    PUBLIC_BODY = "public_body"
    ASSOCIATION = "association"
    OTHER = "other"


class DiscountKind(StrEnum):
    """For which units the price of a later step holds."""

    ALL_UNITS = "all_units"
    INCREMENTAL = "incremental"


class Relationship(StrEnum):
    """What an account is to the advertiser."""

    PROSPECT = "prospect"
    CLIENT = "client"
    LOST = "lost"


class SupplyChainPlace(StrEnum):
    """Where a firm stands between raw material and end user."""

    MATERIALS = "materials"
    COMPONENTS = "components"
    FINAL_GOODS = "final_goods"
    DISTRIBUTION = "distribution"
    SERVICES = "services"


class CommitteeRole(StrEnum):
    """The part a person plays in a purchase (after Webster and Wind, 1972)."""

    INITIATOR = "initiator"
    USER = "user"
    INFLUENCER = "influencer"
    DECIDER = "decider"
    APPROVER = "approver"
    PURCHASER = "purchaser"
    GATEKEEPER = "gatekeeper"


class Function(StrEnum):
    """The department a job title belongs to."""

    GENERAL_MANAGEMENT = "general_management"
    FINANCE = "finance"
    PURCHASING = "purchasing"
    OPERATIONS = "operations"
    ENGINEERING = "engineering"
    INFORMATION_TECHNOLOGY = "information_technology"
    HUMAN_RESOURCES = "human_resources"
    MARKETING_SALES = "marketing_sales"
    LEGAL = "legal"
    RESEARCH = "research"
    HEALTH = "health"
    EDUCATION = "education"
    ADMINISTRATION = "administration"
    OTHER = "other"


class Level(StrEnum):
    """How high a job title stands, lowest first."""

    STAFF = "staff"
    SPECIALIST = "specialist"
    MANAGER = "manager"
    DIRECTOR = "director"
    EXECUTIVE = "executive"


class VenueKind(StrEnum):
    """Where an advertisement can stand."""

    TRADE_TITLE = "trade_title"
    TRADE_TITLE_DIGITAL = "trade_title_digital"
    NEWSPAPER = "newspaper"
    NEWSPAPER_DIGITAL = "newspaper_digital"
    NEWSLETTER = "newsletter"
    SEARCH = "search"
    SOCIAL = "social"
    DISPLAY = "display"
    MOBILE = "mobile"
    PODCAST = "podcast"
    RADIO = "radio"
    SATELLITE_RADIO = "satellite_radio"
    TELEVISION = "television"
    OUTDOOR = "outdoor"
    EVENT = "event"
    DIRECT_MAIL = "direct_mail"
    OWN_CHANNEL = "own_channel"
    OTHER = "other"
