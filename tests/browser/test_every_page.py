"""Every page in both languages and both themes: axe finds nothing, the policy refuses nothing."""

from collections.abc import Callable
from typing import Any

import pytest

from browser.inspection import REFUSED, inspect_page
from browser.places import Place, list_places, unvisited

PLACES = list(list_places())

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
    inspect_page(page, name=place.name.replace(":", "-"), language=language)
