"""The page of one's own tokens, and of what the API offers."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from signoff.app.web.api.interface import make_api
from signoff.app.web.api.models import ApiToken
from signoff.app.web.api.tokens import SCOPES, give_token, may, revoke_token
from signoff.app.web.people.factors import must_set_up
from signoff.app.web.place import current_workspace
from signoff.app.web.rights import Right, Role
from signoff.app.web.tables import Head, Table, export_rows, show_table

__all__ = ["end_token", "show_access", "show_operations"]

LIVES = (
    ("30", gettext_lazy("30 days")),
    ("90", gettext_lazy("90 days")),
    ("365", gettext_lazy("a year")),
)
WORDS = {
    Right.SEE: gettext_lazy("read"),
    Right.PLAN: gettext_lazy("write documents and make plans"),
    Right.IMPORT: gettext_lazy("bring files in and take them back"),
}
STATES = (
    ("live", gettext_lazy("live")),
    ("waiting", gettext_lazy("waits for a second factor")),
    ("expired", gettext_lazy("expired")),
    ("revoked", gettext_lazy("revoked")),
)
OPEN = {"live", "waiting"}


class TokenForm(forms.Form):
    """A new token: what for, what it may do, for how long."""

    name = forms.CharField(max_length=120, label=gettext_lazy("What it is for"))
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it may do"), widget=forms.CheckboxSelectMultiple
    )
    days = forms.ChoiceField(choices=LIVES, initial="90", label=gettext_lazy("For how long"))

    def __init__(self, *args: Any, member: Any, **names: Any) -> None:
        super().__init__(*args, **names)
        self.fields["scopes"].choices = [
            (scope.value, WORDS[scope]) for scope in SCOPES if may(member, scope)
        ]


def show_access(request: HttpRequest) -> HttpResponse:
    """Show one's tokens, and make a new one, shown this once."""
    form = TokenForm(request.POST or None, member=request.user)
    token = ""
    if request.method == "POST" and form.is_valid():
        token = give_token(
            current_workspace().register,
            request.user,
            name=form.cleaned_data["name"],
            scopes={Right(scope) for scope in form.cleaned_data["scopes"]},
            expires_at=timezone.now() + timedelta(days=int(form.cleaned_data["days"])),
        )
        form = TokenForm(member=request.user)
    rows = _rows(request)
    if request.GET.get("export"):
        return export_rows(rows, name="tokens", form=request.GET["export"])
    context = {"form": form, "token": token, "table": _table(request, rows)}
    return render(request, "api/access.html", context)


def end_token(request: HttpRequest, token_id: int) -> HttpResponse:
    """Take a token back."""
    revoke_token(current_workspace().register, request.user, token_id=token_id)
    messages.success(request, _("The token is revoked; it opens nothing any more."))
    return redirect("api:access")


def show_operations(request: HttpRequest) -> HttpResponse:
    """Show what the API offers: address, method, scope, and a call to copy."""
    paths = make_api().get_openapi_schema(path_prefix="/api/v1/")["paths"]
    operations = [
        {"path": path, "method": method.upper(), "summary": told["summary"], "tag": told["tags"][0]}
        for path, methods in paths.items()
        for method, told in methods.items()
    ]
    return render(request, "api/operations.html", {"operations": operations})


def _ending(row: Mapping[str, Any]) -> str:
    """Give the address that ends a token, while it is live."""
    return reverse("api:end_token", args=[row["token_id"]]) if row["state"] in OPEN else ""


def _rows(request: HttpRequest) -> list[dict[str, Any]]:
    tokens = ApiToken.objects.select_related("member")
    if request.user.role != Role.OWNER:
        tokens = tokens.filter(member=request.user)
    lacking = {member for member in {token.member for token in tokens} if must_set_up(member)}
    return [
        {
            "name": token.name,
            "ending": f"…{token.ending}",
            "member": token.member.name,
            "scopes": ", ".join(str(WORDS[Right(scope)]) for scope in token.scopes),
            "state": _state(token, lacking),
            "created_at": token.created_at,
            "expires_at": token.expires_at,
            "used_at": token.used_at,
            "token_id": token.pk,
            "revoke": _("Revoke"),
        }
        for token in tokens
    ]


def _state(token: ApiToken, lacking: set[Any]) -> str:
    """Give where a token stands; one waits while its member lacks a second factor."""
    return "waiting" if token.state == "live" and token.member in lacking else token.state


def _table(request: HttpRequest, rows: list[dict[str, Any]]) -> Table:
    return show_table(
        request,
        rows,
        name="tokens",
        caption=_("Tokens"),
        heads=(
            Head("name", _("What it is for")),
            Head("ending", _("Ends with")),
            Head("member", _("Whose")),
            Head("scopes", _("May")),
            Head("state", _("State"), choices=STATES),
            Head("created_at", _("Made"), kind="moment"),
            Head("expires_at", _("Ends"), kind="moment"),
            Head("used_at", _("Last used"), kind="moment"),
            Head("revoke", _("Revoke"), family=_("Revoke this token?"), act=_ending),
        ),
        empty=_("No tokens yet."),
    )
