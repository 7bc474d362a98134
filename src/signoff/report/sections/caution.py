"""What a cautious plan brings in its worst draws, how good that is, and what it costs."""

from signoff.report.document import Block, Paragraph, Subheading
from signoff.report.scribe import Scribe

__all__ = ["write_caution"]

PLACE = "venues.caution"


def write_caution(scribe: Scribe) -> list[Block]:
    """Write what the worst draws bring, beside the plan of highest expected result.

    Args:
        scribe: Writes from the plan.

    Returns:
        Nothing where the brief asks for the expected value.

    Call it so: `write_caution(Scribe(plan, read_catalog("en")))`.
    """
    caution = scribe.plan.venues.caution
    if caution is None:
        return []
    lead = scribe.say(
        "caution.lead",
        share=scribe.share(f"{PLACE}.share"),
        n=scribe.count(f"{PLACE}.n_draws"),
    )
    worst = scribe.say(
        "caution.worst",
        worst=scribe.estimate(f"{PLACE}.result"),
        bound=scribe.measure(f"{PLACE}.bound", within=f"{PLACE}.result"),
        gap=scribe.share(f"{PLACE}.gap_share"),
    )
    cost = scribe.say(
        "caution.cost",
        other=scribe.estimate(f"{PLACE}.expected_plan_worst"),
        expected=scribe.measure(f"{PLACE}.expected_plan_result", within="venues.result"),
        cost=scribe.estimate(f"{PLACE}.cost"),
    )
    last = scribe.say("caution.same") if caution.is_expected_plan else cost
    return [
        Subheading(scribe.say("caution.heading")),
        Paragraph(scribe.joined([lead, worst], by="form.space")),
        Paragraph(last),
    ]
