"""The addresses of this area."""

from django.utils.translation import gettext_lazy as _

from signoff.app.web.audience.account import show_account
from signoff.app.web.audience.downloads import download_accounts
from signoff.app.web.audience.duplicates import (
    answer_duplicate,
    look_for_duplicates,
    merge_sure,
    show_duplicates,
    take_answer_back,
)
from signoff.app.web.audience.listing import show_accounts
from signoff.app.web.audience.lists import show_lists, take_list
from signoff.app.web.audience.market import show_market
from signoff.app.web.audience.missing import download_missing, show_missing
from signoff.app.web.audience.timing import show_timing
from signoff.app.web.pages import Page
from signoff.app.web.rights import Right

__all__ = ["PAGES"]

LISTS = "accounts/lists"
DUPLICATES = "accounts/duplicates"

PAGES: tuple[Page, ...] = (
    Page(
        "accounts", "accounts", show_accounts, reads=Right.SEE, menu=_("Audience"), icon="audience"
    ),
    Page("download", "accounts/download", download_accounts),
    Page("missing", "accounts/missing-roles", show_missing),
    Page("missing_download", "accounts/missing-roles/download", download_missing),
    Page("timing", "accounts/time-to-yes", show_timing),
    Page("market", "accounts/market-size", show_market),
    Page("lists", LISTS, show_lists, reads=Right.EXPORT_PERSONS),
    Page("take_list", f"{LISTS}/take", take_list, reads=None, writes=Right.EXPORT_PERSONS),
    Page("duplicates", DUPLICATES, show_duplicates),
    Page(
        "find_duplicates",
        f"{DUPLICATES}/find",
        look_for_duplicates,
        reads=None,
        writes=Right.IMPORT,
    ),
    Page("merge_sure", f"{DUPLICATES}/merge", merge_sure, reads=None, writes=Right.IMPORT),
    Page(
        "take_back",
        f"{DUPLICATES}/<int:decision_id>/back",
        take_answer_back,
        reads=None,
        writes=Right.IMPORT,
    ),
    Page(
        "answer",
        f"{DUPLICATES}/<str:one>/<str:other>/<slug:answer>",
        answer_duplicate,
        reads=None,
        writes=Right.IMPORT,
    ),
    Page("account", "accounts/<str:account_id>", show_account),
)
