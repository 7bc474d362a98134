"""What kind of file it is, told by its content, never by its name."""

import re
from pathlib import Path

from signoff.errors import DataError

__all__ = ["detect_kind"]

HEAD_BYTES = 4096
FOREIGN = (
    (
        b"\xd0\xcf\x11\xe0",
        "an old Excel workbook (.xls), or one with a password",
        "save it as .xlsx without a password, or as CSV",
    ),
    (b"\xff\xfe\0\0", "text in UTF-32", "save it as CSV in UTF-8"),
    (b"\0\0\xfe\xff", "text in UTF-32", "save it as CSV in UTF-8"),
    (b"%PDF", "a PDF", "export the table as CSV or XLSX"),
    (b"\x89PNG", "a picture", "export the table as CSV or XLSX"),
    (b"\xff\xd8\xff", "a picture", "export the table as CSV or XLSX"),
    (b"GIF8", "a picture", "export the table as CSV or XLSX"),
    (b"\x1f\x8b", "a gzip archive", "unpack it and import the file inside"),
    (b"7z\xbc\xaf", "a 7-Zip archive", "unpack it and import the file inside"),
    (b"Rar!", "a RAR archive", "unpack it and import the file inside"),
    (b"SQLite format 3", "an SQLite database", "export the table as CSV"),
    (b"MZ\x90\0", "a program", "export the table as CSV or XLSX"),
    (b"{\\rtf", "a text document (RTF)", "export the table as CSV or XLSX"),
)
MARKUP = re.compile(
    rb"<(!doctype|!--|\?xml|html|head|meta|body|style|script|table|div)\b|<!--", re.IGNORECASE
)
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def detect_kind(path: Path) -> str:
    """Say which kind of table a file holds.

    Args:
        path: The file.

    Returns:
        "csv" (any separated text), "xlsx" or "parquet".

    Raises:
        DataError: there is no such file, it is empty, or it is of a kind that cannot be imported.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "accounts.xlsx"
    ...     _ = path.write_text("name;pays")
    ...     detect_kind(path)
    'csv'
    """
    head = _head(path)
    if head.startswith(b"PK\x03\x04"):
        return "xlsx"
    if head.startswith(b"PAR1"):
        return "parquet"
    for mark, what, fix in FOREIGN:
        if head.startswith(mark):
            raise _foreign(path, what, fix)
    if MARKUP.match(head.translate(None, b"\0").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t")):
        raise _foreign(path, "a web page or XML", "export the table as CSV or XLSX")
    if head.lstrip()[:1] in (b"{", b"[") and b'"' in head and b":" in head:
        raise _foreign(path, "JSON", "export the table as CSV or XLSX")
    if b"\0" in head and not head.startswith(UTF16_MARKS) and not _looks_utf16(head):
        raise _foreign(path, "not text", "export the table as CSV, XLSX or Parquet")
    return "csv"


def _head(path: Path) -> bytes:
    if not path.exists():
        raise DataError(
            f"there is no file {path.name}",
            why="nothing stands at that path",
            fix="check the path",
            where=str(path),
        )
    if not path.is_file():
        raise DataError(
            f"{path.name} is not a file",
            why="one file is imported at a time; it is a folder, a pipe or a device",
            fix="name a file; of a folder, its files one by one",
            where=str(path),
        )
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head.strip(b"\xef\xbb\xbf\xff\xfe\0 \r\n\t"):
        raise DataError(
            f"{path.name} is empty",
            why="it has no line with content",
            fix="export it again; nothing was imported",
            where=str(path),
        )
    return head


def _looks_utf16(head: bytes) -> bool:
    """Say whether every other byte is mostly zero, as in UTF-16 without its mark."""
    even, odd = head[0::2], head[1::2]
    return any(part.count(0) > 0.4 * len(part) for part in (even, odd)) and not (
        even.count(0) > 0.4 * len(even) and odd.count(0) > 0.4 * len(odd)
    )


def _foreign(path: Path, what: str, fix: str) -> DataError:
    return DataError(
        f"{path.name} is {what}",
        why="tables come as CSV, XLSX or Parquet; the content counts, not the name",
        fix=fix,
        where=str(path),
    )
