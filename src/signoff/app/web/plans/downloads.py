"""A plan as a file: the report, the deck, the media plan, the plan itself, or one of its tables."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from signoff.app.web.plans.report_page import kept_text, plan_of, reader_language, report_of
from signoff.app.web.tables import export_rows
from signoff.errors import MissingError
from signoff.plan import CampaignPlan, write_plan
from signoff.report import (
    media_plan_csv,
    media_plan_xlsx,
    render_html,
    render_pdf,
    render_pptx,
    table_rows,
)

__all__ = ["FORMS", "FileForm", "download_plan", "download_table"]

OFFICE = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True)
class FileForm:
    """A form that a plan can be had in.

    Attributes:
        ending: Ending of the file, and its name in the address.
        label: What a person calls it.
        words: What is in it.
        media: Its media type.
        write: Gives the file; told the plan and the language.
    """

    ending: str
    label: Any
    words: Any
    media: str
    write: Callable[[CampaignPlan, str], bytes]


FORMS: tuple[FileForm, ...] = (
    FileForm(
        "pdf",
        "PDF",
        _("the report, to print and to send"),
        "application/pdf",
        lambda plan, language: render_pdf(plan, language=language),
    ),
    FileForm(
        "pptx",
        "PPTX",
        _("slides for a meeting, to go on editing"),
        f"{OFFICE}presentationml.presentation",
        lambda plan, language: render_pptx(plan, language=language),
    ),
    FileForm(
        "xlsx",
        "XLSX",
        _("the media plan, for buyers"),
        f"{OFFICE}spreadsheetml.sheet",
        lambda plan, language: media_plan_xlsx(plan, language=language),
    ),
    FileForm(
        "csv",
        "CSV",
        _("the media plan, for other programs"),
        "text/csv; charset=utf-8",
        lambda plan, _language: media_plan_csv(plan).encode("utf-8-sig"),
    ),
    FileForm(
        "html",
        "HTML",
        _("the report as one file"),
        "text/html; charset=utf-8",
        lambda plan, language: render_html(plan, language=language).encode(),
    ),
    FileForm(
        "json",
        "JSON",
        _("the whole plan, every digit"),
        "application/json; charset=utf-8",
        lambda plan, _language: write_plan(plan).encode(),
    ),
)


def download_plan(request: HttpRequest, run_id: str, ending: str) -> HttpResponse:
    """Give a plan as a file, in the reader's language unless the address names one."""
    form = next((form for form in FORMS if form.ending == ending), None)
    if form is None:
        raise MissingError(
            f"a plan cannot be had as {ending[:20]!r}",
            why=f"it comes as {', '.join(form.ending for form in FORMS)}",
            fix="choose one of these",
            where="address",
        )
    plan = plan_of(kept_text(run_id))
    language = reader_language(request.GET.get("language", ""))
    answer = HttpResponse(form.write(plan, language), content_type=form.media)
    answer["Content-Disposition"] = f'attachment; filename="{file_stem(plan)}.{form.ending}"'
    return answer


def download_table(request: HttpRequest, run_id: str) -> HttpResponse:
    """Give one table of a plan's report, every number with all its digits."""
    text = kept_text(run_id)
    name = request.GET.get("table", "")
    rows = table_rows(report_of(text, reader_language()), name)
    form = request.GET.get("export", "csv")
    return export_rows(rows, name=f"{file_stem(plan_of(text))}-{name}", form=form)


def file_stem(plan: CampaignPlan) -> str:
    """Give the beginning of the names of a plan's files."""
    return f"{slugify(plan.brief_name) or 'plan'}-{plan.run_id[:8]}"
