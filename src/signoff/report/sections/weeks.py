"""When: what appears in which week, whom that meets in time, and what groups and months spend."""

from collections import defaultdict
from datetime import date, timedelta

from signoff.report.charts import SERIES, stacked_chart
from signoff.report.document import (
    Block,
    Chip,
    Figure,
    Line,
    Paragraph,
    Section,
    Subheading,
    Table,
    Tone,
    Verbatim,
)
from signoff.report.scribe import Scribe
from signoff.report.sections.timing import write_timing

__all__ = ["write_weeks"]

WEEK_DAYS = 7


def write_weeks(scribe: Scribe) -> Section | None:
    """Write when each venue appears, whom that meets in time, and what each limit takes.

    Args:
        scribe: Writes from the plan.

    Returns:
        The section; None for a plan of an earlier version, which names no weeks.

    Call it so: `write_weeks(Scribe(plan, read_catalog("en")))`.
    """
    venues = scribe.plan.venues
    if not venues.weeks:
        return None
    blocks: list[Block] = [
        Paragraph(scribe.say("weeks.lead", n=scribe.count("len(venues.weeks)"))),
        _week_figure(scribe),
    ]
    if venues.timings:
        basis = venues.timings[0].basis
        blocks += [
            Subheading(scribe.say("weeks.levels")),
            Paragraph(scribe.say(f"weeks.basis.{basis}")),
            _level_table(scribe),
        ]
    blocks += write_timing(scribe)
    blocks += [Subheading(scribe.say("weeks.limits")), *_limit_tables(scribe)]
    return scribe.section("weeks", blocks)


def _week_figure(scribe: Scribe) -> Figure:
    plan = scribe.plan
    first = plan.brief.period.starts_on
    n_weeks = (plan.brief.period.ends_on - first).days // WEEK_DAYS + 1
    days = [first + timedelta(days=WEEK_DAYS * week) for week in range(n_weeks)]
    labels = [_short_day(scribe, day) for day in days]
    series, parts = _series(scribe)
    amounts: dict[tuple[str, str], float] = defaultdict(float)
    for line in plan.venues.weeks:
        week = (line.starts_on - first).days // WEEK_DAYS
        amounts[labels[week], series[line.venue_id]] += float(line.spend)
    return Figure(
        anchor="chart-weeks",
        title=scribe.word("chart.weeks.title"),
        alternative=scribe.word("chart.weeks.alternative"),
        spec=stacked_chart(
            [(label, part, amount) for (label, part), amount in amounts.items()],
            times=labels,
            series=parts,
            axis=f"{scribe.word('chart.weeks.axis')} ({plan.brief.money.currency})",
        ),
        table=_week_table(scribe),
    )


def _series(scribe: Scribe) -> tuple[dict[str, str], list[str]]:
    """Give the name under which each venue stands in the chart, the dearest ones by their own."""
    lines = sorted(
        (line for line in scribe.plan.venues.lines if line.in_plan),
        key=lambda line: (-line.spend, line.name),
    )
    n_own = len(lines) if len(lines) <= len(SERIES) else len(SERIES) - 1
    others = scribe.word("chart.weeks.others")
    names = {line.venue_id: line.name for line in lines[:n_own]}
    names |= {
        line.venue_id: others for line in scribe.plan.venues.weeks if line.venue_id not in names
    }
    return names, list(dict.fromkeys(names.values()))


def _short_day(scribe: Scribe, day: date) -> str:
    return scribe.catalog.forms.day(day).removesuffix(f" {day.year}")


def _week_table(scribe: Scribe) -> Table:
    names = {line.venue_id: line.name for line in scribe.plan.venues.lines}
    rows: list[list[Line]] = []
    for place, line in enumerate(scribe.plan.venues.weeks):
        path = f"venues.weeks[{place}]"
        rows.append(
            [
                (scribe.day(line.starts_on),),
                (Verbatim(names.get(line.venue_id, line.venue_id)),),
                (scribe.count(f"{path}.units"),),
                (scribe.money(f"{path}.spend"),),
                _levels_in_time(scribe, line.starts_on),
            ]
        )
    return scribe.table("by_week", columns="week venue #units #spend levels", rows=rows)


def _levels_in_time(scribe: Scribe, day: date) -> Line:
    met = [
        (scribe.count(f"venues.timings[{place}].level"),)
        for place, window in enumerate(scribe.plan.venues.timings)
        if window.best_from and window.best_until and window.best_from <= day <= window.best_until
    ]
    return scribe.joined(met) if met else scribe.say("form.none")


def _level_table(scribe: Scribe) -> Table:
    rows: list[list[Line]] = []
    for place, window in enumerate(scribe.plan.venues.timings):
        path = f"venues.timings[{place}]"
        roles = [
            (scribe.term("role", role.role),)
            for role in scribe.plan.brief.committee.roles
            if role.approval_level == window.level
        ]
        begins, ends = window.best_from, window.best_until
        rows.append(
            [
                (scribe.count(f"{path}.level"),),
                scribe.joined(roles) if roles else scribe.say("form.none"),
                (scribe.day(begins),) if begins else scribe.say("form.none"),
                (scribe.day(ends),) if ends else scribe.say("form.none"),
                (scribe.count(f"{path}.median_days"),),
                (scribe.count(f"{path}.sure_days"),),
                _basis(scribe, window.basis),
            ]
        )
    return scribe.table(
        "levels", columns="level roles begins ends #median_days #sure_days basis", rows=rows
    )


def _basis(scribe: Scribe, basis: str) -> Line:
    tone: Tone = "good" if basis == "measured" else "caution"
    return (Chip(scribe.catalog.term("basis", basis), tone),)


def _limit_tables(scribe: Scribe) -> list[Table]:
    """Give one table of the groups, if the brief has any, and one of the months."""
    return [
        _limit_table(scribe, kind)
        for kind in ("group", "month")
        if any(limit.kind == kind for limit in scribe.plan.venues.limits)
    ]


def _limit_table(scribe: Scribe, kind: str) -> Table:
    rows: list[list[Line]] = []
    for place, limit in enumerate(scribe.plan.venues.limits):
        if limit.kind == kind:
            path = f"venues.limits[{place}]"
            ends = {"least": limit.least, "most": limit.most}
            shown = {
                end: scribe.say("form.none") if amount is None else (scribe.money(f"{path}.{end}"),)
                for end, amount in ends.items()
            }
            floor = [shown["least"]] if kind == "group" else []
            name = (Verbatim(limit.name),)
            rows.append([name, *floor, (scribe.money(f"{path}.spent"),), shown["most"]])
    columns = "name #least #spent #most" if kind == "group" else "name #spent #most"
    return scribe.table(f"{kind}s", columns=columns, rows=rows)
