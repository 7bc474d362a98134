"""What each role may do: the page made from the rights themselves."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from signoff.app.web.people.models import ROLES
from signoff.app.web.rights import Right, Role, has_right

__all__ = ["RIGHT_WORDS", "show_roles"]

RIGHT_WORDS = {
    Right.ANYBODY: _("Open the sign-in page, an invitation or a shared plan, without signing in"),
    Right.MEMBER: _("Keep their own name, password, second factor and language"),
    Right.SEE: _("Read plans, accounts, venues and studies"),
    Right.SEE_PERSONS: _("Read names and addresses of contacts"),
    Right.PLAN: _("Write documents, make plans and scenarios"),
    Right.IMPORT: _("Bring files in and take them back"),
    Right.EXPORT_PERSONS: _("Take lists of contacts out of the workspace"),
    Right.SHARE: _("Give a plan to people outside, by link"),
    Right.MANAGE: _("Keep members, tokens, settings, erasures and backups"),
}


def show_roles(request: HttpRequest) -> HttpResponse:
    """Show which role has which rights."""
    lines = [
        {"words": RIGHT_WORDS[right], "has": [has_right(role, right) for role in Role]}
        for right in Right
        if right is not Right.ANYBODY
    ]
    context = {"lines": lines, "roles": [word for _role, word in ROLES]}
    return render(request, "people/roles.html", context)
