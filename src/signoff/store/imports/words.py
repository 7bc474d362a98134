"""Values of closed lists: what each spelling in the file means."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from signoff.store.formats import fold
from signoff.store.formats.countries import country_code
from signoff.store.imports.plan import Cell, ImportPlan
from signoff.store.imports.target import Reading

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["Meaning", "Mended", "define_words", "meaning_of"]

CHUNK = 5000


@dataclass(frozen=True)
class Meaning:
    """What one spelling means: a value, nothing on purpose, or nothing that is known."""

    value: str | None
    is_known: bool = True
    is_mended: bool = False


@dataclass(frozen=True)
class Mended:
    """A misspelling that was put right, in how many rows."""

    heading: str
    written: str
    read_as: str
    n_rows: int

    def text(self) -> str:
        """Give it as a sentence."""
        rows = "1 row" if self.n_rows == 1 else f"{self.n_rows:,} rows"
        return f"{self.heading}: {self.written!r} was read as {self.read_as!r} in {rows}"


def meaning_of(cell: Cell, text: str) -> Meaning:
    """Say what one spelling means.

    Args:
        cell: The cell it stands in.
        text: The spelling, clean.
    """
    folded = fold(text)
    mended = cell.means.mended.get(folded)
    word = mended or text
    value = _value(cell, word)
    if value is None and fold(word) in cell.means.translate:
        return Meaning(None)
    return Meaning(value, is_known=value is not None, is_mended=mended is not None)


def _value(cell: Cell, word: str) -> str | None:
    if fold(word) in cell.means.translate:
        return cell.means.translate[fold(word)] or None
    allowed = cell.field.column.allowed
    if word in allowed:
        return word
    listed = {fold(value): value for value in allowed if fold(value)}
    if fold(word) in listed:
        return listed[fold(word)]
    if cell.means.otherwise:
        return cell.means.otherwise
    if cell.field.reading is Reading.COUNTRY:
        return word if word == "*" else country_code(word)
    return None if allowed else word


def define_words(session: "DuckDBPyConnection", plan: ImportPlan) -> list[Mended]:
    """Make a table of meanings, `words_<field>`, for every field with a closed list.

    Args:
        session: The desk, with the staged rows.
        plan: The import.

    Returns:
        The misspellings that were put right.
    """
    mended: list[Mended] = []
    for cell in plan.cells:
        if not cell.uses_words:
            continue
        found = session.execute(
            f"SELECT t, count(*) FROM (SELECT {cell.text} AS t FROM staged) "
            "WHERE t IS NOT NULL GROUP BY t"
        ).fetchall()
        meanings = {text: meaning_of(cell, text) for text, _ in found}
        _fill(session, cell.name, meanings.items())
        mended += [
            Mended(cell.heading, text, cell.means.mended[fold(text)], n_rows)
            for text, n_rows in found
            if meanings[text].is_mended
        ]
    return mended


def _fill(
    session: "DuckDBPyConnection", name: str, meanings: Iterable[tuple[str, Meaning]]
) -> None:
    table = f"words_{name}"
    session.execute(f"CREATE TABLE {table} (spelling VARCHAR, meaning VARCHAR, is_known BOOLEAN)")
    rows = list(meanings)
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        session.execute(
            f"INSERT INTO {table} SELECT unnest($1::VARCHAR[]), unnest($2::VARCHAR[]), "
            "unnest($3::BOOLEAN[])",
            [
                [text for text, _ in chunk],
                [meaning.value for _, meaning in chunk],
                [meaning.is_known for _, meaning in chunk],
            ],
        )
