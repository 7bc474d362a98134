"""What they read, need and doubt: what is known of it, and what to ask."""

from signoff.research.reading import (
    ReadingGap,
    ReadingRow,
    ReadingState,
    ReadingStudy,
    list_reading_gaps,
    study_reading,
)

__all__ = [
    "ReadingGap",
    "ReadingRow",
    "ReadingState",
    "ReadingStudy",
    "list_reading_gaps",
    "study_reading",
]
