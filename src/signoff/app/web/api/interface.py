"""The API whole: its parts, its version and its description."""

from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_noop
from ninja import NinjaAPI, Schema

from signoff import __version__
from signoff.app.web.api import accounts, documents, imports, jobs, plans
from signoff.app.web.api.bearer import Bearer
from signoff.app.web.api.problems import PROBLEMS, answer_problems
from signoff.app.web.place import current_workspace
from signoff.app.web.rights import Right

__all__ = ["API_VERSION", "describe_api", "make_api"]

API_VERSION = "v1"
TEXT = (
    "The same functions as the pages and the command, for programs. Every request carries a "
    "token: `Authorization: Bearer TOKEN`. A token has scopes: see, plan, import. Errors say "
    "what, why and fix."
)


class WorkspaceOut(Schema):
    """What the workspace is."""

    name: str
    language: str
    currency: str
    package_version: str


@lru_cache(maxsize=1)
def make_api() -> NinjaAPI:
    """Give the API; Django may ask for it once."""
    api = NinjaAPI(
        title="Signoff",
        version=API_VERSION,
        description=TEXT,
        urls_namespace="api-v1",
        docs_url=None,
        openapi_url=None,
    )
    answer_problems(api)

    @api.get(
        "/workspace",
        response={200: WorkspaceOut, **PROBLEMS},
        auth=Bearer(Right.SEE),
        tags=["workspace"],
        summary=gettext_noop("What this workspace is"),
    )
    def show_workspace(request: HttpRequest) -> dict[str, str]:
        settings = current_workspace().settings
        return {
            "name": settings.name,
            "language": settings.language,
            "currency": settings.currency,
            "package_version": __version__,
        }

    for part in (documents, accounts, plans, imports, jobs):
        api.add_router("", part.router)
    return api


def describe_api(request: HttpRequest) -> HttpResponse:
    """Give the API's description as OpenAPI; it says nothing about the data."""
    schema: dict[str, Any] = dict(make_api().get_openapi_schema(path_prefix="/api/v1/"))
    return JsonResponse(schema)
