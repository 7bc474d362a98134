"""Two at once, cut off halfway, a full disk, a lost catalog: nothing leaves, nothing is lost."""

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from signoff.errors import DataError
from signoff.store.backups.backup import back_up, restore
from signoff.store.exports import RULES, Platform, export_matched_audience, matched
from signoff.store.imports import ImportOptions, import_file, undo_import
from signoff.store.lake import (
    check_lake,
    compact_lake,
    current_snapshot,
    open_lake,
    persons,
    publish,
)
from signoff.store.privacy import erasure, forgetting
from signoff.store.privacy.disclosure import export_person
from signoff.store.privacy.erasure import erase_person
from signoff.store.register import (
    RunRecord,
    SuppressionKind,
    current_persons,
    list_documents,
    record_run,
    save_document,
    suppress,
    verify_audit,
)
from signoff.store.register.tables import DOCUMENT
from signoff.store.settings import Settings
from signoff.store.workspace import Workspace, create_workspace, open_workspace

AT = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
EMAIL = "zoe.lee@acme.example"
HEADER = "email,first_name,last_name,phone,title,account\n"
ZOE = f"{EMAIL},Zoé,Lee,+33 6 98 76 54 32,Buyer,Acme\n"
BO = "bo.roy@acme.example,Bo,Roy,+33 6 11 22 33 44,Chief Financial Officer,Acme\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    workspace = create_workspace(folder / "w é", settings=Settings(name="Société é"), at=AT)
    bring(workspace, folder / "accounts.csv", "name,domain,country\nAcme,acme.example,FR\n")
    bring(workspace, folder / "contacts.csv", HEADER + ZOE + BO, table="contact")
    return workspace.path


@pytest.fixture
def workspace(made: Path, tmp_path: Path) -> Workspace:
    return open_workspace(shutil.copytree(made, tmp_path / "moved é"))


