"""Where the money goes: venues bought and left out, reach per role, and other budgets."""

from decimal import Decimal

from signoff.report.charts import (
    Bar,
    CurveSpan,
    IntervalPoint,
    bar_chart,
    curve_chart,
    interval_chart,
)
from signoff.report.document import (
    Block,
    Chip,
    Figure,
    Folded,
    Line,
    Notice,
    Paragraph,
    Section,
    Subheading,
    Table,
    Tone,
    Verbatim,
)
from signoff.report.scribe import Scribe
from signoff.report.sections.caution import write_caution
from signoff.report.sections.packages import write_packages
from signoff.report.sections.study import write_study

__all__ = ["write_venues"]


def write_venues(scribe: Scribe) -> Section:
    """Write where the plan buys, for how much, whom that reaches, and what was left out.

    Args:
        scribe: Writes from the plan.

    Call it so: `write_venues(Scribe(plan, read_catalog("en")))`.
    """
    blocks: list[Block] = [
        Paragraph(_rule(scribe)),
        _spend_figure(scribe),
        _bought_table(scribe),
        *write_packages(scribe),
        *_reasons(scribe, in_plan=True),
        *_reasons(scribe, in_plan=False),
        Subheading(scribe.say("venues.reach")),
        Paragraph(_covered(scribe)),
        _reach_figure(scribe),
        Paragraph((Verbatim(scribe.plan.venues.draws_note),)),
        *_reach_by_venue(scribe),
        *write_caution(scribe),
        Subheading(scribe.say("venues.other_budgets")),
        _curve_figure(scribe),
        *write_study(scribe),
        *_cautions(scribe),
    ]
    return scribe.section("venues", blocks)


def _places(scribe: Scribe, *, in_plan: bool) -> list[int]:
    lines = scribe.plan.venues.lines
    places = [place for place, line in enumerate(lines) if line.in_plan == in_plan]
    return sorted(places, key=lambda place: (-lines[place].spend, lines[place].name))


def _rule(scribe: Scribe) -> Line:
    rule, spans = scribe.plan.venues.rule, {"n": scribe.count("venues.exposures_needed")}
    if rule == "quorum":
        spans["needed"] = scribe.count("brief.committee.quorum_roles")
    if rule == "uplift":
        spans["base"] = scribe.share("brief.committee.base_share")
    return scribe.say(f"venues.rule.{rule}", **spans)


def _covered(scribe: Scribe) -> Line:
    return scribe.say(
        "venues.added" if scribe.plan.venues.rule == "uplift" else "venues.covered",
        value=scribe.measure("venues.covered_accounts.value", within="venues.covered_accounts"),
        low=scribe.measure("venues.covered_accounts.low", within="venues.covered_accounts"),
        high=scribe.measure("venues.covered_accounts.high", within="venues.covered_accounts"),
        total=scribe.count("venues.n_accounts"),
        level=scribe.share("venues.covered_accounts.level_share"),
    )


def _spend_figure(scribe: Scribe) -> Figure:
    places, lines = _places(scribe, in_plan=True), scribe.plan.venues.lines
    bars = [
        Bar(lines[place].name, float(lines[place].spend), _money_text(scribe, lines[place].spend))
        for place in places
    ]
    rows: list[list[Line]] = [
        [(Verbatim(lines[place].name),), (scribe.money(f"venues.lines[{place}].spend"),)]
        for place in places
    ]
    currency = scribe.plan.brief.money.currency
    return Figure(
        anchor="chart-spend",
        title=scribe.word("chart.spend.title"),
        alternative=scribe.word("chart.spend.alternative"),
        spec=bar_chart(bars, axis=f"{scribe.word('chart.spend.axis')} ({currency})"),
        table=scribe.table("spend", columns="venue #spend", rows=rows),
    )


def _bought_table(scribe: Scribe) -> Table:
    rows: list[list[Line]] = []
    has_packages = any(line.packaged_units for line in scribe.plan.venues.lines)
    for place in _places(scribe, in_plan=True):
        line, path = scribe.plan.venues.lines[place], f"venues.lines[{place}]"
        packaged = [(scribe.count(f"{path}.packaged_units"),)] if has_packages else []
        rows.append(
            [
                (Verbatim(line.name),),
                (scribe.term("venue_kind", line.kind),),
                (scribe.count(f"{path}.units"),),
                *packaged,
                (scribe.term("unit", line.unit),),
                _price(scribe, place),
                (scribe.money(f"{path}.spend"),),
                (scribe.measure(f"{path}.exposures_per_person"),),
                _gain(scribe, place),
                (_basis(scribe, line.basis),),
            ]
        )
    return scribe.table(
        "bought",
        columns=f"venue kind #units {'#packaged ' if has_packages else ''}unit #price #spend "
        "#exposures #gain basis",
        rows=rows,
        caption=scribe.say(
            "table.bought.caption", currency=Verbatim(scribe.plan.brief.money.currency)
        ),
    )


def _price(scribe: Scribe, place: int) -> Line:
    if scribe.plan.venues.lines[place].unit_price is None:
        return scribe.say("form.none")
    return (scribe.money(f"venues.lines[{place}].unit_price"),)


