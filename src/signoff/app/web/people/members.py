"""The members of the workspace: who they are, and what owners do with them."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from signoff.app.web.people import member_actions
from signoff.app.web.people.factors import remove_factor, set_factor_rule
from signoff.app.web.people.forms import FactorRuleForm, RoleForm
from signoff.app.web.people.models import ROLES, Member, Policy
from signoff.app.web.people.once import show_once
from signoff.app.web.rights import Role
from signoff.app.web.tables import Head, export_table, show_table

__all__ = [
    "ask_for_factor",
    "change_role",
    "deactivate",
    "give_new_password",
    "list_members",
    "reactivate",
    "remove",
    "show_member",
    "take_factor",
]


def list_members(request: HttpRequest) -> HttpResponse:
    """Show all members."""
    rows, heads = _member_rows(), _heads()
    if form := request.GET.get("export"):
        return export_table(request, rows, name="members", heads=heads, form=form)
    table = show_table(request, rows, name="members", caption=_("Members"), heads=heads)
    policy = Policy.objects.filter(only=1).first() or Policy()
    context = {
        "table": table,
        "rule_form": FactorRuleForm(initial={"rule": policy.second_factor}),
        "asking": Member.objects.filter(reset_asked_at__isnull=False, is_active=True),
    }
    return render(request, "people/members.html", context)


def show_member(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one member, with what an owner can do."""
    member = get_object_or_404(Member, pk=pk)
    has_factor = Authenticator.objects.filter(user_id=pk, type=Authenticator.Type.TOTP).exists()
    context = {
        "member": member,
        "has_factor": has_factor,
        "form": RoleForm(initial={"role": member.role}),
        "n_sessions": member.sessions.count(),
    }
    return render(request, "people/member.html", context)


def change_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a member another role."""
    form = RoleForm(request.POST)
    if form.is_valid():
        role = Role(form.cleaned_data["role"])
        member_actions.change_role(_member(pk), role, by=request.user.email)
        messages.success(request, _("The role is changed."))
    return redirect("people:member", pk=pk)


def deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a member out from now on."""
    member_actions.deactivate_member(_member(pk), by=request.user.email)
    messages.success(request, _("The member is out: their sessions have ended."))
    return redirect("people:member", pk=pk)


def reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a member in again."""
    member_actions.reactivate_member(_member(pk), by=request.user.email)
    messages.success(request, _("The member may sign in again."))
    return redirect("people:member", pk=pk)


def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a member's account."""
    member_actions.remove_member(_member(pk), by=request.user.email)
    messages.success(request, _("The account is deleted."))
    return redirect("people:members")


def take_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a member's second factor away, as when their telephone is lost."""
    remove_factor(_member(pk), by=request.user.email)
    messages.success(request, _("The second factor is taken away."))
    return redirect("people:member", pk=pk)


def give_new_password(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a link with which a member chooses a new password; it is shown once."""
    member = _member(pk)
    token = member_actions.issue_new_password(member, by=request.user.email)
    note = _("Give it to %(name)s in person or by a channel that you trust. It works once.")
    return show_once(
        request,
        reverse("people:new_password", args=[token]),
        title=_("A link for a new password"),
        note=note % {"name": member.name},
        back=reverse("people:member", args=[pk]),
    )


def ask_for_factor(request: HttpRequest) -> HttpResponse:
    """Say of whom a second factor is asked."""
    form = FactorRuleForm(request.POST)
    if form.is_valid():
        set_factor_rule(form.cleaned_data["rule"], by=request.user.email)
        messages.success(request, _("The rule holds from now on."))
    return redirect("people:members")


def _member(pk: int) -> Member:
    found: Member = get_object_or_404(Member, pk=pk)
    return found


def _member_rows() -> list[dict[str, Any]]:
    kind = Authenticator.Type.TOTP
    with_factor = set(Authenticator.objects.filter(type=kind).values_list("user_id", flat=True))
    return [
        {
            "pk": member.pk,
            "name": member.name,
            "email": member.email,
            "role": member.role,
            "is_active": member.is_active,
            "has_second_factor": member.pk in with_factor,
            "last_login": member.last_login,
            "joined_at": member.joined_at,
        }
        for member in Member.objects.all()
    ]


def _heads() -> list[Head]:
    return [
        Head(
            "name",
            _("Name"),
            address=lambda row: reverse("people:member", args=[row["pk"]]),
        ),
        Head("email", _("Address")),
        Head("role", _("Role"), choices=ROLES),
        Head("is_active", _("May sign in"), kind="flag"),
        Head("has_second_factor", _("Second factor"), kind="flag"),
        Head("last_login", _("Last sign-in"), kind="moment"),
        Head("joined_at", _("Member since"), kind="day"),
    ]
