"""A person erased is found nowhere, on either kind of register."""

import hashlib
import json
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from signoff.errors import DataError
from signoff.store.lake.place import data_path
from signoff.store.lake.publication import publish, write_parquet
from signoff.store.lake.session import open_lake
from signoff.store.privacy.disclosure import export_person
from signoff.store.privacy.erasure import erase_person, erase_persons
from signoff.store.register import (
    Basis,
    Consent,
    ImportEntry,
    ImportState,
    PersonRow,
    SuppressionKind,
    SuppressionLedger,
    current_persons,
    drop_persons_of_import,
    find_person_ids,
    give_consent,
    hold_import,
    list_consents,
    list_suppressions,
    load_document,
    save_document,
    suppress,
    verify_audit,
)
from signoff.store.register.decisions import list_decisions, take_decision
from signoff.store.settings import Settings
from signoff.store.workspace import Workspace, create_workspace

Importer = Callable[..., ImportEntry]
NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
ANN = PersonRow(
    "a3f0c2d41b5e4f7799aa0011bbccddee",
    external_id="17",
    email="Zora.Quill@example.com",
    first_name="Zora",
    last_name="Quill",
    phone="+33 6 98 76 54 32",
    linkedin_url="https://www.linkedin.com/in/zora-quill",
    company_name="Example SA",
)
BO = PersonRow(
    "b3f0c2d41b5e4f7799aa0011bbccddee",
    email="bo.roy@example.com",
    first_name="Bo",
    last_name="Roy",
    company_name="Example SA",
)
DIGEST = hashlib.sha256(b"zora.quill@example.com").hexdigest()
NEEDLES = (
    *(word.encode(code) for word in ("zora", "quill") for code in ("utf-8", "utf-16-le")),
    b"98 76 54 32",
    b"698765432",
    DIGEST.encode(),
)


