from pathlib import Path

from signoff.app.web.manual import permissions_manual

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "permissions.md"


def test_permissions_manual_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == permissions_manual(), "run make docs"
