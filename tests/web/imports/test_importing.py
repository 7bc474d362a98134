"""Imports in the browser: upload, columns, preview, job, faults by row, mending, history, undo."""

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from signoff.app.jobs import JobState, JobView, close_jobs, list_jobs
from signoff.store.imports.upload import list_uploads, uploads_folder
from signoff.store.lake.current import duckdb_engine
from signoff.store.register import (
    ImportState,
    SuppressionKind,
    list_documents,
    list_imports,
    suppress,
)
from signoff.store.register.persons import current_persons
from signoff.store.workspace import Workspace
from workers import do_jobs

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 26, 9, tzinfo=UTC)
ACCOUNTS = "Raison sociale;Pays;Effectif\nAcme;France;12\nBolt;Allemagne;beaucoup\nCore;France;7\n"
CONTACTS = "email,first name,last name,level\nzoe@x.example,Zoé,Lee,director\n"
Clients = Callable[..., Client]
Send = Callable[..., Any]


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    close_jobs()


def send(client: Client, *files: tuple[str, str | bytes]) -> Any:
    """Upload files as the form does."""
    sent = [
        SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)
        for name, content in files
    ]
    return client.post("/imports/upload", {"files": sent})


def work(workspace: Workspace) -> JobView:
    """Do all jobs that wait; give the one asked for last."""
    do_jobs(workspace)
    return list_jobs(workspace)[0]


def bring_in(workspace: Workspace, client: Client, name: str, content: str | bytes) -> JobView:
    """Upload one file, take its columns as they are found out, import it."""
    address = send(client, (name, content))["Location"]
    assert client.get(f"{address}/preview").status_code == 200
    client.post(f"{address}/import")
    return work(workspace)


def query(workspace: Workspace, sql: str) -> list[tuple[Any, ...]]:
    """Ask the rows that count now."""
    with duckdb_engine(workspace) as engine:
        return engine.session.execute(sql).fetchall()


def count(workspace: Workspace, table: str) -> int:
    return int(query(workspace, f"SELECT count(*) FROM {table}")[0][0])


def test_import_from_upload_to_history(workspace: Workspace, client_of: Clients) -> None:
    """Fault 6: good rows in, bad ones reported by line and column."""
    client = client_of("planner")
    answer = send(client, ("clients.csv", ACCOUNTS))
    assert answer.status_code == 302
    columns = client.get(answer["Location"]).content.decode()
    assert '<option value="employees" selected>' in columns
    preview = client.get(answer["Location"] + "/preview").content.decode()
    assert "beaucoup" in preview
    assert "Allemagne" not in preview.split("given back")[0]
    started = client.post(answer["Location"] + "/import")
    job = work(workspace)
    assert started["Location"] == f"/jobs/{job.job_id}"
    assert job.state is JobState.DONE, job.fault
    assert (job.result["n_published"], job.result["n_rejected"]) == (2, 1)
    assert list_uploads(workspace) == []
    page = client.get(f"/imports/{job.result['import_id']}").content.decode()
    for words in ("Effectif", "beaucoup", "unreadable", "clients.csv"):
        assert words in page
    assert "clients.csv" in client.get("/imports").content.decode()
    french = client_of("owner", language="fr").get(f"/imports/{job.result['import_id']}")
    assert "illisible" in french.content.decode()


def test_faults_are_filtered_by_kind_and_downloaded(
    workspace: Workspace, client_of: Clients
) -> None:
    client = client_of("planner")
    rows = "name,country,employees\n" + "".join(f"A{n},France,{n}\n" for n in range(8))
    job = bring_in(workspace, client, "a.csv", f"{rows},France,1\nB,France,lots\n")
    address = f"/imports/{job.result['import_id']}"
    assert "lots" not in client.get(f"{address}?kind=missing").content.decode()
    listed = b"".join(client.get(f"{address}/faults.csv").streaming_content).decode()
    assert "11,employees,lots,unreadable" in listed
    mendable = b"".join(client.get(f"{address}/rows.csv").streaming_content).decode()
    assert mendable.splitlines()[1:] == ["name,country,employees", ",France,1", "B,France,lots"]


