"""One venue with its prices, audience and dates, as a plan reads it."""

from dataclasses import dataclass
from decimal import Decimal

from signoff.brief import Period
from signoff.units import CommitteeRole, Objective, VenueKind
from signoff.venues.cards.availability import Availability, Issue
from signoff.venues.cards.prices import Ladder
from signoff.venues.market.carry_over import CarryOver
from signoff.venues.market.evidence import AudienceNote, AudienceSource, EvidenceRow
from signoff.venues.market.response import Response, chain_shares

__all__ = ["PRIOR", "AudienceRow", "ExcludedVenue", "Venue"]

PRIOR = "prior"


@dataclass(frozen=True)
class AudienceRow:
    """The reach of one venue among the people of one role in one segment of one country.

    Attributes:
        country: ISO 3166 code, or * for every country the venue covers.
        segment: Industry code, or * for all.
        role: Committee role, or * for all.
        reach_share: Share of those people whom it can reach at all.
        reach_low_share: Lower end of its 90 % interval.
        reach_high_share: Upper end.
        basis: measured or prior.
        source: Where it comes from.
    """

    country: str
    segment: str
    role: str
    reach_share: float
    reach_low_share: float
    reach_high_share: float
    basis: str
    source: str


@dataclass(frozen=True)
class Venue:
    """One place where an advertisement can stand.

    Attributes:
        venue_id: Short name.
        name: Name as the trade knows it.
        kind: Kind of venue.
        country: Country it is confined to; empty for everywhere.
        region: Region it is confined to; empty for none.
        unit: What is bought.
        exposures_per_unit: Mean exposures of a person reached by one unit, or by one contact.
        contacts_per_unit: Contacts one unit delivers; None: each unit goes to the whole audience.
        on_target_share: Share of the contacts that fall on people of the market.
        response_share: Visits per exposure.
        response_low_share: Lower end of its 90 % interval.
        response_high_share: Upper end.
        hands: Raised hands per visit, and what they rest on.
        carry_over: How long its exposures work on.
        ladder: Prices in the brief's currency.
        list_steps: Units from which each step holds, and its unit price as listed.
        list_currency: Currency of the rate card.
        audience: Reach by country, segment and role.
        basis: measured or prior: what its response rests on, raised hands per visit included where
            the objective counts them.
        source: Where its facts come from.
        source_url: Address of the source.
        price_source: Where its prices come from.
        price_source_url: Address of that.
        venue_group: Group it is counted in, such as print or digital; empty for none.
        purpose: brand or activation; empty where nobody says.
        lead_days: Days between an order and its first appearance.
        issues: Days on which it appears, rising; empty: on any day.
        capacity_per_week: Most units that can appear in a week; None: no limit.
        maximum_units: Most units that the rate card sells; None: no limit. The ladder sells no
            more than can appear within the brief's period.
        availability: Units to be had in the brief's period, and what limits them.
        frequency_cap: Most exposures of one person that happen and are paid for; None: no cap.
        frequency_cap_days: Days in which they are counted; None: the whole campaign.
        list_setup_cost: Paid once when anything is bought, as listed.
        evidence: What studies say of its audience.
        bases: What its reach in one market rests on, role by role; empty before it is matched.
        response_sources: What its visits per exposure rest on.
    """

    venue_id: str
    name: str
    kind: VenueKind
    country: str
    region: str
    unit: str
    exposures_per_unit: float
    contacts_per_unit: float | None
    on_target_share: float
    response_share: float
    response_low_share: float
    response_high_share: float
    hands: Response
    carry_over: CarryOver
    ladder: Ladder
    list_steps: tuple[tuple[int, Decimal], ...]
    list_currency: str
    audience: tuple[AudienceRow, ...]
    basis: str
    source: str
    source_url: str
    price_source: str
    price_source_url: str
    venue_group: str = ""
    purpose: str = ""
    lead_days: int = 0
    issues: tuple[Issue, ...] = ()
    capacity_per_week: int | None = None
    maximum_units: int | None = None
    availability: Availability | None = None
    frequency_cap: int | None = None
    frequency_cap_days: int | None = None
    list_setup_cost: Decimal = Decimal(0)
    evidence: tuple[EvidenceRow, ...] = ()
    bases: tuple[AudienceNote, ...] = ()
    response_sources: tuple[AudienceSource, ...] = ()

    def answers(self, aim: Objective) -> Response:
        """Give the answers by an exposure: raised hands for leads, else visits.

        Args:
            aim: The objective.
        """
        visits = Response(
            self.response_share,
            self.response_low_share,
            self.response_high_share,
            self.basis,
            self.response_sources,
        )
        return chain_shares(visits, self.hands) if aim is Objective.LEADS else visits

    def cap_within(self, period: Period) -> int | None:
        """Give the most exposures of one person within a period; None: no cap.

        A cap counted in fewer days holds once for each such stretch that the period begins.
        """
        if self.frequency_cap is None or self.frequency_cap_days is None:
            return self.frequency_cap
        n_days = (period.ends_on - period.starts_on).days + 1
        return self.frequency_cap * -(-n_days // self.frequency_cap_days)

    @property
    def weaker_basis(self) -> str:
        """Say what a forecast for the venue stands on: a prior, where any part of it is one."""
        reach = self.bases or self.audience
        is_assumed = not (self.bases or self.audience or self.evidence)
        bases = {self.basis, *(row.basis for row in reach)}
        return PRIOR if is_assumed or PRIOR in bases else self.basis

    @property
    def assumed_roles(self) -> tuple[CommitteeRole, ...]:
        """Roles of which nothing is known for some of the market that it covers."""
        return tuple(rest.role for rest in self.bases if rest.assumed_share > 0)


@dataclass(frozen=True)
class ExcludedVenue:
    """A venue that the brief rules out; its prices and audience are not looked at."""

    venue_id: str
    name: str
    kind: str
    unit: str
    list_currency: str
    basis: str
    source: str
    source_url: str
