"""The second factor of a member: set up, renewed, taken away, and who must have one."""

import base64

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import transaction

from signoff.app.web.auditing import record_act
from signoff.app.web.people.codes import has_second_factor, take_code
from signoff.app.web.people.models import FactorRule, Member, Policy
from signoff.app.web.rights import Role

__all__ = [
    "count_recovery_codes",
    "draw_key",
    "key_address",
    "make_key",
    "must_set_up",
    "needs_factor",
    "remove_factor",
    "renew_recovery_codes",
    "set_factor_rule",
    "set_up_factor",
]


def make_key() -> str:
    """Give a new key, as apps for codes read it."""
    return str(generate_totp_secret())


def key_address(member: Member, key: str) -> str:
    """Give the address that carries a key into an app."""
    return str(get_adapter().build_totp_url(member, key))


def draw_key(address: str) -> str:
    """Give the square picture of a key's address, as the address of an image."""
    drawn = get_adapter().build_totp_svg(address).encode()
    return "data:image/svg+xml;base64," + base64.b64encode(drawn).decode()


def set_up_factor(member: Member, key: str, *, code: str, by: str) -> list[str]:
    """Ask a member for a code at each sign-in from now on.

    Args:
        member: Whose factor.
        key: The key that their app has.
        code: The code that proved it; it is used up.
        by: Who does it.

    Returns:
        The recovery codes, to be shown once.
    """
    with transaction.atomic():
        Authenticator.objects.filter(user_id=member.pk).delete()
        TOTP.activate(member, key)
        take_code(member, code)
        codes: list[str] = RecoveryCodes.activate(member).generate_codes()
        record_act("set up second factor", "member", key=member.pk, by=by)
    return codes


def renew_recovery_codes(member: Member, *, by: str) -> list[str]:
    """Give new recovery codes to be shown once; the old ones end."""
    with transaction.atomic():
        kind = Authenticator.Type.RECOVERY_CODES
        Authenticator.objects.filter(user_id=member.pk, type=kind).delete()
        codes: list[str] = RecoveryCodes.activate(member).generate_codes()
        record_act("renewed recovery codes", "member", key=member.pk, by=by)
    return codes


def remove_factor(member: Member, *, by: str) -> None:
    """Take a member's second factor away, with its recovery codes."""
    with transaction.atomic():
        Authenticator.objects.filter(user_id=member.pk).delete()
        record_act("removed second factor", "member", key=member.pk, by=by)


def count_recovery_codes(member: Member) -> int:
    """Count the recovery codes that a member has left."""
    kind = Authenticator.Type.RECOVERY_CODES
    found = Authenticator.objects.filter(user_id=member.pk, type=kind).first()
    return len(found.wrap().get_unused_codes()) if found else 0


def set_factor_rule(rule: str, *, by: str) -> None:
    """Say of whom a second factor is asked."""
    with transaction.atomic():
        Policy.objects.update_or_create(only=1, defaults={"second_factor": rule})
        record_act("set rule of second factor", "policy", key="second_factor", by=by, rule=rule)


def needs_factor(member: Member) -> bool:
    """Say whether the owners ask a second factor of a member."""
    policy = Policy.objects.filter(only=1).first()
    rule = policy.second_factor if policy else FactorRule.NOBODY
    return rule == FactorRule.EVERYBODY or (rule == FactorRule.OWNERS and member.role == Role.OWNER)


def must_set_up(member: Member) -> bool:
    """Say whether a member lacks a second factor that is asked of them."""
    return needs_factor(member) and not has_second_factor(member)
