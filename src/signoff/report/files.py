"""The forms in which a plan's report is written to files, each with what writes it."""

from collections.abc import Callable
from pathlib import Path

from signoff.plan import CampaignPlan
from signoff.report.media_plan import media_plan_csv, write_media_plan_xlsx
from signoff.report.plan_report import render_html, render_pdf, render_pptx

__all__ = ["report_writers"]


def report_writers(plan: CampaignPlan, *, language: str) -> dict[str, Callable[[Path], object]]:
    """Give, by the ending of the file, what writes a plan's report in that form.

    Args:
        plan: The plan.
        language: "en" or "fr".

    Returns:
        Writers by html, pdf, pptx, xlsx and csv; each takes the path of the file.

    Call it with a kept plan: `report_writers(plan, language="fr")["pdf"](Path("report.pdf"))`.
    """
    return {
        "html": lambda path: path.write_text(render_html(plan, language=language), "utf-8"),
        "pdf": lambda path: path.write_bytes(render_pdf(plan, language=language)),
        "pptx": lambda path: path.write_bytes(render_pptx(plan, language=language)),
        "xlsx": lambda path: write_media_plan_xlsx(plan, path),
        # the mark at the beginning tells spreadsheets that it is UTF-8
        "csv": lambda path: path.write_bytes(media_plan_csv(plan).encode("utf-8-sig")),
    }
