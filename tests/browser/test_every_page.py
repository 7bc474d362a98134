"""Every page in both languages and both themes: axe finds nothing, the policy refuses nothing."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from browser.places import Place, list_places, unvisited

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
EVERYTHING = {"runOnly": {"type": "tag", "values": WCAG}}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
DRAWN = "[...document.querySelectorAll('figure[data-library]')].every((f) => f.vegaView)"
PLACES = list(list_places())
REFUSED = """
window.refused = [];
document.addEventListener("securitypolicyviolation",
    (event) => window.refused.push(`${event.violatedDirective} ${event.blockedURI}`));
"""

pytestmark = pytest.mark.slow


def test_every_page_is_visited() -> None:
    assert unvisited() == []


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_page_is_accessible_and_within_the_policy(
    place: Place,
    language: str,
    visitor: Callable[..., Any],
    site: Any,
    samples: dict[str, str],
) -> None:
    page = visitor(None if place.is_open else "owner", language=language)
    page.add_init_script(REFUSED)
    answer = page.goto(site.address + place.address(samples))
    assert answer.status == 200
    assert page.locator("html").get_attribute("lang") == language
    page.wait_for_function(DRAWN)
    keep_picture(page, place, language=language, theme="light")
    light = Axe().run(page, options=EVERYTHING)
    assert light.violations_count == 0, light.generate_report()
    # the theme is one attribute, which the server writes; nothing but colours depends on it
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    keep_picture(page, place, language=language, theme="dark")
    dark = Axe().run(page, options=CONTRAST)
    assert dark.violations_count == 0, dark.generate_report()
    assert page.evaluate("window.refused") == []
    assert page.troubles == []


def keep_picture(page: Any, place: Place, *, language: str, theme: str) -> None:
    """Keep pictures of the page, wide and narrow, where SIGNOFF_PICTURES names a folder."""
    folder = os.environ.get("SIGNOFF_PICTURES")
    if not folder:
        return
    name = place.name.replace(":", "-")
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        path = Path(folder) / f"{name}-{language}-{theme}-{width}.png"
        page.screenshot(path=path, full_page=True)
    page.set_viewport_size({"width": 1280, "height": 900})
