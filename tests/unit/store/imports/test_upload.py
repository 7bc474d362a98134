"""Uploads: kept privately, checked by content, refused cleanly, gone after a day."""

import errno
import io
import os
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from signoff.errors import DataError, MissingError
from signoff.store.imports.source import open_source
from signoff.store.imports.upload import (
    choose_for_upload,
    clear_uploads,
    drop_upload,
    keep_upload,
    list_uploads,
    load_upload,
    uploads_folder,
)
from signoff.store.jobs import job_faults_folder
from signoff.store.privacy.erasure import erase_person
from signoff.store.settings import Settings
from signoff.store.workspace import Workspace, create_workspace

AT = datetime(2026, 11, 26, 9, tzinfo=UTC)
ACCOUNTS = b"name,country\nAcme,France\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return create_workspace(tmp_path / "w", settings=Settings(name="Acme"), at=AT)


def test_keep_upload_is_private_and_found_again(workspace: Workspace) -> None:
    kept = keep_upload(workspace, [ACCOUNTS[:5], ACCOUNTS[5:]], name="clients.csv", by="ann", at=AT)
    assert load_upload(workspace, kept.upload_id) == kept
    assert (kept.file_name, kept.kind, kept.n_bytes) == ("clients.csv", "csv", len(ACCOUNTS))
    assert kept.path.read_bytes() == ACCOUNTS
    for path in (kept.path, kept.path.parent):
        assert path.stat().st_mode & 0o077 == 0
    assert list_uploads(workspace, by="ann") == [kept]
    assert list_uploads(workspace, by="bo") == []


def test_choose_for_upload_keeps_what_was_decided(workspace: Workspace) -> None:
    kept = keep_upload(workspace, [ACCOUNTS], name="a.csv", by="ann", at=AT)
    choose_for_upload(
        workspace, kept.upload_id, {"table": "account", "mapping": {"name": "name"}, "x": 1}
    )
    options = load_upload(workspace, kept.upload_id).options(by="ann", at=AT, job_id="j")
    assert (options.table, dict(options.mapping), options.job_id) == (
        "account",
        {"name": "name"},
        "j",
    )


@pytest.mark.parametrize("name", ["../../evil.csv", "C:\\temp\\evil.csv", "/etc/evil.csv"])
def test_keep_upload_named_as_path_stays_in_its_folder(workspace: Workspace, name: str) -> None:
    """Fault 27: path traversal in a name."""
    kept = keep_upload(workspace, [ACCOUNTS], name=name, by="ann", at=AT)
    assert kept.path.parent.parent == uploads_folder(workspace)
    assert kept.file_name == "evil.csv"


@pytest.mark.parametrize("upload_id", ["../jobs", "0" * 32, "", "x" * 32])
def test_load_upload_of_unknown_id_is_missing(workspace: Workspace, upload_id: str) -> None:
    with pytest.raises(MissingError, match="no longer kept"):
        load_upload(workspace, upload_id)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.xlsx", ACCOUNTS, "separated text .CSV., its name says an XLSX workbook"),
        ("a.exe", ACCOUNTS, "its name says something else"),
        ("a", ACCOUNTS, "its name says something else"),
        ("a.csv", b"%PDF-1.7 and more", "tables come as CSV, XLSX or Parquet"),
        ("a.csv", b"MZ\x90\0\x03\0\0\0" * 9, "tables come as CSV"),
        ("a.csv", b"<html><body>", "tables come as CSV"),
        ("a.csv", b"", "no line with content"),
    ],
)
def test_keep_upload_of_wrong_kind_is_refused(
    workspace: Workspace, name: str, content: bytes, says: str
) -> None:
    """Fault 10: wrong extension or content."""
    with pytest.raises(DataError, match=says):
        keep_upload(workspace, [content], name=name, by="ann", at=AT)
    assert list(uploads_folder(workspace).iterdir()) == []


