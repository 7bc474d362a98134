"""Links that let one person in once: made, found, used up, taken back."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from signoff.app.web.people.models import AccessLink, Purpose
from signoff.app.web.tokens import LONGEST_TOKEN, hash_token, make_token

__all__ = ["find_link", "issue_link", "revoke_links", "use_up"]


def issue_link(
    purpose: Purpose, *, lifetime: timedelta, by: str = "", **fields: Any
) -> tuple[AccessLink, str]:
    """Make a link.

    Args:
        purpose: What it is for.
        lifetime: How long it can be used.
        by: Who makes it.
        fields: Label, role and member, as the purpose needs.

    Returns:
        The link and its token, which can be had only now.
    """
    token = make_token()
    link = AccessLink.objects.create(
        purpose=purpose,
        token_hash=hash_token(token),
        expires_at=timezone.now() + lifetime,
        created_by=by,
        **fields,
    )
    return link, token


def find_link(purpose: Purpose, token: str) -> AccessLink | None:
    """Give the link of a token, if it can still be used.

    Args:
        purpose: What it must be for.
        token: The token, as the address says it.
    """
    if len(token) > LONGEST_TOKEN:
        return None
    found = AccessLink.objects.filter(purpose=purpose, token_hash=hash_token(token))
    return _open(found).select_related("member").first()


def use_up(link: AccessLink) -> bool:
    """Use a link up; of two who come at once, only one is told that it was theirs."""
    return bool(_open(AccessLink.objects.filter(pk=link.pk)).update(used_at=timezone.now()))


def revoke_links(links: Any) -> int:
    """Take back those of some links that are still open.

    Args:
        links: Query of links.

    Returns:
        Number of links taken back.
    """
    return int(_open(links).update(revoked_at=timezone.now()))


def _open(links: Any) -> Any:
    return links.filter(
        used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=timezone.now()
    )
