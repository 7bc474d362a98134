"""Whether the server can do its work, for whoever watches it; says nothing about the data."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from signoff.app.web.place import current_workspace
from signoff.errors import SignoffError

__all__ = ["answer_health"]


def answer_health(request: HttpRequest) -> HttpResponse:
    """Answer 200 where register and users can be read, else 503."""
    try:
        with current_workspace().register.read():
            connection.ensure_connection()
    except (SignoffError, OSError):
        return JsonResponse({"state": "unwell"}, status=503)
    return JsonResponse({"state": "well"})
