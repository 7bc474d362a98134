"""Job titles: cut into words, read into department, level and roles of a committee."""

from signoff.audience.titles.priors import role_priors
from signoff.audience.titles.reading import TitleReading, classify_title, classify_titles
from signoff.audience.titles.table import TitleRow, read_title_file, write_title_file

__all__ = [
    "TitleReading",
    "TitleRow",
    "classify_title",
    "classify_titles",
    "read_title_file",
    "role_priors",
    "write_title_file",
]
