"""The reference page of the tables says what the schemas say."""

from pathlib import Path

from signoff.store.schemas.manual import tables_manual

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "tables.md"


def test_tables_manual_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == tables_manual(), (
        "run: python -m signoff.store.schemas.manual > docs/reference/tables.md"
    )
