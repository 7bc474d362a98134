"""The first page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

__all__ = ["show_overview"]


def show_overview(request: HttpRequest) -> HttpResponse:
    """Show where the campaign stands and what needs attention."""
    return render(request, "overview/overview.html")
