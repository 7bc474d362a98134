"""The reference page of the formats says what the declared formats say."""

from pathlib import Path

from signoff.store.imports.manual import formats_manual

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "formats.md"


def test_formats_manual_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == formats_manual(), (
        "run: python -m signoff.store.imports.manual > docs/reference/formats.md"
    )
