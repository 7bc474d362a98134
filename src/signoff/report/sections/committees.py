"""Who decides inside the accounts, and which roles nobody knows yet."""

from signoff.report.charts import SplitBar, split_chart
from signoff.report.document import Block, Figure, Line, Notice, Paragraph, Section
from signoff.report.scribe import Scribe

__all__ = ["write_committees"]

GAPS = "audience.committees.gaps"


def write_committees(scribe: Scribe) -> Section:
    """Write the roles of the committee and at how many accounts nobody is known for each.

    Args:
        scribe: Writes from the plan.

    Call it so: `write_committees(Scribe(plan, read_catalog("en")))`.
    """
    blocks: list[Block] = [
        Paragraph(_known(scribe)),
        *_generated(scribe),
        Paragraph(_widest(scribe)),
        _gap_figure(scribe),
    ]
    return scribe.section("committees", blocks)


def _known(scribe: Scribe) -> Line:
    if not scribe.plan.audience.committees.n_people:
        return scribe.say("committees.nobody")
    if not scribe.plan.audience.committees.n_unread:
        return scribe.say("committees.all_read", n=scribe.count("audience.committees.n_people"))
    return scribe.say(
        "committees.known",
        n=scribe.count("audience.committees.n_people"),
        unread=scribe.count("audience.committees.n_unread"),
    )


def _generated(scribe: Scribe) -> list[Block]:
    if not scribe.plan.audience.committees.n_generated:
        return []
    generated = scribe.count("audience.committees.n_generated")
    line = scribe.say("committees.generated", n=generated)
    return [Notice(scribe.word("committees.generated_title"), (line,))]


def _widest(scribe: Scribe) -> Line:
    gaps = scribe.plan.audience.committees.gaps
    place = max(range(len(gaps)), key=lambda place: (gaps[place].n_missing, -place))
    if gaps[place].n_missing == 0:
        return scribe.say("committees.complete")
    return scribe.say(
        "committees.widest",
        role=scribe.term("role", gaps[place].role),
        n=scribe.count(f"{GAPS}[{place}].n_missing"),
        total=scribe.count(f"{GAPS}[{place}].n_accounts"),
    )


def _gap_figure(scribe: Scribe) -> Figure:
    bars: list[SplitBar] = []
    rows: list[list[Line]] = []
    for place, gap in enumerate(scribe.plan.audience.committees.gaps):
        name, path = scribe.term("role", gap.role), f"{GAPS}[{place}]"
        known = gap.n_accounts - gap.n_missing
        bars.append(SplitBar(name.text, float(known), float(gap.n_missing)))
        rows.append(
            [
                (name,),
                (scribe.count(f"{path}.approval_level"),),
                (scribe.count(f"{path}.n_people"),),
                (scribe.count(f"{path}.n_missing"),),
                (scribe.count(f"{path}.n_accounts"),),
            ]
        )
    return Figure(
        anchor="chart-gaps",
        title=scribe.word("chart.gaps.title"),
        alternative=scribe.word("chart.gaps.alternative"),
        spec=split_chart(
            bars,
            axis=scribe.word("chart.gaps.axis"),
            parts=(scribe.word("chart.gaps.known"), scribe.word("chart.gaps.missing")),
        ),
        table=scribe.table("gaps", columns="role #level #people #missing #total", rows=rows),
    )