def _reasons(scribe: Scribe, *, in_plan: bool) -> list[Block]:
    rows: list[list[Line]] = []
    for place in _places(scribe, in_plan=in_plan):
        line = scribe.plan.venues.lines[place]
        rows.append(
            [
                (Verbatim(line.name),),
                (scribe.term("venue_kind", line.kind),),
                (Verbatim(line.reason),),
                scribe.source(line.source, line.source_url),
                scribe.source(line.price_source, line.price_source_url),
            ]
        )
    if not rows:
        return []
    name = "bought_why" if in_plan else "left_out"
    table = scribe.table(name, columns="venue kind +reason +source +price_source", rows=rows)
    return [Folded(scribe.say(f"venues.{name}"), (table,))]


def _gain(scribe: Scribe, place: int) -> Line:
    if scribe.plan.venues.lines[place].marginal_result_per_1000 is None:
        return scribe.say("form.none")
    return (scribe.measure(f"venues.lines[{place}].marginal_result_per_1000"),)


def _basis(scribe: Scribe, basis: str) -> Chip:
    tone: Tone = "good" if basis == "measured" else "caution"
    return Chip(scribe.catalog.term("basis", basis), tone)


def _money_text(scribe: Scribe, amount: Decimal) -> str:
    return scribe.catalog.forms.money(amount, currency=scribe.plan.brief.money.currency)


def _reach_figure(scribe: Scribe) -> Figure:
    points: list[IntervalPoint] = []
    rows: list[list[Line]] = []
    for place, role in enumerate(scribe.plan.venues.reach_by_role):
        path = f"venues.reach_by_role[{place}]"
        name = scribe.term("role", role.role)
        reach = role.reach
        shown = scribe.catalog.forms.share(reach.value)
        points.append(IntervalPoint(name.text, reach.value, reach.low, reach.high, shown))
        rows.append(
            [
                (name,),
                (scribe.count(f"{path}.n_people"),),
                scribe.estimate(f"{path}.reach", as_share=True),
                scribe.estimate(f"{path}.n_accounts_covered"),
            ]
        )
    return Figure(
        anchor="chart-reach",
        title=scribe.word("chart.reach.title"),
        alternative=scribe.word("chart.reach.alternative"),
        spec=interval_chart(points, axis=scribe.word("chart.reach.axis")),
        table=scribe.table(
            "reach",
            columns="role #people #reach #accounts",
            rows=rows,
            caption=scribe.say(
                "table.reach.caption", level=scribe.share("venues.result.level_share")
            ),
        ),
    )


def _reach_by_venue(scribe: Scribe) -> list[Block]:
    names = {line.venue_id: line.name for line in scribe.plan.venues.lines}
    rows: list[list[Line]] = [
        [
            (Verbatim(names.get(entry.venue_id, entry.venue_id)),),
            (scribe.term("role", entry.role),),
            scribe.estimate(f"venues.reach_by_role_venue[{place}].reach", as_share=True),
        ]
        for place, entry in enumerate(scribe.plan.venues.reach_by_role_venue)
    ]
    if not rows:
        return []
    table = scribe.table("reach_by_venue", columns="venue role #reach", rows=rows)
    return [Folded(scribe.say("venues.reach_by_venue"), (table,))]


def _cautions(scribe: Scribe) -> list[Block]:
    """Give what limits these numbers, unless the summary has said it already."""
    said = set(scribe.plan.cautions)
    texts = [text for text in scribe.plan.venues.cautions if text not in said]
    lines = tuple((Verbatim(text),) for text in texts)
    return [Notice(scribe.word("venues.cautions"), lines)] if lines else []


def _curve_figure(scribe: Scribe) -> Figure:
    venues = scribe.plan.venues
    currency = scribe.plan.brief.money.currency
    points = [
        CurveSpan(
            float(point.budget),
            point.result,
            low=point.result if point.low is None else point.low,
            high=point.result if point.high is None else point.high,
        )
        for point in venues.curve
    ]
    rows = [_curve_row(scribe, place) for place in range(len(venues.curve))]
    return Figure(
        anchor="chart-curve",
        title=scribe.word("chart.curve.title"),
        alternative=scribe.word("chart.curve.alternative"),
        spec=curve_chart(
            points,
            here=(float(venues.budget), venues.result.value),
            axes=(
                f"{scribe.word('chart.curve.budget')} ({currency})",
                scribe.word(f"card.result.{scribe.counted}"),
            ),
        ),
        table=scribe.table("curve", columns="budget #result #low #high", rows=rows),
    )


def _curve_row(scribe: Scribe, place: int) -> list[Line]:
    path = f"venues.curve[{place}]"
    is_drawn = scribe.plan.venues.curve[place].low is not None
    ends = [
        (scribe.measure(f"{path}.{end}", within="venues.result"),) if is_drawn else ()
        for end in ("low", "high")
    ]
    result = scribe.measure(f"{path}.result", within="venues.result")
    return [(scribe.money(f"{path}.budget"),), (result,), *ends]
