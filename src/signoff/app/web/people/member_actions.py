"""What owners do with members: roles, coming and going, lost passwords and telephones."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import transaction

from signoff.app.web.auditing import record_act
from signoff.app.web.people.access_links import issue_link, revoke_links
from signoff.app.web.people.models import AccessLink, Member, Purpose
from signoff.app.web.people.sessions import end_sessions
from signoff.app.web.rights import Role
from signoff.errors import DataError

__all__ = [
    "change_role",
    "deactivate_member",
    "issue_new_password",
    "reactivate_member",
    "remove_member",
]

RESET_LIFETIME = timedelta(hours=24)


def change_role(member: Member, role: Role, *, by: str) -> None:
    """Give a member another role; it counts from their next request on.

    Args:
        member: Whose role.
        role: The new one.
        by: Who does it.

    Raises:
        DataError: the workspace would be without an owner.
    """
    with _owner_left(member, loses=role is not Role.OWNER):
        before, member.role = member.role, role.value
        member.save(update_fields=["role"])
        record_act("changed role", "member", key=member.pk, by=by, before=before, role=role.value)


def deactivate_member(member: Member, *, by: str) -> None:
    """Keep a member out: their sessions and links end at once.

    Args:
        member: Who.
        by: Who does it.

    Raises:
        DataError: the workspace would be without an owner.
    """
    with _owner_left(member, loses=True):
        member.is_active = False
        member.reset_asked_at = None
        member.save(update_fields=["is_active", "reset_asked_at"])
        end_sessions(member)
        revoke_links(AccessLink.objects.filter(member=member))
        record_act("deactivated", "member", key=member.pk, by=by)


def reactivate_member(member: Member, *, by: str) -> None:
    """Let a member in again, with the password and the role they had.

    Args:
        member: Who.
        by: Who does it.
    """
    with transaction.atomic():
        member.is_active = True
        member.save(update_fields=["is_active"])
        record_act("reactivated", "member", key=member.pk, by=by)


def remove_member(member: Member, *, by: str) -> None:
    """Delete a member's account; what they did stays in the audit trail.

    Args:
        member: Who; deactivated before.
        by: Who does it.

    Raises:
        DataError: the member is active.
    """
    with transaction.atomic():
        if member.is_active:
            raise DataError(
                "an active member cannot be removed",
                why="removing deletes their account at once, and with it the way back",
                fix="deactivate the member first",
            )
        key = member.pk
        member.delete()
        record_act("removed", "member", key=key, by=by)


def issue_new_password(member: Member, *, by: str) -> str:
    """Make a link with which a member chooses a new password; earlier ones end.

    Args:
        member: Who.
        by: Who does it.

    Returns:
        The link's token, which can be had only now.

    Raises:
        DataError: the member is not active.
    """
    if not member.is_active:
        raise DataError(
            "there is no new password for a deactivated member",
            why="it would not let them in",
            fix="reactivate the member first",
        )
    with transaction.atomic():
        revoke_links(AccessLink.objects.filter(purpose=Purpose.NEW_PASSWORD, member=member))
        link, token = issue_link(
            Purpose.NEW_PASSWORD, lifetime=RESET_LIFETIME, by=by, member=member
        )
        record_act("issued link", "new_password", key=link.pk, by=by, member=member.pk)
    return token


@contextmanager
def _owner_left(member: Member, *, loses: bool) -> Iterator[None]:
    """Hold the owners' rows meanwhile, so that two of them cannot put each other out."""
    with transaction.atomic():
        owners = Member.objects.select_for_update().filter(role=Role.OWNER, is_active=True)
        if loses and [owner.pk for owner in owners] == [member.pk]:
            raise DataError(
                "the last owner cannot be put out",
                why="nobody could invite members or keep the workspace any more",
                fix="make another member an owner first",
            )
        yield
