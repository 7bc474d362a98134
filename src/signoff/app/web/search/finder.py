"""Go anywhere: pages, documents, plans and accounts by a few letters of their names."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from signoff.app.web.shell import describe_shell

__all__ = ["find"]


def find(request: HttpRequest) -> HttpResponse:
    """Show what the letters typed may mean; without scripts this is a page of its own."""
    words = request.GET.get("q", "").strip().casefold()
    found = [
        entry
        for entry in describe_shell(request)["menu"]
        if words in str(entry["label"]).casefold()
    ]
    is_part = bool(request.headers.get("HX-Request"))
    template = "search/_palette.html" if is_part else "search/find.html"
    if request.headers.get("HX-Target") == "found":
        template = "search/_found.html"
    return render(request, template, {"words": request.GET.get("q", ""), "found": found})
