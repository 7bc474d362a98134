"""When the result comes: week by week, within the period of the brief and after it."""

from signoff.report.charts import Arrival, arrival_chart
from signoff.report.document import (
    Block,
    Chip,
    Figure,
    Folded,
    Line,
    Paragraph,
    Subheading,
    Table,
    Tone,
    Verbatim,
)
from signoff.report.scribe import Scribe

__all__ = ["say_late", "write_timing"]

PLACE = "venues.timing"


def write_timing(scribe: Scribe) -> list[Block]:
    """Write in which weeks the result comes, and what that rests on.

    Args:
        scribe: Writes from the plan.

    Returns:
        Nothing for a plan of an earlier version, or one that buys nothing.

    Call it so: `write_timing(Scribe(plan, read_catalog("en")))`.
    """
    timing = scribe.plan.venues.timing
    if timing is None:
        return []
    counted = "approved" if timing.counts_approval else scribe.counted
    lead = scribe.say(
        "timing.lead",
        half=_weeks(scribe, f"{PLACE}.half_weeks"),
        most=_weeks(scribe, f"{PLACE}.most_weeks"),
    )
    lines = [lead, say_late(scribe), scribe.say(f"timing.counts.{counted}")]
    return [
        Subheading(scribe.say("timing.heading")),
        Paragraph(scribe.joined(lines, by="form.space")),
        _figure(scribe),
        Folded(scribe.say("timing.lags"), (_lag_table(scribe),)),
    ]


def say_late(scribe: Scribe) -> Line:
    """Say how much of the result comes within the period of the brief, and how much after it.

    Args:
        scribe: Writes from a plan that says when its result comes.
    """
    return scribe.say(
        "timing.late",
        ends=scribe.day(scribe.plan.brief.period.ends_on),
        within=scribe.estimate(f"{PLACE}.within_period"),
        after=scribe.estimate(f"{PLACE}.after_period"),
        share=scribe.estimate(f"{PLACE}.after_share", as_share=True),
    )


def _weeks(scribe: Scribe, path: str) -> Line:
    """Show an estimate in weeks, to a tenth of one."""
    value, low, high = (scribe.decimal(f"{path}.{end}") for end in ("value", "low", "high"))
    return scribe.say("form.estimate", value=value, low=low, high=high)


def _figure(scribe: Scribe) -> Figure:
    timing = scribe.plan.venues.timing
    forms = scribe.catalog.forms
    parts = (scribe.word("chart.arrivals.within"), scribe.word("chart.arrivals.after"))
    weeks = timing.weeks if timing else ()
    arrivals = [
        Arrival(
            forms.day(week.starts_on),
            parts[week.is_after_period],
            week.result.value,
            week.result.low,
            week.result.high,
        )
        for week in weeks
    ]
    axis = scribe.word(f"card.result.{scribe.counted}")
    return Figure(
        anchor="chart-arrivals",
        title=scribe.word("chart.arrivals.title"),
        alternative=scribe.word("chart.arrivals.alternative"),
        spec=arrival_chart(arrivals, parts=parts, axis=axis),
        table=_week_table(scribe),
    )


def _week_table(scribe: Scribe) -> Table:
    timing = scribe.plan.venues.timing
    rows: list[list[Line]] = [
        [
            (scribe.day(week.starts_on),),
            scribe.estimate(f"{PLACE}.weeks[{place}].result"),
            scribe.estimate(f"{PLACE}.weeks[{place}].so_far"),
        ]
        for place, week in enumerate(timing.weeks if timing else ())
    ]
    whole = scribe.estimate("venues.result")
    rows.append([scribe.say("timing.later"), scribe.estimate(f"{PLACE}.later"), whole])
    return scribe.table("arrivals", columns="week #result #so_far", rows=rows)


def _lag_table(scribe: Scribe) -> Table:
    timing = scribe.plan.venues.timing
    names = {line.venue_id: line.name for line in scribe.plan.venues.lines}
    rows: list[list[Line]] = []
    for place, lag in enumerate(timing.lags if timing else ()):
        path = f"{PLACE}.lags[{place}]"
        tone: Tone = "good" if lag.basis == "measured" else "caution"
        rows.append(
            [
                (Verbatim(names.get(lag.venue_id, lag.venue_id)),),
                scribe.estimate(f"{path}.carry_over_share", as_share=True),
                _weeks(scribe, f"{path}.peak_week"),
                scribe.estimate(f"{path}.late_share", as_share=True),
                (Chip(scribe.catalog.term("basis", lag.basis), tone),),
                (Verbatim(lag.source),),
            ]
        )
    return scribe.table("lags", columns="venue #carry_over #peak #late basis +source", rows=rows)
