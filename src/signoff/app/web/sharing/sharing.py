"""The links of the workspace: listed, made, taken back."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from signoff.app.web.people.models import LINK_STATES
from signoff.app.web.people.once import show_once
from signoff.app.web.plans.listing import summary_of
from signoff.app.web.sharing.forms import ShareForm
from signoff.app.web.sharing.links import revoke_link, share_plan
from signoff.app.web.sharing.models import ShareLink
from signoff.app.web.tables import Head, export_table, show_table

__all__ = ["list_links", "new_link", "take_back"]


def list_links(request: HttpRequest) -> HttpResponse:
    """Show every link: to which plan, until when, how often it was opened."""
    rows, heads = _link_rows(), _heads()
    if form := request.GET.get("export"):
        return export_table(request, rows, name="shared-plans", heads=heads, form=form)
    caption = _("Links to plans, the newest first")
    table = show_table(request, rows, name="links", caption=caption, heads=heads)
    return render(request, "sharing/links.html", {"table": table, "has_links": bool(rows)})


def new_link(request: HttpRequest, run_id: str) -> HttpResponse:
    """Share a plan; the link is shown once."""
    summary = summary_of(run_id)
    form = ShareForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        options = form.options()
        token = share_plan(summary.run_id, options=options, by=request.user.email)
        words = {"name": options.name}
        return show_once(
            request,
            reverse("sharing:shared", args=[token]),
            title=_("A link to a plan"),
            note=_("Give it to %(name)s. Whoever has it sees the plan, and nothing else.") % words,
            back=reverse("sharing:links"),
        )
    return render(request, "sharing/new.html", {"form": form, "summary": summary})


def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a link back."""
    revoke_link(get_object_or_404(ShareLink, pk=pk), by=request.user.email)
    messages.success(request, _("The link is taken back: it shows nothing any more."))
    return redirect("sharing:links")


def _link_rows() -> list[dict[str, Any]]:
    return [
        {
            "pk": link.pk,
            "name": link.name,
            "run_id": link.run_id,
            "plan": link.run_id[:8],
            "state": link.state,
            "expires_at": link.expires_at,
            "shows_accounts": link.shows_accounts,
            "has_password": bool(link.password),
            "n_views": link.n_views,
            "last_viewed_at": link.last_viewed_at,
            "created_by": link.created_by,
            "revoke": pgettext("link", "Take back"),
        }
        for link in ShareLink.objects.all()
    ]


def _heads() -> list[Head]:
    return [
        Head("name", _("For whom")),
        Head("plan", _("Plan"), address=lambda row: reverse("plans:show", args=[row["run_id"]])),
        Head("state", _("State"), choices=[one for one in LINK_STATES if one[0] != "used"]),
        Head("expires_at", pgettext("link", "Ends"), kind="moment"),
        Head("shows_accounts", _("Names of accounts"), kind="flag"),
        Head("has_password", _("Password"), kind="flag"),
        Head("n_views", _("Opened"), kind="number"),
        Head("last_viewed_at", _("Last opened"), kind="moment"),
        Head("created_by", _("Shared by")),
        Head(
            "revoke", pgettext("link", "Take back"), family=_("Take this link back?"), act=_revoking
        ),
    ]


def _revoking(row: Mapping[str, Any]) -> str:
    """Give where a link is taken back, as long as it is open."""
    return reverse("sharing:revoke", args=[row["pk"]]) if row["state"] == "open" else ""
