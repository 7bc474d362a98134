"""Backups: which there are, and a new one."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from signoff.app.jobs import start_job
from signoff.app.web.place import current_workspace
from signoff.app.web.tables import Head, export_rows, show_table

__all__ = ["make_backup", "show_backups"]


def show_backups(request: HttpRequest) -> HttpResponse:
    """Show the backups that lie in the workspace, and how one is brought back."""
    rows = _rows()
    if request.GET.get("export"):
        return export_rows(rows, name="backups", form=request.GET["export"])
    table = show_table(
        request,
        rows,
        name="backups",
        caption=_("Backups in the workspace's own folder"),
        heads=(
            Head("name", _("File")),
            Head("at", _("Made"), kind="moment"),
            Head("megabytes", _("Size, MB"), kind="measure"),
        ),
        empty=_("No backup yet."),
    )
    return render(request, "upkeep/backups.html", {"table": table})


def make_backup(request: HttpRequest) -> HttpResponse:
    """Ask for a backup, as a job; others go on working meanwhile."""
    job_id = start_job(current_workspace(), "backup", inputs={}, by=request.user.email)
    return redirect("jobs:show", job_id=job_id)


def _rows() -> list[dict[str, Any]]:
    paths = sorted(current_workspace().backups_dir.glob("*.backup"), reverse=True)
    return [
        {
            "name": path.name,
            "at": datetime.fromtimestamp(path.stat().st_mtime, UTC),
            "megabytes": path.stat().st_size / 1e6,
        }
        for path in paths
    ]