def test_rejected_cells_are_hidden_from_viewers(workspace: Workspace, client_of: Clients) -> None:
    job = bring_in(workspace, client_of("planner"), "clients.csv", ACCOUNTS)
    viewer = client_of("viewer")
    address = f"/imports/{job.result['import_id']}"
    assert "beaucoup" not in viewer.get(address).content.decode()
    for page in ("faults.csv", "rows.csv", "mend", "undo"):
        assert viewer.get(f"{address}/{page}").status_code == 403
    assert viewer.get("/imports/upload").status_code == 403
    assert viewer.post(f"{address}/undo").status_code == 403


def test_mended_rows_come_in_as_a_file_of_their_own(
    workspace: Workspace, client_of: Clients
) -> None:
    client = client_of("planner")
    job = bring_in(workspace, client, "clients.csv", ACCOUNTS)
    address = f"/imports/{job.result['import_id']}"
    grid = client.get(f"{address}/mend").content.decode()
    assert 'name="r0c2" value="beaucoup"' in grid
    assert 'aria-invalid="true"' in grid
    same = client.post(f"{address}/mend", {"r0c0": "Bolt", "r0c1": "Allemagne", "r0c2": "beaucoup"})
    assert same.status_code == 400
    assert "no cell was changed" in same.content.decode()
    sent = client.post(f"{address}/mend", {"r0c0": "Bolt", "r0c1": "Allemagne", "r0c2": "350"})
    preview = client.get(sent["Location"])
    assert preview.status_code == 200
    client.post(sent["Location"].removesuffix("/preview") + "/import")
    mended = work(workspace)
    assert (mended.result["n_published"], mended.result["n_rejected"]) == (1, 0), mended
    assert count(workspace, "account") == 3
    assert "clients-mended.csv" in client.get(address).content.decode()


def test_same_file_twice_adds_nothing(workspace: Workspace, client_of: Clients) -> None:
    """Fault 4."""
    client = client_of("planner")
    bring_in(workspace, client, "clients.csv", ACCOUNTS)
    again = bring_in(workspace, client, "clients renamed.csv", ACCOUNTS)
    assert (again.result["n_published"], again.result["is_new"]) == (0, False)
    assert count(workspace, "account") == 2


def test_corrected_file_updates_and_undo_restores(workspace: Workspace, client_of: Clients) -> None:
    """Fault 5: updates by key; undo restores exactly."""
    client = client_of("planner")
    first = "external id,name,country,employees\n1,Acme,France,12\n2,Core,France,7\n"
    bring_in(workspace, client, "a.csv", first)
    job = bring_in(workspace, client, "b.csv", first.replace("12", "15"))
    assert (job.result["n_superseded"], count(workspace, "account")) == (2, 2)
    address = f"/imports/{job.result['import_id']}"
    asked = client.get(f"{address}/undo").content.decode()
    assert "2 rows of b.csv no longer count" in asked
    assert "2 rows that it replaced count again" in asked
    client.post(f"{address}/undo")
    assert work(workspace).state is JobState.DONE
    found = query(workspace, "SELECT name, employees FROM account ORDER BY name")
    assert found == [("Acme", 12), ("Core", 7)]
    assert "taken back" in client.get(address).content.decode()
    assert client.get("/imports?state=undone").content.decode().count("b.csv") == 1


