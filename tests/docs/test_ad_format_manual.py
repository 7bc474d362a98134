"""The reference page of the ad formats says what the data say."""

from pathlib import Path

from signoff.messages.manual import ad_format_manual

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "ad-formats.md"


def test_ad_format_manual_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == ad_format_manual(), (
        "run: python -m signoff.messages.manual > docs/reference/ad-formats.md"
    )
