"""The links of the workspace: listed, made, taken back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from signoff.app.web.people.once import show_once
from signoff.app.web.plans.listing import summary_of
from signoff.app.web.sharing.forms import ShareForm
from signoff.app.web.sharing.links import revoke_link, share_plan
from signoff.app.web.sharing.models import ShareLink

__all__ = ["list_links", "new_link", "take_back"]


def list_links(request: HttpRequest) -> HttpResponse:
    """Show every link: to which plan, until when, how often it was opened."""
    return render(request, "sharing/links.html", {"links": ShareLink.objects.all()[:500]})


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
