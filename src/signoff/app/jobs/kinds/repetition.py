"""The job that makes a plan again and says whether it came out the same."""

from signoff.app.jobs.kind import JobKind, Result, Step, Work
from signoff.plan import check_repetition

__all__ = ["REPEAT_PLAN"]


def _repeat(work: Work) -> Result:
    work.tell("repeat")
    found = check_repetition(work.workspace, run_id=work.inputs["run_id"])
    first = found.differences[0].path if found.differences else ""
    return {
        "run_id": found.run_id,
        "is_equal": found.is_equal,
        "n_differences": found.n_differences,
        "first": first,
    }


REPEAT_PLAN = JobKind("repeat_plan", (Step("repeat", _repeat),), inputs=("run_id",))
