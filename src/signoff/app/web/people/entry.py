"""The moment somebody is let in: a new session, and the page they wanted."""

from django.contrib.auth import login
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from signoff.app.web.auditing import record_act
from signoff.app.web.people.models import Member
from signoff.app.web.people.sessions import BROWSER, name_browser

__all__ = ["begin_session", "next_address"]

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def begin_session(request: HttpRequest, member: Member) -> None:
    """Begin a new session of a member, and write down that they came."""
    login(request, member, backend=BACKEND)
    request.session.clear_expired()
    request.session[BROWSER] = name_browser(request)
    record_act("signed in", "member", key=member.pk, by=member.email)


def next_address(request: HttpRequest) -> str:
    """Give the page to go on to, if it is one of ours; else the overview."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else "/"
