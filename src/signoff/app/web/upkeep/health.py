"""Whether the server can do its work: for whoever watches it, and for the owner in full."""

import shutil
from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from signoff.app.web.place import current_workspace
from signoff.errors import SignoffError
from signoff.store.lake import check_lake
from signoff.store.register import verify_audit

__all__ = ["answer_health", "show_health"]

LEAST_FREE_BYTES = 2 * 1024**3


def answer_health(request: HttpRequest) -> HttpResponse:
    """Answer 200 where register and members can be read, else 503; says nothing of the data."""
    try:
        with current_workspace().register.read():
            connection.ensure_connection()
    except (SignoffError, OSError):
        return JsonResponse({"state": "unwell"}, status=503)
    return JsonResponse({"state": "well"})


def show_health(request: HttpRequest) -> HttpResponse:
    """Show what was looked at, what was found, and what to do about it."""
    checks = [
        _looked(_("Register"), _look_at_register),
        _looked(_("Audit trail"), _look_at_trail),
        _looked(_("Lake"), _look_at_lake),
        _looked(_("Room on the disk"), _look_at_disk),
    ]
    return render(request, "upkeep/health.html", {"checks": checks})


def _looked(name: str, look: Callable[[], tuple[bool, str]]) -> dict[str, object]:
    """Give what one check found; a check that fails is a finding, not a broken page."""
    try:
        is_well, words = look()
    except (SignoffError, OSError) as error:
        is_well, words = False, str(error)
    return {"name": name, "is_well": is_well, "words": words}


def _look_at_register() -> tuple[bool, str]:
    with current_workspace().register.read():
        return True, _("It can be read.")


def _look_at_trail() -> tuple[bool, str]:
    check = verify_audit(current_workspace().register)
    return check.is_sound, check.text()


def _look_at_lake() -> tuple[bool, str]:
    check = check_lake(current_workspace(), repair=False)
    return not check.rows(), check.text()


def _look_at_disk() -> tuple[bool, str]:
    free = shutil.disk_usage(current_workspace().path).free
    words = _("%(gigabytes)s GB are free.") % {"gigabytes": free // 1024**3}
    return free >= LEAST_FREE_BYTES, words
