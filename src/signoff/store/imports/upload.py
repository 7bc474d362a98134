"""Files that people upload: kept privately, checked by content, gone after the import or a day."""

import json
import re
import shutil
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path, PurePath
from typing import Any

from signoff.errors import DataError, MissingError
from signoff.store.imports.options import ImportOptions
from signoff.store.imports.source import open_source
from signoff.store.workspace import Workspace

__all__ = [
    "Upload",
    "choose_for_upload",
    "clear_uploads",
    "drop_upload",
    "keep_upload",
    "list_uploads",
    "load_upload",
    "uploads_folder",
]

LARGEST_BYTES = 2 << 30
KEPT = timedelta(days=1)
NOTE = "upload.json"
LONGEST_NAME = 120
ID = re.compile(r"[0-9a-f]{32}")
UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
ENDINGS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".tab": "csv",
    ".xlsx": "xlsx",
    ".parquet": "parquet",
}


@dataclass(frozen=True)
class Upload:
    """One uploaded file that waits for its import.

    Attributes:
        upload_id: Its id, 32 hexadecimal digits.
        path: Where it is.
        by: Who uploaded it.
        at: When, UTC.
        n_bytes: Its size.
        kind: csv, xlsx or parquet, by content.
        mends: The import whose rejected rows it holds, mended; else empty.
        choices: What was decided so far: table, format, mapping, currency, decimal_mark,
            date_order.
    """

    upload_id: str
    path: Path
    by: str
    at: datetime
    n_bytes: int
    kind: str
    mends: str = ""
    choices: Mapping[str, Any] = field(default_factory=dict)

    @property
    def file_name(self) -> str:
        """Name of the file, as it was called where it came from."""
        return self.path.name

    def options(self, *, by: str, at: datetime, job_id: str = "") -> ImportOptions:
        """Give the choices as an import takes them.

        Args:
            by: Who imports.
            at: When, UTC.
            job_id: The job that imports.
        """
        share = 1.0 if self.mends else 0.5  # of mended rows each good one is welcome
        return ImportOptions(
            by=by,
            at=at,
            job_id=job_id,
            mends=self.mends,
            largest_bad_share=share,
            **self.choices,
        )


def uploads_folder(workspace: Workspace) -> Path:
    """Give the folder of uploads; erasing a person goes through it."""
    return workspace.path / "uploads"


def keep_upload(
    workspace: Workspace,
    chunks: Iterable[bytes],
    *,
    name: str,
    by: str,
    at: datetime,
    mends: str = "",
    largest_bytes: int = LARGEST_BYTES,
) -> Upload:
    """Keep an uploaded file until it is imported, for a day at most.

    Args:
        workspace: The workspace.
        chunks: Its bytes.
        name: What it was called; only the last part of a path counts.
        by: Who uploads it.
        at: When, UTC.
        mends: The import whose rejected rows it holds, mended.
        largest_bytes: A larger file is refused.

    Returns:
        The upload.

    Raises:
        DataError: it is too large, its name says another kind than its content is, it cannot be
            imported, or the disk is full; nothing of it is kept.
    """
    upload_id = uuid.uuid4().hex
    folder = uploads_folder(workspace) / upload_id
    try:
        folder.mkdir(mode=0o700, parents=True)
        path = folder / safe_name(name)
        n_bytes = _write(path, chunks, largest_bytes=largest_bytes)
        kind = _check(path)
        upload = Upload(upload_id, path, by, at, n_bytes, kind, mends)
        _note(upload)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise _not_kept(safe_name(name), error) from error
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return upload


def load_upload(workspace: Workspace, upload_id: str) -> Upload:
    """Give an upload.

    Args:
        workspace: The workspace.
        upload_id: Its id.

    Raises:
        MissingError: it was imported, thrown away, or kept its day.
    """
    folder = uploads_folder(workspace) / upload_id
    if ID.fullmatch(upload_id) and (folder / NOTE).is_file():
        kept = json.loads((folder / NOTE).read_text(encoding="utf-8"))
        path = folder / safe_name(kept.pop("file_name"))
        if path.is_file():
            return Upload(path=path, **{**kept, "at": datetime.fromisoformat(kept["at"])})
    raise MissingError(
        "the uploaded file is no longer kept",
        why="it was imported, somebody threw it away, it named somebody who was erased, or a day "
        "has passed",
        fix="upload it again",
    )