@pytest.mark.parametrize(
    "content",
    [
        "﻿name;country;revenue\nAcme;France;1.234.567,50\nCore;France;2,50\nTotal;;1.234.570,00\n",
        "Report\nname\tcountry\trevenue\nAcme\tFrance\t1.234.567,50\nCore\tFrance\t2,50\n",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_sums_of_french_files_are_exact(
    workspace: Workspace, client_of: Clients, content: str, encoding: str
) -> None:
    """Fault 7: UTF-16, BOM, semicolons, decimal commas, preamble, totals."""
    client = client_of("planner")
    job = bring_in(workspace, client, "revenus.csv", content.encode(encoding))
    assert job.state is JobState.DONE, job.fault
    assert str(query(workspace, "SELECT sum(revenue) FROM account")[0][0]) == "1234570.00"


def _zip(*parts: tuple[str, bytes], link: str = "") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
        if link:
            entry = zipfile.ZipInfo(link)
            entry.external_attr = 0o120777 << 16
            archive.writestr(entry, "/etc/passwd")
    return made.getvalue()


BOOK = ("xl/workbook.xml", b"<workbook/>")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("bomb.xlsx", _zip(BOOK, ("xl/worksheets/sheet1.xml", bytes(400 << 20))), "exhaust"),
        ("slip.xlsx", _zip(BOOK, ("../../evil.csv", b"x")), "leads outside"),
        ("link.xlsx", _zip(BOOK, link="xl/passwd"), "leads outside"),
        ("nested.xlsx", _zip(BOOK, ("inner.bin", _zip(("a.csv", b"x")))), "archive in the archive"),
        ("list.zip", _zip(("a.csv", b"name\nx\n")), "not an XLSX workbook"),
        ("list.csv", b"%PDF-1.7 .....", "is a PDF"),
        ("list.pdf", b"name,country\nA,France\n", "does not end as what it is"),
    ],
    ids=["8-bomb", "9-slip", "9-symlink", "9-nested", "9-zip", "10-content", "10-extension"],
)
def test_upload_of_what_is_no_table_is_refused(
    workspace: Workspace, client_of: Clients, name: str, content: bytes, says: str
) -> None:
    """Faults 8 to 10: bombs, slips, links, archives in archives, wrong extension or content."""
    answer = send(client_of("planner"), (name, content))
    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert [path for path in uploads_folder(workspace).rglob("*") if path.is_file()] == []
    assert not (workspace.path.parent / "evil.csv").exists()


def test_formulas_and_scripts_in_cells_are_text(workspace: Workspace, client_of: Clients) -> None:
    """Faults 11 to 13: formulas, scripts and javascript: links in data."""
    client = client_of("planner")
    name = "<script>alert(1)</script>"
    rows = (
        f'name,country,employees\n"{name}",France,3\n"=HYPERLINK(1)",France,javascript:alert(1)\n'
    )
    address = send(client, ("<b>.csv", rows + "Core,France,1\n"))["Location"]
    pages = [client.get(address), client.get(f"{address}/preview")]
    client.post(f"{address}/import")
    job = work(workspace)
    here = f"/imports/{job.result['import_id']}"
    pages += [client.get(here), client.get(f"{here}/mend"), client.get("/imports")]
    for page in pages:
        text = page.content.decode()
        assert name not in text
        assert "<b>" not in text
        assert 'href="javascript:' not in text
    listed = b"".join(client.get(f"{here}/rows.csv").streaming_content).decode()
    assert "'=HYPERLINK(1)" in listed


def test_remembered_mapping_is_used_again_and_says_what_no_longer_fits(
    workspace: Workspace, client_of: Clients
) -> None:
    client = client_of("planner")
    rows = "Maison,Ou,Combien\nAcme,France,12\n"
    address = send(client, ("x.csv", rows))["Location"]
    assert "it cannot be told what x.csv holds" in client.get(address).content.decode()
    client.post(address, {"table": "account", "for_table": ""})
    choices = {"column-0": "name", "column-1": "country", "column-2": "employees"}
    sent = client.post(address, {"table": "account", "for_table": "account", **choices})
    assert sent["Location"] == f"{address}/preview"
    client.post(f"{address}/import")
    assert work(workspace).result["n_published"] == 1
    assert len(list_documents(workspace.register, kind="mapping")) == 1
    again = send(client, ("y.csv", rows.replace("12", "13")))["Location"]
    page = client.get(again).content.decode()
    assert "These columns are known" in page
    assert '<option value="employees" selected>' in page
    changed = send(client, ("z.csv", "Maison,Ou,Taille,Secteur\nCore,France,7,x\n"))["Location"]
    page = client.get(changed).content.decode()
    assert "no longer fits" not in page  # two of five columns alike: another table
    nearly = send(client, ("z.csv", "Maison,Ou,Combien,Secteur\nCore,France,7,x\n"))["Location"]
    page = client.get(nearly).content.decode()
    assert "A mapping used before no longer fits" in page
    assert "Columns it did not have: Secteur" in page


