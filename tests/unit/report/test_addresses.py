"""Which addresses become links."""

import pytest

from signoff.report.addresses import safe_address


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//example.org/x",
        "https://",
        "https://user:word@example.org/",
        "http://[broken",
        "example.org",
        "",
        None,
    ],
)
def test_safe_address_anything_but_web_gives_none(address: str | None) -> None:
    assert safe_address(address) is None


@pytest.mark.parametrize("address", ["https://example.org/a?b=c#d", "http://example.org"])
def test_safe_address_web_stays_as_it_is(address: str) -> None:
    assert safe_address(address) == address
