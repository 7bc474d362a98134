"""The addresses of this area; those of the API itself stand in interface.py."""

from django.utils.translation import gettext_lazy as _

from signoff.app.web.api.access import end_token, show_access, show_operations
from signoff.app.web.api.interface import describe_api
from signoff.app.web.pages import Page
from signoff.app.web.rights import Right

__all__ = ["PAGES"]

PAGES: tuple[Page, ...] = (
    Page(
        "access",
        "access",
        show_access,
        reads=Right.MEMBER,
        writes=Right.MEMBER,
        menu=_("API"),
        icon="api",
    ),
    Page("end_token", "access/<int:token_id>/end", end_token, reads=None, writes=Right.MEMBER),
    Page("operations", "access/operations", show_operations, reads=Right.MEMBER),
    Page("description", "api/v1/openapi.json", describe_api, reads=Right.ANYBODY),
)
