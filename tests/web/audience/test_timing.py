"""The page of time to yes: from a log, and without one."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from signoff.store.imports import ImportOptions, import_file
from signoff.store.workspace import Workspace

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]
AT = datetime(2026, 1, 5, 9, tzinfo=UTC)


@pytest.fixture
def logged(filled_workspace: Workspace, tmp_path: Path) -> Workspace:
    """Give a workspace with forty approvals of two levels: one day, then three to six days."""
    lines = ["case id,activity,role,occurred at"]
    for n in range(40):
        start = AT - timedelta(days=200 - n)
        for activity, role, days in (
            ("Request submitted", "buyer", 0),
            ("Request approved", "manager", 1),
            ("Request final approved", "director", 4 + n % 4),
        ):
            lines.append(f"c{n},{activity},{role},{start + timedelta(days=days):%Y-%m-%d %H:%M}")
    path = tmp_path / "approvals.csv"
    path.write_text("\n".join(lines) + "\n")
    options = ImportOptions(by="ann", at=AT, table="approval_step")
    assert import_file(filled_workspace, path, options=options).n_rejected == 0
    return filled_workspace


def test_show_timing_without_a_log_says_that_times_are_assumed(
    client_of: ClientOf, filled_workspace: Workspace
) -> None:
    page = client_of("viewer").get(reverse("audience:timing")).content.decode()
    assert "Assumed, for want of a log" in page
    assert "no log of approvals" in page
    assert "No deal with a first day" in page


def test_show_timing_with_a_log_counts_back_from_the_day_asked_for(
    client_of: ClientOf, logged: Workspace
) -> None:
    asked = {"decision_on": "2026-12-31", "n_levels": "2", "sure_share": "0.9"}
    client = client_of("viewer")
    page = client.get(reverse("audience:timing"), asked).content.decode()
    assert "From the firm’s own log" in page
    assert "manager" in page
    assert "director" in page
    assert "Dec 2026" in page or "December" in page
    rows = client.get(reverse("audience:timing"), {**asked, "address-export": "json"}).json()
    assert [row["level"] for row in rows] == [1, 2]
    days = [row["sure_days"] for row in rows]
    assert 6 <= days[0] <= 9
    assert 5 <= days[1] <= 7


@pytest.mark.parametrize(("years", "is_said"), [(-1, True), (3, False)])
def test_show_timing_says_when_a_day_to_address_has_passed(
    client_of: ClientOf, logged: Workspace, years: int, is_said: bool
) -> None:
    day = datetime.now(UTC) + timedelta(days=365 * years)
    asked = {"decision_on": f"{day:%Y-%m-%d}", "n_levels": "2", "sure_share": "0.9"}
    page = client_of("viewer").get(reverse("audience:timing"), asked).content.decode()
    assert ("Some of these days have passed" in page) is is_said


def test_show_timing_in_french_is_french(client_of: ClientOf, logged: Workspace) -> None:
    page = client_of("viewer", language="fr").get(reverse("audience:timing")).content.decode()
    assert "Combien de temps prend un oui" in page
    assert "D’après le journal de l’entreprise" in page


@pytest.mark.parametrize(
    "asked",
    [
        {"decision_on": "tomorrow"},
        {"n_levels": "99"},
        {"sure_share": "1"},
        {"n_levels": "-1", "decision_on": "0001-01-01"},
    ],
)
def test_show_timing_with_wrong_wishes_says_so(
    client_of: ClientOf, logged: Workspace, asked: dict[str, str]
) -> None:
    answer = client_of("viewer").get(reverse("audience:timing"), asked)
    assert answer.status_code == 200
    assert 'class="error"' in answer.content.decode()