def files_with(folder: Path, needles: tuple[bytes, ...] = NEEDLES) -> list[str]:
    """Search the bytes of every file, and what zip files pack."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            layers = [path.read_bytes()]
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as archive:
                    layers += [archive.read(name) for name in archive.namelist()]
            if any(needle in layer.lower() for layer in layers for needle in needles):
                found.append(str(path.relative_to(folder)))
    return found


def publish_facts(workspace: Workspace, entry: ImportEntry, *person_ids: str) -> None:
    rows = ", ".join(
        f"('{person_id}', 'acc', 'Chief of quince', 'finance', 'director', 'measured', "
        f"'{entry.import_id}', {entry.import_seq})"
        for person_id in person_ids
    )
    names = "person_id, account_id, title, function, level, origin, import_id, import_seq"
    path = data_path(workspace, "person_fact", entry.import_id, 0)
    with open_lake(workspace) as lake:
        write_parquet(lake, f"SELECT * FROM (VALUES {rows}) AS t({names})", path)
    publish(workspace, {"person_fact": [path]}, import_id=entry.import_id)


@pytest.fixture
def known(workspace: Workspace, import_contacts: Importer) -> ImportEntry:
    """Give a workspace that knows two people, everywhere where people can be."""
    entry = import_contacts(workspace.register, ANN, BO)
    publish_facts(workspace, entry, ANN.person_id, BO.person_id)
    consent = Consent(ANN.person_id, "newsletter", Basis.CONSENT, "form", NOW)
    give_consent(workspace.register, consent, by="bo", at=NOW)
    told = Consent(BO.person_id, "newsletter", Basis.CONSENT, "Zora Quill told us", NOW)
    give_consent(workspace.register, told, by="bo", at=NOW)
    body = {"note": "as Zora Quill <zora.quill@example.com> said", "budget": "9000"}
    save_document(workspace.register, kind="brief", name="x", body=body, author="bo", at=NOW)
    write_files(workspace)
    return entry


def write_files(workspace: Workspace) -> None:
    bo_digest = hashlib.sha256(b"bo.roy@example.com").hexdigest()
    exports, rejected, reports = (
        workspace.exports_dir,
        workspace.rejected_dir,
        workspace.reports_dir,
    )
    (exports / "google.csv").write_text(f"Email,Phone\r\n{DIGEST},\r\n{bo_digest},\r\n")
    (exports / "linkedin.csv").write_text("email\nZORA.QUILL@EXAMPLE.COM\nbo.roy@example.com\n")
    (exports / "list.json").write_text(json.dumps({"rows": [{"n": "Quill, Zora"}, {"n": "Bo"}]}))
    with zipfile.ZipFile(exports / "book.xlsx", "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/sharedStrings.xml", "<t>zora.quill@example.com</t>" * 50)
    (rejected / "i1-rows.csv").write_text('line,name,note\n7,"Quill\nZora",x\n8,Bo Roy,y\n')
    (rejected / "i1.csv").write_text("line,column,value\n7,email,quil@@x\n8,email,bo@@x\n")
    (reports / "r.html").write_text("<p>Zora Quill</p>")
    (reports / "r.pdf").write_bytes(b"%PDF-1.7 unreadable glyphs")
    (reports / "other.html").write_text("<p>Bo Roy</p>")
    (workspace.staging_dir / "left.csv").write_bytes("zora.quill@example.com".encode("utf-16"))


def test_erase_person_leaves_nothing_in_the_workspace(
    workspace: Workspace, known: ImportEntry
) -> None:
    assert len(files_with(workspace.path)) >= 6
    done = erase_person(workspace, email=" zora.QUILL@example.com", by="bo", at=NOW)
    assert files_with(workspace.path) == []
    assert (done.n_persons, done.n_versions, done.n_lake_rows, done.n_documents) == (1, 1, 1, 2)
    assert "zora" not in (done.text() + done.to_json()).lower()
    assert {Path(file.path).name: file.action for file in done.files} == {
        "google.csv": "rows removed",
        "linkedin.csv": "rows removed",
        "list.json": "rows removed",
        "book.xlsx": "deleted",
        "i1-rows.csv": "rows removed",
        "r.html": "deleted",
        "r.pdf": "deleted",
        "left.csv": "rows removed",
    }


def test_erase_person_keeps_everybody_else(workspace: Workspace, known: ImportEntry) -> None:
    erase_person(workspace, email="zora.quill@example.com", by="bo", at=NOW)
    assert [person.email for person in current_persons(workspace.register)] == [BO.email]
    with open_lake(workspace) as lake:
        assert lake.rows("SELECT person_id FROM lake.person_fact") == [(BO.person_id,)]
    assert "bo.roy@example.com" in (workspace.exports_dir / "linkedin.csv").read_text()
    rejected = workspace.rejected_dir
    assert (rejected / "i1-rows.csv").read_text() == "line,name,note\n8,Bo Roy,y\n"
    assert (rejected / "i1.csv").read_text() == "line,column,value\n8,email,bo@@x\n"
    assert (workspace.reports_dir / "other.html").is_file()
    body = load_document(workspace.register, kind="brief", name="x").body
    assert body == {"note": "as [erased] <[erased]> said", "budget": "9000"}
    assert list_consents(workspace.register, person_id=ANN.person_id) == []
    assert verify_audit(workspace.register).is_sound


def test_erase_person_while_another_process_keeps_the_log_open_leaves_no_bytes(
    tmp_path: Path, import_contacts: Importer
) -> None:
    workspace = create_workspace(tmp_path / "w", settings=Settings(name="Acme"), at=NOW)
    with closing(sqlite3.connect(workspace.path / "register.db")) as other:
        other.execute("SELECT count(*) FROM person").fetchall()
        import_contacts(workspace.register, ANN, BO)
        assert "register.db-wal" in files_with(workspace.path)
        erase_person(workspace, email=ANN.email, by="bo", at=NOW)
        assert (workspace.path / "register.db-wal").exists()
        assert files_with(workspace.path) == []


def test_erase_person_is_gone_from_every_row_of_the_register(
    workspace: Workspace, known: ImportEntry
) -> None:
    erase_person(workspace, person_id=ANN.person_id, by="bo", at=NOW)
    with workspace.register.read() as connection:
        tables = ["person", "consent", "document", "suppression", "run", "import_ledger", "audit"]
        rows = str([connection.execute(text(f"SELECT * FROM {t}")).all() for t in tables]).lower()
    assert not any(needle.decode() in rows for needle in NEEDLES if b"\0" not in needle)


def test_erase_person_is_blocked_however_a_file_names_her(
    workspace: Workspace, known: ImportEntry
) -> None:
    erase_person(workspace, email=ANN.email, by="bo", at=NOW)
    ledger = SuppressionLedger.load(workspace)
    new = "c3f0c2d41b5e4f7799aa0011bbccddee"
    assert ledger.blocks_person(PersonRow(new, email="ZORA.quill@example.com"))
    assert ledger.blocks_person(
        PersonRow(new, first_name="zora", last_name="QUILL", company_name="Example")
    )
    assert ledger.blocks_person(PersonRow(new, last_name="Quill", phone="0698765432"))
    assert ledger.blocks_person(PersonRow(new, linkedin_url="linkedin.com/in/zora-quill/"))
    assert ledger.blocks_person(PersonRow(new, external_id="17", email="zq@example.com"))
    assert ledger.blocks_person(PersonRow(new, external_id="17", email="x@other.com")) is None
    assert ledger.blocks_person(BO) is None
    assert find_person_ids(workspace.register, external_ids=["17"]) == {}


def test_erase_person_undoing_a_later_import_does_not_bring_her_back(
    workspace: Workspace, known: ImportEntry, import_contacts: Importer
) -> None:
    changed = PersonRow(ANN.person_id, email="zq@example.com")
    later = import_contacts(workspace.register, changed, content="1")
    done = erase_person(workspace, email="zq@example.com", by="bo", at=NOW)
    assert done.n_versions == 2
    drop_persons_of_import(workspace.register, later.import_seq)
    assert [person.person_id for person in current_persons(workspace.register)] == [BO.person_id]
    assert SuppressionLedger.load(workspace).blocks_email(ANN.email)


def test_erase_person_nobody_knows_is_suppressed_all_the_same(workspace: Workspace) -> None:
    done = erase_person(workspace, email="new@example.com", by="bo", at=NOW)
    assert (done.n_versions, done.n_suppressed) == (0, 1)
    assert SuppressionLedger.load(workspace).blocks_email("new@example.com")


def test_erase_person_again_finds_what_was_left_and_adds_nothing(
    workspace: Workspace, known: ImportEntry
) -> None:
    erase_person(workspace, email=ANN.email, by="bo", at=NOW)
    left = workspace.exports_dir / "left.csv"
    left.write_text("email\nzora.quill@example.com\n")
    done = erase_person(workspace, email=ANN.email, by="bo", at=NOW)
    assert (done.n_versions, done.n_suppressed) == (0, 0)
    assert left.read_text() == "email\n"


def test_erase_person_of_an_unfinished_import_goes_too(
    workspace: Workspace, import_contacts: Importer
) -> None:
    import_contacts(workspace.register, ANN, is_live=False)
    done = erase_person(workspace, email=ANN.email, by="bo", at=NOW)
    assert done.n_versions == 1
    assert files_with(workspace.path) == []


def test_erase_person_waits_for_a_running_import(
    workspace: Workspace, import_contacts: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = import_contacts(workspace.register, ANN, is_live=False)
    monkeypatch.setattr("signoff.store.privacy.erasure.WAIT_SECONDS", 0.3)
    with (
        hold_import(workspace.locks_dir, entry.import_id),
        pytest.raises(DataError, match="has been running"),
    ):
        erase_person(workspace, email=ANN.email, by="bo", at=NOW)
    assert SuppressionLedger.load(workspace).blocks_email(ANN.email)
    assert entry.state is ImportState.STAGING


def test_erase_person_switchboard_number_takes_no_colleague_along(
    workspace: Workspace, import_contacts: Importer
) -> None:
    shared = "+33 1 98 76 54 32"
    ann = PersonRow(ANN.person_id, email=ANN.email, phone=shared)
    bo = PersonRow(BO.person_id, email=BO.email, phone=shared)
    import_contacts(workspace.register, ann, bo)
    path = workspace.exports_dir / "list.csv"
    path.write_text(f"email,phone\n{ann.email},{shared}\n{bo.email},{shared}\n")
    erase_person(workspace, email=ANN.email, by="bo", at=NOW)
    assert path.read_text() == f"email,phone\n{bo.email},{shared}\n"


@pytest.mark.parametrize("whom", [{}, {"email": "a@x.fr", "person_id": "p"}, {"email": "nobody"}])
def test_erase_person_unclear_whom_is_refused(workspace: Workspace, whom: dict[str, str]) -> None:
    with pytest.raises(DataError, match="not clear whom"):
        erase_person(workspace, by="bo", at=NOW, **whom)


def test_erase_person_is_taken_out_of_the_reasons_of_suppressions(
    workspace: Workspace, known: ImportEntry
) -> None:
    suppress(
        workspace,
        kind=SuppressionKind.DOMAIN,
        value="example.org",
        reason="d'après Zora Quill, concurrent",
        by="bo",
        at=NOW,
    )
    erase_person(workspace, email=ANN.email, by="bo", at=NOW)
    assert files_with(workspace.path) == []
    reasons = {entry.reason for entry in list_suppressions(workspace.register)}
    assert reasons == {"d'après [erased], concurrent", "erased on request"}


def test_erase_person_is_taken_out_of_the_reasons_of_answers(
    workspace: Workspace, known: ImportEntry
) -> None:
    answered = {"kind": "account_pair", "subject": "a|b", "answer": "same", "by": "bo", "at": NOW}
    take_decision(
        workspace.register, reason="Zora Quill said so", confidence_share=None, **answered
    )
    erase_person(workspace, email="zora.quill@example.com", by="bo", at=NOW)
    (decision,) = list_decisions(workspace.register, kind="account_pair")
    assert decision.reason == "[erased] said so"


def test_erase_persons_many_at_once_leaves_nothing_and_keeps_the_rest(
    workspace: Workspace, known: ImportEntry, import_contacts: Importer
) -> None:
    people = [
        PersonRow(
            f"{n:032x}",
            email=f"zora.quill{n}@example.com",
            first_name=f"Zora{n}",
            last_name="Quill",
            phone=f"+33 6 00 98 {n // 100:02d} {n % 100:02d}",
        )
        for n in range(1200)  # more than one statement of SQLite takes as values or branches
    ]
    import_contacts(workspace.register, *people, content="1")
    for person in (people[7], people[900]):
        note = {"note": f"d'{person.first_name} Quill, {person.phone}"}
        name = person.person_id
        save_document(workspace.register, kind="brief", name=name, body=note, author="b", at=NOW)
    kept = workspace.exports_dir / "many.csv"
    kept.write_text("email\n" + "".join(f"{p.email}\n" for p in (*people, BO)))
    emails = [ANN.email or "", *(person.email or "" for person in people)]
    done = erase_persons(workspace, emails=emails, by="bo", at=NOW)
    assert files_with(workspace.path) == []
    assert (done.n_persons, done.n_lake_rows, done.n_documents) == (1201, 1, 4)
    assert kept.read_text() == f"email\n{BO.email}\n"
    body = load_document(workspace.register, kind="brief", name=people[900].person_id).body
    assert body == {"note": "d'[erased], +33 [erased]"}
    assert [person.email for person in current_persons(workspace.register)] == [BO.email]
    assert verify_audit(workspace.register).is_sound


@pytest.mark.parametrize("emails", [[], ["ann@example.com", "Zora Quill"]])
def test_erase_persons_with_a_line_that_is_no_address_erases_nobody(
    workspace: Workspace, emails: list[str]
) -> None:
    with pytest.raises(DataError, match="not clear whom") as caught:
        erase_persons(workspace, emails=emails, by="bo", at=NOW)
    assert "Quill" not in caught.value.text()
    assert not SuppressionLedger.load(workspace).blocks_email("ann@example.com")


def test_export_person_gives_everything(workspace: Workspace, known: ImportEntry) -> None:
    told = export_person(workspace, email="zora.quill@EXAMPLE.com")
    assert json.loads(json.dumps(told)) == told
    (version,) = told["versions"]
    assert (version["phone"], version["import"]["file_name"]) == (ANN.phone, "contacts.csv")
    assert told["consents"][0]["purpose"] == "newsletter"
    assert told["facts"]["person_fact"][0]["title"] == "Chief of quince"
    assert told["facts"]["event"] == []
    assert str(Path("exports", "google.csv")) in told["files"]
    assert told["suppressed_by"] is None
    erase_person(workspace, email=ANN.email, by="bo", at=NOW)
    assert export_person(workspace, email=ANN.email)["suppressed_by"] == "email"


def test_export_person_without_an_address_is_refused(workspace: Workspace) -> None:
    with pytest.raises(DataError, match="no e-mail address"):
        export_person(workspace, email="ann")