@pytest.fixture(autouse=True)
def short_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a list of two leave, that would be too short for the platform."""
    google = Platform.GOOGLE_CUSTOMER_MATCH
    monkeypatch.setitem(RULES, google, replace(RULES[google], fewest_rows=1))


def bring(workspace: Workspace, path: Path, text: str, *, table: str = "account") -> Any:
    path.write_text(text, encoding="utf-8")
    options = ImportOptions(table=table, by="ann", at=AT, largest_bad_share=1.0)
    return import_file(workspace, path, options=options)


def n_facts(workspace: Workspace) -> int:
    with open_lake(workspace) as lake:
        return int(lake.rows("SELECT count(*) FROM lake.person_fact")[0][0])


def export_list(workspace: Workspace) -> Any:
    with open_lake(workspace) as lake:
        accounts = [row[0] for row in lake.rows("SELECT account_id FROM lake.account")]
    return export_matched_audience(
        workspace, platform="google_customer_match", account_ids=accounts, by="ann", at=AT
    )


def test_open_workspace_that_was_moved_reads_all_it_had(workspace: Workspace) -> None:
    assert n_facts(workspace) == 2
    assert check_lake(workspace, repair=False).is_sound
    assert {person.first_name for person in current_persons(workspace.register)} == {"Zoé", "Bo"}


def test_export_while_somebody_is_erased_leaves_no_list(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = matched.write_list

    def erase_meanwhile(*given: Any, **named: Any) -> Path:
        erase_person(workspace, email=EMAIL, by="bo", at=AT)
        return write(*given, **named)

    monkeypatch.setattr(matched, "write_list", erase_meanwhile)
    with pytest.raises(DataError, match="changed while the list was made"):
        export_list(workspace)
    assert list(workspace.exports_dir.iterdir()) == []


def test_export_twice_at_one_moment_keeps_both_lists(workspace: Workspace) -> None:
    first = export_list(workspace)
    assert export_list(workspace).path != first.path
    assert first.path.is_file()


@pytest.mark.parametrize(
    "step", ["_scrub", "_forget_in_lake", "_forget_files", "_redact", "rewrite_bytes"]
)
def test_erase_person_cut_off_anywhere_is_whole_when_repeated(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    note = workspace.reports_dir / "note.csv"
    note.write_text("name;phone\nZoé Lee;x\ny;06 98 76 54 32\nBo;z\n", encoding="utf-8")
    held = {"_scrub": erasure, "_forget_files": persons}.get(step, forgetting)

    def cut_off(*_given: object, **_named: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(held, step, cut_off)
        with pytest.raises(KeyboardInterrupt):
            erase_person(workspace, email=EMAIL, by="bo", at=AT)
    erase_person(workspace, email=EMAIL, by="bo", at=AT)
    assert note.read_text(encoding="utf-8") == "name;phone\nBo;z\n"
    assert [person.first_name for person in current_persons(workspace.register)] == ["Bo"]
    assert n_facts(workspace) == 1
    for path in (workspace.lake_dir / "data").glob("main/person_fact/**/*.parquet"):
        assert b"Buyer" not in path.read_bytes()
    assert verify_audit(workspace.register).is_sound


def test_erase_person_unknown_id_is_refused_and_a_known_one_may_be_repeated(
    workspace: Workspace,
) -> None:
    with pytest.raises(DataError, match="no contact has the id"):
        erase_person(workspace, person_id="0" * 32, by="bo", at=AT)
    (zoe,) = [p for p in current_persons(workspace.register) if p.first_name == "Zoé"]
    for n_versions in (1, 0):
        done = erase_person(workspace, person_id=zoe.person_id, by="bo", at=AT)
        assert done.n_versions == n_versions


def test_erase_person_switchboard_written_otherwise_takes_no_colleague_along(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = ZOE.replace("+33 6 98 76 54 32", "+33 1 40 00 00 09")
    rows += BO.replace("+33 6 11 22 33 44", "01.40.00.00.09")
    bring(workspace, tmp_path / "again.csv", HEADER + rows, table="contact")
    path = workspace.exports_dir / "list.csv"
    path.write_text(f"email,phone\n{EMAIL},x\nbo.roy@acme.example,0140000009\n")
    erase_person(workspace, email=EMAIL, by="bo", at=AT)
    assert path.read_text() == "email,phone\nbo.roy@acme.example,0140000009\n"


@pytest.mark.parametrize("name", ["Zoé Lee", "ZOE LEE", "Lee, Zoé"])
def test_erase_person_mentioned_with_accents_is_taken_out_of_documents_runs_and_backups(
    workspace: Workspace, name: str
) -> None:
    body = {"note": f"ask {name} first", f"by {name}": 1}
    save_document(workspace.register, kind="brief", name="x", body=body, author="bo", at=AT)
    run = RunRecord("r1", "plan", AT, AT, current_snapshot(workspace), {}, body, 7, "1")
    record_run(workspace.register, run)
    back_up(workspace, workspace.backups_dir / "b", by="bo", at=AT)
    erase_person(workspace, email=EMAIL, by="bo", at=AT)
    (kept,) = list_documents(workspace.register, kind="brief")
    assert kept.body == {"note": "ask [erased] first", "by [erased]": 1}
    restore(workspace.backups_dir / "b", workspace.path.parent / "r")
    back = open_workspace(workspace.path.parent / "r")
    with back.register.read() as connection:
        assert "[erased] first" in str(connection.execute(select(DOCUMENT.c.body)).scalar())


def test_erase_person_mention_in_a_backup_that_never_had_the_contact_goes_too(
    workspace: Workspace,
) -> None:
    body = {"note": "ask Zoé Lee first"}
    save_document(workspace.register, kind="brief", name="x", body=body, author="bo", at=AT)
    for person in current_persons(workspace.register):
        if person.first_name == "Zoé":
            (import_id,) = [row[0] for row in _imports(workspace) if row[1] == person.import_seq]
    undo_import(workspace, import_id, by="ann", at=AT)
    back_up(workspace, workspace.backups_dir / "b", by="bo", at=AT)
    bring(workspace, workspace.path.parent / "c.csv", HEADER + ZOE, table="contact")
    erase_person(workspace, email=EMAIL, by="bo", at=AT)
    restore(workspace.backups_dir / "b", workspace.path.parent / "r")
    (kept,) = list_documents(open_workspace(workspace.path.parent / "r").register, kind="brief")
    assert kept.body == {"note": "ask [erased] first"}


def _imports(workspace: Workspace) -> list[tuple[str, int]]:
    from signoff.store.register import list_imports

    return [(entry.import_id, entry.import_seq) for entry in list_imports(workspace.register)]


def full(*_given: object, **_named: object) -> None:
    raise OSError(28, "No space left on device")


def test_erase_person_full_disk_deletes_no_backup(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workspace.backups_dir / "b"
    back_up(workspace, path, by="bo", at=AT)
    before = path.read_bytes()
    monkeypatch.setattr("signoff.store.backups.archive._extract", full)
    done = erase_person(workspace, email=EMAIL, by="bo", at=AT)
    assert path.read_bytes() == before
    assert any(file.action.startswith("not searched") for file in done.files)


def test_back_up_full_disk_says_so_and_leaves_no_half(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("signoff.store.backups.archive.os.fsync", full)
        with pytest.raises(DataError, match=r"cannot be written.*No space left"):
            back_up(workspace, tmp_path / "b")
    assert not list(tmp_path.glob("b*"))
    assert back_up(workspace, tmp_path / "b").n_rows["person"] == 2


def test_rejected_rows_never_give_an_erased_person_back(
    workspace: Workspace, tmp_path: Path
) -> None:
    erase_person(workspace, email=EMAIL, by="bo", at=AT)
    text = HEADER + BO + ZOE.replace(EMAIL, "no address") + ZOE.replace(EMAIL, "")
    text += f"x,y\n{EMAIL},z,\n"
    receipt = bring(workspace, tmp_path / "again.csv", text, table="contact")
    assert receipt.n_published == 1
    given_back = "".join(path.read_text() for path in workspace.rejected_dir.iterdir())
    assert not any(word in given_back for word in ("Lee", "98 76", EMAIL, "no address"))
    assert receipt.n_rejected == 4


def test_suppress_while_contacts_are_imported_leaves_the_lake_sound(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    def suppress_meanwhile(*given: Any, **named: Any) -> int:
        snapshot = publish(*given, **named)
        suppress(workspace, kind=SuppressionKind.EMAIL, value=EMAIL, reason="asked", by="bo", at=AT)
        return snapshot

    monkeypatch.setattr("signoff.store.imports.storing.publish", suppress_meanwhile)
    more = BO.replace("bo.roy", "cy").replace("Bo,Roy", "Cy,Day")
    with pytest.raises(DataError, match="suppression list changed"):
        bring(workspace, tmp_path / "more.csv", HEADER + more, table="contact")
    assert check_lake(workspace, repair=False).findings == ()
    assert n_facts(workspace) == 2


def test_check_lake_repair_of_a_new_workspace_makes_its_lake(tmp_path: Path) -> None:
    workspace = create_workspace(tmp_path / "w", settings=Settings(name="Acme"), at=AT)
    assert check_lake(workspace, repair=True).is_sound


def test_undo_after_supersede_after_undo_gives_each_state_back(
    workspace: Workspace, tmp_path: Path
) -> None:
    def titles() -> set[str]:
        from signoff.store.engines import Statement
        from signoff.store.lake import duckdb_engine

        statement = Statement("titles", "SELECT title FROM person_fact", ("person_fact",))
        with duckdb_engine(workspace) as engine:
            return {row["title"] for row in engine.rows(statement)}

    first = titles()
    second = bring(
        workspace, tmp_path / "b.csv", HEADER + ZOE.replace("Buyer", "Head Buyer"), table="contact"
    )
    third = bring(
        workspace, tmp_path / "c.csv", HEADER + ZOE.replace("Buyer", "CPO"), table="contact"
    )
    assert titles() == {"CPO", "Chief Financial Officer"}
    undo_import(workspace, second.import_id, by="ann", at=AT)
    assert titles() == {"CPO", "Chief Financial Officer"}
    compact_lake(workspace, today=date(2027, 1, 1))
    undo_import(workspace, third.import_id, by="ann", at=AT)
    assert titles() == first
    again = bring(
        workspace, tmp_path / "c.csv", HEADER + ZOE.replace("Buyer", "CPO"), table="contact"
    )
    assert again.is_new
    assert titles() == {"CPO", "Chief Financial Officer"}
    assert check_lake(workspace, repair=False).is_sound


def test_export_person_names_a_workbook_and_no_colleagues_file(workspace: Workspace) -> None:
    import zipfile

    with zipfile.ZipFile(workspace.exports_dir / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("x.xml", f"<t>{EMAIL}</t>" * 99)
    (workspace.exports_dir / "b.csv").write_text("bo.roy@acme.example\n")
    assert export_person(workspace, email=EMAIL)["files"] == [str(Path("exports", "a.xlsx"))]


@pytest.mark.parametrize("repair", [False, True])
def test_check_lake_without_its_catalog_is_refused_and_removes_no_file(
    workspace: Workspace, repair: bool
) -> None:
    for path in (workspace.path / "lake").glob("catalog.sqlite*"):
        path.unlink()
    before = sorted((workspace.lake_dir / "data").rglob("*.parquet"))
    with pytest.raises(DataError, match="lost its catalog"):
        check_lake(workspace, repair=repair)
    with pytest.raises(DataError, match="lost its catalog"):
        current_snapshot(workspace)
    assert sorted((workspace.lake_dir / "data").rglob("*.parquet")) == before != []
