"""How a text file separates its cells."""

import csv
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from signoff.errors import DataError

__all__ = ["detect_separator", "read_separated"]

SEPARATORS = ("\t", ";", "|", ",")  # of two that fit alike, the rarer in prose
SAMPLE_LINES = 200
LONGEST_RECORD_LINES = 200
LARGEST_CELL = 1 << 20
END = "\x1e\x1eend of file\x1e"  # after the last line; inside a cell when a quotation mark is open


def detect_separator(path: Path, *, encoding: str) -> str:
    r"""Say which character separates the cells of a text file.

    The separator is the one that gives the most lines the same number of cells, more than one;
    a file in which none does has one column, and the comma is as good as any.

    Args:
        path: The file.
        encoding: Its encoding.

    Returns:
        One of , ; tab |

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "a"
    ...     _ = path.write_text("name;revenue\nA, B & Co;1,5\nC;2,5\n")
    ...     detect_separator(path, encoding="utf-8-sig")
    ';'
    """
    with path.open(encoding=encoding, newline="") as file:
        lines = [line for _, line in zip(range(SAMPLE_LINES), file, strict=False)]
    best = max(SEPARATORS, key=lambda separator: _evenness(lines, separator))
    return best if _evenness(lines, best)[0] else ","


def _evenness(lines: list[str], separator: str) -> tuple[int, int]:
    """Give lines x cells of the commonest width, and that width."""
    try:
        widths = Counter(
            len(cells) for cells in csv.reader(lines, delimiter=separator) if len(cells) > 1
        )
    except csv.Error:
        return 0, 0
    if not widths:
        return 0, 0
    width, n_lines = max(widths.items(), key=lambda item: (item[1], item[0]))
    return n_lines * 1000 + min(width, 999), width


def read_separated(path: Path, *, encoding: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Give the records of a text file.

    Args:
        path: The file.
        encoding: Its encoding.
        separator: What separates its cells.

    Yields:
        Number of the line on which the record begins, from 1, and its cells. Empty lines are
        left out.

    Raises:
        DataError: a quotation mark is opened and never closed, or a cell is longer than any is.
    """
    csv.field_size_limit(LARGEST_CELL)
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(chain(file, [END]), delimiter=separator)
        began = 1
        try:
            for cells in reader:
                if cells and cells[-1].endswith(END):
                    if cells != [END]:
                        raise _unclosed(path, began)
                    return
                if reader.line_num - began >= LONGEST_RECORD_LINES:
                    raise _endless(path, began, f"runs over more than {LONGEST_RECORD_LINES} lines")
                if cells:
                    yield began, cells
                began = reader.line_num + 1
        except csv.Error as error:
            raise _endless(path, began, f"is longer than {LARGEST_CELL:,} letters") from error


def _endless(path: Path, line_number: int, how: str) -> DataError:
    return DataError(
        f"line {line_number} of {path.name} begins a cell that {how}: perhaps a quotation mark "
        "is opened there and never closed",
        why="no table has such cells",
        fix="close the quotation mark; else shorten the cell, or export without its column",
        where=f"{path.name}, line {line_number}",
    )


def _unclosed(path: Path, line_number: int) -> DataError:
    return DataError(
        f"line {line_number} of {path.name} opens a quotation mark that is never closed",
        why="all that follows would be taken for one cell",
        fix='close the quotation mark, or double it inside a cell ("")',
        where=f"{path.name}, line {line_number}",
    )
