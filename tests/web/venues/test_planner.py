"""The planner in the browser: slider, curve, constraints, scenarios side by side."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client

from signoff.app.jobs import look_at_job
from signoff.app.jobs.kind import JobKind, Result, Work
from signoff.app.jobs.kinds.scenario import ADOPT_SCENARIO, MAKE_SCENARIO
from signoff.app.web.venues.changes import ChangesForm
from signoff.plan import CampaignPlan, fit_plan, list_scenarios, load_plan, load_scenario
from signoff.results import Estimate
from signoff.store.imports import ImportOptions, import_file
from signoff.store.workspace import Workspace
from signoff.venues import CautiousResult

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]


def do_job(workspace: Workspace, kind: JobKind, job_id: str, **inputs: str) -> Result:
    """Do a job's steps at once, as a worker does them one after another."""
    found: Result = {}
    for step in kind.steps:
        now = datetime.now(UTC)
        work = Work(workspace, job_id, "ann", now, inputs, found, lambda *_told: None)
        found = {**found, **step.run(work)}
    return found


@pytest.fixture
def plan(fitted_workspace: Workspace) -> CampaignPlan:
    """Give the plan of the fitted workspace."""
    return load_plan(fitted_workspace)


def test_planner_without_plan_says_how_to_begin(workspace: Workspace, client_of: ClientOf) -> None:
    page = client_of("planner", language="fr").get("/venues").content.decode()
    assert "Aucun plan" in page


def test_planner_without_fit_offers_one(filled_workspace: Workspace, client_of: ClientOf) -> None:
    run_id = load_plan(filled_workspace).run_id
    assert "/fit" in client_of("planner").get(f"/venues/{run_id}").content.decode()
    answer = client_of("owner").post(f"/venues/{run_id}/fit")
    job = look_at_job(filled_workspace, answer["Location"].rstrip("/").rpartition("/")[2])
    assert (job.kind, job.inputs) == ("fit_plan", {"run_id": run_id})


def test_planner_at_the_plans_budget_shows_the_plan(
    fitted_workspace: Workspace, client_of: ClientOf, plan: CampaignPlan
) -> None:
    page = client_of("viewer").get(f"/venues/{plan.run_id}").content.decode()
    assert "This is the plan." in page
    shown = re.search(r'data-budget="([^"]+)"', page)
    assert shown
    assert Decimal(shown[1]) == plan.venues.budget
    assert 'id="curve"' in page
    assert "Try a change" not in page


def test_answer_at_another_budget_keeps_within_it(
    fitted_workspace: Workspace, client_of: ClientOf, plan: CampaignPlan
) -> None:
    client = client_of("viewer")
    asked = plan.venues.budget * Decimal("1.5")
    part = client.get(f"/venues/{plan.run_id}/answer?budget={asked}").content.decode()
    result = float(re.search(r'data-result="([^"]+)"', part)[1])  # type: ignore[index]
    assert result >= plan.venues.result.value
    assert "<html" not in part


@pytest.mark.parametrize("language", ["en", "fr"])
def test_wanted_result_is_priced_on_the_page_and_as_a_part(
    fitted_workspace: Workspace, client_of: ClientOf, plan: CampaignPlan, language: str
) -> None:
    client = client_of("viewer", language=language)
    asked = f"{0.5 * plan.venues.result.value:.4f}".replace(".", "," if language == "fr" else ".")
    part = client.get(f"/venues/{plan.run_id}/wanted?wanted={asked}").content.decode()
    assert ("Least budget found" if language == "en" else "Plus petit budget trouvé") in part
    assert "<html" not in part
    page = client.get(f"/venues/{plan.run_id}?wanted={asked}").content.decode()
    assert f'value="{asked}"' in page
    assert part.strip() in page


def test_wanted_result_out_of_reach_says_that_it_is_proven(
    fitted_workspace: Workspace, client_of: ClientOf, plan: CampaignPlan
) -> None:
    part = client_of("viewer").get(f"/venues/{plan.run_id}/wanted?wanted=1000000").content.decode()
    assert "by proof" in part
    part = client_of("planner").get(f"/venues/{plan.run_id}/wanted?wanted=many")
    assert part.status_code == 400


