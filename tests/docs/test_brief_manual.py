"""The reference page of the brief says what the model says."""

from pathlib import Path

from signoff.brief.manual import brief_manual

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "brief.md"


def test_brief_manual_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == brief_manual(), (
        "run: python -m signoff.brief.manual > docs/reference/brief.md"
    )
