"""Links to plans: made, found, counted, taken back; each act in the audit trail."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from signoff.app.web.auditing import record_act
from signoff.app.web.sharing.models import ShareLink
from signoff.app.web.tokens import LONGEST_TOKEN, hash_token, make_token

__all__ = ["ShareOptions", "count_view", "find_link", "revoke_link", "share_plan"]


@dataclass(frozen=True)
class ShareOptions:
    """How a plan is shown to people outside.

    Attributes:
        name: What the link is called.
        lifetime: How long it shows the plan.
        password: Asked before the plan is shown; empty for none.
        shows_accounts: Whether the names of accounts stand in it; names of persons never do.
    """

    name: str
    lifetime: timedelta
    password: str = field(default="", repr=False)
    shows_accounts: bool = False


def share_plan(run_id: str, *, options: ShareOptions, by: str) -> str:
    """Make a link to a plan.

    Args:
        run_id: The plan's run.
        options: How it is shown.
        by: Who shares it.

    Returns:
        The link's token, which can be had only now.
    """
    token = make_token()
    with transaction.atomic():
        link = ShareLink.objects.create(
            name=options.name,
            token_hash=hash_token(token),
            run_id=run_id,
            shows_accounts=options.shows_accounts,
            password=make_password(options.password) if options.password else "",
            created_by=by,
            expires_at=timezone.now() + options.lifetime,
        )
        record_act(
            "shared",
            "share_link",
            key=link.pk,
            by=by,
            run=run_id,
            has_password=bool(options.password),
            shows_accounts=options.shows_accounts,
        )
    return token


def find_link(token: str) -> ShareLink | None:
    """Give the link of a token, as long as it shows its plan.

    Whether there never was such a token, or it was revoked, or it has expired, the same is done.

    Args:
        token: The token, as the address says it.
    """
    found: ShareLink | None = ShareLink.objects.filter(
        token_hash=hash_token(token[:LONGEST_TOKEN]),
        revoked_at__isnull=True,
        expires_at__gt=timezone.now(),
    ).first()
    return found


def count_view(link: ShareLink) -> None:
    """Count that somebody saw the plan; nothing about who."""
    ShareLink.objects.filter(pk=link.pk).update(
        n_views=F("n_views") + 1, last_viewed_at=timezone.now()
    )


def revoke_link(link: ShareLink, *, by: str) -> None:
    """Take a link back: it shows nothing any more.

    Args:
        link: The link.
        by: Who takes it back.
    """
    with transaction.atomic():
        open_ones = ShareLink.objects.filter(pk=link.pk, revoked_at__isnull=True)
        if open_ones.update(revoked_at=timezone.now()):
            record_act("revoked", "share_link", key=link.pk, by=by, run=link.run_id)
