"""Job titles: cut into words, read into department, level and roles of a committee."""

from signoff.audience.titles.reading import (
    TitleReading,
    classify_title,
    classify_titles,
    role_priors,
)

__all__ = ["TitleReading", "classify_title", "classify_titles", "role_priors"]
