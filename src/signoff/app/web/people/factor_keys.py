"""Keys of second factors: unreadable in the database and in any copy of it."""

import base64
import hashlib
import hmac

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings

from signoff.app.web.place import current_workspace

__all__ = ["FactorAdapter"]


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


def _cipher() -> Fernet:
    secret = hmac.new(settings.SECRET_KEY.encode(), b"second factors", hashlib.sha256).digest()
    return Fernet(base64.urlsafe_b64encode(secret))
