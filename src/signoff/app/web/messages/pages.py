"""The addresses of this area."""

from django.utils.translation import gettext_lazy as _

from signoff.app.web.messages.house import show_house
from signoff.app.web.messages.listing import list_messages
from signoff.app.web.messages.message import show_message
from signoff.app.web.pages import Page

__all__ = ["PAGES"]

PAGES: tuple[Page, ...] = (
    Page("house", "messages", show_house, menu=_("Messages"), icon="messages"),
    Page("list", "messages/list", list_messages),
    Page("show", "messages/show/<str:role>/<path:venue>", show_message),
)
