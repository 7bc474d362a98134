"""Jobs that load the sample campaign and make its plan, and that take it back."""

from datetime import UTC, datetime

from signoff.app.jobs.kind import JobKind, Result, Step, Work
from signoff.app.jobs.kinds.plan import PHASES
from signoff.plan import SAMPLE_BRIEF, PlanOptions, load_sample, make_plan, undo_sample

__all__ = ["LOAD_SAMPLE", "UNDO_SAMPLE"]

SEED = 1


def _load(work: Work) -> Result:
    receipt = load_sample(
        work.workspace,
        by=work.by,
        at=datetime.now(UTC),
        on_file=lambda done, total: work.tell("sample", done, total),
    )
    return {"n_files": receipt.n_imports, "n_published": receipt.n_rows}


def _plan(work: Work) -> Result:
    options = PlanOptions(
        seed=SEED,
        as_of=work.asked_at.date(),
        by=work.by,
        at=datetime.now(UTC),
        on_progress=lambda step, *_counts: work.tell(step),
        run_id=work.job_id,
    )
    return {"run_id": make_plan(work.workspace, brief=SAMPLE_BRIEF, options=options).run_id}


def _undo(work: Work) -> Result:
    receipt = undo_sample(work.workspace, by=work.by, at=datetime.now(UTC))
    return {"n_files": receipt.n_imports, "n_removed": receipt.n_rows}


LOAD_SAMPLE = JobKind("load_sample", (Step("sample", _load), Step("plan", _plan, phases=PHASES)))
UNDO_SAMPLE = JobKind("undo_sample", (Step("undo", _undo),))