def list_uploads(workspace: Workspace, *, by: str = "") -> list[Upload]:
    """List the uploads that wait for their import, newest first.

    Args:
        workspace: The workspace.
        by: Only those of this person.
    """
    found = []
    for note in uploads_folder(workspace).glob(f"*/{NOTE}"):
        try:
            found.append(load_upload(workspace, note.parent.name))
        except (MissingError, ValueError, KeyError, TypeError, FileNotFoundError):
            continue  # thrown away, or being written, at this moment
    mine = [upload for upload in found if by in {"", upload.by}]
    return sorted(mine, key=lambda upload: upload.at, reverse=True)


def choose_for_upload(workspace: Workspace, upload_id: str, choices: Mapping[str, Any]) -> Upload:
    """Keep what was decided about an upload so far, so that a session that ends loses nothing.

    Args:
        workspace: The workspace.
        upload_id: The upload.
        choices: table, format, mapping, currency, decimal_mark, date_order.

    Returns:
        The upload with them.

    Raises:
        MissingError: it is no longer kept.
    """
    known = {"table", "format", "mapping", "currency", "decimal_mark", "date_order"}
    kept = {name: value for name, value in choices.items() if name in known and value}
    upload = replace(load_upload(workspace, upload_id), choices=kept)
    _note(upload)
    return upload


def drop_upload(workspace: Workspace, upload_id: str) -> None:
    """Throw an upload away; one that is gone already is none."""
    if ID.fullmatch(upload_id):
        shutil.rmtree(uploads_folder(workspace) / upload_id, ignore_errors=True)


def clear_uploads(workspace: Workspace, *, now: datetime) -> int:
    """Throw away the uploads that were kept for a day, and what an upload cut off left behind.

    Args:
        workspace: The workspace.
        now: What time it is, UTC.

    Returns:
        How many went.
    """
    n_cleared = 0
    for folder in uploads_folder(workspace).glob("*"):
        age_seconds = now.timestamp() - folder.stat().st_mtime
        if folder.is_dir() and age_seconds > KEPT.total_seconds():
            shutil.rmtree(folder, ignore_errors=True)
            n_cleared += 1
    return n_cleared


def safe_name(name: str) -> str:
    r"""Give the last part of a path without what a file's name may not hold.

    >>> safe_name("../../etc/passwd"), safe_name("C:\\clients\\liste 1.csv"), safe_name("..")
    ('passwd', 'liste 1.csv', 'upload')
    """
    last = PurePath(name.replace("\\", "/")).name
    clean = UNSAFE.sub("_", last).strip(" ._")
    if len(clean) > LONGEST_NAME:
        clean = clean[: LONGEST_NAME - len(PurePath(clean).suffix)] + PurePath(clean).suffix
    return "upload" if clean in {"", NOTE} else clean


def _write(path: Path, chunks: Iterable[bytes], *, largest_bytes: int) -> int:
    n_bytes = 0
    path.touch(mode=0o600)
    with path.open("wb") as file:
        for chunk in chunks:
            n_bytes += len(chunk)
            if n_bytes > largest_bytes:
                raise DataError(
                    f"{path.name} is larger than {largest_bytes / 1e6:,.0f} MB",
                    why="a page takes no larger file",
                    fix="split it, or import it where the workspace is: signoff import",
                    where=path.name,
                )
            file.write(chunk)
    return n_bytes


def _check(path: Path) -> str:
    """Refuse what cannot be imported, and names that say another kind than the content is.

    Erasing a person looks into a file by the ending of its name, so it has to be the right one.
    """
    kind = open_source(path).kind
    said = ENDINGS.get(path.suffix.casefold())
    if said == kind:
        return kind
    endings = ", ".join(ending for ending, of in ENDINGS.items() if of == kind)
    raise DataError(
        f"{path.name} does not end as what it is",
        why=f"its content is {_KINDS[kind]}"
        + (f", its name says {_KINDS[said]}" if said else ", its name says something else"),
        fix=f"if the content is right, rename it to end in {endings}; else export it again",
        where=path.name,
    )


_KINDS = {"csv": "separated text (CSV)", "xlsx": "an XLSX workbook", "parquet": "a Parquet file"}


def _note(upload: Upload) -> None:
    """Write the note beside the file, in one piece."""
    kept = {**asdict(upload), "at": upload.at.isoformat(), "file_name": upload.file_name}
    del kept["path"]
    path = upload.path.with_name(NOTE)
    draft = path.with_suffix(".unfinished")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
    draft.replace(path)


def _not_kept(name: str, error: OSError) -> DataError:
    return DataError(
        f"{name} could not be kept",
        why=error.strerror or str(error),
        fix="see that the disk has room and that Signoff may write into the workspace, then "
        "upload it again; nothing was imported",
        where=name,
    )
