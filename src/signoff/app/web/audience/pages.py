"""The addresses of this area."""

from django.utils.translation import gettext_lazy as _

from signoff.app.web.audience.account import show_account
from signoff.app.web.audience.downloads import download_accounts
from signoff.app.web.audience.listing import show_accounts
from signoff.app.web.pages import Page
from signoff.app.web.rights import Right

__all__ = ["PAGES"]

PAGES: tuple[Page, ...] = (
    Page(
        "accounts", "accounts", show_accounts, reads=Right.SEE, menu=_("Audience"), icon="audience"
    ),
    Page("download", "accounts/download", download_accounts),
    Page("account", "accounts/<str:account_id>", show_account),
)
