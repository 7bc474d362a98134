"""Of what a number of a plan is: which venue, account, role, step or source."""

import re
from dataclasses import dataclass

from signoff.plan import CampaignPlan
from signoff.report.addresses import safe_address
from signoff.report.trace import look_up
from signoff.report.wording import Catalog

__all__ = ["Citation", "subject_of"]

# by the list that a path goes through: keys that name its items, each with its vocabulary, if any
NAMES: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (r"venues\.lines\[\d+\]", (("name", ""),)),
    (r"venues\.reach_by_role\[\d+\]", (("role", "role"),)),
    (r"venues\.reach_by_role_venue\[\d+\]", (("role", "role"), ("venue_id", "venue"))),
    (r"venues\.weeks\[\d+\]", (("venue_id", "venue"), ("starts_on", ""))),
    (r"venues\.timing\.weeks\[\d+\]", (("starts_on", ""),)),
    (r"venues\.timing\.lags\[\d+\]", (("venue_id", "venue"),)),
    (r"venues\.limits\[\d+\]", (("name", ""),)),
    (r"venues\.packages\[\d+\]\.units\[\d+\]", (("venue_id", "venue"),)),
    (r"venues\.packages\[\d+\]", (("name", ""),)),
    (r"study\.limits\.limits\[\d+\]", (("name", ""),)),
    (r"study\.learning\.values\[\d+\]", (("name", ""), ("research", "research"))),
    (r"study\.present\.lines\[\d+\]", (("name", ""),)),
    (r"audience\.accounts\[\d+\]", (("name", ""),)),
    (r"audience\.committees\.gaps\[\d+\]", (("role", "role"),)),
    (r"audience\.selection\.steps\[\d+\]", (("step", "step"),)),
    (r"messages\.messages\[\d+\]", (("role", "role"), ("venue_name", ""))),
    (r"owners\[\d+\]", (("sex", ""), ("race", ""), ("industry", ""), ("country", ""))),
)
EVERYBODY = "*"


@dataclass(frozen=True)
class Citation:
    """A source that a line of the plan names.

    Attributes:
        kind: source (of a venue's facts) or price_source.
        text: Its name.
        address: Where it can be read; None where that is no address of the web.
    """

    kind: str
    text: str
    address: str | None

    @classmethod
    def of(cls, kind: str, text: object, address: object) -> "Citation":
        """Give a citation; an address that may not be followed is left out."""
        safe = safe_address(str(address or ""))
        return cls(kind, str(text or safe or ""), safe)


def subject_of(plan: CampaignPlan, path: str, *, catalog: Catalog) -> str:
    """Name what a number is about.

    Args:
        plan: The plan.
        path: Where the number stands in it.
        catalog: Words of the reader's language.

    Returns:
        Names, with commas between; empty for a number of the whole plan.

    Call it so: `subject_of(plan, "venues.lines[0].spend", catalog=read_catalog("en"))`.
    """
    for pattern, keys in NAMES:
        found = re.match(pattern, path)
        if found:
            named = [_named(plan, f"{found[0]}.{key}", family, catalog) for key, family in keys]
            return ", ".join(name for name in named if name and name != EVERYBODY)
    return ""


def _named(plan: CampaignPlan, path: str, family: str, catalog: Catalog) -> str:
    name = str(look_up(plan, path))
    if family == "venue":
        names = {line.venue_id: line.name for line in plan.venues.lines}
        return names.get(name, name)
    return catalog.term(family, name) if family else name