def test_keep_upload_of_archive_in_workbook_is_refused(
    workspace: Workspace, tmp_path: Path
) -> None:
    """Fault 9: nested zip."""
    inner, outer = tmp_path / "inner.zip", tmp_path / "outer.xlsx"
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("list.csv", ACCOUNTS)
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.write(inner, "xl/embeddings/list.bin")
    with pytest.raises(DataError, match="an archive in the archive"):
        keep_upload(workspace, [outer.read_bytes()], name="outer.xlsx", by="ann", at=AT)
    assert list(uploads_folder(workspace).iterdir()) == []


def test_keep_upload_too_large_is_refused_while_it_comes(workspace: Workspace) -> None:
    came: list[int] = []

    def chunks() -> Iterator[bytes]:
        for number in range(100):
            came.append(number)
            yield b"x" * 1000

    with pytest.raises(DataError, match="larger than"):
        keep_upload(workspace, chunks(), name="a.csv", by="ann", at=AT, largest_bytes=5000)
    assert len(came) == 6
    assert list(uploads_folder(workspace).iterdir()) == []


def test_keep_upload_on_full_disk_says_so(workspace: Workspace) -> None:
    """Fault 3: the disk is full."""

    def chunks() -> Iterator[bytes]:
        yield ACCOUNTS
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(DataError, match="No space left on device") as caught:
        keep_upload(workspace, chunks(), name="a.csv", by="ann", at=AT)
    assert "disk has room" in caught.value.fault.fix
    assert list(uploads_folder(workspace).iterdir()) == []


@pytest.mark.parametrize("kind", ["csv", "utf-16", "xlsx", "parquet"])
def test_erase_person_takes_him_out_of_uploads(workspace: Workspace, kind: str) -> None:
    """Fault 31: nothing of an erased person is left in a file that waits for its import."""
    frame = [("email", "last name"), ("zoe@x.example", "Lee"), ("bo@x.example", "May")]
    text = "".join(f"{email},{last}\n" for email, last in frame)
    ending, content = "csv", text.encode("utf-16" if kind == "utf-16" else "utf-8")
    if kind == "xlsx":
        ending, content = kind, _workbook(frame)
    if kind == "parquet":
        ending, content = kind, _parquet(frame)
    kept = keep_upload(workspace, [content], name=f"people.{ending}", by="ann", at=AT)
    job_faults_folder(workspace).mkdir()
    fault = job_faults_folder(workspace) / "1.json"
    fault.write_text('{"what": "zoe@x.example cannot be used", "fix": "mend it"}')
    erase_person(workspace, email="zoe@x.example", by="ann", at=AT)
    if kept.path.exists():
        left = _texts(kept.path)
        assert "zoe" not in left
        assert "bo@x.example" in left
    assert "zoe" not in fault.read_text()
    assert "mend it" in fault.read_text()


def _workbook(rows: list[tuple[str, str]]) -> bytes:
    from openpyxl import Workbook

    book, made = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(made)
    return made.getvalue()


def _parquet(rows: list[tuple[str, str]]) -> bytes:
    from signoff.store.engines.duck import fresh_session

    with TemporaryDirectory() as folder, fresh_session() as session:
        path = Path(folder) / "a.parquet"
        session.execute('CREATE TABLE t (email VARCHAR, "last name" VARCHAR)')
        session.executemany("INSERT INTO t VALUES (?, ?)", rows[1:])
        session.execute(f"COPY t TO '{path}' (FORMAT parquet)")
        return path.read_bytes()


def _texts(path: Path) -> str:
    cells = [cell for record in open_source(path).records() for cell in record.cells]
    return " ".join(cells)


def test_clear_uploads_throws_away_what_was_kept_a_day(workspace: Workspace) -> None:
    old = keep_upload(workspace, [ACCOUNTS], name="old.csv", by="ann", at=AT)
    new = keep_upload(workspace, [ACCOUNTS], name="new.csv", by="ann", at=AT)
    now = datetime.now(UTC)
    yesterday = (now - timedelta(hours=25)).timestamp()
    os.utime(old.path.parent, (yesterday, yesterday))
    assert clear_uploads(workspace, now=now) == 1
    assert list_uploads(workspace) == [new]
    drop_upload(workspace, new.upload_id)
    drop_upload(workspace, new.upload_id)
    assert list_uploads(workspace) == []
