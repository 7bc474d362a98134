"""Takes a person out of the files that Signoff wrote: rows where it can, whole files otherwise."""

import json
import os
import re
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from signoff.store.traces import Traces, split_records

__all__ = ["ScrubbedFile", "scrub_file", "scrub_folders"]

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
    text = _as_text(content) if kind in RECORD_KINDS or kind == ".json" else None
    if text is not None and kind == ".json":
        return _scrub_json(path, text, traces)
    if text is not None:
        return _scrub_records(path, text, traces)
    if any(map(traces.are_in_bytes, _layers(path, content))):
        path.unlink()
        return ScrubbedFile(str(path), "deleted")
    return None


def _scrub_records(path: Path, text: str, traces: Traces) -> ScrubbedFile | None:
    records = split_records(text)
    taken = [record for record in records if traces.are_in(record)]
    if not taken:
        return None
    _replace(path, "".join(record for record in records if not traces.are_in(record)))
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


def _scrub_json(path: Path, text: str, traces: Traces) -> ScrubbedFile | None:
    try:
        kept, n_taken = traces.without(json.loads(text))
    except ValueError:
        return _scrub_records(path, text, traces)
    if not n_taken:
        return None
    _replace(path, json.dumps(kept, ensure_ascii=False, indent=2) + "\n")
    return ScrubbedFile(str(path), "rows removed", n_taken)


def _scrub_parquet(path: Path, traces: Traces) -> ScrubbedFile | None:
    import duckdb

    source = "read_parquet($path)"
    with duckdb.connect() as session:
        columns = session.execute(f"DESCRIBE SELECT * FROM {source}", {"path": str(path)})
        texts = [name for name, kind, *_ in columns.fetchall() if kind == "VARCHAR"]
        if not texts:
            return None
        line = "lower(concat_ws('|', " + ", ".join(f'"{name}"' for name in texts) + "))"
        held = f"EXISTS (SELECT 1 FROM unnest($words) AS w(word) WHERE contains({line}, word))"
        values = {"path": str(path), "words": list(traces.words)}
        counted = session.execute(f"SELECT count(*) FROM {source} WHERE {held}", values).fetchone()
        n_rows = int(counted[0]) if counted else 0
        if not n_rows:
            return None
        session.execute(f"CREATE TABLE kept AS SELECT * FROM {source} WHERE NOT {held}", values)
        unfinished = path.with_name(path.name + ".unfinished")
        target = str(unfinished).replace("'", "''")
        session.execute(f"COPY kept TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
        unfinished.replace(path)
    _correct_manifest(path, n_rows)
    return ScrubbedFile(str(path), "rows removed", n_rows)


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


def _as_text(content: bytes) -> str | None:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _replace(path: Path, text: str) -> None:
    unfinished = path.with_name(path.name + ".unfinished")
    unfinished.touch(mode=path.stat().st_mode & 0o777)
    with unfinished.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
