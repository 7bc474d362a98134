"""Who owns the firms of a market, from official counts."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from signoff.app.web.messages.choosing import choose_brief
from signoff.app.web.place import lake_engine
from signoff.app.web.tables import Head, export_table, show_table
from signoff.audience import OwnerShare, list_owners

__all__ = ["show_owners"]


def show_owners(request: HttpRequest) -> HttpResponse:
    """Show who owns firms in the countries of the chosen brief."""
    choice = choose_brief(request)
    countries = choice.brief.market.countries if choice.brief else ()
    with lake_engine() as engine:
        found = list_owners(engine, countries=countries)
    rows = [_row(one) for one in found]
    heads = _heads(rows)
    if form := request.GET.get("export"):
        return export_table(request, rows, name="owners", heads=heads, form=form)
    caption = _("Firms with paid employees whose owners the source could group.")
    table = show_table(request, rows, name="owners", caption=caption, heads=heads)
    context = {
        "choice": choice,
        "table": table,
        "has_rows": bool(rows),
        "countries": countries,
        "sources": sorted({one.source for one in found if one.source}),
    }
    return render(request, "research/owners.html", context)


def _row(found: OwnerShare) -> dict[str, Any]:
    everybody = gettext("all")
    return {
        "country": found.country,
        "industry": found.industry,
        "sex": everybody if found.sex == "*" else found.sex,
        "race": everybody if found.race == "*" else found.race,
        "year": str(found.year),
        "firms": found.firms,
        "share": found.share,
        "of": found.n_classifiable,
    }


def _heads(rows: Sequence[Mapping[str, Any]]) -> list[Head]:
    def choices(name: str) -> list[tuple[str, str]]:
        return [(value, value) for value in sorted({str(row[name]) for row in rows})]

    return [
        Head("country", _("Country"), choices=choices("country")),
        Head("industry", _("Industry"), choices=choices("industry")),
        Head("sex", _("Sex of the owners"), choices=choices("sex")),
        Head("race", _("Race of the owners, as the source groups it"), choices=choices("race")),
        Head("year", _("Year")),
        Head("firms", _("Firms"), kind="number"),
        Head("share", _("Share"), kind="share"),
        Head("of", _("Of so many firms"), kind="number"),
    ]
