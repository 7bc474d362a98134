"""What a browser finds wrong with one page: for axe, for the policy, in its console."""

import os
import time
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe

__all__ = ["REFUSED", "await_truth", "inspect_page"]

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
EVERYTHING = {"runOnly": {"type": "tag", "values": WCAG}}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
DRAWN = "[...document.querySelectorAll('figure[data-library]')].every((f) => f.vegaView)"
REFUSED = """
window.refused = [];
document.addEventListener("securitypolicyviolation",
    (event) => window.refused.push(`${event.violatedDirective} ${event.blockedURI}`));
"""


def inspect_page(page: Any, *, name: str, language: str) -> None:
    """Find nothing wrong with a page as it is shown, in either theme.

    Args:
        page: The page, loaded after its script REFUSED.
        name: What its pictures are called, where SIGNOFF_PICTURES names a folder.
        language: In which it must be.
    """
    assert page.locator("html").get_attribute("lang") == language
    await_truth(page, DRAWN)
    keep_picture(page, f"{name}-{language}-light")
    light = Axe().run(page, options=EVERYTHING)
    assert light.violations_count == 0, light.generate_report()
    # the theme is one attribute, which the server writes; nothing but colours depends on it
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    keep_picture(page, f"{name}-{language}-dark")
    dark = Axe().run(page, options=CONTRAST)
    assert dark.violations_count == 0, dark.generate_report()
    assert page.evaluate("window.refused") == []
    assert page.troubles == []


def await_truth(page: Any, script: str, *, within_seconds: float = 60) -> None:
    """Wait until a script says yes; the browser's own way of waiting needs eval, refused here."""
    give_up_at = time.monotonic() + within_seconds
    while not page.evaluate(script):
        assert time.monotonic() < give_up_at, script
        page.wait_for_timeout(50)


def keep_picture(page: Any, name: str) -> None:
    """Keep pictures of the page, wide and narrow, where SIGNOFF_PICTURES names a folder."""
    folder = os.environ.get("SIGNOFF_PICTURES")
    if not folder:
        return
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
    page.set_viewport_size({"width": 1280, "height": 900})
