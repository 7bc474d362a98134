"""The weeks of a plan on its page, and as a file."""

import csv
import io
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from signoff.plan import load_plan
from signoff.store.workspace import Workspace

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "When: week by week"), ("fr", "Quand\u00a0: semaine par semaine")],
)
def test_show_plan_says_when_each_venue_appears(
    filled_workspace: Workspace, client_of: Callable[..., Client], language: str, title: str
) -> None:
    run_id = load_plan(filled_workspace).run_id
    page = client_of(language=language).get(reverse("plans:show", args=[run_id]))
    text = page.content.decode()
    assert title in text
    assert 'id="weeks"' in text
    assert 'data-path="venues.weeks[0].units"' in text or "venues.weeks%5B0%5D.units" in text


def test_download_table_of_weeks_adds_up_to_the_plan(
    filled_workspace: Workspace, client_of: Callable[..., Client]
) -> None:
    plan = load_plan(filled_workspace)
    address = reverse("plans:table", args=[plan.run_id])
    answer = client_of().get(address, {"table": "by_week", "export": "csv"})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == len(plan.venues.weeks)
    spend = sum(Decimal(row["Spend"]) for row in rows)
    assert spend == sum(line.spend for line in plan.venues.weeks)
