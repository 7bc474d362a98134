"""Takes a person out of the files that Signoff wrote: rows where it can, whole files otherwise."""

import codecs
import json
import os
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from signoff.store.privacy.traces import Traces, split_records

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["ScrubbedFile", "holds_person", "scrub_file", "scrub_folders"]

RECORD_KINDS = frozenset({".csv", ".tsv", ".txt", ".jsonl", ".ndjson", ".log", ".md"})
STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
LINE_NUMBER = re.compile(r'^"?(\d+)"?[,;\t]')


@dataclass(frozen=True)
class ScrubbedFile:
    """What was done to one file.

    Attributes:
        path: The file.
        action: "rows removed", "deleted" or "rewritten".
        n_rows: Rows removed; 0 when the whole file went.
    """

    path: str
    action: str
    n_rows: int = 0


def scrub_folders(folders: Iterable[Path], traces: Traces) -> list[ScrubbedFile]:
    """Take a person out of every file under some folders.

    Args:
        folders: The folders; one that is not there is passed over.
        traces: What names the person.

    Returns:
        The files that held the person, and what was done to each.

    >>> scrub_folders([Path("/nowhere")], Traces(("a@x.fr",), (), ()))
    []
    """
    done: list[ScrubbedFile] = []
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            found = scrub_file(path, traces)
            if found:
                done.append(found)
    return [*done, *_siblings(done)]


def scrub_file(path: Path, traces: Traces) -> ScrubbedFile | None:
    r"""Take a person out of one file.

    Args:
        path: The file.
        traces: What names the person.

    Returns:
        What was done; None when the file does not hold the person.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "list.csv"
    ...     _ = path.write_text("email\na@x.fr\nb@x.fr\n")
    ...     scrub_file(path, Traces(("a@x.fr",), (), ())).n_rows, path.read_text()
    (1, 'email\nb@x.fr\n')
    """
    kind = path.suffix.casefold()
    if path.is_symlink():
        return None
    if kind == ".parquet":
        return _scrub_parquet(path, traces)
    content = path.read_bytes()
    if kind == ".json" or kind in RECORD_KINDS:
        written = _as_text(content)
        scrub = _scrub_json if kind == ".json" else _scrub_records
        return scrub(path, written, traces)
    if any(map(traces.are_in_bytes, _layers(path, content))):
        path.unlink()
        return ScrubbedFile(str(path), "deleted")
    return None


def holds_person(path: Path, traces: Traces) -> bool:
    r"""Say whether a file holds a person; the file stays as it is.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "list.csv"
    ...     _ = path.write_text("email\na@x.fr\n")
    ...     holds_person(path, Traces(("a@x.fr",), (), ()))
    True
    """
    kind = path.suffix.casefold()
    if path.is_symlink() or not path.is_file():
        return False
    if kind == ".parquet":
        with _rows_of(path, traces) as (_, n_rows):
            return n_rows > 0
    content = path.read_bytes()
    if kind in RECORD_KINDS:
        return any(map(traces.are_in, split_records(_as_text(content).text)))
    return any(map(traces.are_in_bytes, _layers(path, content)))


@dataclass(frozen=True)
class _Written:
    """A text, and the code in which its file holds it."""

    text: str
    code: str


def _scrub_records(path: Path, written: _Written, traces: Traces) -> ScrubbedFile | None:
    records = split_records(written.text)
    taken = [record for record in records if traces.are_in(record)]
    if not taken:
        return None
    kept = "".join(record for record in records if not traces.are_in(record))
    _replace(path, kept, code=written.code)
    n_notes = _scrub_notes(path, taken)
    return ScrubbedFile(str(path), "rows removed", len(taken) + n_notes)


def _scrub_notes(path: Path, taken: list[str]) -> int:
    """Take out what the list of faults says of the same lines of a rejected file."""
    notes = path.with_name(path.name.replace("-rows.csv", ".csv"))
    found = [LINE_NUMBER.match(record) for record in taken]
    numbers = {match.group(1) for match in found if match}
    if notes == path or not notes.is_file() or not numbers:
        return 0
    records = split_records(notes.read_text(encoding="utf-8-sig"))
    kept = [
        record
        for record in records
        if not (match := LINE_NUMBER.match(record)) or match.group(1) not in numbers
    ]
    _replace(notes, "".join(kept))
    return len(records) - len(kept)


