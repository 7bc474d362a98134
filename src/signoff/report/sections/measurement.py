"""How success will be measured: who is left out, and what difference can be seen."""

from signoff.report.document import Block, Bullets, Line, Notice, Paragraph, Section, Verbatim
from signoff.report.scribe import Scribe

__all__ = ["write_measurement"]


def write_measurement(scribe: Scribe) -> Section:
    """Write the design of the holdout, and how many accounts each difference would take.

    Args:
        scribe: Writes from the plan.

    Call it so: `write_measurement(Scribe(plan, read_catalog("en")))`.
    """
    holdout = scribe.plan.holdout
    blocks: list[Block] = []
    if holdout.verdict == "no_holdout":
        blocks.append(Notice(scribe.word("measurement.title"), (scribe.say("measurement.none"),)))
    else:
        blocks += [
            Paragraph(_groups(scribe), lead=True),
            Paragraph(_verdict(scribe)),
            Bullets(tuple(_conditions(scribe))),
        ]
    rows = [
        [(scribe.points(f"{path}[0]"),), _needed(scribe, place)]
        for place in range(len(holdout.n_needed_by_difference))
        for path in [f"holdout.n_needed_by_difference[{place}]"]
    ]
    if rows:
        caption = scribe.say(
            "table.needed.caption",
            baseline=scribe.share("holdout.baseline_share"),
            power=scribe.share("holdout.power"),
            alpha=scribe.share("holdout.alpha"),
        )
        blocks.append(
            scribe.table("needed", columns="difference #accounts", rows=rows, caption=caption)
        )
    return scribe.section("measurement", blocks)


def _groups(scribe: Scribe) -> Line:
    return scribe.say(
        "measurement.design",
        n=scribe.count("holdout.n_holdout"),
        total=scribe.count("holdout.n_accounts"),
        treated=scribe.count("holdout.n_treated"),
    )


def _verdict(scribe: Scribe) -> Line:
    holdout = scribe.plan.holdout
    if holdout.smallest_visible_difference_share is None:
        return scribe.say("measurement.never")
    return scribe.say(
        "measurement.seen" if holdout.can_be_seen else "measurement.unseen",
        difference=scribe.points("holdout.smallest_visible_difference_share"),
        wanted=scribe.points("holdout.expected_difference_share"),
        power=scribe.share("holdout.power"),
        alpha=scribe.share("holdout.alpha"),
    )


def _conditions(scribe: Scribe) -> list[Line]:
    holdout = scribe.plan.holdout
    assumed = "assumed" if holdout.is_baseline_assumed else "given"
    lines = [
        scribe.say(
            f"measurement.baseline_{assumed}", baseline=scribe.share("holdout.baseline_share")
        )
    ]
    if holdout.is_expected_assumed:
        lines.append(scribe.say("measurement.doubling"))
    if holdout.n_needed_for_expected is not None and not holdout.can_be_seen:
        lines.append(
            scribe.say(
                "measurement.needed",
                wanted=scribe.points("holdout.expected_difference_share"),
                needed=scribe.count("holdout.n_needed_for_expected"),
            )
        )
    if not holdout.can_be_seen and holdout.smallest_visible_even_share is not None:
        lines.append(
            scribe.say(
                "measurement.even", difference=scribe.points("holdout.smallest_visible_even_share")
            )
        )
    if not holdout.can_be_seen:
        lines.append(_earlier_stage(scribe))
    if holdout.is_exact:
        lines.append(scribe.say("measurement.permute"))
    return lines


def _earlier_stage(scribe: Scribe) -> Line:
    stage = scribe.plan.holdout.earlier_stage
    if stage is None or stage.smallest_visible_difference_share is None:
        return scribe.say("measurement.no_stage")
    path = "holdout.earlier_stage"
    reached = scribe.share(f"{path}.baseline_share")
    rise = scribe.points(f"{path}.smallest_visible_difference_share")
    if not stage.name:
        line = scribe.say("measurement.stage_unnamed", reached=reached, rise=rise)
    else:
        name = Verbatim(stage.name)
        line = scribe.say("measurement.stage", name=name, reached=reached, rise=rise)
    if stage.holdout_share == scribe.plan.holdout.holdout_share:
        return line
    held = scribe.share(f"{path}.holdout_share")
    return scribe.joined([line, scribe.say("measurement.stage_held", held=held)], by="form.space")


def _needed(scribe: Scribe, place: int) -> Line:
    if scribe.plan.holdout.n_needed_by_difference[place][1] is None:
        return scribe.say("form.none")
    return (scribe.count(f"holdout.n_needed_by_difference[{place}][1]"),)
