"""One's own second factor: set up, new recovery codes, switched off."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from signoff.app.web.people.codes import SetUpForm, has_second_factor
from signoff.app.web.people.factor_keys import open_key, seal_key
from signoff.app.web.people.factors import (
    count_recovery_codes,
    draw_key,
    key_address,
    make_key,
    needs_factor,
    remove_factor,
    renew_recovery_codes,
    set_up_factor,
)
from signoff.app.web.people.forms import OwnPasswordForm
from signoff.app.web.people.guesses import is_held_up, show_held_up
from signoff.app.web.people.models import Member
from signoff.app.web.people.sessions import end_sessions

__all__ = ["renew_codes", "show_second_factor", "switch_off"]


def show_second_factor(request: HttpRequest) -> HttpResponse:
    """Show how the second factor stands; without one, let it be set up."""
    member = request.user
    if has_second_factor(member):
        return _show_state(request)
    if is_held_up("password", member.pk):
        return show_held_up(request)
    form = _set_up_form(request)
    if form.is_bound and form.is_valid():
        code = form.cleaned_data["code"]
        codes = set_up_factor(member, form.key, code=code, by=member.email)
        end_sessions(member, but=request.session.session_key)
        return render(request, "people/recovery_codes.html", {"codes": codes, "is_new": True})
    address = key_address(member, form.key)
    context = {"form": form, "picture": draw_key(address), "address": address}
    return render(
        request, "people/set_up_factor.html", context | {"is_asked": needs_factor(member)}
    )


def renew_codes(request: HttpRequest) -> HttpResponse:
    """Give new recovery codes; the old ones end."""
    form = OwnPasswordForm(request.POST, member=request.user)
    if is_held_up("password", request.user.pk):
        return show_held_up(request)
    if not has_second_factor(request.user) or not form.is_valid():
        return _show_state(request, renewing=form)
    codes = renew_recovery_codes(request.user, by=request.user.email)
    return render(request, "people/recovery_codes.html", {"codes": codes})


def switch_off(request: HttpRequest) -> HttpResponse:
    """Take one's own second factor away, unless the owners ask for one."""
    form = OwnPasswordForm(request.POST, member=request.user)
    if is_held_up("password", request.user.pk):
        return show_held_up(request)
    if needs_factor(request.user) or not has_second_factor(request.user) or not form.is_valid():
        return _show_state(request, ending=form)
    remove_factor(request.user, by=request.user.email)
    messages.success(request, _("Your password alone lets you in now."))
    return redirect("people:own")


def _set_up_form(request: HttpRequest) -> SetUpForm:
    """Give the form with the key that its page carried, or with a new one."""
    member: Member = request.user
    key = open_key(request.POST.get("sealed", ""), owner=member.pk)
    if key is not None:
        return SetUpForm(request.POST, member=member, key=key)
    if request.method == "POST":
        messages.warning(request, _("The page was open for too long: here is a new key."))
    key = make_key()
    return SetUpForm(member=member, key=key, initial={"sealed": seal_key(key, owner=member.pk)})


def _show_state(request: HttpRequest, **forms: OwnPasswordForm) -> HttpResponse:
    """Show what a member has, with a form for each thing to do."""
    if not has_second_factor(request.user):
        return redirect("people:second_factor")
    made = {
        name: forms.get(name) or OwnPasswordForm(member=request.user, auto_id=f"{name}_%s")
        for name in ("renewing", "ending")
    }
    context = {
        **made,
        "n_codes": count_recovery_codes(request.user),
        "is_asked": needs_factor(request.user),
    }
    return render(request, "people/second_factor.html", context)
