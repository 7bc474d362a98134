"""What each field of a form is called; what it means, the model itself says."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import pgettext_lazy

from signoff.app.web.forms.shape import Kind, Shape, shape_at

__all__ = ["LABELS", "label_of", "trail_of"]

LABELS: Mapping[str, Any] = {
    "Brief": pgettext_lazy("field", "Brief"),
    "Brief.language": pgettext_lazy("field", "Language"),
    "Brief.notes": pgettext_lazy("field", "Notes"),
    "Brief.demo_limits": pgettext_lazy("field", "Limits of the data"),
    "Brief.advertiser": pgettext_lazy("field", "Advertiser"),
    "Brief.offering": pgettext_lazy("field", "Offering"),
    "Brief.objective": pgettext_lazy("field", "Objective"),
    "Brief.market": pgettext_lazy("field", "Market"),
    "Brief.committee": pgettext_lazy("field", "Buying committee"),
    "Brief.message": pgettext_lazy("field", "What there is to say"),
    "Brief.money": pgettext_lazy("field", "Money"),
    "Brief.period": pgettext_lazy("field", "Period"),
    "Brief.venues": pgettext_lazy("field", "Terms with venues"),
    "Brief.caution": pgettext_lazy("field", "Caution"),
    "Brief.never_contact": pgettext_lazy("field", "Never to be contacted"),
    "Brief.measurement": pgettext_lazy("field", "Measurement"),
    "Advertiser.name": pgettext_lazy("field", "Name"),
    "Advertiser.supply_chain_place": pgettext_lazy("field", "Place in the supply chain"),
    "Advertiser.story": pgettext_lazy("field", "Story"),
    "Advertiser.website": pgettext_lazy("field", "Website"),
    "Offering.name": pgettext_lazy("field", "Name"),
    "Offering.kind": pgettext_lazy("field", "Kind"),
    "Offering.description": pgettext_lazy("field", "Description"),
    "Offering.price": pgettext_lazy("field", "Price"),
    "Offering.price_basis": pgettext_lazy("field", "What the price is for"),
    "Offering.buying_class": pgettext_lazy("field", "Newness of the purchase"),
    "Offering.deal_value": pgettext_lazy("field", "Value of one sale"),
    "Aim.aim": pgettext_lazy("field", "What is counted"),
    "Aim.target": pgettext_lazy("field", "Target"),
    "Market.countries": pgettext_lazy("field", "Countries"),
    "Market.regions": pgettext_lazy("field", "Regions"),
    "Market.cities": pgettext_lazy("field", "Cities"),
    "Market.organisation_kinds": pgettext_lazy("field", "Kinds of organisation"),
    "Market.industries": pgettext_lazy("field", "Industries"),
    "Market.employees_min": pgettext_lazy("field", "Fewest employees"),
    "Market.employees_max": pgettext_lazy("field", "Most employees"),
    "Market.relationships": pgettext_lazy("field", "Relationship"),
    "Market.in_market_share": pgettext_lazy("field", "Share that is buying"),
    "Committee.approval_rule": pgettext_lazy("field", "Approval rule"),
    "Committee.quorum_roles": pgettext_lazy("field", "Roles needed"),
    "Committee.base_share": pgettext_lazy("field", "Chance without advertising"),
    "Committee.purchase_months": pgettext_lazy("field", "Months a purchase takes"),
    "Committee.exposures_needed": pgettext_lazy("field", "Exposures needed"),
    "Committee.roles": pgettext_lazy("field", "Roles"),
    "BuyingRole": pgettext_lazy("field", "Role"),
    "BuyingRole.role": pgettext_lazy("field", "Role"),
    "BuyingRole.functions": pgettext_lazy("field", "Departments"),
    "BuyingRole.levels": pgettext_lazy("field", "Levels"),
    "BuyingRole.approval_level": pgettext_lazy("field", "Approval level"),
    "BuyingRole.people_expected": pgettext_lazy("field", "People expected"),
    "BuyingRole.amount_above": pgettext_lazy("field", "Signs above"),
    "BuyingRole.uplift": pgettext_lazy("field", "Uplift"),
    "MessageMatter.values": pgettext_lazy("field", "Values"),
    "MessageMatter.features": pgettext_lazy("field", "Best features"),
    "MessageMatter.propositions": pgettext_lazy("field", "Propositions"),
    "Proposition": pgettext_lazy("field", "Proposition"),
    "Proposition.kind": pgettext_lazy("field", "Kind of gain"),
    "Proposition.claim": pgettext_lazy("field", "Claim"),
    "Proposition.amount": pgettext_lazy("field", "Amount"),
    "Proposition.unit": pgettext_lazy("field", "Unit"),
    "Proposition.per": pgettext_lazy("field", "Per"),
    "Proposition.proof": pgettext_lazy("field", "Proof"),
    "Proposition.roles": pgettext_lazy("field", "Roles"),
    "Money.budget": pgettext_lazy("field", "Budget"),
    "Money.currency": pgettext_lazy("field", "Currency"),
    "Money.exchange_rates": pgettext_lazy("field", "Exchange rates"),
    "Money.groups": pgettext_lazy("field", "Groups of venues"),
    "Money.months": pgettext_lazy("field", "Money by month"),
    "GroupTerms": pgettext_lazy("field", "Group"),
    "GroupTerms.name": pgettext_lazy("field", "Name"),
    "GroupTerms.venue_group": pgettext_lazy("field", "Group in the venue list"),
    "GroupTerms.purpose": pgettext_lazy("field", "Purpose"),
    "GroupTerms.venues": pgettext_lazy("field", "Venues"),
    "GroupTerms.floor": pgettext_lazy("field", "Floor"),
    "GroupTerms.ceiling": pgettext_lazy("field", "Ceiling"),
    "GroupTerms.floor_share": pgettext_lazy("field", "Floor, as a share"),
    "GroupTerms.ceiling_share": pgettext_lazy("field", "Ceiling, as a share"),
    "MonthTerms": pgettext_lazy("field", "Month"),
    "MonthTerms.month": pgettext_lazy("field", "Month"),
    "MonthTerms.ceiling": pgettext_lazy("field", "Ceiling"),
    "Period.starts_on": pgettext_lazy("field", "First day"),
    "Period.ends_on": pgettext_lazy("field", "Last day"),
    "VenueTerms": pgettext_lazy("field", "Venue"),
    "VenueTerms.venue": pgettext_lazy("field", "Venue"),
    "VenueTerms.exclude": pgettext_lazy("field", "Do not use it"),
    "VenueTerms.fixed_spend": pgettext_lazy("field", "Already committed"),
    "VenueTerms.floor": pgettext_lazy("field", "Floor"),
    "VenueTerms.ceiling": pgettext_lazy("field", "Ceiling"),
    "VenueTerms.countries": pgettext_lazy("field", "Countries"),
    "VenueTerms.segments": pgettext_lazy("field", "Industries"),
    "VenueTerms.note": pgettext_lazy("field", "Note"),
    "NeverContact.domains": pgettext_lazy("field", "Web domains"),
    "NeverContact.accounts": pgettext_lazy("field", "Accounts"),
    "VenueCard.name": pgettext_lazy("field", "Name"),
    "VenueCard.kind": pgettext_lazy("field", "Kind"),
    "VenueCard.country": pgettext_lazy("field", "Country"),
    "VenueCard.region": pgettext_lazy("field", "Region"),
    "VenueCard.unit": pgettext_lazy("field", "Unit"),
    "VenueCard.currency": pgettext_lazy("field", "Currency"),
    "VenueCard.exposures_per_unit": pgettext_lazy("field", "Exposures of a unit"),
    "VenueCard.contacts_per_unit": pgettext_lazy("field", "Contacts of a unit"),
    "VenueCard.on_target_share": pgettext_lazy("field", "Share on target"),
    "VenueCard.response_share": pgettext_lazy("field", "Response"),
    "VenueCard.response_low_share": pgettext_lazy("field", "Response, lower end"),
    "VenueCard.response_high_share": pgettext_lazy("field", "Response, upper end"),
    "VenueCard.raised_hand_share": pgettext_lazy("field", "Raised hands per visit"),
    "VenueCard.raised_hand_low_share": pgettext_lazy("field", "Raised hands, lower end"),
    "VenueCard.raised_hand_high_share": pgettext_lazy("field", "Raised hands, upper end"),
    "VenueCard.basis": pgettext_lazy("field", "Rests on"),
    "VenueCard.source": pgettext_lazy("field", "Source"),
    "VenueCard.source_url": pgettext_lazy("field", "Address of the source"),
    "VenueCard.minimum_units": pgettext_lazy("field", "Fewest units"),
    "VenueCard.maximum_units": pgettext_lazy("field", "Most units"),
    "VenueCard.discount_kind": pgettext_lazy("field", "Discounts hold for"),
    "VenueCard.setup_cost": pgettext_lazy("field", "Set-up cost"),
    "VenueCard.lead_days": pgettext_lazy("field", "Lead time in days"),
    "VenueCard.capacity_per_week": pgettext_lazy("field", "Most units a week"),
    "VenueCard.frequency_cap": pgettext_lazy("field", "Frequency cap"),
    "VenueCard.frequency_cap_days": pgettext_lazy("field", "Days of the cap"),
    "VenueCard.venue_group": pgettext_lazy("field", "Group"),
    "VenueCard.purpose": pgettext_lazy("field", "Purpose"),
    "VenueCard.prices": pgettext_lazy("field", "Prices"),
    "VenueCard.audiences": pgettext_lazy("field", "Audiences"),
    "VenueCard.issues": pgettext_lazy("field", "Dates of issue"),
    "PackageCard.name": pgettext_lazy("field", "Name"),
    "PackageCard.package_price": pgettext_lazy("field", "Price of a package"),
    "PackageCard.currency": pgettext_lazy("field", "Currency"),
    "PackageCard.maximum_packages": pgettext_lazy("field", "Most packages"),
    "PackageCard.source": pgettext_lazy("field", "Source"),
    "PackageCard.source_url": pgettext_lazy("field", "Address of the source"),
    "PackageCard.parts": pgettext_lazy("field", "Venues"),
    "PackagePart": pgettext_lazy("field", "Venue"),
    "PackagePart.venue_id": pgettext_lazy("field", "Venue"),
    "PackagePart.units": pgettext_lazy("field", "Units"),
    "CardPrice": pgettext_lazy("field", "Price"),
    "CardPrice.units_from": pgettext_lazy("field", "From so many units"),
    "CardPrice.units_to": pgettext_lazy("field", "Up to so many units"),
    "CardPrice.unit_price": pgettext_lazy("field", "Price of a unit"),
    "CardPrice.source": pgettext_lazy("field", "Source"),
    "CardPrice.source_url": pgettext_lazy("field", "Address of the source"),
    "CardPrice.note": pgettext_lazy("field", "Note"),
    "CardIssue": pgettext_lazy("field", "Date of issue"),
    "CardIssue.issue_on": pgettext_lazy("field", "Day of issue"),
    "CardIssue.closes_on": pgettext_lazy("field", "Last day to order"),
    "CardIssue.capacity_units": pgettext_lazy("field", "Units to be had"),
    "CardIssue.source": pgettext_lazy("field", "Source"),
    "CardAudience": pgettext_lazy("field", "Audience"),
    "CardAudience.role": pgettext_lazy("field", "Role"),
    "CardAudience.country": pgettext_lazy("field", "Country"),
    "CardAudience.segment": pgettext_lazy("field", "Industry"),
    "CardAudience.reach_share": pgettext_lazy("field", "Reach"),
    "CardAudience.reach_low_share": pgettext_lazy("field", "Reach, lower end"),
    "CardAudience.reach_high_share": pgettext_lazy("field", "Reach, upper end"),
    "CardAudience.basis": pgettext_lazy("field", "Rests on"),
    "CardAudience.source": pgettext_lazy("field", "Source"),
    "CardAudience.source_url": pgettext_lazy("field", "Address of the source"),
    "WrittenMessage.brief": pgettext_lazy("field", "Brief"),
    "WrittenMessage.role": pgettext_lazy("field", "Role"),
    "WrittenMessage.venue": pgettext_lazy("field", "Venue"),
    "WrittenMessage.format": pgettext_lazy("field", "Ad format"),
    "WrittenMessage.language": pgettext_lazy("field", "Language"),
    "WrittenMessage.parts": pgettext_lazy("field", "Words"),
    "WrittenMessage.note": pgettext_lazy("field", "Note"),
    "WrittenPart": pgettext_lazy("field", "Part"),
    "WrittenPart.part": pgettext_lazy("field", "Part"),
    "WrittenPart.text": pgettext_lazy("field", "Words"),
    "Caution.share": pgettext_lazy("field", "Share of the worst draws"),
    "Measurement.holdout_share": pgettext_lazy("field", "Share held out"),
    "Measurement.alpha": pgettext_lazy("field", "False alarms allowed"),
    "Measurement.power": pgettext_lazy("field", "Power"),
    "Measurement.baseline_share": pgettext_lazy("field", "Share without advertising"),
}


def label_of(shape: Shape) -> str:
    """Give the label of a field; one that has none yet is called by its key.

    >>> from signoff.app.web.forms.shape import describe_model
    >>> from signoff.brief import Money
    >>> label_of(describe_model(Money).parts[0])
    'Budget'
    """
    if shape.key in LABELS:
        return str(LABELS[shape.key])
    return shape.name.replace("_", " ").capitalize()


def row_label(shape: Shape, number: int) -> str:
    """Give the label of a row: what it is, and its number.

    >>> from signoff.app.web.forms.shape import describe_model
    >>> from signoff.brief import Committee
    >>> parts = {part.name: part for part in describe_model(Committee).parts}
    >>> row_label(parts["roles"], 2).split()
    ['Role', '2']
    """
    label = LABELS.get(shape.vocabulary, label_of(shape))
    return f"{label}\u00a0{number}"


def trail_of(shape: Shape, path: str) -> list[str]:
    """Give the labels on the way to a field.

    Args:
        shape: The form.
        path: As in a fault; steps that the form does not know stay as they are.

    >>> from signoff.app.web.forms.shape import describe_model
    >>> from signoff.brief import Brief
    >>> trail_of(describe_model(Brief), "money.budget")
    ['Money', 'Budget']
    """
    trail: list[str] = []
    at = ""
    for step in path.split("."):
        at = f"{at}.{step}" if at else step
        trail += _step_labels(shape, at, step)
    return trail


def _step_labels(shape: Shape, at: str, step: str) -> list[str]:
    name, _bracket, number = step.partition("[")
    prefix = at.removesuffix(step) + name
    found = shape_at(shape, prefix)
    if found is None:
        return [step]
    if not number:
        return [label_of(found)]
    n = int(number.rstrip("]"))
    if found.kind is Kind.ROWS:
        return [row_label(found, n)]
    return [label_of(found), str(n)]
