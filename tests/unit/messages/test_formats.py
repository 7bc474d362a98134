"""Ad formats and how a venue gets one."""

import pytest

from signoff.errors import DataError
from signoff.messages import PartRule, VenueRef, ad_formats, format_of
from signoff.messages.copywriting import USES
from signoff.messages.formats import text_length
from signoff.units import VenueKind


def test_every_kind_of_venue_has_a_format() -> None:
    for kind in VenueKind:
        assert format_of(VenueRef("v", "A venue", kind)).parts


def test_every_published_format_has_source_and_date() -> None:
    for item in ad_formats().values():
        assert item.basis in ("published", "assumption")
        assert bool(item.source) == bool(item.gathered_on) == (item.basis == "published")


def test_every_part_has_a_known_use_and_sensible_limits() -> None:
    for item in ad_formats().values():
        for part in item.parts:
            assert part.use in USES
            assert part.unit in ("characters", "words")
            assert part.advised is None or part.advised < part.limit
            assert 1 <= part.least <= part.most


@pytest.mark.parametrize(
    ("format_id", "part", "limit", "advised"),
    [
        # the platforms' pages named in formats.toml
        ("google_rsa", "headline", 30, None),
        ("google_rsa", "description", 90, None),
        ("linkedin_single_image", "introduction", 600, 150),
        ("linkedin_single_image", "headline", 200, 70),
        ("linkedin_message", "body", 1500, None),
        ("meta", "primary text", 2200, 125),
    ],
)
def test_limits_are_those_of_the_platforms(
    format_id: str, part: str, limit: int, advised: int | None
) -> None:
    rule = next(rule for rule in ad_formats()[format_id].parts if rule.name == part)
    assert (rule.limit, rule.advised) == (limit, advised)


@pytest.mark.parametrize(
    ("venue_id", "name", "kind", "expected"),
    [
        ("google-ads", "Search", VenueKind.SEARCH, "google_rsa"),
        ("bing", "Bing", VenueKind.SEARCH, "microsoft_rsa"),
        ("linkedin-message", "LinkedIn", VenueKind.SOCIAL, "linkedin_message"),
        ("li", "LinkedIn", VenueKind.SOCIAL, "linkedin_single_image"),
        ("fb", "Facebook & Instagram", VenueKind.SOCIAL, "meta"),
        ("metal-weekly", "Metal Weekly", VenueKind.TRADE_TITLE, "print"),
        ("reddit-news", "Reddit newsletter", VenueKind.NEWSLETTER, "newsletter"),
        ("xing", "Xing", VenueKind.SOCIAL, "social"),
    ],
)
def test_format_of_reads_name_then_kind(
    venue_id: str, name: str, kind: VenueKind, expected: str
) -> None:
    assert format_of(VenueRef(venue_id, name, kind)).id == expected


def test_format_of_unknown_format_lists_the_known_ones() -> None:
    with pytest.raises(DataError, match="google_rsa"):
        format_of(VenueRef("v", "V", VenueKind.OTHER, format="skywriting"))


def test_format_of_house_rules_replace_the_assumption() -> None:
    rule = PartRule("headline", "headline", 20)
    found = format_of(VenueRef("weekly", "The Weekly", VenueKind.NEWSPAPER, house_rules=(rule,)))
    assert (found.basis, found.source, found.parts) == ("house_rule", "The Weekly", (rule,))


def test_text_length_counts_an_amount_as_one_word() -> None:
    assert text_length("12\u00a0000\u00a0€ par an", unit="words") == 3
    assert text_length("", unit="words") == 0
    assert text_length("a b\n\nc", unit="characters") == 6
