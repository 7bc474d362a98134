"""The reference page of a problem's file says what the model says."""

from pathlib import Path

from signoff.venues.exposures.manual import problem_manual

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "problem.md"


def test_problem_manual_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == problem_manual(), (
        "run: python -m signoff.venues.exposures.manual > docs/reference/problem.md"
    )
