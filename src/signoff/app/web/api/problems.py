"""What the API answers when something is wrong: the same what, why and fix as everywhere."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import Field

from signoff.app.translation import translate_error
from signoff.app.web.api.bearer import FactorLackingError
from signoff.app.web.failures import status_of
from signoff.errors import DataError, Fault, MissingError, SignoffError

__all__ = ["PROBLEMS", "Problem", "answer_problems"]


class FaultOut(Schema):
    """One thing that is wrong."""

    what: str
    why: str
    fix: str
    where: str = ""


class Problem(FaultOut):
    """What went wrong, with every fault."""

    error: str
    faults: list[FaultOut] = Field(default_factory=list)


PROBLEMS: dict[int, Any] = {
    400: Problem,
    401: Problem,
    403: Problem,
    404: Problem,
    409: Problem,
    422: Problem,
}


def answer_problems(api: NinjaAPI) -> None:
    """Let an API answer every error in this form."""

    def answer(request: HttpRequest, error: Any) -> HttpResponse:
        told, status = tell_problem(error)
        return _answer(api, request, told, status=status)

    for kind in (SignoffError, ValidationError, AuthenticationError, HttpError):
        api.add_exception_handler(kind, answer)
    for refusal in (PermissionDenied, Http404):
        api.add_exception_handler(refusal, answer)


def tell_problem(error: Exception) -> tuple[SignoffError, int]:
    """Give what went wrong in our own form, with its status."""
    if isinstance(error, SignoffError):
        return error, status_of(error)
    if isinstance(error, ValidationError):
        return _unreadable(error), 422
    if isinstance(error, AuthenticationError):
        return _unauthorised(), 401
    if isinstance(error, FactorLackingError):
        return _without_factor(), 403
    if isinstance(error, PermissionDenied):
        return _forbidden(), 403
    if isinstance(error, Http404):
        why = _("the address names nothing")
        return MissingError(_("nothing is there"), why=why, fix=_("check the address")), 404
    status = error.status_code if isinstance(error, HttpError) else 400
    fix = _("see the API's own description")
    return DataError(str(error), why=_("the request cannot be read"), fix=fix), status


def _answer(
    api: NinjaAPI, request: HttpRequest, error: SignoffError, *, status: int
) -> HttpResponse:
    body = translate_error(error, language=get_language() or "en")
    answer = api.create_response(request, body, status=status)
    if status == 401:
        answer["WWW-Authenticate"] = "Bearer"
    return answer


def _unauthorised() -> SignoffError:
    return DataError(
        _("this needs a token"),
        why=_("none was sent, or it is unknown, expired or revoked"),
        fix=_("make one under API, and send it as: Authorization: Bearer TOKEN"),
    )


def _forbidden() -> SignoffError:
    return DataError(
        _("this token may not do that"),
        why=_("its scope, or the role of its member, does not allow it"),
        fix=_("make a token with that scope, or ask an owner of the workspace"),
    )


def _without_factor() -> SignoffError:
    return DataError(
        _("this token waits for its member's second factor"),
        why=_("the owners of the workspace ask for one, and the member has none"),
        fix=_("sign in and set one up under Your account; the token then works again"),
    )


def _unreadable(error: ValidationError) -> SignoffError:
    faults = [
        Fault(
            what=fault["msg"],
            why=_("the request does not have the described form"),
            fix=_("see the API's own description"),
            where=".".join(map(str, fault["loc"])),
        )
        for fault in error.errors
    ]
    return DataError(
        _("the request cannot be read"),
        why=_("it does not have the described form"),
        fix=_("mend what is named below"),
        faults=faults,
    )
