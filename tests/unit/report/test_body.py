"""The report as the body of a page: the same numbers, by classes alone, leading where asked."""

import re

import pytest

from signoff.plan import CampaignPlan
from signoff.report import BodyLinks, read_page, render_body, render_html

BOTH = pytest.mark.parametrize("language", ["en", "fr"])


@BOTH
def test_render_body_shows_the_numbers_of_the_page(plan: CampaignPlan, language: str) -> None:
    body, page = (read_page(made(plan, language=language)) for made in (render_body, render_html))
    assert body.numbers == page.numbers
    assert body.loose == ()


@BOTH
def test_render_body_holds_no_style_script_or_heading_of_its_own(
    plan: CampaignPlan, language: str
) -> None:
    body = render_body(plan, language=language)
    reading = read_page(body)
    assert not reading.elements.keys() & {"script", "style", "link", "html", "main", "h1"}
    assert not re.search(r"<[^>]*\s(style|on\w+)=", re.sub(r'"[^"]*"', '""', body))


def test_render_body_without_links_leads_to_the_web_and_itself_alone(plan: CampaignPlan) -> None:
    addresses = read_page(render_body(plan)).addresses
    assert {a.partition(":")[0] for a in addresses if not a.startswith("#")} == {"https"}


def test_render_body_with_links_explains_every_number_and_gives_every_table(
    plan: CampaignPlan,
) -> None:
    body = render_body(plan, links=BodyLinks(why="/why", tables="/table"))
    reading = read_page(body)
    asked = [address for address in reading.addresses if address.startswith("/why?path=")]
    assert len(asked) == len(reading.numbers)
    given = {a for a in reading.addresses if a.startswith("/table?")}
    assert len(given) == 2 * reading.elements["table"]


def test_render_body_script_in_names_stays_text(plan: CampaignPlan) -> None:
    assert "<script" not in render_body(plan, links=BodyLinks(why="/why")).lower()
