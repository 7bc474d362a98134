"""Which encoding a text file is in, and the hash of its content, in one reading."""

import codecs
import hashlib
from pathlib import Path

from signoff.errors import DataError

__all__ = ["detect_encoding", "hash_file"]

CHUNK_BYTES = 1 << 20


def hash_file(path: Path) -> str:
    """Give the SHA-256 of a file, 64 hexadecimal digits.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     _ = (Path(folder) / "a").write_bytes(b"abc")
    ...     hash_file(Path(folder) / "a")[:8]
    'ba7816bf'
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def detect_encoding(path: Path) -> str:
    """Say which encoding a text file is in; the whole file is read.

    Args:
        path: The file.

    Returns:
        A codec of Python that drops the byte-order mark: "utf-8-sig", "utf-16", "utf-16-le",
        "utf-16-be" or "cp1252".

    Raises:
        DataError: the bytes fit none of these, or not the same one from end to end.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     _ = (Path(folder) / "a").write_bytes("société".encode("cp1252"))
    ...     detect_encoding(Path(folder) / "a")
    'cp1252'
    """
    with path.open("rb") as file:
        head = file.read(4096)
    wide = _wide(head)
    candidates = [wide] if wide else ["utf-8-sig", "cp1252"]
    for name in candidates:
        if _decodes(path, name):
            return name
    raise DataError(
        f"the text of {path.name} cannot be read",
        why="its bytes are neither UTF-8, UTF-16 nor Windows-1252",
        fix="save it again as CSV in UTF-8",
        where=str(path),
    )


def _wide(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    even, odd = head[0::2], head[1::2]
    if odd.count(0) > 0.4 * max(1, len(odd)):
        return "utf-16-le"
    if even.count(0) > 0.4 * max(1, len(even)):
        return "utf-16-be"
    return ""


def _decodes(path: Path, name: str) -> bool:
    decoder = codecs.getincrementaldecoder(name)("strict")
    has_letters, line = False, 1
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK_BYTES):
                if not name.startswith("utf-16"):
                    _refuse_zeros(path, chunk, line=line)
                decoder.decode(chunk)
                has_letters = has_letters or not chunk.isascii()
                line += chunk.count(b"\n")
            decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        before = error.object[: error.start]
        if name == "utf-8-sig" and (has_letters or not before.isascii()):
            raise _mixed(path, line + before.count(b"\n")) from error
        return False
    return True


def _refuse_zeros(path: Path, chunk: bytes, *, line: int) -> None:
    if b"\0" in chunk:
        place = line + chunk[: chunk.index(b"\0")].count(b"\n")
        raise DataError(
            f"line {place} of {path.name} holds a zero byte, which no text has",
            why="the file is damaged, or it is no table",
            fix="export it again as CSV in UTF-8; nothing was imported",
            where=f"{path.name}, line {place}",
        )


def _mixed(path: Path, line: int) -> DataError:
    return DataError(
        f"line {line} of {path.name} is not in UTF-8, as the lines before are",
        why="two encodings in one file, or a letter cut in two; names would come out garbled",
        fix="mend that line, or save the file again as CSV in UTF-8; nothing was imported",
        where=f"{path.name}, line {line}",
    )
