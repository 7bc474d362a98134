"""A person erased is found in no byte of the workspace, and no import brings her back."""

import base64
import hashlib
import io
import re
import shutil
import sqlite3
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from signoff.plan import PlanOptions, make_plan
from signoff.report import media_plan_csv, render_html, render_pdf, write_media_plan_xlsx
from signoff.store.backups.backup import back_up, restore
from signoff.store.exports import ListOptions, export_matched_audience
from signoff.store.imports import ImportOptions, import_file, undo_import
from signoff.store.lake import check_lake, export_lake, open_lake
from signoff.store.privacy.disclosure import export_person
from signoff.store.privacy.erasure import erase_person
from signoff.store.register import current_persons, list_imports, verify_audit
from signoff.store.workspace import Workspace, open_workspace

AT = datetime(2026, 11, 24, tzinfo=UTC)
AS_OF = date(2018, 1, 2)
EMAIL = "zephyrine.quillfeather@ottoroe.example"
DIGEST = hashlib.sha256(EMAIL.encode()).hexdigest()
PHONE = "+33 6 98 76 54 32"
BRIEF = Path(__file__).resolve().parents[2] / "examples" / "demo" / "brief.toml"
HEADER = "email,first_name,last_name,phone,title,account,employees\n"
NEEDLES = tuple(
    word.encode(code)
    for word in (
        EMAIL,
        "quillfeather",
        "zéphyrine",
        "zephyrine",
        "z\\u00e9phyrine",
        "z&eacute;phyrine",
        DIGEST,
        base64.b64encode(EMAIL.encode()).decode().lower(),
        PHONE,
        "33698765432",
        "0698765432",
        hashlib.sha256(b"+33698765432").hexdigest(),
        hashlib.sha256("zéphyrine".encode()).hexdigest(),
        hashlib.sha256(b"quillfeather").hexdigest(),
    )
    for code in ("utf-8", "utf-16-le", "utf-16-be", "cp1252")
)
STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)


def layers(content: bytes) -> Iterator[bytes]:
    """Give bytes, and everything packed inside them."""
    yield content
    for unpacked in (*_zipped(content), *_tarred(content), *_stored(content), *_printed(content)):
        yield from layers(unpacked)


def _zipped(content: bytes) -> Iterator[bytes]:
    if content.startswith(b"PK") and zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield from (archive.read(name) for name in archive.namelist())


def _tarred(content: bytes) -> Iterator[bytes]:
    if content[257:262] != b"ustar":
        return
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        for member in archive:
            packed = archive.extractfile(member)
            if packed:
                yield packed.read()


def _stored(content: bytes) -> Iterator[bytes]:
    """Give the cells of a SQLite or Parquet file as text."""
    if content.startswith(b"SQLite format 3"):
        with closing(sqlite3.connect(":memory:")) as session:
            session.deserialize(content[:18] + b"\1\1" + content[20:])  # no log beside it
            yield "\n".join(session.iterdump()).encode()


def _printed(content: bytes) -> Iterator[bytes]:
    if content.startswith(b"%PDF"):
        for packed in STREAM.findall(content):
            try:
                yield zlib.decompressobj().decompress(packed)
            except zlib.error:
                continue


