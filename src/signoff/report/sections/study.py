"""What limits cost, what to learn next, and whether the plan beats what is bought now."""

from decimal import Decimal

from signoff.report.document import Block, Line, Paragraph, Subheading, Table, Verbatim
from signoff.report.scribe import Scribe
from signoff.venues import Learning, LearningValue, LimitKind, PresentComparison, VenueStudy

__all__ = ["write_study"]

MOST_LEARNED = 8


def write_study(scribe: Scribe) -> list[Block]:
    """Write the study of a plan; nothing where an earlier Signoff made the plan.

    Args:
        scribe: Writes from the plan.

    Call it so: `write_study(Scribe(plan, read_catalog("en")))`.
    """
    study = scribe.plan.study
    if study is None:
        return []
    present = [] if study.present is None else _present(scribe, study.present)
    return [*present, *_limits(scribe, study), *_learning(scribe, study.learning)]


def _limits(scribe: Scribe, study: VenueStudy) -> list[Block]:
    limits = study.limits.limits
    budget = next(i for i, limit in enumerate(limits) if limit.kind is LimitKind.BUDGET)
    path = f"study.limits.limits[{budget}]"
    said = scribe.say(
        "study.budget",
        gain=scribe.measure(f"{path}.gain"),
        per=scribe.measure(f"{path}.per_1000"),
        currency=Verbatim(scribe.plan.brief.money.currency),
    )
    dear = [i for i, limit in enumerate(limits) if i != budget and limit.is_tight]
    blocks: list[Block] = [Subheading(scribe.say("study.limits")), Paragraph(said)]
    if not dear:
        blocks.append(Paragraph(scribe.say("study.free")))
    else:
        blocks += [Paragraph(scribe.say("study.dear")), _limit_table(scribe, study, places=dear)]
    if study.limits.n_unpriced:
        n = scribe.count("study.limits.n_unpriced")
        blocks.append(Paragraph(scribe.say("study.unpriced", n=n)))
    return blocks


def _limit_table(scribe: Scribe, study: VenueStudy, *, places: list[int]) -> Table:
    rows: list[list[Line]] = []
    for place in places:
        limit, path = study.limits.limits[place], f"study.limits.limits[{place}]"
        has_amount = limit.amount is not None
        rows.append(
            [
                (Verbatim(limit.name),),
                (scribe.term("limit_kind", limit.kind.value),),
                (scribe.money(f"{path}.amount"),) if has_amount else scribe.say("form.none"),
                (scribe.money(f"{path}.spend"),),
                (scribe.measure(f"{path}.gain"),),
                (scribe.measure(f"{path}.per_1000"),),
            ]
        )
    return scribe.table("limits", columns="venue limit #amount #spend #gain #per", rows=rows)


def _learning(scribe: Scribe, learning: Learning) -> list[Block]:
    clear = [i for i, value in enumerate(learning.values) if value.is_clear][:MOST_LEARNED]
    heading = Subheading(scribe.say("study.learning"))
    if not clear:
        return [heading, Paragraph(scribe.say("study.settled"))]
    said = scribe.say(
        "study.learn",
        all=scribe.measure("study.learning.everything"),
        n=scribe.count("study.learning.n_schedules"),
    )
    rows = [_learned(scribe, learning.values[place], place=place) for place in clear]
    table = scribe.table("learning", columns="venue research #gain #worth #deals", rows=rows)
    return [heading, Paragraph(said), table]


def _learned(scribe: Scribe, value: LearningValue, *, place: int) -> list[Line]:
    path = f"study.learning.values[{place}]"
    return [
        (Verbatim(value.name),),
        (scribe.term("research", value.research.value),),
        (scribe.measure(f"{path}.gain"),),
        _amount(scribe, f"{path}.budget_worth", value.budget_worth),
        _amount(scribe, f"{path}.deal_worth", value.deal_worth),
    ]


def _amount(scribe: Scribe, path: str, amount: Decimal | None) -> Line:
    return scribe.say("form.none") if amount is None else (scribe.money(path),)


def _present(scribe: Scribe, present: PresentComparison) -> list[Block]:
    days = {}
    if present.starts_on is not None and present.ends_on is not None:
        days = {"starts": scribe.day(present.starts_on), "ends": scribe.day(present.ends_on)}
    said = scribe.say(
        "study.chance" if days else "study.chance_plan",
        chance=scribe.share("study.present.chance_share"),
        ours=scribe.estimate("study.present.plan_result"),
        theirs=scribe.estimate("study.present.present_result"),
        difference=scribe.estimate("study.present.difference"),
        n=scribe.count("study.present.n_draws"),
        money=scribe.money("study.present.plan_spend"),
        now=scribe.money("study.present.spend"),
        **days,
    )
    blocks: list[Block] = [Subheading(scribe.say("study.present")), Paragraph(said)]
    if present.unplaced:
        money = scribe.money("study.present.unplaced_spend")
        blocks.append(Paragraph(scribe.say("study.unplaced", money=money)))
    rows: list[list[Line]] = [
        [
            (Verbatim(line.name),),
            (scribe.money(f"study.present.lines[{place}].spend"),),
            (scribe.count(f"study.present.lines[{place}].units"),),
            (scribe.money(f"study.present.lines[{place}].plan_spend"),),
            (scribe.count(f"study.present.lines[{place}].plan_units"),),
        ]
        for place, line in enumerate(present.lines)
    ]
    columns = "venue #spend #units #plan_spend #plan_units"
    return [*blocks, scribe.table("present", columns=columns, rows=rows)]
