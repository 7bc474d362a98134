"""What a campaign is for: objective, offering, market, committee, money, period."""

from signoff.brief.cautions import brief_cautions
from signoff.brief.committee import ApprovalRule, BuyingRole, Committee
from signoff.brief.faults import check_brief, find_faults, find_model_faults
from signoff.brief.file import load_brief, read_brief, write_brief
from signoff.brief.in_market import estimate_in_market_share
from signoff.brief.market import Market, NeverContact
from signoff.brief.model import Brief, Language
from signoff.brief.offer import (
    Advertiser,
    Aim,
    MessageMatter,
    Offering,
    Proposition,
    PropositionKind,
)
from signoff.brief.starter import brief_schema, starter_brief
from signoff.brief.terms import (
    Caution,
    GroupTerms,
    Measurement,
    Money,
    MonthTerms,
    Period,
    VenueTerms,
)

__all__ = [
    "Advertiser",
    "Aim",
    "ApprovalRule",
    "Brief",
    "BuyingRole",
    "Caution",
    "Committee",
    "GroupTerms",
    "Language",
    "Market",
    "Measurement",
    "MessageMatter",
    "Money",
    "MonthTerms",
    "NeverContact",
    "Offering",
    "Period",
    "Proposition",
    "PropositionKind",
    "VenueTerms",
    "brief_cautions",
    "brief_schema",
    "check_brief",
    "estimate_in_market_share",
    "find_faults",
    "find_model_faults",
    "load_brief",
    "read_brief",
    "starter_brief",
    "write_brief",
]
