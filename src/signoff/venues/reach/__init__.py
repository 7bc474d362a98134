"""Whom a schedule of several venues reaches, and how often."""

from signoff.venues.reach.checks import check_reach
from signoff.venues.reach.estimate import estimate_net_reach
from signoff.venues.reach.lines import ReachPair, ReachTable, ReachVenue
from signoff.venues.reach.net_reach import FrequencyShare, NetReach, PairUsed, VenueUsed
from signoff.venues.reach.tables import read_pair_rows, read_venue_rows

__all__ = [
    "FrequencyShare",
    "NetReach",
    "PairUsed",
    "ReachPair",
    "ReachTable",
    "ReachVenue",
    "VenueUsed",
    "check_reach",
    "estimate_net_reach",
    "read_pair_rows",
    "read_venue_rows",
]
