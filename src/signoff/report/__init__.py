"""Plans and studies as pages and files that people read."""

from signoff.report.audit import PageReading, TracedNumber, read_page
from signoff.report.explanation import NumberExplanation, explain_number
from signoff.report.forms import LANGUAGES
from signoff.report.html import BodyLinks
from signoff.report.media_plan import (
    media_plan_csv,
    media_plan_rows,
    media_plan_xlsx,
    write_media_plan_xlsx,
)
from signoff.report.plan_report import (
    compose_report,
    render_body,
    render_html,
    render_pdf,
    render_pptx,
)
from signoff.report.tabular import find_table, list_tables, table_rows
from signoff.report.trace import look_up

__all__ = [
    "LANGUAGES",
    "BodyLinks",
    "NumberExplanation",
    "PageReading",
    "TracedNumber",
    "compose_report",
    "explain_number",
    "find_table",
    "list_tables",
    "look_up",
    "media_plan_csv",
    "media_plan_rows",
    "media_plan_xlsx",
    "read_page",
    "render_body",
    "render_html",
    "render_pdf",
    "render_pptx",
    "table_rows",
    "write_media_plan_xlsx",
]
