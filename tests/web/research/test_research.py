"""What is known of the market's reading, what to ask, and who owns its firms."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from signoff.app.web.rights import Role
from signoff.store.imports import ImportOptions, import_file
from signoff.store.workspace import Workspace

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 2, tzinfo=UTC)
OWNERS = """\
country,industry_code,industry,sex,race,year,firms,source
GB,*,All sectors,classifiable,*,2023,400,Office of counts
GB,*,All sectors,Female-owned,*,2023,100,Office of counts
"""


def rows_of(answer: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer.content.decode().lstrip("\ufeff"))))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_reading_shows_each_audience_with_interval_basis_and_source(
    filled_workspace: Workspace, client_of: Callable[..., Any], language: str
) -> None:
    client = client_of(Role.VIEWER, language=language)
    page = client.get("/research").content.decode()
    assert "People Weekly" in page
    assert {"en": "No survey has been asked", "fr": "Aucune enquête"}[language] in page
    rows = rows_of(client.get("/research?export=csv"))
    assert {"venue", "role", "reach_low_share", "basis", "source"} <= set(rows[0])
    assert all(row["basis"] in {"measured", "prior"} for row in rows)
    measured = client.get("/research?basis=measured&export=json").json()
    assert {row["basis"] for row in measured} <= {"measured"}


def test_gaps_say_what_to_ask_whom(
    filled_workspace: Workspace, client_of: Callable[..., Any]
) -> None:
    client = client_of(Role.VIEWER)
    rows = rows_of(client.get("/research/gaps?export=csv"))
    assert {row["role"] for row in rows} == {"user", "decider", "approver"}
    assert all(row["venue"] in row["question"] for row in rows)
    page = client.get("/research/gaps?state=assumed").content.decode()
    assert "assumed only" in page
    assert client.get("/research/gaps?state=x").status_code == 400


def test_an_empty_workspace_says_that_nothing_is_known(
    workspace: Workspace, client_of: Callable[..., Any]
) -> None:
    client = client_of(Role.VIEWER)
    assert "Nothing is known yet" in client.get("/research").content.decode()
    assert "every role is listed" in client.get("/research/gaps").content.decode()
    assert "no market to look up" in client.get("/research/owners").content.decode()


def test_owners_are_shown_with_their_source_or_named_as_missing(
    filled_workspace: Workspace, client_of: Callable[..., Any], tmp_path: Path
) -> None:
    client = client_of(Role.VIEWER)
    page = client.get("/research/owners").content.decode()
    assert "countries without official counts: GB, FR" in page
    file = tmp_path / "owners.csv"
    file.write_text(OWNERS, encoding="utf-8")
    options = ImportOptions(by="ann", at=AT, table="firm_owner")
    import_file(filled_workspace, file, options=options)
    page = client.get("/research/owners").content.decode()
    assert "Female-owned" in page
    assert "25%" in page
    assert "Office of counts" in page
