"""The page of market size: how many firms there are by imported counts, and how many are known."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from signoff.app.translation import translate
from signoff.app.web.audience.words import say_value
from signoff.app.web.place import lake_engine
from signoff.app.web.tables import Head, export_table, show_table
from signoff.audience import MarketSize, size_market
from signoff.errors import Fault, UserError
from signoff.results import Row

__all__ = ["show_market"]

COUNTRY_LETTERS = 2
LONGEST_INDUSTRY = 40
PREFIX = "market-"


class MarketForm(forms.Form):
    """Of which market the counts are wanted."""

    country = forms.CharField(
        label=gettext_lazy("Country, two letters"),
        required=False,
        min_length=COUNTRY_LETTERS,
        max_length=COUNTRY_LETTERS,
    )
    industry = forms.CharField(
        label=gettext_lazy("Industry, such as naf:62"),
        required=False,
        max_length=LONGEST_INDUSTRY,
    )


def show_market(request: HttpRequest) -> HttpResponse:
    """Show imported counts of firms beside the accounts that are among them."""
    form = MarketForm(request.GET)
    found, fault = _sizes(form) if form.is_valid() else (None, None)
    rows = [_spoken(row) for row in found.rows()] if found else []
    if exported := request.GET.get(f"{PREFIX}export"):
        return export_table(request, rows, name="market-size", heads=market_heads(), form=exported)
    table = show_table(
        request,
        rows,
        name="market",
        caption=_("Firms counted, and accounts among them"),
        heads=market_heads(),
        prefix=PREFIX,
    )
    said = translate(found.text(), language=get_language() or "en") if found else ""
    context = {"form": form, "table": table, "said": said, "fault": fault}
    return render(request, "audience/market.html", context)


def market_heads() -> tuple[Head, ...]:
    """Give the columns: what was counted, and who of it is known."""
    return (
        Head("country", _("Country")),
        Head("region", _("Region")),
        Head("industry", _("Industry")),
        Head("size_band", _("Size")),
        Head("year", _("Year")),
        Head("n_firms", _("Firms counted"), kind="number"),
        Head("n_accounts", _("Accounts among them"), kind="number"),
        Head("n_clients", _("Clients"), kind="number"),
        Head("known_share", _("Known"), kind="share"),
        Head("n_compared", _("Expected, by comparing schemes"), kind="measure"),
        Head("n_undecided", _("May be among them"), kind="number"),
        Head("source", _("Source")),
    )


def _sizes(form: MarketForm) -> tuple[MarketSize | None, Fault | None]:
    """Size the market that is asked for, or say why it has no size."""
    industry = form.cleaned_data["industry"].strip()
    try:
        with lake_engine() as engine:
            found = size_market(
                engine,
                industries=(industry,) if industry else (),
                country=form.cleaned_data["country"] or None,
            )
    except UserError as error:
        return None, error.fault
    return found, None


def _spoken(row: Row) -> dict[str, Any]:
    """Put the reader's words in place of closed vocabularies."""
    size = row["size_band"]
    industry = str(row["industry"])
    return {
        **row,
        "year": str(row["year"]),
        "industry": _("all industries") if industry.endswith(":*") else industry,
        "size_band": say_value("size_band", size) if size else _("all sizes"),
        "region": row["region"] or _("whole country"),
    }