def _scrub_json(path: Path, written: _Written, traces: Traces) -> ScrubbedFile | None:
    try:
        kept, n_taken = traces.without(json.loads(written.text.removeprefix("\ufeff")))
    except ValueError:
        return _scrub_records(path, written, traces)
    if not n_taken:
        return None
    _replace(path, json.dumps(kept, ensure_ascii=False, indent=2) + "\n")
    return ScrubbedFile(str(path), "rows removed", n_taken)


def _scrub_parquet(path: Path, traces: Traces) -> ScrubbedFile | None:
    with _rows_of(path, traces) as (session, n_rows):
        if not n_rows:
            return None
        unfinished = path.with_name(path.name + ".unfinished")
        target = str(unfinished).replace("'", "''")
        session.execute(
            "COPY (SELECT * EXCLUDE (held_line) FROM held ANTI JOIN theirs USING (held_line) "
            "ORDER BY held_line) "
            f"TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
        )
        unfinished.replace(path)
    _correct_manifest(path, n_rows)
    return ScrubbedFile(str(path), "rows removed", n_rows)


@contextmanager
def _rows_of(path: Path, traces: Traces) -> Iterator[tuple["DuckDBPyConnection", int]]:
    """Find the rows of a Parquet file that hold the person: `held` has all, `theirs` the lines."""
    import duckdb

    source = str(path).replace("'", "''")
    with duckdb.connect() as session:
        session.execute(
            "CREATE VIEW held AS SELECT * EXCLUDE (file_row_number), "
            "file_row_number AS held_line FROM read_parquet("
            f"'{source}', file_row_number = true)"
        )
        session.execute("CREATE TABLE theirs (held_line BIGINT)")
        described = session.execute("DESCRIBE held").fetchall()
        texts = [f'"{name}"' for name, kind, *_ in described if kind == "VARCHAR"]
        if texts:
            found = session.cursor().execute(
                f"SELECT held_line, concat_ws('|', {', '.join(texts)}) FROM held"
            )
            lines: list[int] = []
            while rows := found.fetchmany(10_000):
                lines += [line for line, text in rows if traces.are_in(text)]
            session.execute("INSERT INTO theirs SELECT unnest($1::BIGINT[])", [lines])
        counted = session.execute("SELECT count(*) FROM theirs").fetchone()
        yield session, int(counted[0]) if counted else 0


def _correct_manifest(path: Path, n_removed: int) -> None:
    """Keep the manifest of an export true after rows were taken out of one of its files."""
    from signoff.store.lake.files import sha256_of

    manifest = path.parent.parent / "manifest.json"
    if not manifest.is_file():
        return
    stated = json.loads(manifest.read_text(encoding="utf-8"))
    for table in stated.get("tables", []):
        if manifest.parent / table["path"] == path:
            table["n_rows"] -= n_removed
            table["n_bytes"] = path.stat().st_size
            table["sha256"] = sha256_of(path)
    _replace(manifest, json.dumps(stated, indent=2) + "\n")


def _siblings(done: list[ScrubbedFile]) -> list[ScrubbedFile]:
    """Delete the PDF beside a page that held the person: its letters cannot be searched."""
    pages = [Path(file.path) for file in done if Path(file.path).suffix == ".html"]
    twins = [page.with_suffix(".pdf") for page in pages]
    found = [twin for twin in twins if twin.is_file()]
    for twin in found:
        twin.unlink()
    return [ScrubbedFile(str(twin), "deleted") for twin in found]


def _layers(path: Path, content: bytes) -> Iterable[bytes]:
    """Give a file's bytes and what is packed inside them."""
    yield content
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                yield archive.read(member)
    if content.startswith(b"%PDF"):
        for packed in STREAM.findall(content):
            try:
                yield zlib.decompressobj().decompress(packed)
            except zlib.error:
                continue


def _as_text(content: bytes) -> _Written:
    """Read a text in the code that its first bytes name, or in the first one that fits."""
    marks = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    codes = ["utf-16"] if content.startswith(marks) else ["utf-8", "cp1252"]
    for code in codes:
        try:
            return _Written(content.decode(code), code)
        except UnicodeDecodeError:
            continue
    return _Written(content.decode("latin-1"), "latin-1")


def _replace(path: Path, text: str, *, code: str = "utf-8") -> None:
    unfinished = path.with_name(path.name + ".unfinished")
    unfinished.touch(mode=path.stat().st_mode & 0o777)
    with unfinished.open("w", encoding=code, newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
