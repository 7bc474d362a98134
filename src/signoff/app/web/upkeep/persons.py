"""What a contact may ask for: to see all that is kept, to be left alone, to be forgotten."""

import json
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from signoff.app.jobs import start_job
from signoff.app.web.place import current_workspace
from signoff.app.web.tables import Head, Table, export_rows, show_table
from signoff.results import json_default
from signoff.store.privacy.disclosure import export_person
from signoff.store.privacy.request import keep_request
from signoff.store.register import (
    SuppressionKind,
    lift_suppression,
    list_suppressions,
    suppress,
)

__all__ = ["disclose", "erase", "lift", "show_persons", "suppress_value"]

KINDS = (
    (SuppressionKind.EMAIL.value, gettext_lazy("an e-mail address")),
    (SuppressionKind.DOMAIN.value, gettext_lazy("a domain")),
    (SuppressionKind.COMPANY.value, gettext_lazy("a company, by its name")),
    (SuppressionKind.PHONE.value, gettext_lazy("a telephone number")),
)
STATES = (
    ("holds", gettext_lazy("left alone")),
    ("lifted", gettext_lazy("lifted")),
    ("erased", gettext_lazy("erased")),
)


class AddressForm(forms.Form):
    """The address by which a person is found; it is sent, never part of an address bar."""

    email = forms.EmailField(max_length=320, label=gettext_lazy("E-mail address of the person"))


class SuppressionForm(forms.Form):
    """Whom to leave alone, and why."""

    kind = forms.ChoiceField(choices=KINDS, label=gettext_lazy("What is left alone"))
    value = forms.CharField(
        max_length=400,
        label=gettext_lazy("Which one"),
        help_text=gettext_lazy("Only a keyed hash of it is kept."),
    )
    reason = forms.CharField(
        max_length=400, required=False, label=gettext_lazy("Why, without naming anybody")
    )


def show_persons(request: HttpRequest) -> HttpResponse:
    """Show what can be done for a person who asks, and whom the workspace leaves alone."""
    rows = _suppression_rows()
    if request.GET.get("export"):
        return export_rows(rows, name="suppressions", form=request.GET["export"])
    return _show(request, rows)


def disclose(request: HttpRequest) -> HttpResponse:
    """Give everything kept of a person as JSON: the answer to a request for access."""
    form = AddressForm(request.POST)
    if not form.is_valid():
        return _show(request, _suppression_rows(), address_form=form)
    told = export_person(current_workspace(), email=form.cleaned_data["email"])
    text = json.dumps(told, default=json_default, ensure_ascii=False, indent=1)
    answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="person.json"'
    return answer


def erase(request: HttpRequest) -> HttpResponse:
    """Ask for a person's erasure, as a job; the address goes to a private file, not to the job."""
    form = AddressForm(request.POST)
    if not form.is_valid() or request.POST.get("sure") != "yes":
        messages.error(request, _("Nobody was erased: tick the box to say that you are sure."))
        return _show(request, _suppression_rows(), address_form=form)
    workspace, email = current_workspace(), form.cleaned_data["email"]
    inputs = {"request_id": keep_request(workspace, email=email, at=timezone.now())}
    job_id = start_job(workspace, "erase_person", inputs=inputs, by=request.user.email)
    return redirect("jobs:show", job_id=job_id)


def suppress_value(request: HttpRequest) -> HttpResponse:
    """Leave somebody alone: nothing suppressed leaves in a list or comes in with a file."""
    form = SuppressionForm(request.POST)
    if not form.is_valid():
        return _show(request, _suppression_rows(), suppression_form=form)
    suppress(
        current_workspace(),
        kind=SuppressionKind(form.cleaned_data["kind"]),
        value=form.cleaned_data["value"],
        reason=form.cleaned_data["reason"],
        by=request.user.email,
        at=timezone.now(),
    )
    messages.success(request, _("Left alone from now on."))
    return redirect("upkeep:persons")


def lift(request: HttpRequest) -> HttpResponse:
    """Allow contact again, by an act that stays on record."""
    form = SuppressionForm(request.POST)
    if not form.is_valid():
        return _show(request, _suppression_rows(), suppression_form=form)
    lift_suppression(
        current_workspace(),
        kind=SuppressionKind(form.cleaned_data["kind"]),
        value=form.cleaned_data["value"],
        by=request.user.email,
        at=timezone.now(),
    )
    messages.success(request, _("Contact is allowed again."))
    return redirect("upkeep:persons")


def _show(
    request: HttpRequest,
    rows: list[dict[str, Any]],
    *,
    address_form: AddressForm | None = None,
    suppression_form: SuppressionForm | None = None,
) -> HttpResponse:
    faulty = address_form or suppression_form
    context = {
        "address_form": address_form or AddressForm(),
        "suppression_form": suppression_form or SuppressionForm(),
        "table": _table(request, rows),
    }
    return render(request, "upkeep/persons.html", context, status=422 if faulty else 200)


def _suppression_rows() -> list[dict[str, Any]]:
    """List the suppressions, newest first; of the value there is only a hash."""
    entries = list_suppressions(current_workspace().register)
    return [
        {
            "kind": entry.mark.kind.value,
            "digest": entry.mark.digest[:12],
            "state": "lifted" if entry.lifted_at else "erased" if entry.is_erasure else "holds",
            "reason": entry.reason,
            "by": entry.by,
            "at": entry.at,
            "lifted_at": entry.lifted_at,
        }
        for entry in reversed(entries)
    ]


def _table(request: HttpRequest, rows: list[dict[str, Any]]) -> Table:
    return show_table(
        request,
        rows,
        name="suppressions",
        caption=_("Who is left alone, by keyed hash"),
        heads=(
            Head("digest", _("Hash")),
            Head("kind", _("Kind"), choices=KINDS),
            Head("state", _("State"), choices=STATES),
            Head("reason", _("Reason")),
            Head("by", _("By")),
            Head("at", _("Since"), kind="moment"),
            Head("lifted_at", _("Lifted"), kind="moment"),
        ),
        empty=_("Nobody is suppressed."),
    )
