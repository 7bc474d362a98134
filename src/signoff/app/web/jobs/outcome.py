"""What came of a job: a few counts, and the page that shows it."""

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from signoff.app.jobs import JobView

__all__ = ["outcome_address", "outcome_facts"]

# the page of a result, by kind of job, and which id its address takes
PAGES = {
    "import_file": ("imports:show", "import_id"),
    "import_files": ("imports:imports", ""),
    "undo_import": ("imports:show", "import_id"),
    "make_plan": ("plans:show", "run_id"),
    "repeat_plan": ("plans:again", "run_id"),
    "load_sample": ("plans:show", "run_id"),
    "undo_sample": ("imports:imports", ""),
    "write_report": ("plans:show", "run_id"),
    "backup": ("upkeep:backups", ""),
    "find_duplicates": ("audience:duplicates", ""),
    "erase_person": ("upkeep:erased", "request_id"),
    "fit_plan": ("venues:planner", "run_id"),
    "make_scenario": ("venues:planner", "run_id"),
    "adopt_scenario": ("plans:show", "run_id"),
}


def outcome_address(job: JobView) -> str:
    """Give the page that shows what came of a job; empty where there is none."""
    page, name = PAGES.get(job.kind, ("", ""))
    found = job.result.get(name) if name else None
    if not page or (name and not found):
        return ""
    for args in ([found] if name else [], []):
        try:
            return reverse(page, args=args)
        except NoReverseMatch:
            continue
    return ""


def outcome_facts(job: JobView) -> list[tuple[str, Any]]:
    """Give counts of what came of a job, each with its word."""
    words = {
        "n_files": _("Files"),
        "n_read": _("Rows read"),
        "n_published": _("Rows imported"),
        "n_superseded": _("of them in place of earlier ones"),
        "n_rejected": _("Rows given back"),
        "n_removed": _("Rows taken back"),
        "n_bytes": _("Bytes"),
        "n_differences": _("Differences"),
        "n_pairs": _("Pairs that may be one organisation"),
    }
    return [(word, job.result[name]) for name, word in words.items() if name in job.result]
