"""Who guesses is held up: by user and address together, so that others still get in."""

import hashlib
import hmac
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from signoff.app.web.people.models import Attempts

__all__ = [
    "HOLD_UP",
    "count_failure",
    "forget_failures",
    "is_held_up",
    "name_attempt",
    "show_held_up",
]

MOST_FAILURES = 5
HOLD_UP = timedelta(minutes=15)


def name_attempt(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Give the name under which axes counts an attempt to sign in.

    It is a keyed hash of the address typed, in one spelling: neither another spelling gives five
    more tries, nor does what people type by mistake, a password for instance, stand in the table.

    Args:
        request: The request.
        credentials: What was typed, where it was read already.
    """
    typed = (credentials or {}).get("username") or request.POST.get("username", "")
    return _hash("sign in", str(typed).strip().casefold())


def is_held_up(*what: object) -> bool:
    """Say whether something was tried too often of late.

    Args:
        what: What is tried, on what and from where.
    """
    found = Attempts.objects.filter(key_hash=_hash(*what), ends_at__gt=timezone.now())
    return found.filter(n_failed__gte=MOST_FAILURES).exists()


def count_failure(*what: object) -> None:
    """Count a failure; from the fifth on, what is tried is held up for a quarter of an hour.

    Args:
        what: What is tried, on what and from where.
    """
    now, key = timezone.now(), _hash(*what)
    with transaction.atomic():
        Attempts.objects.filter(ends_at__lte=now).delete()
        Attempts.objects.get_or_create(key_hash=key, defaults={"ends_at": now + HOLD_UP})
        Attempts.objects.filter(key_hash=key).update(
            n_failed=F("n_failed") + 1, ends_at=now + HOLD_UP
        )


def forget_failures(*what: object) -> None:
    """Forget the failures, after a success.

    Args:
        what: What was tried, on what and from where.
    """
    Attempts.objects.filter(key_hash=_hash(*what)).delete()


def show_held_up(request: HttpRequest, *_details: object) -> HttpResponse:
    """Say that there were too many failures, and how long to wait."""
    minutes = int(HOLD_UP.total_seconds() // 60)
    answer = render(request, "people/held_up.html", {"minutes": minutes}, status=429)
    answer["Retry-After"] = str(minutes * 60)
    return answer


def _hash(*what: object) -> str:
    text = "\0".join(str(part) for part in what)
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()
