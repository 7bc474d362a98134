"""Erasing a contact goes through the tables of members and jobs; members themselves stay."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from signoff.app.jobs import start_job
from signoff.app.web.api.models import ApiToken
from signoff.app.web.documents.models import Draft
from signoff.app.web.people.models import AccessLink, Member
from signoff.app.web.restoring import make_tables, reached_tables
from signoff.app.web.sharing.models import ShareLink
from signoff.store.backups.backup import back_up, restore
from signoff.store.privacy.erasure import erase_person
from signoff.store.workspace import Workspace, open_workspace

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("any_database")]

AT = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
JANE = "jane@client.example"


def write_of_jane(workspace: Workspace) -> None:
    with reached_tables(workspace) as database:
        ann = Member.objects.using(database).get()
        rows: list[Any] = [
            Draft(
                member=ann,
                kind="message",
                name="y",
                typed={"text": f"ask {JANE}", "é": [1]},
                kept_at=AT,
            ),
            Draft(member=ann, kind="message", name=f"for {JANE}", typed={}, kept_at=AT),
            ShareLink(name=f"for {JANE}", token_hash="j" * 64, run_id="r", expires_at=AT),
            ApiToken(member=ann, name=f"of {JANE}", digest="j" * 64, ending="jjjj"),
        ]
        for row in rows:
            row.save(using=database)


def typed(workspace: Workspace) -> dict[str, Any]:
    with reached_tables(workspace) as database:
        return dict(Draft.objects.using(database).values_list("name", "typed"))


def names(workspace: Workspace) -> list[str]:
    with reached_tables(workspace) as database:
        models = (ShareLink, ApiToken)
        return sorted(row.name for model in models for row in model.objects.using(database).all())


@pytest.mark.parametrize("kind", ["laptop", "team"])
def test_erase_person_takes_mentions_out_of_drafts_and_names_and_says_what_it_keeps(
    kind: str, make_house: Callable[[str], Workspace], tmp_path: Path
) -> None:
    made = make_house(kind)
    write_of_jane(made)
    path = made.backups_dir / "monday"
    back_up(made, path, at=AT)
    done = erase_person(made, email=JANE, by="ann@acme.example", at=AT)
    assert [(Path(file.path).name, file.action, file.n_rows) for file in done.files] == [
        ("table api_apitoken", "mentions taken out", 1),
        ("table documents_draft", "mentions taken out", 1),
        ("table documents_draft", "kept, though it mentions one of them", 1),
        ("table sharing_sharelink", "mentions taken out", 1),
        ("monday", "rewritten", 3),
    ]
    restore(path, tmp_path / "r", make_tables=make_tables)
    for workspace in (made, open_workspace(tmp_path / "r")):
        assert typed(workspace)["y"] == {"text": "ask [erased]", "é": [1]}
        assert typed(workspace)["x"] == {"title": "Été"}
        assert names(workspace) == ["board", "for [erased]", "of [erased]", "t"]


@pytest.mark.parametrize("kind", ["laptop", "team"])
def test_erase_person_who_is_a_member_too_leaves_the_account_and_what_it_did(
    kind: str, make_house: Callable[[str], Workspace]
) -> None:
    made = make_house(kind)
    address = "ann@acme.example"
    with reached_tables(made) as database:
        link = ShareLink.objects.using(database).get()
        link.created_by = address
        link.save(using=database)
        AccessLink.objects.using(database).update(email=address, created_by=address)
    start_job(made, "backup", inputs={}, by=address)
    done = erase_person(made, email=address, by="bo@acme.example", at=AT)
    assert done.files == ()
    with reached_tables(made) as database:
        assert Member.objects.using(database).get().email == address
        assert ShareLink.objects.using(database).get().created_by == address


@pytest.mark.parametrize("kind", ["laptop", "team"])
def test_erase_person_whom_a_job_names_is_told(
    kind: str, make_house: Callable[[str], Workspace]
) -> None:
    made = make_house(kind)
    start_job(made, "import_file", inputs={"upload_id": JANE}, by="ann@acme.example")
    done = erase_person(made, email=JANE, by="ann@acme.example", at=AT)
    assert {file.path for file in done.files} <= {"table workflow_status", "table workflow_input"}
    assert {file.action for file in done.files} == {"kept, though it mentions one of them"}


def test_erase_person_leaves_no_byte_of_a_draft_in_the_file(
    make_house: Callable[[str], Workspace],
) -> None:
    made = make_house("laptop")
    with reached_tables(made) as database:
        Draft.objects.using(database).update(typed={"text": f"ask {JANE}"})
    assert any(JANE.encode() in path.read_bytes() for path in made.path.glob("web.db*"))
    erase_person(made, email=JANE, by="ann@acme.example", at=AT)
    assert not any(JANE.encode() in path.read_bytes() for path in made.path.glob("web.db*"))
