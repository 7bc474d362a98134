"""The job that writes the report of a plan."""

from collections.abc import Callable
from pathlib import Path

from signoff.app.jobs.kind import JobKind, Result, Step, Work
from signoff.errors import DataError
from signoff.plan import CampaignPlan, load_plan

__all__ = ["WRITE_REPORT"]

FORMATS = ("html", "pdf", "pptx", "xlsx", "csv")


def _write(work: Work) -> Result:
    plan = load_plan(work.workspace, run_id=work.inputs["run_id"])
    formats = _formats(work.inputs.get("formats", "html"))
    writers = _writers(plan, language=work.inputs.get("language") or plan.brief.language)
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


def _writers(plan: CampaignPlan, *, language: str) -> dict[str, Callable[[Path], object]]:
    from signoff.report import (
        media_plan_csv,
        render_html,
        render_pdf,
        render_pptx,
        write_media_plan_xlsx,
    )

    return {
        "html": lambda path: path.write_text(render_html(plan, language=language), "utf-8"),
        "pdf": lambda path: path.write_bytes(render_pdf(plan, language=language)),
        "pptx": lambda path: path.write_bytes(render_pptx(plan, language=language)),
        "xlsx": lambda path: write_media_plan_xlsx(plan, path),
        # the mark at the beginning tells spreadsheets that it is UTF-8
        "csv": lambda path: path.write_bytes(media_plan_csv(plan).encode("utf-8-sig")),
    }


WRITE_REPORT = JobKind(
    "write_report",
    (Step("write", _write),),
    inputs=("run_id",),
    optional=("formats", "language"),
)
