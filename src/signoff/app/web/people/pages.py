"""The addresses of this area."""

from signoff.app.web.pages import Page
from signoff.app.web.people import account
from signoff.app.web.rights import Right

__all__ = ["PAGES"]

PAGES: tuple[Page, ...] = (
    Page("sign_in", "sign-in", account.sign_in, reads=Right.ANYBODY, writes=Right.ANYBODY),
    Page("sign_out", "sign-out", account.sign_out, reads=None, writes=Right.MEMBER),
    Page("reader", "reader", account.choose_reader, reads=None, writes=Right.ANYBODY),
    Page("own", "account", account.own_account, reads=Right.MEMBER),
)
