"""Which records are the same firm, how sure that is, and why."""

from signoff.audience.matching.decisions import PairDecision
from signoff.audience.matching.leads import Lead, LeadMatch, match_leads
from signoff.audience.matching.linkage import LinkedPair, PersonRecord, link_records
from signoff.audience.matching.matching import AccountMatch, AccountMatches, match_accounts
from signoff.audience.matching.records import AccountRecord
from signoff.audience.matching.review import LikelyPair, list_likely_pairs
from signoff.audience.matching.tables import read_account_rows, read_decision_rows

__all__ = [
    "AccountMatch",
    "AccountMatches",
    "AccountRecord",
    "Lead",
    "LeadMatch",
    "LikelyPair",
    "LinkedPair",
    "PairDecision",
    "PersonRecord",
    "link_records",
    "list_likely_pairs",
    "match_accounts",
    "match_leads",
    "read_account_rows",
    "read_decision_rows",
]
