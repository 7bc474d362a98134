"""The page of accounts: found, filtered, sorted, its columns chosen, all of it in the address."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from signoff.app.web.audience.aim import newest_aim
from signoff.app.web.audience.words import say_value
from signoff.app.web.lake_tables import LakeTable, show_lake_table
from signoff.app.web.place import lake_engine
from signoff.app.web.tables import Head, Table, TableState
from signoff.audience import count_accounts, list_accounts
from signoff.store.browse import Facet, TablePage, TableRequest
from signoff.store.engines import Engine

__all__ = ["show_accounts"]

SPOKEN = ("kind", "supply_chain_place", "relationship", "size_band", "likely_kind", "likely_place")
GUESSED = {"likely_kind": "is_kind_guessed", "likely_place": "is_place_guessed"}
USUAL = (
    *("name", "likely_kind", "industry_code", "employees", "country"),
    *("relationship", "n_people", "n_roles_known", "roles_missing", "market_fit_share"),
)


def show_accounts(request: HttpRequest) -> HttpResponse:
    """Show the accounts of the workspace, page by page; asked to, give them all as a file."""
    if request.GET.get("export"):
        return redirect(f"{reverse('audience:download')}?{request.GET.urlencode()}")
    with lake_engine() as engine:
        table = list_table(request, engine)
    return render(request, "audience/accounts.html", {"table": table})


def list_table(request: HttpRequest, engine: Engine) -> LakeTable:
    """Give the page of the table of accounts that the address asks for."""
    aim = newest_aim()

    def some(asked: TableRequest) -> TablePage:
        page = list_accounts(engine, asked, committee=aim.committee, plan_id=aim.plan_id)
        return replace(page, records=tuple(_spoken(row) for row in page.rows()))

    def count(asked: TableRequest) -> Mapping[str, Facet]:
        return count_accounts(engine, asked, committee=aim.committee, plan_id=aim.plan_id)

    return show_lake_table(
        request,
        table=_empty_table(with_plan=bool(aim.plan_id)),
        list_rows=some,
        count=count,
        words=say_value,
        sets=("roles_missing", "roles_known"),
    )


def account_heads(*, with_plan: bool) -> tuple[Head, ...]:
    """Give the columns of the table of accounts; a plan adds its fit."""
    planned = (
        Head("market_fit_share", _("Fit with the market"), kind="share"),
        Head("win_share", _("Probability of winning"), kind="share"),
        Head("is_holdout", _("Holdout"), kind="flag"),
    )
    return (
        Head("name", _("Account"), address=_account_address),
        Head("domain", _("Web domain")),
        Head("likely_kind", _("Kind")),
        Head("kind", _("Kind told by the source")),
        Head("industry_code", _("Industry")),
        Head("employees", _("Employees"), kind="number"),
        Head("size_band", _("Size band")),
        Head("revenue", _("Revenue"), kind="money", family="currency"),
        Head("country", _("Country")),
        Head("region", _("Region")),
        Head("city", _("City")),
        Head("likely_place", _("Place in the supply chain")),
        Head("supply_chain_place", _("Place told by the source")),
        Head("parent_name", _("Parent organisation")),
        Head("n_subsidiaries", _("Subsidiaries"), kind="number"),
        Head("relationship", _("Relationship")),
        Head("n_people", _("People known"), kind="number"),
        Head("n_roles_known", _("Roles known"), kind="number"),
        Head("roles_missing", _("Roles missing")),
        Head("n_open_deals", _("Open deals"), kind="number"),
        Head("n_won_deals", _("Won deals"), kind="number"),
        Head("n_lost_deals", _("Lost deals"), kind="number"),
        Head("last_touch_at", _("Last touch"), kind="moment"),
        *(planned if with_plan else ()),
    )


def _empty_table(*, with_plan: bool) -> Table:
    heads = account_heads(with_plan=with_plan)
    return Table(
        name="accounts",
        caption=_("Accounts"),
        heads=[head for head in heads if head.name in USUAL],
        lines=(),
        n_total=0,
        state=TableState(),
        query={},
        all_heads=heads,
        exports=("csv", "xlsx", "json", "parquet"),
        empty=_("No account fits."),
    )


def _account_address(row: Mapping[str, Any]) -> str:
    return reverse("audience:account", args=[row["account_id"]])


def _spoken(row: Mapping[str, Any]) -> dict[str, Any]:
    """Put the reader's words in place of closed vocabularies; what is guessed says so."""
    spoken = {name: say_value(name, row[name]) for name in SPOKEN if row.get(name)}
    for name, flag in GUESSED.items():
        if name in spoken and row.get(flag):
            spoken[name] = _("%(word)s (guessed)") % {"word": spoken[name]}
    missing = str(row.get("roles_missing") or "").split(", ")
    listed = ", ".join(say_value("roles_missing", role) for role in missing if role)
    return {**row, **spoken, "roles_missing": listed}
