"""From where a visitor comes: the network's word, or that of the proxy in front of it."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

__all__ = ["address_of", "counted_address"]

HOME_BITS = 64  # one household or office has a whole network of this size in IPv6


def address_of(request: HttpRequest) -> str:
    """Give the visitor's network address.

    What X-Forwarded-For says counts only where a proxy is known to stand in front
    (SIGNOFF_ADDRESS) and the request comes from a private network, and of it only the last entry:
    the one that the proxy itself wrote; the others are the visitor's own words.

    Args:
        request: The request.

    Returns:
        The address (in IPv6 that of its network of 64 bits); empty where none can be read.
    """
    near = _read(request.META.get("REMOTE_ADDR", ""))
    if not settings.SIGNOFF_ADDRESS or not _is_near(near):
        return near
    told = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2]
    return _read(told) or near


def counted_address(request: HttpRequest) -> str | None:
    """Give the visitor's address to whoever counts by it; None where there is none."""
    return address_of(request) or None


def _read(text: str) -> str:
    try:
        found = ipaddress.ip_address(text.strip())
    except ValueError:
        return ""
    if isinstance(found, ipaddress.IPv6Address) and not found.is_loopback:
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, HOME_BITS), strict=False).network_address)
    return str(found)


def _is_near(address: str) -> bool:
    """Say whether an address is one of this machine or of its own network."""
    return not address or ipaddress.ip_address(address).is_private
