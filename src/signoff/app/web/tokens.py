"""Tokens of links: made by chance, shown once, kept only as a hash."""

import hashlib
import secrets

__all__ = ["LONGEST_TOKEN", "hash_token", "make_token"]

TOKEN_BYTES = 24  # 192 bits
LONGEST_TOKEN = 64


def make_token() -> str:
    """Give a new token of 192 bits, fit for an address.

    >>> len(make_token())
    32
    """
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_token(token: str) -> str:
    """Give what is kept of a token; a slow hash is not needed, for nobody guesses 192 bits.

    >>> hash_token("a")[:8]
    'ca978112'
    """
    return hashlib.sha256(token.encode()).hexdigest()
