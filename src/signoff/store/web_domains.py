"""Which firm a web or mail address belongs to: its registrable domain, worked out offline."""

import re
from functools import cache
from importlib.resources import files

from publicsuffixlist import PublicSuffixList

__all__ = ["domain_label", "is_free_mail", "is_hosted", "registrable_domain"]

_HOST = re.compile(
    r"^(?:[a-z][a-z0-9+.-]*:)?(?://)?(?:[^/?#@]*@)?([^/?#:@\s]+)(?::\d+)?(?:[/?#].*)?$"
)


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def registrable_domain(address: str) -> str:
    """Give the part of a website, URL or mail address that its owner registered.

    Args:
        address: A domain, a URL with or without scheme, or a mail address; any case.

    Returns:
        The domain in lower case, international names in punycode; empty when there is none, as
        for a number, a bare word or a public suffix.

    >>> registrable_domain("https://shop.Acme.co.uk:8080/fr?x=1"), registrable_domain("a@b.acme.fr")
    ('acme.co.uk', 'acme.fr')
    >>> registrable_domain("n/a"), registrable_domain("co.uk"), registrable_domain("10.0.0.1")
    ('', '', '')
    """
    text = address.strip().lower().rstrip(".")
    if "@" in text and "/" not in text:
        text = text.rpartition("@")[2].removesuffix(">")
    found = _HOST.match(text)
    if not found:
        return ""
    host = found[1].strip(".")
    if "." not in host or host.replace(".", "").isdigit():
        return ""
    return _registered(host)


@cache
def _registered(host: str) -> str:
    try:
        ascii_host = host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        return ""
    if not re.fullmatch(r"[a-z0-9._-]+", ascii_host):
        return ""
    return _suffixes().privatesuffix(ascii_host, accept_unknown=False) or ""


@cache
def _shared(kind: str) -> frozenset[str]:
    """Read the domains of one kind under which many firms stand; `hotmail.*` is any suffix.

    The list was written for this project.
    """
    text = files("signoff.store").joinpath("shared_domains.csv").read_text("utf-8")
    lines = (line.split(",") for line in text.splitlines()[1:])
    return frozenset(domain for found, domain in lines if found == kind)


def is_free_mail(domain: str) -> bool:
    """Say whether anybody gets a mail address under a domain, so that it names no firm.

    Args:
        domain: A registrable domain.

    >>> is_free_mail("gmail.com"), is_free_mail("hotmail.be"), is_free_mail("acme.fr")
    (True, True, False)
    """
    listed = _shared("free_mail")
    return domain in listed or f"{domain.partition('.')[0]}.*" in listed


def is_hosted(domain: str) -> bool:
    """Say whether a domain is a host, a social network or a directory with pages of many firms.

    Args:
        domain: A registrable domain.

    >>> is_hosted("facebook.com"), is_hosted("acme.fr")
    (True, False)
    """
    return domain in _shared("host")


def domain_label(domain: str) -> str:
    """Give the name in a domain, without its suffix and hyphens.

    Args:
        domain: A registrable domain.

    >>> domain_label("else-nutrition.com")
    'elsenutrition'
    """
    return domain.partition(".")[0].replace("-", "")
