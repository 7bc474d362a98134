"""The page that people outside see: one plan, for as long as its link shows it."""

from django.contrib.auth.hashers import check_password
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import get_language

from signoff.app.web.headers import without_referrer
from signoff.app.web.people.guesses import HOLD_UP, count_failure, forget_failures, is_held_up
from signoff.app.web.plans.report_page import kept_text, plan_of, render_report_body
from signoff.app.web.sharing.forms import PasswordForm
from signoff.app.web.sharing.links import count_view, find_link
from signoff.app.web.sharing.models import ShareLink
from signoff.app.web.sharing.outside import without_account_names
from signoff.app.web.visitor import address_of
from signoff.errors import MissingError
from signoff.report import LANGUAGES

__all__ = ["show_shared"]

COOKIE = "signoff_shared"
SALT = "shared plan"
OPEN_SECONDS = 12 * 3600


def show_shared(request: HttpRequest, token: str) -> HttpResponse:
    """Show a plan in the language that its reader chose, after the password if there is one."""
    link = find_link(token)
    if link is None:
        raise Http404
    wanted = request.GET.get("language", "")
    language = wanted if wanted in LANGUAGES else get_language() or LANGUAGES[0]
    with translation.override(language):
        if link.password and not _is_open(request, link):
            return _ask_password(request, link)
        if request.method == "POST":
            return redirect(request.path)
        answer = _show_plan(request, link, language=language)
    answer["Content-Language"] = language
    return without_referrer(answer)


def _show_plan(request: HttpRequest, link: ShareLink, *, language: str) -> HttpResponse:
    try:
        plan = plan_of(kept_text(link.run_id))
    except MissingError as error:
        raise Http404 from error
    if not link.shows_accounts:
        plan = without_account_names(plan, language=language)
    if request.method == "GET":
        count_view(link)
    context = {
        "plan": plan,
        "link": link,
        "body": render_report_body(plan, language),
        "other_language": next(code for code in LANGUAGES if code != language),
    }
    return render(request, "sharing/shared.html", context)


def _ask_password(request: HttpRequest, link: ShareLink) -> HttpResponse:
    """Ask for the password; five wrong ones from one place hold that place up."""
    tried = ("shared plan", link.pk, address_of(request))
    if is_held_up(*tried):
        answer = render(
            request, "sharing/held_up.html", {"minutes": HOLD_UP.seconds // 60}, status=429
        )
        answer["Retry-After"] = str(HOLD_UP.seconds)
        return answer
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if check_password(form.cleaned_data["password"], link.password):
            forget_failures(*tried)
            return _open(redirect(request.get_full_path()), request, link)
        count_failure(*tried)
        form.say_wrong()
    return render(request, "sharing/password.html", {"form": form})


def _is_open(request: HttpRequest, link: ShareLink) -> bool:
    """Say whether this browser gave the link's password a while ago."""
    try:
        return request.get_signed_cookie(COOKIE, salt=SALT, max_age=OPEN_SECONDS) == str(link.pk)
    except (KeyError, BadSignature):
        return False


def _open(answer: HttpResponse, request: HttpRequest, link: ShareLink) -> HttpResponse:
    answer.set_signed_cookie(
        COOKIE,
        str(link.pk),
        salt=SALT,
        max_age=OPEN_SECONDS,
        path=request.path,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return answer
