"""The demonstration's plan: every number recomputed, equal on both engines, and honest."""

import json
import re
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from signoff.plan import CampaignPlan, repeat_plan, write_plan
from signoff.plan.record import compose_on
from signoff.store.engines import spark_engine
from signoff.store.lake import export_lake
from signoff.store.workspace import Workspace


class Page(HTMLParser):
    """Reads a report: the traced numbers, and the text that is traced or quoted nowhere."""

    VOID = frozenset({"meta", "link", "br", "hr", "img", "input", "col", "wbr"})
    SILENT = frozenset({"style", "svg", "title", "script"})

    def __init__(self) -> None:
        super().__init__()
        self.numbers: list[tuple[str, str]] = []
        self.bare: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.VOID:
            return
        given = dict(attrs)
        exempt = (
            tag in self.SILENT
            or tag in ("data", "time")
            or "verbatim" in (given.get("class") or "")
        )
        self._open.append((tag, exempt))
        if tag == "data":
            self.numbers.append((str(given["data-path"]), str(given["value"])))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if re.search(r"\d", data) and not any(exempt for _, exempt in self._open):
            self.bare.append(data.strip())


def read_page(path: Path) -> Page:
    page = Page()
    page.feed(path.read_text(encoding="utf-8"))
    return page


def at_path(document: Any, path: str) -> Any:
    """Read a path by itself, not by the report's own reader.

    It is venues.lines[3].spend, or len(...), count(...) or sum(...) of such, [*] for all of a list.
    """
    call = re.fullmatch(r"(len|count|sum)\((.+)\)", path)
    if call:
        found = at_path(document, call[2])
        if call[1] == "sum":
            return sum(Decimal(str(value)) for value in found)
        return len(found) if call[1] == "len" else found.count(True)
    before, star, after = path.partition("[*]")
    for step in re.findall(r"[^.\[\]]+", before):
        document = document[int(step)] if isinstance(document, list) else document[step]
    if not star:
        return document
    return [at_path(item, after.removeprefix(".")) if after else item for item in document]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_report_every_number_equals_the_recomputed_plan(demonstration: Any, language: str) -> None:
    name = "plan.html" if language == "en" else "plan-fr.html"
    page = read_page(demonstration.folder / "report" / name)
    again = json.loads(
        write_plan(repeat_plan(demonstration.workspace, run_id=demonstration.plan.run_id))
    )
    wrong = [
        (path, shown, at_path(again, path))
        for path, shown in page.numbers
        if Decimal(shown) != Decimal(str(at_path(again, path)))
    ]
    assert wrong == []
    assert len(page.numbers) > 300


@pytest.mark.parametrize("name", ["plan.html", "plan-fr.html"])
def test_report_no_number_stands_outside_a_traced_element(demonstration: Any, name: str) -> None:
    assert read_page(demonstration.folder / "report" / name).bare == []


def test_report_every_number_has_a_source(demonstration: Any) -> None:
    page = read_page(demonstration.folder / "report" / "plan.html")
    covered = tuple(note.path for note in demonstration.plan.sources)
    header = ("run_id", "seed", "lake_snapshot", "brief_version")
    paths = {re.sub(r"^\w+\((.+)\)$", r"\1", path) for path, _ in page.numbers}
    assert [path for path in paths if not path.startswith((*covered, *header))] == []


def test_repeat_plan_same_run_is_equal_to_the_last_digit(demonstration: Any) -> None:
    again = repeat_plan(demonstration.workspace, run_id=demonstration.plan.run_id)
    assert write_plan(again) == write_plan(demonstration.plan)


def exact_part(plan: CampaignPlan) -> dict[str, Any]:
    """Give the counts and the money of a plan."""

    def pick(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: pick(item) for key, item in value.items()}
        if isinstance(value, list):
            return [pick(item) for item in value]
        return None if isinstance(value, float) else value

    return pick(json.loads(write_plan(plan)))  # type: ignore[no-any-return]


@pytest.mark.spark
def test_plan_on_spark_counts_and_money_equal_duckdb(demonstration: Any, tmp_path: Path) -> None:
    workspace: Workspace = demonstration.workspace
    export_lake(workspace, tmp_path / "lake", snapshot=demonstration.plan.lake_snapshot)
    with spark_engine(tmp_path / "lake") as engine:
        on_spark = compose_on(engine, workspace, run_id=demonstration.plan.run_id)
    assert exact_part(on_spark) == exact_part(demonstration.plan)


def test_fit_on_the_placebo_pipeline_says_no_usable_signal(demonstration: Any) -> None:
    # description of the data: crm/ is fictitious; split by time of engagement, AUC .497
    plan: CampaignPlan = demonstration.plan
    assert not plan.audience.fit.usable
    assert all(account.win_share is None for account in plan.audience.accounts)
    assert any("ranked by market fit alone" in caution for caution in plan.cautions)
    assert "market fit alone" in (demonstration.folder / "report" / "plan.html").read_text()


def test_demonstration_generated_contacts_are_labelled_in_file_and_report(
    demonstration: Any,
) -> None:
    files = list((demonstration.folder / "files").glob("*generated*"))
    assert files
    lines = files[0].read_text(encoding="utf-8").splitlines()
    assert all(line.endswith(",generated") for line in lines[1:])
    report = (demonstration.folder / "report" / "plan.html").read_text(encoding="utf-8")
    assert "generated for demonstration" in report


def test_demonstration_plan_stays_within_the_budget(demonstration: Any) -> None:
    plan: CampaignPlan = demonstration.plan
    assert sum(line.spend for line in plan.venues.lines) == plan.venues.total_spend
    assert plan.venues.total_spend <= plan.brief.money.budget
