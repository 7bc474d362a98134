"""The plan in words: what, to whom, for how much, what to expect, and what would change it."""

from signoff.report.document import (
    Block,
    Bullets,
    Card,
    Cards,
    Line,
    Notice,
    Paragraph,
    Section,
    Subheading,
    Verbatim,
    Words,
)
from signoff.report.scribe import Scribe
from signoff.report.sections.timing import say_late

__all__ = ["write_summary"]

MAX_NAMED = 3


def write_summary(scribe: Scribe) -> Section:
    """Write the summary, with what a reader must know before believing it.

    Args:
        scribe: Writes from the plan.

    Call it so: `write_summary(Scribe(plan, read_catalog("en")))`.
    """
    blocks: list[Block] = [
        Paragraph(_whom(scribe), lead=True),
        Paragraph(_money(scribe)),
        Paragraph(_expect(scribe)),
        *([Paragraph(say_late(scribe))] if scribe.plan.venues.timing else []),
        Paragraph(_best(scribe)),
        Cards(_cards(scribe)),
        *_other_language(scribe),
        *_cautions(scribe),
        *_notes(scribe),
    ]
    return scribe.section("summary", blocks)


def _whom(scribe: Scribe) -> Line:
    brief = scribe.plan.brief
    roles = [(scribe.term("role", part.role),) for part in brief.committee.roles]
    return scribe.say(
        "summary.whom",
        advertiser=Verbatim(brief.advertiser.name),
        offering=Verbatim(brief.offering.name),
        n=scribe.count("audience.n_accounts"),
        roles=scribe.listed(roles),
    )


def _money(scribe: Scribe) -> Line:
    period = scribe.plan.brief.period
    bought = sorted(
        (line for line in scribe.plan.venues.lines if line.in_plan),
        key=lambda line: (-line.spend, line.venue_id),
    )
    named: list[Line] = [(Verbatim(line.name),) for line in bought[:MAX_NAMED]]
    if len(bought) > MAX_NAMED:
        named.append((Words(scribe.word("form.others")),))
    return scribe.say(
        "summary.money",
        spend=scribe.money("venues.total_spend"),
        budget=scribe.money("brief.money.budget"),
        n=scribe.count("count(venues.lines[*].in_plan)"),
        starts=scribe.day(period.starts_on),
        ends=scribe.day(period.ends_on),
        venues=scribe.listed(named),
    )


def _expect(scribe: Scribe) -> Line:
    result, target = scribe.plan.venues.result, scribe.plan.brief.objective.target
    place = "above" if result.low > target else "below" if result.high < target else "inside"
    expected = scribe.say(
        f"summary.expect.{scribe.counted}",
        value=scribe.measure("venues.result.value", within="venues.result"),
        low=scribe.measure("venues.result.low", within="venues.result"),
        high=scribe.measure("venues.result.high", within="venues.result"),
        level=scribe.share("venues.result.level_share"),
    )
    against = scribe.say(f"summary.target.{place}", target=scribe.count("brief.objective.target"))
    return scribe.joined([expected, against], by="form.space")


def _best(scribe: Scribe) -> Line:
    lines = [
        scribe.say(
            "summary.bound",
            bound=scribe.measure("venues.bound", within="venues.result"),
            gap=scribe.share("venues.gap_share"),
        )
    ]
    gains = [
        (line.marginal_result_per_1000, -place)
        for place, line in enumerate(scribe.plan.venues.lines)
        if line.marginal_result_per_1000 and line.in_plan
    ]
    if gains:
        place = -max(gains)[1]
        lines.append(
            scribe.say(
                "summary.change",
                venue=Verbatim(scribe.plan.venues.lines[place].name),
                currency=Verbatim(scribe.plan.brief.money.currency),
                gain=scribe.measure(f"venues.lines[{place}].marginal_result_per_1000"),
            )
        )
    lines += [_other_budget(scribe, place) for place in _telling_budgets(scribe)]
    return scribe.joined(lines, by="form.space")


def _telling_budgets(scribe: Scribe) -> list[int]:
    """Choose the budgets of the curve nearest to half and to twice that of the plan."""
    curve, budget = scribe.plan.venues.curve, scribe.plan.venues.budget
    below = [place for place, point in enumerate(curve) if point.budget < budget]
    above = [place for place, point in enumerate(curve) if point.budget > budget]
    nearest = []
    if below:
        nearest.append(min(below, key=lambda place: abs(curve[place].budget - budget / 2)))
    if above:
        nearest.append(min(above, key=lambda place: abs(curve[place].budget - budget * 2)))
    return nearest


def _other_budget(scribe: Scribe, place: int) -> Line:
    return scribe.say(
        "summary.other_budget",
        budget=scribe.money(f"venues.curve[{place}].budget"),
        result=scribe.measure(f"venues.curve[{place}].result", within="venues.result"),
    )


def _cards(scribe: Scribe) -> tuple[Card, ...]:
    return (
        Card(
            scribe.word("card.accounts"),
            (scribe.count("audience.n_accounts"),),
            scribe.say("card.accounts_note", n=scribe.count("audience.selection.n_accounts")),
        ),
        Card(
            scribe.word("card.spend"),
            (scribe.money("venues.total_spend"),),
            scribe.say("card.spend_note", budget=scribe.money("brief.money.budget")),
        ),
        Card(
            scribe.word(f"card.result.{scribe.counted}"),
            (scribe.measure("venues.result.value", within="venues.result"),),
            scribe.say(
                "card.result_note",
                low=scribe.measure("venues.result.low", within="venues.result"),
                high=scribe.measure("venues.result.high", within="venues.result"),
                level=scribe.share("venues.result.level_share"),
            ),
        ),
        Card(
            scribe.word("card.gap"),
            (scribe.share("venues.gap_share"),),
            scribe.say("card.gap_note"),
        ),
    )


def _other_language(scribe: Scribe) -> list[Block]:
    """Say why sentences of the plan are in another language than the report."""
    language = str(scribe.plan.brief.language)
    if language == scribe.catalog.forms.language:
        return []
    named = scribe.term("language", language)
    return [Paragraph(scribe.say("summary.other_language", language=named))]


def _cautions(scribe: Scribe) -> list[Block]:
    lines = tuple((Verbatim(text),) for text in scribe.plan.cautions)
    limits = tuple((Verbatim(text),) for text in scribe.plan.brief.demo_limits)
    blocks: list[Block] = []
    if lines:
        blocks.append(Notice(scribe.word("notice.cautions"), lines))
    if limits:
        blocks.append(Notice(scribe.word("notice.limits"), limits))
    return blocks


def _notes(scribe: Scribe) -> list[Block]:
    notes = tuple((Verbatim(text),) for text in scribe.plan.brief.notes)
    return [Subheading(scribe.say("summary.notes")), Bullets(notes)] if notes else []
