"""Giving a token, finding whose it is, and taking it back."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from django.utils import timezone

from signoff.app.web.api.models import ApiToken
from signoff.app.web.people.models import Member
from signoff.app.web.rights import Right, Role, has_right
from signoff.errors import MissingError
from signoff.store.register import Act, Register, write_audit

__all__ = ["SCOPES", "digest_token", "find_token", "give_token", "revoke_token"]

SCOPES = (Right.SEE, Right.PLAN, Right.IMPORT)
MARK = "signoff_"
TOKEN_BYTES = 32
USED_EVERY = timedelta(minutes=1)


def give_token(
    register: Register,
    member: Member,
    *,
    name: str,
    scopes: Collection[Right],
    expires_at: datetime | None,
) -> str:
    """Make a token for a member, within that member's own rights.

    Args:
        register: Where the audit is kept.
        member: Whose token it is.
        name: What it is for.
        scopes: What it may do; what the member may not do is left out.
        expires_at: When it ends, UTC; None for never.

    Returns:
        The token; it is shown this once and kept only as a hash.
    """
    token = MARK + secrets.token_urlsafe(TOKEN_BYTES)
    kept = [scope.value for scope in SCOPES if scope in scopes and may(member, scope)]
    made = ApiToken.objects.create(
        member=member,
        name=name,
        digest=digest_token(token),
        ending=token[-4:],
        scopes=kept,
        expires_at=expires_at,
    )
    _audit(register, by=member.email, action="gave", token=made)
    return token


def find_token(token: str) -> ApiToken | None:
    """Give the live token that these letters are, or nothing; its use is noted."""
    found = ApiToken.objects.select_related("member").filter(digest=digest_token(token)).first()
    if found is None or found.state != "live" or not found.member.is_active:
        return None
    now = timezone.now()
    if found.used_at is None or now - found.used_at > USED_EVERY:
        ApiToken.objects.filter(pk=found.pk).update(used_at=now)
    return found


def revoke_token(register: Register, member: Member, *, token_id: int) -> None:
    """Take a member's own token back; an owner may take back anybody's.

    Raises:
        MissingError: the member has no such token.
    """
    mine = ApiToken.objects.filter(pk=token_id, revoked_at=None)
    if member.role != Role.OWNER:
        mine = mine.filter(member=member)
    token = mine.first()
    if token is None:
        raise MissingError(
            f"there is no token {token_id}",
            why="it is not yours, or it was revoked before",
            fix="see the list of your tokens",
        )
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    _audit(register, by=member.email, action="revoked", token=token)


def may(member: Member, right: Right) -> bool:
    """Say whether a member has a right now."""
    return has_right(Role(member.role), right)


def digest_token(token: str) -> str:
    """Give what is kept of a token.

    >>> len(digest_token("signoff_x"))
    64
    """
    return hashlib.sha256(token.encode()).hexdigest()


def _audit(register: Register, *, by: str, action: str, token: ApiToken) -> None:
    act = Act(by, timezone.now(), action, "token", str(token.pk), {"scopes": token.scopes})
    with register.begin() as connection:
        write_audit(register, connection, act=act)
