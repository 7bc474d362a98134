"""The addresses of this area."""

from django.utils.translation import gettext_lazy as _

from signoff.app.web.pages import Page
from signoff.app.web.rights import Right
from signoff.app.web.sharing.shared import show_shared
from signoff.app.web.sharing.sharing import list_links, new_link, take_back

__all__ = ["PAGES"]

PAGES: tuple[Page, ...] = (
    Page(
        "links",
        "sharing",
        list_links,
        reads=Right.SHARE,
        menu=_("Shared plans"),
        icon="sharing",
    ),
    Page("new", "sharing/new/<str:run_id>", new_link, reads=Right.SHARE, writes=Right.SHARE),
    Page("revoke", "sharing/<int:pk>/revoke", take_back, reads=None, writes=Right.SHARE),
    Page("shared", "s/<str:token>", show_shared, reads=Right.ANYBODY, writes=Right.ANYBODY),
)