@pytest.mark.parametrize("language", ["en", "fr"])
def test_advice_shows_limits_learning_and_margins(
    filled_workspace: Workspace, client_of: ClientOf, language: str
) -> None:
    plan, client = load_plan(filled_workspace), client_of("viewer", language=language)
    page = client.get(f"/venues/{plan.run_id}/advice").content.decode()
    assert ("What to learn next" if language == "en" else "Ce qu’il faut apprendre") in page
    assert plan.study is not None
    assert plan.study.learning.values[0].name in page
    answer = client.get(f"/venues/{plan.run_id}/advice?learning-export=csv")
    assert answer["Content-Type"].startswith("text/csv")


@pytest.mark.parametrize("budget", ["many", "1e999", "NaN", "-5", "99999999999999"])
def test_answer_at_no_budget_is_refused_or_bounded(
    fitted_workspace: Workspace, client_of: ClientOf, plan: CampaignPlan, budget: str
) -> None:
    answer = client_of("viewer").get(f"/venues/{plan.run_id}/answer?budget={budget}")
    assert answer.status_code in {200, 400}


def test_scenario_is_asked_for_worked_out_compared_and_withdrawn(
    fitted_workspace: Workspace, client_of: ClientOf, plan: CampaignPlan
) -> None:
    client = client_of("planner", language="fr")
    sent = {"title": "Moins cher", "budget": "60 000,50", "use_0": "exclude"}
    answer = client.post(f"/venues/{plan.run_id}/new", sent)
    assert answer.status_code == 302, answer.content.decode()
    job = look_at_job(fitted_workspace, answer["Location"].rstrip("/").rpartition("/")[2])
    do_job(fitted_workspace, MAKE_SCENARIO, job.job_id, **job.inputs)
    (scenario,) = list_scenarios(fitted_workspace, run_id=plan.run_id)
    assert scenario.changes.budget == Decimal("60000.50")
    page = client.get(f"/venues/{plan.run_id}/scenarios").content.decode()
    assert "Moins cher" in page
    assert "tirages\u00a0: ce qu" in page
    client.post(f"/scenarios/{scenario.scenario_id}/withdraw")
    assert not list_scenarios(fitted_workspace, run_id=plan.run_id)


