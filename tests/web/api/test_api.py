"""The API: tokens with scopes, answers as described, the same faults as everywhere."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from signoff.app.jobs import close_jobs, start_job
from signoff.app.web.api.models import ApiToken
from signoff.app.web.api.tokens import give_token
from signoff.app.web.people.factors import set_factor_rule, set_up_factor
from signoff.app.web.people.models import FactorRule
from signoff.app.web.rights import Right, Role
from signoff.brief import starter_brief
from signoff.store.register import list_audit
from signoff.store.workspace import Workspace

pytestmark = pytest.mark.django_db
Member = Callable[..., Any]
KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def client_with(workspace: Workspace, owner: Any, *scopes: Right, **names: Any) -> Client:
    """Give a client that sends a token of these scopes."""
    ends = names.get("expires_at", timezone.now() + timedelta(days=1))
    token = give_token(workspace.register, owner, name="test", scopes=scopes, expires_at=ends)
    return Client(headers={"Authorization": f"Bearer {token}"})


def test_request_without_token_is_refused_in_our_form(workspace: Workspace) -> None:
    answer = Client().get("/api/v1/workspace")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert {"error", "what", "why", "fix", "where", "faults"} == set(answer.json())


def test_workspace_with_token_is_told(workspace: Workspace, member: Member) -> None:
    answer = client_with(workspace, member("viewer"), Right.SEE).get("/api/v1/workspace")
    assert answer.json()["name"] == "Acme"


@pytest.mark.parametrize("change", ["revoked", "expired", "inactive"])
def test_token_that_has_ended_opens_nothing(
    workspace: Workspace, member: Member, change: str
) -> None:
    owner = member("planner")
    client = client_with(workspace, owner, Right.SEE)
    now = timezone.now()
    if change == "revoked":
        ApiToken.objects.update(revoked_at=now)
    elif change == "expired":
        ApiToken.objects.update(expires_at=now - timedelta(seconds=1))
    else:
        type(owner).objects.update(is_active=False)
    assert client.get("/api/v1/workspace").status_code == 401


def test_scope_beyond_the_role_is_not_given(workspace: Workspace, member: Member) -> None:
    client = client_with(workspace, member("viewer"), Right.SEE, Right.PLAN)
    assert ApiToken.objects.get().scopes == ["see"]
    answer = client.post("/api/v1/documents/brief/spring", {"body": {}}, "application/json")
    assert answer.status_code == 403


def test_scope_ends_with_the_members_role(workspace: Workspace, member: Member) -> None:
    planner = member("planner")
    client = client_with(workspace, planner, Right.PLAN)
    type(planner).objects.update(role=Role.VIEWER)
    answer = client.post("/api/v1/documents/brief/spring", {"body": {}}, "application/json")
    assert answer.status_code == 403


def test_token_waits_for_a_second_factor_that_is_asked_of_its_member(
    workspace: Workspace, member: Member, client_of: Callable[..., Client]
) -> None:
    planner = member("planner")
    client = client_with(workspace, planner, Right.SEE)
    set_factor_rule(FactorRule.OWNERS, by="owner@acme.example")
    assert client.get("/api/v1/workspace").status_code == 200
    set_factor_rule(FactorRule.EVERYBODY, by="owner@acme.example")
    answer = client.get("/api/v1/workspace")
    assert answer.status_code == 403
    assert answer.json()["what"] == "this token waits for its member's second factor"
    assert "set one up" in answer.json()["fix"]
    owner = client_of("owner")
    set_up_factor(
        type(planner).objects.get(role=Role.OWNER), KEY, code="000000", by="owner@acme.example"
    )
    assert "<td>waits for a second factor</td>" in owner.get("/access").content.decode()
    set_up_factor(planner, KEY, code="000000", by=planner.email)
    assert client.get("/api/v1/workspace").status_code == 200


def test_token_of_a_planner_stops_no_erasure(workspace: Workspace, member: Member) -> None:
    client = client_with(workspace, member("planner"), Right.PLAN)
    inputs = {"request_id": "0" * 32}
    erasure = start_job(workspace, "erase_person", inputs=inputs, by="owner@acme.example")
    backup = start_job(workspace, "backup", inputs={}, by="owner@acme.example")
    assert client.post(f"/api/v1/jobs/{erasure}/cancel").status_code == 403
    assert client.post(f"/api/v1/jobs/{backup}/cancel").status_code == 200
    close_jobs()


def test_token_is_kept_only_as_a_hash(workspace: Workspace, member: Member) -> None:
    token = give_token(
        workspace.register, member("planner"), name="test", scopes={Right.SEE}, expires_at=None
    )
    kept = json.dumps(list(ApiToken.objects.values()), default=str)
    audit = repr(list_audit(workspace.register))
    assert token not in kept
    assert token not in audit
    assert len(token) > 40


def test_faulty_brief_is_told_whole_and_not_kept(workspace: Workspace, member: Member) -> None:
    client = client_with(workspace, member("planner"), Right.PLAN, Right.SEE)
    answer = client.post(
        "/api/v1/documents/brief/spring", {"body": {"language": "xx"}}, "application/json"
    )
    assert answer.status_code == 400
    assert len(answer.json()["faults"]) > 1
    assert client.get("/api/v1/documents/brief").json() == []


def test_brief_is_kept_and_given_back(workspace: Workspace, member: Member) -> None:
    import tomllib

    client = client_with(workspace, member("planner"), Right.PLAN, Right.SEE)
    sent = json.dumps({"body": tomllib.loads(starter_brief())}, default=str)
    answer = client.post("/api/v1/documents/brief/spring", sent, "application/json")
    assert answer.status_code == 201, answer.content
    stale = json.loads(sent) | {"expected_version": 0}
    assert (
        client.post("/api/v1/documents/brief/spring", stale, "application/json").status_code == 409
    )
    found = client.get("/api/v1/documents/brief/spring").json()
    assert found["version"] == 1
    assert found["body"] == answer.json()["body"]
    assert found["author"] == "planner@acme.example"


@pytest.mark.parametrize(
    "address", ["plans/x", "imports/x", "documents/brief/x", "plans/x/media-plan"]
)
def test_unknown_id_is_not_found(workspace: Workspace, member: Member, address: str) -> None:
    client = client_with(workspace, member("viewer"), Right.SEE)
    assert client.get(f"/api/v1/{address}").status_code == 404


def test_plan_is_given_whole(filled_workspace: Workspace, member: Member) -> None:
    client = client_with(filled_workspace, member("viewer"), Right.SEE)
    run = client.get("/api/v1/plans").json()[0]
    plan = client.get(f"/api/v1/plans/{run['run_id']}").json()
    rows = client.get(f"/api/v1/plans/{run['run_id']}/media-plan").json()
    assert plan["run_id"] == run["run_id"]
    assert len(rows) == sum(line["in_plan"] for line in plan["venues"]["lines"])


def test_access_page_makes_lists_and_revokes_a_token(
    workspace: Workspace, client_of: Callable[..., Client]
) -> None:
    client = client_of("planner")
    page = client.post("/access", {"name": "nightly", "scopes": ["see"], "days": "30"})
    assert "signoff_" in page.content.decode()
    assert "signoff_" not in client.get("/access").content.decode().replace("signoff_csrf", "")
    token = ApiToken.objects.get()
    assert client.post(f"/access/{token.pk}/end").status_code == 302
    token.refresh_from_db()
    assert token.revoked_at is not None


def test_token_of_somebody_else_cannot_be_revoked(
    workspace: Workspace, client_of: Callable[..., Client], member: Member
) -> None:
    other = member("viewer", email="other@acme.example")
    give_token(workspace.register, other, name="x", scopes={Right.SEE}, expires_at=None)
    token = ApiToken.objects.get()
    assert client_of("planner").post(f"/access/{token.pk}/end").status_code == 404


def test_description_lists_every_operation(workspace: Workspace) -> None:
    paths = Client().get("/api/v1/openapi.json").json()["paths"]
    assert "/api/v1/plans/{run_id}" in paths


def test_accounts_are_filtered_sorted_and_paged(
    filled_workspace: Workspace, member: Member
) -> None:
    client = client_with(filled_workspace, member("viewer"), Right.SEE)
    all_of_them = client.get("/api/v1/accounts").json()
    page = client.get("/api/v1/accounts?sort=-employees&limit=3&filter=country:is:FR").json()
    sizes = [row["employees"] for row in page["rows"] if row["employees"] is not None]
    assert page["n_rows"] < all_of_them["n_rows"]
    assert {row["country"] for row in page["rows"]} == {"FR"}
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize(
    "query",
    [
        "sort=name;drop table account",
        "filter=1 = 1:is:x",
        "filter=name:or 1=1:x",
        "sort=password",
        "limit=0",
        "offset=-1",
    ],
)
def test_accounts_take_listed_columns_and_operators_only(
    filled_workspace: Workspace, member: Member, query: str
) -> None:
    """Fault 26."""
    client = client_with(filled_workspace, member("viewer"), Right.SEE)
    answer = client.get(f"/api/v1/accounts?{query}")
    assert answer.status_code in {400, 422}
    assert answer.json()["faults"]


def test_plan_is_asked_for_as_a_job(filled_workspace: Workspace, member: Member) -> None:
    client = client_with(filled_workspace, member("planner"), Right.PLAN, Right.SEE)
    unknown = client.post("/api/v1/plans", {"brief": "none"}, "application/json")
    assert unknown.status_code == 404
    answer = client.post("/api/v1/plans", {"brief": "brief", "seed": 3}, "application/json")
    assert answer.status_code == 202
    job = client.get(f"/api/v1/jobs/{answer.json()['job_id']}").json()
    assert (job["kind"], job["state"]) == ("make_plan", "waiting")
    stopped = client.post(f"/api/v1/jobs/{job['job_id']}/cancel").json()
    assert stopped["state"] == "cancelled"


def test_file_is_brought_in_as_a_job(workspace: Workspace, member: Member) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = client_with(workspace, member("planner"), Right.IMPORT, Right.SEE)
    file = SimpleUploadedFile("accounts.csv", b"name,country\nAcme,FR\n")
    answer = client.post("/api/v1/imports", {"file": file, "table": "account"})
    assert answer.status_code == 202, answer.content
    assert client.get(f"/api/v1/jobs/{answer.json()['job_id']}").json()["kind"] == "import_file"
