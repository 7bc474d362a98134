"""Backups: which there are, and a new one."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from signoff.app.web.place import current_workspace
from signoff.app.web.tables import Head, export_rows, show_table
from signoff.store.backups.backup import back_up

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
    """Write a backup; others go on working meanwhile."""
    workspace, now = current_workspace(), timezone.now()
    path = workspace.backups_dir / f"{now:%Y%m%d-%H%M%S}.backup"
    made = back_up(workspace, path, by=request.user.email, at=now)
    messages.success(
        request,
        _("The backup %(name)s is made: %(files)s files. It holds the secret key.")
        % {"name": path.name, "files": made.n_files},
    )
    return redirect("upkeep:backups")


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