def test_scenario_with_faults_keeps_what_was_typed(
    fitted_workspace: Workspace, client_of: ClientOf, plan: CampaignPlan
) -> None:
    sent = {"title": "", "budget": "lots", "floor_0": "12"}
    answer = client_of("planner").post(f"/venues/{plan.run_id}/new", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count('aria-invalid="true"') == 2
    assert 'value="lots"' in page
    assert 'value="12"' in page


def test_scenario_of_a_quorum_asks_for_its_number(
    fitted_workspace: Workspace, client_of: ClientOf, plan: CampaignPlan
) -> None:
    client, n_roles = client_of("planner"), len(plan.brief.committee.roles)
    sent = {"title": "Quorum", "approval_rule": "quorum"}
    page = client.post(f"/venues/{plan.run_id}/new", sent).content.decode()
    assert "Say how many roles must be reached." in page
    assert "likelier" not in page  # no role of the brief has an uplift
    removed = plan.brief.committee.roles[0].role.value
    many = {**sent, "quorum_roles": str(n_roles), "roles_removed": removed}
    page = client.post(f"/venues/{plan.run_id}/new", many).content.decode()
    assert f"The committee then has {n_roles - 1} roles." in page
    answer = client.post(f"/venues/{plan.run_id}/new", {**sent, "quorum_roles": str(n_roles)})
    assert answer.status_code == 302
    job = look_at_job(fitted_workspace, answer["Location"].rstrip("/").rpartition("/")[2])
    made = do_job(fitted_workspace, MAKE_SCENARIO, job.job_id, **job.inputs)
    scenario = load_scenario(fitted_workspace, scenario_id=str(made["scenario_id"]))
    assert (scenario.changes.approval_rule, scenario.changes.quorum_roles) == ("quorum", n_roles)


def test_scenario_of_caution_is_read_in_percent_and_compared(
    fitted_workspace: Workspace, client_of: ClientOf, plan: CampaignPlan
) -> None:
    client = client_of("planner")
    sent = {"title": "Cautious", "caution_share": "5 %"}
    answer = client.post(f"/venues/{plan.run_id}/new", sent)
    assert answer.status_code == 302, answer.content.decode()
    job = look_at_job(fitted_workspace, answer["Location"].rstrip("/").rpartition("/")[2])
    made = do_job(fitted_workspace, MAKE_SCENARIO, job.job_id, **job.inputs)
    scenario = load_scenario(fitted_workspace, scenario_id=str(made["scenario_id"]))
    assert scenario.changes.caution_share == 0.05
    assert scenario.caution is not None
    assert scenario.caution.result.value >= scenario.caution.expected_plan_worst.value
    page = client.get(f"/venues/{plan.run_id}/scenarios").content.decode()
    assert "Mean result of its worst draws" in page


def test_planner_of_a_cautious_plan_says_what_caution_brings_and_costs(
    fitted_workspace: Workspace,
    client_of: ClientOf,
    plan: CampaignPlan,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = client_of("viewer").get(f"/venues/{plan.run_id}").content.decode()
    assert "What a cautious reader gets" not in page
    worst = Estimate(0.0061, 0.0052, 0.007)
    caution = CautiousResult(
        share=0.1,
        n_draws=200,
        n_worst=20,
        result=worst,
        bound=0.0066,
        gap_share=0.08,
        expected_plan_worst=Estimate(0.0044, 0.0037, 0.0051),
        expected_plan_result=0.0191,
        cost=Estimate(0.0017, -0.006, 0.031),
        is_expected_plan=False,
    )
    cautious = replace(plan, venues=replace(plan.venues, caution=caution))
    monkeypatch.setattr("signoff.app.web.venues.planner.load_plan", lambda *_, **__: cautious)
    page = client_of("owner", language="fr").get(f"/venues/{plan.run_id}").content.decode()
    assert "Ce qu’obtient un lecteur prudent" in page
    assert "0,0017" in page


@pytest.mark.parametrize("share", ["0", "120 %", "-0.1", "a tenth"])
def test_scenario_of_a_share_that_is_none_is_refused_beside_its_field(
    fitted_workspace: Workspace, client_of: ClientOf, plan: CampaignPlan, share: str
) -> None:
    sent = {"title": "Cautious", "caution_share": share}
    answer = client_of("planner").post(f"/venues/{plan.run_id}/new", sent)
    assert answer.status_code == 422
    assert answer.content.decode().count('aria-invalid="true"') == 1


def test_changes_form_offers_an_uplift_where_a_role_has_one(plan: CampaignPlan) -> None:
    data = plan.brief.model_dump()
    data["committee"]["roles"][0]["uplift"] = 0.5
    lifted = replace(plan, brief=type(plan.brief).model_validate(data))
    sent = {"title": "Uplift", "approval_rule": "uplift"}
    form = ChangesForm(sent, plan=lifted)
    assert list(form.errors) == ["base_share"]
    form = ChangesForm({**sent, "base_share": "0.2"}, plan=lifted)
    assert form.is_valid(), form.errors
    assert form.changes().base_share == 0.2


def test_adopted_scenario_becomes_the_plan(
    fitted_workspace: Workspace, client_of: ClientOf, plan: CampaignPlan
) -> None:
    made = do_job(
        fitted_workspace,
        MAKE_SCENARIO,
        "a" * 32,
        run_id=plan.run_id,
        title="More",
        changes='{"budget": "110000"}',
    )
    found = do_job(fitted_workspace, ADOPT_SCENARIO, "b" * 32, scenario_id=str(made["scenario_id"]))
    assert load_plan(fitted_workspace, run_id=str(found["run_id"])).venues.budget == 110_000
    assert fit_plan(fitted_workspace, run_id="b" * 32, by="ann", at=datetime.now(UTC))


def test_book_lists_the_venues(filled_workspace: Workspace, client_of: ClientOf) -> None:
    page = client_of("viewer").get("/venues/book?sort=-name").content.decode()
    assert page.count('<th scope="row">') == 4


def test_book_shows_group_and_lead_time(
    filled_workspace: Workspace, client_of: ClientOf, tmp_path: Path
) -> None:
    file = tmp_path / "venue.csv"
    file.write_text(
        "venue_id,name,kind,unit,currency,exposures_per_unit,response_share,response_low_share,"
        "response_high_share,basis,venue_group,lead_days\n"
        "fair,The Fair,event,booth,EUR,1,0.1,0.05,0.2,prior,in person,120\n",
        encoding="utf-8",
    )
    import_file(filled_workspace, file, options=ImportOptions(by="ann", at=datetime.now(UTC)))
    client = client_of("viewer", language="fr")
    page = client.get("/venues/book?venue_group=in+person").content.decode()
    assert page.count('<th scope="row">') == 1
    assert "Délai de commande en jours" in page
    assert ">120<" in page
