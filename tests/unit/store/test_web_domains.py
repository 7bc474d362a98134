"""Addresses lead to the domain their owner registered, offline."""

import pytest

from signoff.store.web_domains import is_free_mail, is_hosted, registrable_domain


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("https://www.Acme.co.uk/fr?x=1#y", "acme.co.uk"),
        ("jane.doe@sales.acme.fr", "acme.fr"),
        ("http://user:pass@acme.fr:8080/", "acme.fr"),
        ("acme.fr.", "acme.fr"),
        ("http://münchen-werk.de", "xn--mnchen-werk-thb.de"),
        ("acme.blogspot.com", "acme.blogspot.com"),
        ("co.uk", ""),
        ("10.0.0.1", ""),
        ("http://", ""),
        ("n/a", ""),
        ("acme.notasuffix", ""),
    ],
)
def test_registrable_domain_any_notation_gives_what_was_registered(
    address: str, domain: str
) -> None:
    assert registrable_domain(address) == domain


@pytest.mark.parametrize("domain", ["gmail.com", "hotmail.be", "orange.fr", "free.fr", "gmx.de"])
def test_is_free_mail_of_a_provider_is_true(domain: str) -> None:
    assert is_free_mail(domain)


@pytest.mark.parametrize("domain", ["orange.com", "free.com", "acme.fr", "live.org"])
def test_is_free_mail_of_a_firm_with_such_a_name_is_false(domain: str) -> None:
    assert not is_free_mail(domain)


def test_is_hosted_social_network_is_true() -> None:
    assert is_hosted("linkedin.com")
