"""Keys of second factors: unreadable in the database and in any copy of it."""

import base64
import hashlib
import hmac

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from signoff.app.web.place import current_workspace

__all__ = ["FactorAdapter", "open_key", "seal_key"]

SET_UP_SECONDS = 3600


class FactorAdapter(DefaultMFAAdapter):
    """What django-allauth asks us about second factors."""

    def encrypt(self, text: str) -> str:
        """Make a key unreadable without the workspace's own."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Make a key readable again."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        """Give the name that the member's app shows."""
        return f"Signoff {current_workspace().settings.name}"


def seal_key(key: str, *, owner: object) -> str:
    """Give a new key as a page carries it while it is set up: readable only here, for a while.

    Args:
        key: The key.
        owner: Whose it will be.
    """
    return _cipher().encrypt(f"{owner}:{key}".encode()).decode()


def open_key(sealed: str, *, owner: object) -> str | None:
    """Read a key that a page carried; None when it is another's, too old or not ours.

    Args:
        sealed: From `seal_key`.
        owner: Whose it must be.
    """
    try:
        text = _cipher().decrypt(sealed.encode(), ttl=SET_UP_SECONDS).decode()
    except InvalidToken:
        return None
    whose, _colon, key = text.partition(":")
    return key if whose == str(owner) else None


def _cipher() -> Fernet:
    secret = hmac.new(settings.SECRET_KEY.encode(), b"second factors", hashlib.sha256).digest()
    return Fernet(base64.urlsafe_b64encode(secret))
