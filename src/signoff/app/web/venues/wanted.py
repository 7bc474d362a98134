"""The other way round: what a wanted result costs, answered while the reader types."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from signoff.app.web.forms.numerals import read_number
from signoff.app.web.venues.curve import say_result
from signoff.app.web.venues.fits import require_fit
from signoff.errors import DataError
from signoff.venues import FittedVenues, find_budget

__all__ = ["find_wanted", "show_wanted"]


def show_wanted(request: HttpRequest, run_id: str) -> HttpResponse:
    """Give the part of the page that says what a wanted result costs."""
    fitted = require_fit(run_id)
    return render(request, "venues/_wanted.html", find_wanted(request, fitted))


def find_wanted(request: HttpRequest, fitted: FittedVenues) -> dict[str, Any]:
    """Give what the page says of the result that the address asks for.

    Args:
        request: Whose address holds `wanted`.
        fitted: The fit of the plan.

    Raises:
        DataError: it is no number.
    """
    text = request.GET.get("wanted", "").strip()
    found = find_budget(fitted, wanted=float(_read(text))) if text else None
    return {"wanted": found, "asked": text, "counts": say_result(fitted.objective)}


def _read(text: str) -> Decimal:
    try:
        return read_number(text, language=get_language() or "en")
    except ValueError as error:
        raise DataError(
            f"{text[:40]!r} is no result to reach",
            why="a result is a number",
            fix="type a number above 0",
            where="wanted",
        ) from error
