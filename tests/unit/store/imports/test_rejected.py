"""Rows that came back: read with their faults, mended, given as a file of their own."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from signoff.errors import DataError
from signoff.store.imports import ImportOptions, ImportReceipt, import_file
from signoff.store.imports.rejected import count_faults, mended_file, read_faults, read_rows
from signoff.store.privacy.erasure import erase_person
from signoff.store.register import SuppressionKind, suppress
from signoff.store.settings import Settings
from signoff.store.workspace import Workspace, create_workspace

AT = datetime(2026, 11, 26, 9, tzinfo=UTC)
PEOPLE = (
    "email,last name,level\nann@x.example,Ann,director\nbo,Bo,director\n"
    '=1+1,"May, Mia",director\nzoe@x.example,Zoe,boss\neve@x.example,Eve,director\n'
    "kim@x.example,Kim,owner\nlee@x.example,Lee,owner\npat@x.example,Pat,owner\n"
)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return create_workspace(tmp_path / "w", settings=Settings(name="Acme"), at=AT)


@pytest.fixture
def done(workspace: Workspace, tmp_path: Path) -> ImportReceipt:
    for email in ("eve@x.example",):
        suppress(
            workspace, kind=SuppressionKind.EMAIL, value=email, reason="asked", by="ann", at=AT
        )
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE)
    return import_file(
        workspace, path, options=ImportOptions(by="ann", at=AT, largest_bad_share=1.0)
    )


def test_read_faults_gives_line_column_value_kind(
    workspace: Workspace, done: ImportReceipt
) -> None:
    faults = read_faults(workspace, done.import_id, limit=50)
    assert [(fault.line, fault.column, fault.value, fault.kind) for fault in faults][:3] == [
        (3, "email", "bo", "unreadable"),
        (4, "email", "=1+1", "unreadable"),
        (5, "level", "boss", "not_listed"),
    ]
    assert len(read_faults(workspace, done.import_id, limit=1)) == 1
    counts = count_faults(workspace, done.import_id)
    assert next(iter(counts.items())) == ("not_listed", 4)
    assert counts["unreadable"] == 2
    assert counts["suppressed"] == 1
    assert read_faults(workspace, "0" * 32, limit=5) == []


def test_read_rows_gives_cells_with_their_faults_and_nobody_suppressed(
    workspace: Workspace, done: ImportReceipt
) -> None:
    found = read_rows(workspace, done.import_id)
    assert found.headings == ("email", "last name", "level")
    assert "eve@x.example" not in str(found.rows)
    assert [(row.line, row.cells[0], tuple(row.faults)) for row in found.rows][:3] == [
        (3, "bo", ("email",)),
        (4, "=1+1", ("email",)),
        (5, "zoe@x.example", ("level",)),
    ]
    assert read_rows(workspace, done.import_id, first=1, limit=1).rows == found.rows[1:2]
    assert read_rows(workspace, "0" * 32).n_rows == 0


def test_mended_file_holds_changed_rows_alone(workspace: Workspace, done: ImportReceipt) -> None:
    changes = {0: ["bo@x.example", "Bo", "director"], 1: ["=1+1", "May, Mia", "director"]}
    content, n_rows = mended_file(workspace, done.import_id, changes)
    assert n_rows == 1
    lines = content.decode().splitlines()
    assert lines[0].startswith("# signoff ")
    assert lines[1:] == ["email,last name,level", "bo@x.example,Bo,director"]


@pytest.mark.parametrize("changes", [{99: ["a", "b", "c"]}, {0: ["a"]}])
def test_mended_file_of_other_rows_is_refused(
    workspace: Workspace, done: ImportReceipt, changes: dict[int, list[str]]
) -> None:
    with pytest.raises(DataError, match="no longer there as they were shown"):
        mended_file(workspace, done.import_id, changes)


def test_rows_after_an_erasure_are_still_shown_without_the_person(
    workspace: Workspace, done: ImportReceipt
) -> None:
    before = read_rows(workspace, done.import_id).n_rows
    erase_person(workspace, email="zoe@x.example", by="ann", at=AT)
    found = read_rows(workspace, done.import_id)
    assert found.n_rows == before - 1
    assert "zoe" not in str(found.rows)
