"""Addresses of pages for tests: one for every route, whatever it asks for."""

import re

from django.urls import reverse

from signoff.app.web.pages import Page

# an object that there is not: what may be done is asked, and nothing is done
SAMPLES: dict[str, object] = {
    "int": 987654,
    "uuid": "0189b3f0-0000-4000-8000-000000000000",
    "path": "no-such/thing",
}


def sample_address(area: str, page: Page) -> str:
    """Give an address of a page."""
    asked = re.findall(r"<(?:(\w+):)?(\w+)>", page.path)
    names = {name: SAMPLES.get(kind, "no-such-thing") for kind, name in asked}
    return reverse(f"{area}:{page.name}", kwargs=names)