def test_two_columns_for_one_field_are_refused_with_what_was_chosen(
    workspace: Workspace, client_of: Clients
) -> None:
    client = client_of("planner")
    address = send(client, ("a.csv", "name,country,town\nA,France,Lyon\n"))["Location"]
    choices = {"column-0": "name", "column-1": "name", "column-2": "city"}
    answer = client.post(address, {"table": "account", "for_table": "account", **choices})
    assert answer.status_code == 400
    assert "2 columns become name" in answer.content.decode()


def test_draft_is_kept_when_the_session_ends(workspace: Workspace, client_of: Clients) -> None:
    client = client_of("planner")
    address = send(client, ("a.csv", "name,country,town\nA,France,Lyon\n"))["Location"]
    draft = {"table": "account", "for_table": "account", "draft": "1", "column-2": "region"}
    assert client.post(address, draft).status_code == 204
    member = client.session["_auth_user_id"]
    client.logout()
    ended = client.post(address, draft, headers={"Referer": f"http://testserver{address}"})
    assert ended["Location"] == f"/sign-in?next={address}"
    from signoff.app.web.people.models import Member

    client.force_login(
        Member.objects.get(pk=member),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    assert '<option value="region" selected>' in client.get(address).content.decode()
    assert address in client.get("/imports").content.decode()


def test_several_files_come_in_accounts_first(workspace: Workspace, client_of: Clients) -> None:
    client = client_of("planner")
    contacts = "Email,First name,Last name,Company name\nzoe@acme.example,Zoé,Lee,Acme\n"
    accounts = "Company name,Domain,Country\nAcme,acme.example,France\n"
    answer = send(client, ("contacts.csv", contacts), ("accounts.csv", accounts))
    assert answer["Location"] == "/imports"
    client.post("/imports/all")
    job = work(workspace)
    assert job.state is JobState.DONE, job.fault
    assert (job.result["n_files"], job.result["n_rejected"]) == (2, 0)
    assert list_uploads(workspace) == []


def test_suppressed_contact_never_comes_in(workspace: Workspace, client_of: Clients) -> None:
    """Fault 33."""
    client = client_of("planner")
    suppress(
        workspace,
        kind=SuppressionKind.EMAIL,
        value="zoe@x.example",
        reason="asked",
        by="ann",
        at=AT,
    )
    job = bring_in(workspace, client, "people.csv", CONTACTS + "bo@x.example,Bo,May,boss\n")
    assert current_persons(workspace.register) == []
    mendable = client.get(f"/imports/{job.result.get('import_id', 'x')}/mend").content.decode()
    assert "zoe@x.example" not in mendable


def test_full_disk_is_told_and_nothing_is_kept(
    workspace: Workspace, client_of: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fault 3."""

    def full(path: Path, *_args: Any, **_names: Any) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("signoff.store.imports.upload._write", full)
    answer = send(client_of("planner"), ("a.csv", ACCOUNTS))
    assert answer.status_code == 400
    assert "No space left on device" in answer.content.decode()
    assert list(uploads_folder(workspace).iterdir()) == []


def test_full_disk_while_a_large_file_comes_is_told(
    workspace: Workspace, client_of: Clients, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    """Fault 3."""
    from django.core.files.uploadhandler import TemporaryFileUploadHandler

    def full(*_args: Any) -> None:
        raise OSError(28, "No space left on device")

    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    settings.FILE_UPLOAD_TEMP_DIR = uploads_folder(workspace)
    monkeypatch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", full)
    answer = send(client_of("planner"), ("a.csv", ACCOUNTS))
    assert answer.status_code == 400
    assert "No space left on device" in answer.content.decode()


def test_unknown_upload_or_import_is_not_found(workspace: Workspace, client_of: Clients) -> None:
    """Fault 21."""
    client = client_of("owner")
    for address in (
        "/imports/" + "f" * 32,
        "/imports/waiting/" + "f" * 32,
        "/imports/waiting/..%2f..%2fsecret.key",
        "/imports/" + "f" * 32 + "/rows.csv",
    ):
        assert client.get(address).status_code == 404
    assert list_imports(workspace.register, state=ImportState.LIVE) == []
