"""Where the numbers of a plan come from, path by path."""

from signoff.plan.campaign import SourceNote

__all__ = ["list_sources"]


_VENUES = (
    SourceNote(
        "venues.lines",
        "Units and spend: chosen by the planner within the price steps, minimums and limits of "
        "the rate cards and the brief, and the dates and capacity of the venues. Prices: the "
        "rate cards, by the source in each line, at the brief's exchange rates.",
        ("venue", "rate", "venue_issue", "document: brief"),
    ),
    SourceNote(
        "venues",
        "Reach and result: a model of exposures with shared habits (see the explanation of the "
        "committee planner), from the venues' audiences: their cards, put together with "
        "studies and with whom they touched, or what is assumed of such venues; what an "
        "exposure brings is visits, or for leads visits times raised hands per visit, as cards "
        "say, as campaigns showed, or as assumed of such venues; intervals by drawing "
        "audiences and answers from their intervals; the bound is no plan, but what no plan "
        "can exceed.",
        (
            "venue",
            "rate",
            "venue_audience",
            "audience_evidence",
            "posterior",
            "event",
            "person_fact",
        ),
    ),
    SourceNote(
        "venues.caution",
        "Caution: the mean over the draws that are worst for a plan, in the same draws as all "
        "intervals. Swaps of units are judged in these draws; draws weighted anew bound what any "
        "plan could bring in its own. Its interval says how exactly so many draws tell the mean.",
        ("venue", "rate", "venue_audience", "document: brief"),
    ),
    SourceNote(
        "study",
        "Limits: each is dropped by itself and whole units are sought anew from the plan on; "
        "the gain is that of a plan found, and a better one may exist. Learning: the average "
        "gain of knowing one thing of one venue exactly, over the draws behind the plan's "
        "interval, what chance alone gives taken off. Present: what was spent in the last "
        "period as long as the plan's, at today's prices, judged in the same draws.",
        ("venue", "rate", "venue_audience", "spend", "document: brief"),
    ),
    SourceNote(
        "venues.weeks",
        "Each venue's units placed in the weeks in which it can appear, within its capacity "
        "and the money of the months, in proportion to what a week is worth: whom the venue "
        "meets, before they decide and not so long before that they forget.",
        ("venue", "venue_issue", "document: brief"),
    ),
    SourceNote(
        "venues.timings",
        "How long the later levels of approval take, from the approvals in the workspace; "
        "where these are too few, usual times, which are an assumption.",
        ("approval_step", "document: brief"),
    ),
    SourceNote(
        "venues.timing",
        "The units of each week spread over the weeks in which they work: how long each venue "
        "works on and when its effect peaks are assumed of its kind, or what campaigns showed. "
        "What has come by a week is what the plan's own model gives for the exposures that work "
        "by then, for conversions those that came before the later levels of approval took their "
        "time. Intervals by drawing audiences, answers, carry-over and peak.",
        ("venue", "posterior", "approval_step", "document: brief"),
    ),
    SourceNote(
        "venues.packages",
        "Price: as imported, by the source in each line, at the brief's exchange rates. Alone: the "
        "cheapest buy of each venue that holds as many units. How many are bought: chosen by the "
        "planner together with what is bought singly beside them.",
        ("venue_package", "rate", "document: brief"),
    ),
    SourceNote(
        "venues.limits",
        "Spend of the lines and weeks added up by the groups and months of the brief.",
        ("venue", "document: brief"),
    ),
)


def list_sources(
    *, brief_name: str, brief_version: int, lake_snapshot: int
) -> tuple[SourceNote, ...]:
    """Say for every part of a plan how its numbers were made.

    Args:
        brief_name: Name of the brief.
        brief_version: Version of the brief.
        lake_snapshot: Snapshot of the lake.

    Returns:
        One note per path; together they cover every number of a plan.

    >>> notes = list_sources(brief_name="spring", brief_version=2, lake_snapshot=7)
    >>> notes[0].text
    'Written in the brief "spring", version 2.'
    """
    brief = f'Written in the brief "{brief_name}", version {brief_version}.'
    at = f"snapshot {lake_snapshot} of the lake"
    return (
        SourceNote("brief", brief, ("document: brief",)),
        SourceNote(
            "audience.selection",
            f"Accounts counted step by step against the market of the brief, in {at}.",
            ("account",),
        ),
        SourceNote(
            "audience.fit",
            "Logistic regression on won and lost deals, by what was known when each began; learned "
            "on the earlier deals and tried on the later ones; interval by drawing accounts again.",
            ("opportunity", "account"),
        ),
        SourceNote(
            "audience.committees",
            f"Contacts whose job title fits a role of the brief, counted by account in {at}; where "
            "nobody is known the plan counts the people that the brief expects.",
            ("person_fact", "account", "document: brief"),
        ),
        SourceNote(
            "audience.accounts",
            "Market fit: share of the brief's market criteria that an account is known to meet, "
            "unknown ones counting half; weight: market fit times probability of buying (if the "
            "deals carry a signal) times the share of accounts in the market now.",
            ("account", "person_fact", "opportunity"),
        ),
        SourceNote("audience", f"Counted in {at}.", ("account", "person_fact", "opportunity")),
        *_VENUES,
        SourceNote("house", brief, ("document: brief",)),
        SourceNote(
            "messages",
            "Lengths counted in characters; limits as the platforms publish them.",
            ("document: brief",),
        ),
        SourceNote(
            "holdout",
            "Power of a comparison of two shares, accounts drawn at random; levels from the brief.",
            ("document: brief", "account"),
        ),
        SourceNote("owners", "Counts of firms by owner, as imported.", ("firm_owner",)),
    )
