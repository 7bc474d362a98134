"""The job that writes the report of a plan."""

from signoff.app.jobs.kind import JobKind, Result, Step, Work
from signoff.errors import DataError
from signoff.plan import load_plan

__all__ = ["WRITE_REPORT"]

FORMATS = ("html", "pdf", "pptx", "xlsx", "csv")


def _write(work: Work) -> Result:
    plan = load_plan(work.workspace, run_id=work.inputs["run_id"])
    formats = _formats(work.inputs.get("formats", "html"))
    from signoff.report.files import report_writers

    writers = report_writers(plan, language=work.inputs.get("language") or plan.brief.language)
    folder = work.workspace.reports_dir / plan.run_id
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for place, name in enumerate(formats):
        work.tell("write", place, len(formats))
        stem = "report" if name in {"html", "pdf", "pptx"} else "media-plan"
        draft = folder / f".{work.job_id}.{name}"
        try:
            writers[name](draft)
            draft.replace(folder / f"{stem}.{name}")
        finally:
            draft.unlink(missing_ok=True)
    return {"run_id": plan.run_id, "formats": ",".join(formats)}


def _formats(text: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(text.replace(" ", "").split(",")))
    unknown = [name for name in names if name not in FORMATS]
    if unknown:
        raise DataError(
            f"a report cannot be written as {', '.join(unknown)[:60]}",
            why=f"it comes as {', '.join(FORMATS)}",
            fix="choose from these",
            where="formats",
        )
    return names


WRITE_REPORT = JobKind(
    "write_report",
    (Step("write", _write),),
    inputs=("run_id",),
    optional=("formats", "language"),
)
