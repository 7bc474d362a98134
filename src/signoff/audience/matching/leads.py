"""To which account a lead or an event belongs: by its mail domain, else by the firm's name."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from signoff.audience.matching.matching import THRESHOLD_SHARE, score_pairs
from signoff.audience.matching.records import AccountRecord

__all__ = ["Lead", "LeadMatch", "match_leads"]

NO_ACCOUNT = "No account is alike enough."
NOTHING_KNOWN = "Neither a mail domain of a firm nor a name is known."


@dataclass(frozen=True, slots=True)
class Lead:
    """Somebody who filled in a form, came to a stand or visited; what is not known is empty.

    Attributes:
        id: Its own id.
        email: Mail address; free mail tells no firm.
        company: Name of the firm as the form has it.
        country: Country.
        city: Town.
        postcode: Postal code.
    """

    id: str
    email: str = ""
    company: str = ""
    country: str = ""
    city: str = ""
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class LeadMatch:
    """The account of a lead.

    Attributes:
        lead_id: The lead.
        account_id: Its account; empty when none is likely.
        confidence: How sure it is, 0 to 1; of the likeliest account when none is likely enough.
        reason: Why, in English sentences.
    """

    lead_id: str
    account_id: str
    confidence: float
    reason: str


def match_leads(leads: Sequence[Lead], accounts: Sequence[AccountRecord]) -> list[LeadMatch]:
    """Give the account of each lead: by mail domain, else by the name of the firm.

    Args:
        leads: Leads or events; a free mail address is not looked at.
        accounts: Accounts with any of name, website, country, city, postcode.

    Returns:
        One match for each lead, in order; without an account when none is likely.

    >>> acme = AccountRecord("a1", "Acme Tools", website="acmetools.com")
    >>> leads = [Lead("l1", email="jane@acmetools.com"), Lead("l2", email="joe@gmail.com")]
    >>> [match.account_id for match in match_leads(leads, [acme])]
    ['a1', '']
    """
    asked = [
        AccountRecord(
            id=lead.id,
            name=lead.company,
            website=lead.email,
            country=lead.country,
            city=lead.city,
            postcode=lead.postcode,
        )
        for lead in leads
    ]
    scored = score_pairs([*accounts, *asked], first_of_second=len(accounts))
    best: dict[int, int] = {}
    for row in np.argsort(scored.shares, kind="stable").tolist():
        best[int(scored.pairs[row, 1])] = row
    found = []
    for place, lead in enumerate(leads, start=len(accounts)):
        if place not in best:
            reason = NO_ACCOUNT if lead.company.strip() or lead.email.strip() else NOTHING_KNOWN
            found.append(LeadMatch(lead.id, "", 0.0, reason))
            continue
        row = best[place]
        share = float(scored.shares[row])
        if share >= THRESHOLD_SHARE:
            account = accounts[int(scored.pairs[row, 0])]
            found.append(LeadMatch(lead.id, account.id, share, scored.reasons[row]))
        else:
            found.append(LeadMatch(lead.id, "", share, NO_ACCOUNT))
    return found
