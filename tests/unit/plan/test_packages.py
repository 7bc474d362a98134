"""Packages of venues from an imported file to the plan, made again, and every number of it."""

import json
from pathlib import Path

import pytest
from tests.unit.plan.conftest import AT, FILES

from signoff.plan import (
    CampaignPlan,
    PlanOptions,
    check_repetition,
    list_differences,
    load_plan,
    make_plan,
    read_plan,
    repeat_plan,
    write_plan,
)
from signoff.report import explain_number, look_up, read_page, render_html
from signoff.store.imports import ImportOptions, import_file
from signoff.store.settings import Settings
from signoff.store.workspace import Workspace, create_workspace

PACKAGES = """package_id,name,venue_id,units,package_price,currency,maximum_packages,source
duo,Monthly and daily,trade,2,2600.00,EUR,2,offer of May
duo,Monthly and daily,daily,1,2600.00,EUR,2,offer of May
dear,Dear pair,trade,1,8000.00,EUR,,offer of June
dear,Dear pair,daily,1,8000.00,EUR,,offer of June
"""


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Make a workspace whose two venues are sold together too."""
    folder = tmp_path_factory.mktemp("bundled")
    made = create_workspace(folder / "w", settings=Settings(name="Gear"), at=AT)
    for table, text in {**FILES, "venue_package": PACKAGES}.items():
        path = folder / f"{table}.csv"
        path.write_text(text, encoding="utf-8")
        receipt = import_file(made, path, options=ImportOptions(table=table, by="ann", at=AT))
        assert receipt.n_rejected == 0, receipt.rows()
    return made


@pytest.fixture(scope="module")
def plan(bundled: Workspace, brief_path: Path, options: PlanOptions) -> CampaignPlan:
    """Make the plan once."""
    return make_plan(bundled, brief=brief_path, options=options)


def test_make_plan_packages_are_bought_or_left_out_with_reasons(plan: CampaignPlan) -> None:
    duo, dear = plan.venues.packages
    assert (duo.package_id, duo.in_plan, duo.reason_kind) == ("duo", True, "saves")
    assert duo.alone_price == 5000
    assert duo.reason.startswith("Bought ")
    assert "2,400 EUR against its parts" in duo.reason
    assert (dear.packages, dear.reason_kind) == (0, "parts_cost_less")
    assert "its parts cost 4,000 EUR less alone" in dear.reason
    assert plan.venues.total_spend <= plan.venues.budget


def test_repeat_plan_with_packages_is_equal_to_the_last_digit(
    bundled: Workspace, plan: CampaignPlan
) -> None:
    assert check_repetition(bundled, run_id=plan.run_id).is_equal
    again = repeat_plan(bundled, run_id=plan.run_id)
    assert again.venues.packages == plan.venues.packages
    assert list_differences(load_plan(bundled, run_id=plan.run_id), again) == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_render_html_every_number_of_packages_leads_to_its_source(
    bundled: Workspace, plan: CampaignPlan, language: str
) -> None:
    again = repeat_plan(bundled, run_id=plan.run_id)
    page = read_page(render_html(plan, language=language))
    shown = [n for n in page.numbers if n.path.startswith("venues.packages[")]
    assert len(shown) >= 10
    for number in shown:
        assert number.value == str(look_up(again, number.path))
        told = explain_number(plan, number.path, language=language)
        assert "venue_package" in told.tables
        assert told.citations[0].text.startswith("offer of")
    lines = [n for n in page.numbers if n.path.endswith(".packaged_units")]
    assert sum(int(number.value) for number in lines) == 3 * plan.venues.packages[0].packages


def test_read_plan_packages_of_earlier_versions_are_read(plan: CampaignPlan) -> None:
    body = json.loads(write_plan(plan))
    for package in body["venues"]["packages"]:
        del package["alone_price"]
    for line in body["venues"]["lines"]:
        del line["packaged_units"], line["packaged_spend"]
    earlier = read_plan(json.dumps(body))
    assert earlier.venues.packages[0].alone_price is None
    assert "not bought" in render_html(earlier, language="en")
