"""A file of job titles, read title by title."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from signoff.audience.titles.reading import TitleReading, classify_titles
from signoff.errors import DataError
from signoff.store.firm_names import fold_name
from signoff.store.imports.source import open_source
from signoff.units import CommitteeRole

__all__ = ["TitleRow", "read_title_file", "write_title_file"]

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "title": (
        "title",
        "job title",
        "jobtitle",
        "intitule",
        "intitule poste",
        "intitule du poste",
        "titre",
        "titre du poste",
        "poste",
        "fonction",
        "position",
        "job",
        "emploi",
        "metier",
        "contact title",
        "role",
    ),
    "id": ("id", "contact id", "record id", "person id", "identifiant", "ref", "reference"),
    "industry": ("industry", "industry code", "naf", "nace", "code naf", "ape", "code ape"),
    "country": ("country", "country code", "pays", "code pays"),
    "language": ("language", "lang", "langue", "locale"),
}
ENGLISH_COUNTRIES = frozenset(
    ("us", "usa", "unitedstates", "gb", "uk", "unitedkingdom", "ie", "ireland", "au", "australia")
)
"""Where French words in a title would be accidents; elsewhere titles come in both languages."""
HEADING_WITHIN = 30
"""Lines of preamble among which the heading is looked for."""


@dataclass(frozen=True)
class TitleRow:
    """A line of the file and what its title says.

    Attributes:
        id: The line's own id; empty where the file has none.
        reading: What the title says.
    """

    id: str
    reading: TitleReading

    def cells(self) -> dict[str, str | float]:
        """Give the columns of the answer: what is read, how surely, and on which words."""
        read = self.reading
        return {
            "id": self.id,
            "title": read.title,
            "function": read.function.value,
            "function_probability": read.function_probability,
            "level": read.level.value,
            "level_probability": read.level_probability,
            **{role.value: read.roles[role] for role in CommitteeRole},
            "evidence": read.evidence,
        }


def read_title_file(path: Path, *, language: str | None = None) -> list[TitleRow]:
    r"""Read the job titles of a CSV, XLSX or Parquet file.

    Args:
        path: A file with a column such as title, "job title", poste or fonction; columns id,
            industry (NACE or NAF code), country and language are used where they are there.
        language: "en" or "fr" for every line; None to go by the file, else by both.

    Returns:
        One row per line with any cell filled, in the order of the file; a line without a title
        reads as "no word known".

    Raises:
        DataError: the file cannot be read, no column holds titles, or no line follows them.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "contacts.csv"
    ...     _ = file.write_text("id,poste\n7,Acheteuse\n", encoding="utf-8")
    ...     [(row.id, row.reading.function.value) for row in read_title_file(file)]
    [('7', 'purchasing')]
    """
    lines = (record.cells for record in open_source(path).records())
    places, rows = _find_heading(lines, path=path)
    kept = [_pick(cells, places) for cells in rows]
    if not kept:
        raise DataError(
            "the file has a heading and no rows",
            why="there is no job title to read",
            fix="give at least one line with a job title",
            where=str(path),
        )
    readings: dict[int, TitleReading] = {}
    spoken = [language or _language(row) for row in kept]
    for wanted in sorted(set(spoken), key=str):
        mine = [place for place, said in enumerate(spoken) if said == wanted]
        found = classify_titles(
            (kept[place].get("title", "") for place in mine),
            language=wanted,
            industries=[kept[place].get("industry") for place in mine],
        )
        readings.update(zip(mine, found, strict=True))
    return [TitleRow(row.get("id", ""), readings[place]) for place, row in enumerate(kept)]


def write_title_file(rows: Sequence[TitleRow], *, path: Path) -> None:
    """Write rows as CSV in UTF-8, with a heading.

    Args:
        rows: What read_title_file gave.
        path: The file to write; the column id is left out where no line has one.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "roles.csv"
    ...     write_title_file([TitleRow("7", next(classify_titles(["CFO"])))], path=file)
    ...     file.read_text(encoding="utf-8").splitlines()[1][:13]
    '7,CFO,finance'
    """
    has_ids = any(row.id for row in rows)
    names = [*TitleRow("", next(classify_titles([""]))).cells()]
    if not has_ids:
        names.remove("id")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(_harmless(row.cells()) for row in rows)


def _harmless(cells: dict[str, str | float]) -> dict[str, str | float]:
    """Keep a spreadsheet from taking a title for a formula."""
    return {
        name: f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t\r" and cell else cell
        for name, cell in cells.items()
    }


def _find_heading(
    lines: Iterator[list[str]], *, path: Path
) -> tuple[dict[str, int], Iterator[list[str]]]:
    seen: list[list[str]] = []
    for cells in lines:
        places = _places(cells)
        if "title" in places:
            return places, (row for row in lines if any(cell.strip() for cell in row))
        seen.append(cells)
        if len(seen) >= HEADING_WITHIN:
            break
    widest = max(seen, key=len, default=[])
    found = ", ".join(cell.strip() or "(empty)" for cell in widest) or "none: the file is empty"
    raise DataError(
        f"{path.name} has no column of job titles",
        why=f"columns found: {found[:500]}",
        fix="name the column title, job title, intitulé, poste or fonction",
        where=str(path),
    )


def _places(cells: Sequence[str]) -> dict[str, int]:
    """Say at which place each column stands, the likeliest name first."""
    named = {
        fold_name(cell.strip("\ufeff ")): place for place, cell in reversed(list(enumerate(cells)))
    }
    found = {
        column: [named[fold_name(name)] for name in names if fold_name(name) in named]
        for column, names in COLUMNS.items()
    }
    return {column: places[0] for column, places in found.items() if places}


def _pick(cells: Sequence[str], places: Mapping[str, int]) -> dict[str, str]:
    return {column: cells[place].strip() for column, place in places.items() if place < len(cells)}


def _language(row: Mapping[str, str]) -> str | None:
    told = row.get("language", "").casefold()[:2]
    if told in {"en", "fr"}:
        return told
    return "en" if fold_name(row.get("country", "")) in ENGLISH_COUNTRIES else None
