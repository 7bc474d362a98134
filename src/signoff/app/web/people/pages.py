"""The addresses of this area."""

from django.utils.translation import pgettext_lazy

from signoff.app.web.pages import Page, View
from signoff.app.web.people import (
    account,
    first_run,
    invitations,
    members,
    passwords,
    roles,
    second_factor,
    signing_in,
)
from signoff.app.web.rights import Right

__all__ = ["PAGES"]


def _open(name: str, path: str, view: View) -> Page:
    """Give a page that anybody may open and send."""
    return Page(name, path, view, reads=Right.ANYBODY, writes=Right.ANYBODY)


def _own(name: str, path: str, view: View) -> Page:
    """Give a page of a member's own account."""
    return Page(name, path, view, reads=Right.MEMBER, writes=Right.MEMBER)


def _do(name: str, path: str, view: View, right: Right = Right.MANAGE) -> Page:
    """Give an address that can only be sent to."""
    return Page(name, path, view, reads=None, writes=right)


ENTRY = (
    _open("welcome", "welcome/<str:token>", first_run.welcome),
    _open("join", "join/<str:token>", invitations.join),
    _open("sign_in", "sign-in", signing_in.sign_in),
    _open("code", "sign-in/code", signing_in.enter_code),
    _open("forgotten", "sign-in/forgotten", passwords.forgotten),
    _open("new_password", "new-password/<str:token>", passwords.reset_password),
    Page("reader", "reader", account.choose_reader, reads=None, writes=Right.ANYBODY),
)
ACCOUNT = (
    _do("sign_out", "sign-out", signing_in.sign_out, Right.MEMBER),
    _own("own", "account", account.own_account),
    _own("password", "account/password", passwords.change_password),
    _do("end_others", "account/end-others", account.end_others, Right.MEMBER),
    _own("second_factor", "account/second-factor", second_factor.show_second_factor),
    _do("renew_codes", "account/second-factor/codes", second_factor.renew_codes, Right.MEMBER),
    _do("switch_off", "account/second-factor/off", second_factor.switch_off, Right.MEMBER),
    Page("roles", "people/roles", roles.show_roles, reads=Right.MEMBER),
)
MEMBERS = (
    Page(
        "members",
        "people",
        members.list_members,
        reads=Right.MANAGE,
        menu=pgettext_lazy("members", "People"),
        icon="people",
    ),
    _do("factor_rule", "people/second-factor", members.ask_for_factor),
    Page(
        "invitations",
        "people/invitations",
        invitations.list_invitations,
        reads=Right.MANAGE,
        writes=Right.MANAGE,
    ),
    _do("revoke_invitation", "people/invitations/<int:pk>/revoke", invitations.revoke_invitation),
    Page("member", "people/<int:pk>", members.show_member, reads=Right.MANAGE),
    _do("change_role", "people/<int:pk>/role", members.change_role),
    _do("deactivate", "people/<int:pk>/deactivate", members.deactivate),
    _do("reactivate", "people/<int:pk>/reactivate", members.reactivate),
    _do("remove", "people/<int:pk>/remove", members.remove),
    _do("take_factor", "people/<int:pk>/second-factor/off", members.take_factor),
    _do("give_password", "people/<int:pk>/password", members.give_new_password),
)

PAGES: tuple[Page, ...] = (*ENTRY, *ACCOUNT, *MEMBERS)
