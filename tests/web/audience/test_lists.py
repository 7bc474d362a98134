"""Lists for platforms: who would leave is counted, the list is handed out, nobody else may."""

import csv
import hashlib
import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from signoff.app.web.api.tokens import give_token
from signoff.app.web.rights import Right
from signoff.store.exports import RULES, Platform
from signoff.store.imports import ImportOptions, import_file
from signoff.store.register import SuppressionKind, current_persons, list_audit, suppress
from signoff.store.workspace import Workspace

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]
AT = datetime(2026, 1, 6, tzinfo=UTC)
ADDRESS = "/accounts/lists"


@pytest.fixture(autouse=True)
def short_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the tutorial's few contacts be a list for Google and Meta."""
    for platform in (Platform.GOOGLE_CUSTOMER_MATCH, Platform.META_CUSTOM_AUDIENCE):
        monkeypatch.setitem(RULES, platform, replace(RULES[platform], fewest_rows=1))


def _leave_alone(workspace: Workspace, kind: SuppressionKind, value: str) -> None:
    suppress(workspace, kind=kind, value=value, reason="asked", by="ann", at=AT)


def _asked(**changes: Any) -> dict[str, Any]:
    return {"platform": "google_customer_match", "whom": "plan", "form": "hashed", **changes}


def test_lists_page_waits_for_a_platform(filled_workspace: Workspace, client_of: ClientOf) -> None:
    page = client_of("planner").get(ADDRESS)
    assert page.status_code == 200
    assert b"Count who would leave" in page.content
    assert b"would leave</p>" not in page.content


def test_lists_preview_counts_and_says_why_in_both_languages(
    filled_workspace: Workspace, client_of: ClientOf
) -> None:
    english, french = client_of("planner"), client_of("owner", language="fr")
    first = _take(english, _asked(form="plain"))[0]["Email"]
    _leave_alone(filled_workspace, SuppressionKind.EMAIL, first)
    for client, words in ((english, "on the suppression list"), (french, "liste d’opposition")):
        text = client.get(ADDRESS, _asked()).content.decode()
        assert words in text
        assert "Take the list" in text or "Prendre la liste" in text
    assert len(list(filled_workspace.exports_dir.iterdir())) == 1  # the one that was taken


def test_lists_preview_says_what_is_missing_and_offers_no_list(
    filled_workspace: Workspace, client_of: ClientOf
) -> None:
    page = client_of("planner").get(ADDRESS, _asked(platform="tiktok_audience"))
    text = page.content.decode()
    assert re.search(r"TikTok|tiktok", text)
    assert "are missing" in text
    assert "Take the list" not in text


def test_taken_list_holds_nobody_suppressed_and_is_audited(
    filled_workspace: Workspace, client_of: ClientOf
) -> None:
    client = client_of("planner")
    before = _take(client, _asked())
    first = _take(client, _asked(form="plain"))[0]["Email"]
    _leave_alone(filled_workspace, SuppressionKind.EMAIL, first)
    after = _take(client, _asked())
    digest = hashlib.sha256(first.encode()).hexdigest()
    assert digest in {line["Email"] for line in before}
    assert digest not in {line["Email"] for line in after}
    assert len(before) == len(after) + 1
    act = list_audit(filled_workspace.register, object_kind="audience")[-1].act
    assert (act.by, act.detail["n_rows"]) == ("planner@acme.example", len(after))


def test_meta_in_plain_text_is_refused_in_the_form(
    filled_workspace: Workspace, client_of: ClientOf
) -> None:
    client = client_of("planner")
    asked = _asked(platform="meta_custom_audience", form="plain")
    assert client.get(ADDRESS, asked).status_code == 422
    assert client.post(f"{ADDRESS}/take", asked).status_code == 422
    assert not list(filled_workspace.exports_dir.iterdir())


def test_list_of_clients_to_exclude_needs_no_plan(
    workspace: Workspace, client_of: ClientOf, tmp_path: Path
) -> None:
    path = tmp_path / "accounts.csv"
    path.write_text(
        "name,domain,country,relationship\nAcme,acme.example,FR,client\nBolt,bolt.example,FR,lost\n"
    )
    import_file(workspace, path, options=ImportOptions(by="ann", at=AT))
    client = client_of("planner")
    lines = _take(client, _asked(platform="linkedin_companies", whom="clients"))
    assert [line["companyname"] for line in lines] == ["Acme"]
    page = client.get(ADDRESS, _asked(platform="linkedin_companies"))
    assert b"There is no plan yet" in page.content


def test_viewer_takes_no_list(filled_workspace: Workspace, client_of: ClientOf) -> None:
    client = client_of("viewer")
    assert client.get(ADDRESS).status_code == 403
    assert client.post(f"{ADDRESS}/take", _asked()).status_code == 403


@pytest.mark.parametrize("form", ["csv", "json"])
def test_suppressed_account_is_in_no_file_of_accounts(
    filled_workspace: Workspace, client_of: ClientOf, form: str
) -> None:
    _leave_alone(filled_workspace, SuppressionKind.DOMAIN, "www.Sample-Packaging-02.example")
    client = client_of("viewer")
    answer = client.get(f"/accounts/download?export={form}")
    content = b"".join(answer.streaming_content)
    assert b"Sample Logistics 03" in content
    assert b"Sample Packaging 02" not in content
    assert b"Sample Packaging 02" in client.get("/accounts?rows=100").content  # to be looked at


def _take(client: Client, asked: dict[str, Any]) -> list[dict[str, str]]:
    answer = client.post(f"{ADDRESS}/take", asked)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    text = b"".join(answer.streaming_content).decode()
    return list(csv.DictReader(io.StringIO(text)))


def test_suppressed_account_leaves_by_no_program(
    filled_workspace: Workspace, member: Callable[..., Any]
) -> None:
    token = give_token(
        filled_workspace.register,
        member("viewer"),
        name="test",
        scopes=(Right.SEE,),
        expires_at=timezone.now() + timedelta(days=1),
    )
    client = Client(headers={"Authorization": f"Bearer {token}"})
    before = client.get("/api/v1/accounts").json()
    _leave_alone(filled_workspace, SuppressionKind.COMPANY, "SAMPLE  packaging 02")
    after = client.get("/api/v1/accounts").json()
    assert after["n_rows"] == before["n_rows"] - 1
    assert "Sample Packaging 02" not in {row["name"] for row in after["rows"]}


def test_barred_people_are_in_no_file_of_an_account(
    filled_workspace: Workspace, client_of: ClientOf
) -> None:
    client = client_of("planner")
    address = re.search(r'href="(/accounts/[0-9a-f]+)"', client.get("/accounts").content.decode())
    assert address
    people = f"{address[1]}?part=people&export=csv"
    persons = current_persons(filled_workspace.register)
    before = client.get(people).content.decode()
    first, second = [p for p in persons if f"{p.first_name} " in before][:2]
    local, _, domain = str(first.email).partition("@")
    _leave_alone(filled_workspace, SuppressionKind.EMAIL, f"{local.upper()}+x@{domain}")
    text = client.get(people).content.decode()
    assert f"{second.first_name} " in text
    assert f"{first.first_name} " not in text
    shown = client.get(f"{address[1]}?part=people").content.decode()  # to be looked at
    assert f"{first.first_name} " in shown
