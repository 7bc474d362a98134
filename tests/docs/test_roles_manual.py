from pathlib import Path

from signoff.audience.manual import roles_manual

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "roles.md"


def test_roles_manual_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == roles_manual()