def cells(path: Path) -> bytes:
    """Give the cells of a Parquet file, whose pages are compressed."""
    with path.open("rb") as file:
        if file.read(4) != b"PAR1":
            return b""
    with duckdb.connect() as session:
        return str(
            session.execute("SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
        ).encode()


def files_with_her(folder: Path) -> list[str]:
    """Name the files that hold her: by name, address, phone number or their hashes."""
    return [
        str(path.relative_to(folder))
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and any(
            needle in layer.lower()
            for layer in (*layers(path.read_bytes()), cells(path))
            for needle in NEEDLES
        )
    ]


def contact_file(path: Path, accounts: list[str]) -> Path:
    """Write contacts: her, a row of hers that cannot come in, and enough others for a list."""
    rows = [
        f"{EMAIL},Zéphyrine,Quillfeather,{PHONE},Purchasing Manager,{accounts[0]},",
        f"not-an-address,Zéphyrine,Quillfeather,{PHONE},Purchasing Manager,{accounts[0]},",
    ]
    rows += [
        f"real.{n}@firm{n}.example,Real,Person{n},+44 20 7946 {n:04d},Buyer,"
        f"{accounts[n % len(accounts)]},"
        for n in range(400)
    ]
    path.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def contacts(demonstration: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    accounts = [line.name for line in demonstration.plan.audience.accounts[:20]]
    return contact_file(tmp_path_factory.mktemp("in") / "contacts.csv", accounts)


def import_contacts(workspace: Workspace, path: Path, *, at: Any) -> Any:
    options = ImportOptions(table="contact", by="ann", at=at, largest_bad_share=0.5)
    return import_file(workspace, path, options=options)


def spread(workspace: Workspace, *, at: Any) -> None:
    """Let her get everywhere that Signoff writes: plan, reports, lists, backups, copies."""
    options = PlanOptions(seed=3, as_of=AS_OF, by="ann", at=at)
    plan = make_plan(workspace, brief=BRIEF, options=options)
    reports = workspace.reports_dir
    page = render_html(plan, language="fr")
    (reports / "plan.html").write_text(page, encoding="utf-8")
    (reports / "plan.pdf").write_bytes(render_pdf(plan, language="fr"))
    (reports / "plan.csv").write_text(media_plan_csv(plan), encoding="utf-8")
    write_media_plan_xlsx(plan, reports / "plan.xlsx")
    (reports / "noted.html").write_text(
        page.replace("</body>", "<td>Quillfeather</td><td>Zéphyrine</td></body>"), encoding="utf-8"
    )
    (reports / "noted.csv").write_bytes(f"nom;tél\nZéphyrine;{PHONE}\nX;1\n".encode("utf-16"))
    accounts = [line.account_id for line in plan.audience.accounts]
    for platform, hashed in (
        ("linkedin_contacts", False),
        ("linkedin_contacts", True),
        ("google_customer_match", True),
    ):
        at += timedelta(seconds=1)
        export_matched_audience(
            workspace,
            platform=platform,
            account_ids=accounts,
            by="ann",
            at=at,
            options=ListOptions(hashed=hashed),
        )
    export_lake(workspace, workspace.exports_dir / "lake")
    back_up(workspace, workspace.backups_dir / "before.backup", by="ann", at=at)


@pytest.fixture(scope="module")
def erased(
    contacts: Path, demonstration: Any, tmp_path_factory: pytest.TempPathFactory
) -> Workspace:
    """Give a workspace that knew her everywhere, and has erased her."""
    copy = tmp_path_factory.mktemp("erased") / "workspace"
    shutil.copytree(demonstration.folder / "workspace", copy)
    workspace = open_workspace(copy)
    receipt = import_contacts(workspace, contacts, at=AT)
    assert (receipt.n_published, receipt.n_rejected) == (401, 1)
    spread(workspace, at=AT)
    held = files_with_her(copy)
    for place in ("register.db", "rejected/", "exports/", "reports/noted", "backups/before"):
        assert any(name.startswith(place) for name in held), (place, held)
    told = export_person(workspace, email=EMAIL)["files"]
    theirs = {name for name in held if name.startswith(("exports", "rejected", "reports"))}
    assert theirs <= set(told)  # and the lake's copy, which has her under her random id
    erase_person(workspace, email=EMAIL, by="ann", at=AT)
    return workspace


def test_erased_person_is_in_no_byte_of_the_workspace(erased: Workspace) -> None:
    assert files_with_her(erased.path) == []
    assert len(current_persons(erased.register)) > 400
    assert check_lake(erased, repair=False).is_sound
    assert verify_audit(erased.register).is_sound


def test_erased_person_is_in_no_backup_made_after(erased: Workspace, tmp_path: Path) -> None:
    back_up(erased, tmp_path / "after.backup", by="ann", at=AT)
    restore(tmp_path / "after.backup", tmp_path / "restored", suppressions_from=erased)
    assert files_with_her(tmp_path) == []


def test_erased_person_stays_erased_in_a_backup_made_before(
    erased: Workspace, tmp_path: Path
) -> None:
    restore(erased.backups_dir / "before.backup", tmp_path / "back", suppressions_from=erased)
    assert files_with_her(tmp_path / "back") == []
    back = open_workspace(tmp_path / "back")
    assert current_persons(back.register) == current_persons(erased.register)
    with open_lake(back) as lake, open_lake(erased) as other:
        count = "SELECT count(*) FROM lake.person_fact"
        assert lake.rows(count) == other.rows(count)


def test_erased_person_is_told_nothing_but_that_she_is_barred(erased: Workspace) -> None:
    told = export_person(erased, email=EMAIL)
    assert (told["versions"], told["files"], told["suppressed_by"]) == ([], [], "email")


def test_erased_person_no_undo_and_no_import_brings_her_back(
    erased: Workspace, contacts: Path
) -> None:
    (known,) = [
        entry for entry in list_imports(erased.register) if entry.file_name == "contacts.csv"
    ]
    undo_import(erased, known.import_id, by="ann", at=AT)
    assert files_with_her(erased.path) == []
    again = import_contacts(erased, contacts, at=AT)
    assert (again.n_published, again.n_rejected) == (400, 2)
    assert "suppressed" in {fault.kind for fault in again.faults}
    assert files_with_her(erased.path) == []
