"""The addresses of this area."""

from signoff.app.web.pages import Page
from signoff.app.web.people import account, first_run, signing_in
from signoff.app.web.rights import Right

__all__ = ["PAGES"]

ANYBODY, MEMBER = Right.ANYBODY, Right.MEMBER

PAGES: tuple[Page, ...] = (
    Page("welcome", "welcome/<str:token>", first_run.welcome, reads=ANYBODY, writes=ANYBODY),
    Page("sign_in", "sign-in", signing_in.sign_in, reads=ANYBODY, writes=ANYBODY),
    Page("code", "sign-in/code", signing_in.enter_code, reads=ANYBODY, writes=ANYBODY),
    Page("sign_out", "sign-out", signing_in.sign_out, reads=None, writes=MEMBER),
    Page("reader", "reader", account.choose_reader, reads=None, writes=ANYBODY),
    Page("own", "account", account.own_account, reads=MEMBER),
)
