"""Which addresses a reader may be sent to."""

from urllib.parse import urlsplit

__all__ = ["safe_address"]


def safe_address(address: str | None) -> str | None:
    """Give a web address back only when it is one.

    Args:
        address: What a source gives as its address; not trusted.

    Returns:
        The address when it is http or https with a host and without control characters, spaces
        or a password in it; else None.

    >>> safe_address("https://example.org/rates"), safe_address("javascript:alert(1)")
    ('https://example.org/rates', None)
    """
    if not address or any(ord(char) <= 32 or ord(char) == 127 for char in address):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        return None
    return address
