"""The job that makes a plan."""

from datetime import UTC, date, datetime

from signoff.app.jobs.kind import JobKind, Result, Step, Work
from signoff.errors import DataError
from signoff.plan import PlanOptions, make_plan
from signoff.store.register import load_document

__all__ = ["MAKE_PLAN"]

PHASES = ("market", "committees", "venues", "messages", "measurement")


def _plan(work: Work) -> Result:
    # a kept brief alone: a page's words never name a file of this machine
    brief = load_document(work.workspace.register, kind="brief", name=work.inputs["brief"]).name
    options = PlanOptions(
        seed=_seed(work.inputs.get("seed", "1")),
        as_of=_day(work),
        by=work.by,
        at=datetime.now(UTC),
        on_progress=lambda step, *_counts: work.tell(step),
        run_id=work.job_id,
    )
    plan = make_plan(work.workspace, brief=brief, options=options)
    return {"run_id": plan.run_id, "brief": plan.brief_name, "version": plan.brief_version}


def _seed(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) <= 18:
        return int(text)
    raise DataError(
        f"{text[:20]!r} is no seed",
        why="a seed is a whole number of at most 18 digits",
        fix="leave it out, or give such a number",
        where="seed",
    )


def _day(work: Work) -> date:
    """Give the day that counts as today; that of the asking when none was chosen."""
    chosen = work.inputs.get("as_of", "")
    try:
        return date.fromisoformat(chosen) if chosen else work.asked_at.date()
    except ValueError as error:
        raise DataError(
            f"{chosen[:20]!r} is no day",
            why="a day is written as 2026-01-31",
            fix="leave it out for today, or give such a day",
            where="as_of",
        ) from error


MAKE_PLAN = JobKind(
    "make_plan",
    (Step("plan", _plan, phases=PHASES),),
    inputs=("brief",),
    optional=("seed", "as_of"),
)
