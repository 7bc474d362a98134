"""Settings, persons' rights, audit, backups and health in the browser."""

import json
from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from signoff.app.jobs import close_jobs, look_at_job
from signoff.app.web.place import current_workspace
from signoff.store.register import SuppressionLedger, list_audit
from signoff.store.workspace import Workspace
from workers import do_jobs

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    close_jobs()


def a_contact(workspace: Workspace) -> str:
    from signoff.store.register import current_persons

    found = [person.email for person in current_persons(workspace.register) if person.email]
    assert found[0]
    return found[0]


def test_settings_are_kept_and_audited(workspace: Workspace, client_of: ClientOf) -> None:
    client = client_of("owner")
    sent = {"name": "Nouvelle Acme", "language": "fr", "currency": "CHF"}
    assert client.post("/settings", sent).status_code == 302
    assert current_workspace().settings.name == "Nouvelle Acme"
    assert current_workspace().settings.currency == "CHF"
    act = list_audit(workspace.register, object_kind="settings")[-1].act
    assert (act.by, act.detail["names"]) == ("owner@acme.example", ["currency", "language", "name"])


def test_settings_with_wrong_currency_change_nothing(
    workspace: Workspace, client_of: ClientOf
) -> None:
    answer = client_of("owner").post(
        "/settings", {"name": "X", "language": "en", "currency": "euro"}
    )
    assert 'aria-invalid="true"' in answer.content.decode()
    assert current_workspace().settings.name == "Acme"


def test_disclosure_is_complete_json(filled_workspace: Workspace, client_of: ClientOf) -> None:
    email = a_contact(filled_workspace)
    answer = client_of("owner").post("/settings/persons/disclose", {"email": email})
    told = json.loads(answer.content)
    assert told["email"] == email
    assert told["versions"]
    assert told["facts"]["person_fact"]


def test_erasure_without_being_sure_erases_nobody(
    filled_workspace: Workspace, client_of: ClientOf
) -> None:
    email = a_contact(filled_workspace)
    answer = client_of("owner").post("/settings/persons/erase", {"email": email})
    assert answer.status_code == 422
    assert a_contact(filled_workspace) == email


def test_erased_person_is_gone_and_stays_suppressed(
    filled_workspace: Workspace, client_of: ClientOf
) -> None:
    email = a_contact(filled_workspace)
    client = client_of("owner")
    answer = client.post("/settings/persons/erase", {"email": email, "sure": "yes"})
    job = look_at_job(filled_workspace, answer["Location"].rpartition("/")[2])
    assert (job.kind, a_contact(filled_workspace)) == ("erase_person", email)  # not waited for
    page = f"/settings/persons/erased/{job.inputs['request_id']}"
    assert "Not erased yet" in client.get(page).content.decode()
    do_jobs(filled_workspace)
    assert page in client.get(answer["Location"]).content.decode()
    said = client.get(page).content.decode()
    assert "versions of records deleted" in said
    assert email not in said
    told = json.loads(client.post("/settings/persons/disclose", {"email": email}).content)
    assert told["versions"] == []
    assert SuppressionLedger.load(filled_workspace).blocks_email(email)


def test_suppression_is_kept_as_a_hash_and_lifted(
    workspace: Workspace, client_of: ClientOf
) -> None:
    client = client_of("owner")
    sent = {"kind": "domain", "value": "rival.example", "reason": "competitor"}
    client.post("/settings/persons/suppress", sent)
    page = client.get("/settings/persons").content.decode()
    assert "rival.example" not in page
    assert "competitor" in page
    assert client.post("/settings/persons/lift", sent).status_code == 302
    assert not SuppressionLedger.load(workspace).blocks_email("a@rival.example")


def test_audit_row_changed_by_hand_is_detected(workspace: Workspace, client_of: ClientOf) -> None:
    """Fault 38."""
    from signoff.store.register.tables import AUDIT

    client = client_of("owner")
    assert "notice good" in client.get("/settings/audit?check=yes").content.decode()
    with workspace.register.begin() as connection:
        connection.execute(AUDIT.update().values(by="somebody else"))
    assert "notice bad" in client.get("/settings/audit?check=yes").content.decode()


def test_backup_is_asked_for_as_a_job_and_listed(
    filled_workspace: Workspace, client_of: ClientOf
) -> None:
    client = client_of("owner")
    answer = client.post("/settings/backups/new")
    job = look_at_job(filled_workspace, answer["Location"].rpartition("/")[2])
    assert (job.kind, job.by) == ("backup", "owner@acme.example")
    (filled_workspace.backups_dir / "monday.backup").write_bytes(b"x" * 2_500_000)
    assert "monday.backup" in client.get("/settings/backups").content.decode()


def test_health_is_open_and_says_nothing_of_the_data(
    workspace: Workspace, client_of: ClientOf
) -> None:
    answer = Client().get("/health")
    assert (answer.status_code, answer.json()) == (200, {"state": "well"})
    (workspace.path / "register.db").rename(workspace.path / "elsewhere.db")
    (workspace.path / "register.db").mkdir()
    assert Client().get("/health").status_code == 503


def test_health_page_shows_each_check(filled_workspace: Workspace, client_of: ClientOf) -> None:
    page = client_of("owner", language="fr").get("/settings/health").content.decode()
    assert page.count('class="card"') == 4
    assert "demande attention" not in page


@pytest.mark.parametrize("language", ["en", "fr"])
def test_design_page_shows_the_parts(
    workspace: Workspace, client_of: ClientOf, language: str
) -> None:
    page = client_of("viewer", language=language).get("/design").content.decode()
    assert all(part in page for part in ("<figure", "<table", 'aria-invalid="true"', "empty"))
