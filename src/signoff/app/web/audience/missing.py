"""The page of missing roles: how well each committee is known, and whom to find next."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from signoff.app.web.audience.aim import Aim, newest_aim
from signoff.app.web.audience.coverage_chart import coverage_figure
from signoff.app.web.audience.downloads import send_accounts
from signoff.app.web.audience.words import say_state, say_value
from signoff.app.web.lake_tables import LakeTable, read_request, show_lake_table
from signoff.app.web.place import lake_engine
from signoff.app.web.tables import Head, Table, TableState, make_cell
from signoff.audience import (
    CoverageStudy,
    count_coverage,
    export_coverage,
    list_coverage,
    study_coverage,
)
from signoff.store.browse import Download, Facet, Sort, TablePage, TableRequest
from signoff.store.engines import Engine
from signoff.store.lake import PooledEngine
from signoff.units import CommitteeRole

__all__ = ["download_missing", "show_missing"]

FIRST_TO_FIND = 10
WORTH_MOST_FIRST = (Sort("next_value_share", "desc"), Sort("name"))
ROLE_WORDS = tuple(role.value for role in CommitteeRole)


def show_missing(request: HttpRequest) -> HttpResponse:
    """Show which roles nobody knows, at which accounts, and whom to find next."""
    if request.GET.get("export"):
        return redirect(f"{reverse('audience:missing_download')}?{request.GET.urlencode()}")
    aim = newest_aim()
    with lake_engine() as engine:
        study = study_coverage(
            engine,
            committee=aim.committee,
            currency=aim.currency,
            plan_id=aim.plan_id,
            n_listed=FIRST_TO_FIND,
        )
        table = coverage_page(request, engine, aim=aim)
    context = {
        "aim": aim,
        "study": study,
        "table": table,
        "figure": coverage_figure(study) if study.n_accounts else None,
        "first": _first_to_find(study),
    }
    return render(request, "audience/missing.html", context)


def download_missing(request: HttpRequest) -> FileResponse:
    """Give the accounts with their roles as a file, but none that is suppressed; no person."""
    form, aim = request.GET.get("export", "csv"), newest_aim()
    _state, asked = read_request(request.GET, coverage_heads(aim))

    def write(engine: PooledEngine, wanted: TableRequest, path: Path) -> Download:
        return export_coverage(
            engine, wanted, form=form, path=path, committee=aim.committee, plan_id=aim.plan_id
        )

    return send_accounts(asked, name="missing-roles", form=form, write=write)


def coverage_page(request: HttpRequest, engine: Engine, *, aim: Aim) -> LakeTable:
    """Give the page of the table of accounts and roles that the address asks for."""

    def some(asked: TableRequest) -> TablePage:
        wanted = asked if asked.sort else replace(asked, sort=WORTH_MOST_FIRST)
        page = list_coverage(engine, wanted, committee=aim.committee, plan_id=aim.plan_id)
        return replace(page, records=tuple(_spoken(row) for row in page.rows()))

    def count(asked: TableRequest) -> Mapping[str, Facet]:
        return count_coverage(engine, asked, committee=aim.committee, plan_id=aim.plan_id)

    heads = coverage_heads(aim)
    usual = {"name", "n_people", "chance_share", "next_role", "next_gain_share"}
    table = Table(
        name="roles",
        caption=_("Accounts and what is known of each role"),
        heads=[head for head in heads if head.name in usual or head.name.endswith("_state")],
        lines=(),
        n_total=0,
        state=TableState(),
        query={},
        all_heads=heads,
        exports=("csv", "xlsx", "json", "parquet"),
        empty=_("No account fits."),
    )
    return show_lake_table(request, table=table, list_rows=some, count=count, words=_say)


def coverage_heads(aim: Aim) -> tuple[Head, ...]:
    """Give the columns: the account, each role of the brief, and whom to find next."""
    roles = [part.role.value for part in aim.committee.roles] if aim.committee else ROLE_WORDS
    words = {role: say_value("roles_known", role) for role in roles}
    weighted = (Head("value_weight", _("Weight in the plan"), kind="share"),)
    return (
        Head("name", _("Account"), address=_account_address),
        Head("kind", _("Kind")),
        Head("country", _("Country")),
        Head("city", _("City")),
        Head("employees", _("Employees"), kind="number"),
        Head("relationship", _("Relationship")),
        *(weighted if aim.plan_id else ()),
        Head("n_people", _("People known"), kind="number"),
        *(Head(f"{role}_state", words[role].capitalize()) for role in roles),
        *(
            Head(
                f"{role}_share",
                _("%(role)s: probability that one is known") % {"role": words[role].capitalize()},
                kind="share",
            )
            for role in roles
        ),
        Head("n_roles_missing", _("Roles missing"), kind="number"),
        Head("chance_share", _("Approval by those known"), kind="share"),
        Head("next_role", _("Find next")),
        Head("next_gain_share", _("What it adds"), kind="share"),
        Head("next_value_share", _("What it adds, times weight"), kind="share"),
    )


def _first_to_find(study: CoverageStudy) -> Table:
    """Give the short list of whom to find first."""
    heads = (
        Head("name", _("Account"), address=_account_address),
        Head("role", _("Find next"), kind="term", family="role"),
        Head("gain_share", _("What it adds"), kind="share"),
    )
    rows = [{**vars(person), "role": person.role.value} for person in study.people]
    return Table(
        name="first",
        caption=_("By what finding them adds, times the account’s weight"),
        heads=heads,
        lines=[[make_cell(head, row) for head in heads] for row in rows],
        n_total=len(rows),
        state=TableState(),
        query={},
        all_heads=heads,
    )


def _account_address(row: Mapping[str, Any]) -> str:
    return reverse("audience:account", args=[row["account_id"]])


def _say(column: str, value: Any) -> str:
    return say_state(str(value)) if column.endswith("_state") else say_value(column, value)


def _spoken(row: Mapping[str, Any]) -> dict[str, Any]:
    """Put the reader's words in place of closed vocabularies."""
    said = ("kind", "relationship", "next_role")
    spoken = {
        name: _say(name, value)
        for name, value in row.items()
        if value and (name in said or name.endswith("_state"))
    }
    return {**row, **spoken}
