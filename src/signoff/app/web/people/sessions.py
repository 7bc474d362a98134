"""Sessions of members: kept by member, so that all of one can be ended; keys only as hashes."""

import hashlib
from datetime import timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.http import HttpRequest
from django.utils import timezone

__all__ = [
    "BROWSER",
    "SessionStore",
    "end_sessions",
    "list_sessions",
    "name_browser",
    "note_seen",
]

HASH_LENGTH = 40  # of the column; 160 bits, as many as a key has
SEEN_EVERY = timedelta(minutes=10)
BROWSER = "browser"


class SessionStore(DatabaseSessions):
    """Django's sessions in the database, under the hash of their key and with their member.

    Whoever reads the database or a copy of it can enter nobody's session.
    """

    @classmethod
    def get_model_class(cls) -> Any:
        """Give the model of sessions."""
        from signoff.app.web.people.models import MemberSession

        return MemberSession

    def load(self) -> Any:
        """Read what the session holds."""
        found = self.model.objects.filter(
            session_key=hash_key(self.session_key), expire_date__gt=timezone.now()
        ).first()
        if found is None:
            self._session_key = None
            return {}
        self.seen_at = found.seen_at
        return self.decode(found.session_data)

    def exists(self, session_key: str | None) -> bool:
        """Say whether there is such a session."""
        return bool(self.model.objects.filter(session_key=hash_key(session_key)).exists())

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """Give the row to save."""
        key = hash_key(self._get_or_create_session_key())
        known = self.model.objects.filter(session_key=key).only("began_at").first()
        return self.model(
            session_key=key,
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
            member_id=data.get(SESSION_KEY),
            browser=data.get(BROWSER, ""),
            **({"began_at": known.began_at} if known else {}),
        )

    def delete(self, session_key: str | None = None) -> None:
        """End the session."""
        key = session_key or self.session_key
        if key is not None:
            self.model.objects.filter(session_key=hash_key(key)).delete()


def hash_key(session_key: str | None) -> str:
    """Give what is kept of a session's key."""
    return hashlib.sha256((session_key or "").encode()).hexdigest()[:HASH_LENGTH]


def end_sessions(member: Any, *, but: str | None = None) -> int:
    """End all sessions of a member.

    Args:
        member: The member.
        but: Key of a session that goes on: the one that asks.

    Returns:
        Number of sessions ended.
    """
    ending = member.sessions.all()
    if but:
        ending = ending.exclude(session_key=hash_key(but))
    return int(ending.delete()[0])


def list_sessions(request: HttpRequest) -> list[dict[str, Any]]:
    """List the sessions of the member who asks, the one they ask from first."""
    here = hash_key(request.session.session_key)
    found = request.user.sessions.filter(expire_date__gt=timezone.now()).order_by("-seen_at")
    listed = [
        {
            "browser": row.browser,
            "began_at": row.began_at,
            "seen_at": row.seen_at,
            "is_here": row.session_key == here,
        }
        for row in found
    ]
    return sorted(listed, key=lambda row: not row["is_here"])


def note_seen(request: HttpRequest) -> None:
    """Keep when a session was last used, to within some minutes."""
    seen_at = getattr(request.session, "seen_at", None)
    if seen_at and timezone.now() - seen_at > SEEN_EVERY:
        key = hash_key(request.session.session_key)
        request.session.model.objects.filter(session_key=key).update(seen_at=timezone.now())


def name_browser(request: HttpRequest) -> str:
    """Give the visitor's browser and system in words that tell sessions apart, and no more.

    >>> class Asked:
    ...     headers = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0"}
    >>> name_browser(Asked())
    'Firefox, Linux'
    """
    agent = request.headers.get("User-Agent", "")
    browsers = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome"}
    systems = {"Windows": "Windows", "Android": "Android", "iPhone": "iOS", "iPad": "iOS"}
    browser = _first(agent, {**browsers, "Safari": "Safari"})
    system = _first(agent, {**systems, "Mac OS": "macOS", "CrOS": "ChromeOS", "Linux": "Linux"})
    return ", ".join(word for word in (browser, system) if word)


def _first(agent: str, names: dict[str, str]) -> str:
    return next((name for sign, name in names.items() if sign in agent), "")
