"""An address that is shown once: only its hash is kept, so that it cannot be shown again."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

__all__ = ["show_once"]


def show_once(request: HttpRequest, path: str, *, title: str, note: str, back: str) -> HttpResponse:
    """Show an address with a button that copies it.

    Args:
        request: Who asked.
        path: The address within the application, with its token.
        title: What it is.
        note: What to do with it.
        back: Where to go on.
    """
    address = settings.SIGNOFF_ADDRESS + path if settings.SIGNOFF_ADDRESS else ""
    address = address or request.build_absolute_uri(path)
    context = {"address": address, "title": title, "note": note, "back": back}
    return render(request, "people/once.html", context)
