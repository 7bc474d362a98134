"""Ids of the workspace: keyed hashes, so that an id tells nothing without the workspace's key."""

import hashlib
import hmac

__all__ = ["ID_LETTERS", "make_id", "make_id_sql"]

ID_LETTERS = 20
BLOCK_BYTES = 64


def make_id(key: bytes, *, kind: str, text: str) -> str:
    """Give the id of a thing: the first 20 hexadecimal digits of HMAC-SHA256.

    Args:
        key: The workspace's secret key.
        kind: What it is the id of: account, opportunity, event, visitor.
        text: What names the thing in its source.

    >>> make_id(b"k" * 32, kind="account", text="é")
    '2bafc6a83ebc4817bc4a'
    """
    return hmac.new(key, f"{kind}|{text}".encode(), hashlib.sha256).hexdigest()[:ID_LETTERS]


def make_id_sql(key: bytes, *, kind: str, text: str) -> str:
    """Give the SQL of the same id.

    Args:
        key: The workspace's secret key.
        kind: What it is the id of.
        text: An expression of type VARCHAR; NULL gives NULL.

    >>> from contextlib import closing
    >>> from signoff.store.engines.duck import fresh_session
    >>> sql = make_id_sql(b"k" * 32, kind="account", text="'é'")
    >>> with closing(fresh_session()) as session:
    ...     session.execute(f"SELECT {sql}").fetchone()
    ('2bafc6a83ebc4817bc4a',)
    """
    block = (hashlib.sha256(key).digest() if len(key) > BLOCK_BYTES else key).ljust(
        BLOCK_BYTES, b"\0"
    )
    inner, outer = (bytes(byte ^ mask for byte in block).hex() for mask in (0x36, 0x5C))
    message = f"encode('{kind}|' || {text})"
    return (
        f"left(sha256(unhex('{outer}') || unhex(sha256(unhex('{inner}') || {message}))), "
        f"{ID_LETTERS})"
    )
