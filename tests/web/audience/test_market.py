"""The page of market size: counts that were imported, filters, refusals, files."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from signoff.store.imports import ImportOptions, import_file
from signoff.store.workspace import Workspace

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]
AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
COUNTS = """country,region,industry scheme,industry code,size band,n firms,year,source
FR,,naf,*,,4000,2024,drawn for this test
FR,,naf,62,medium,120,2024,drawn for this test
DE,,nace,62,,90,2024,drawn for this test
"""


@pytest.fixture
def counted(filled_workspace: Workspace, tmp_path: Path) -> Workspace:
    """Give a workspace with counts of firms of two countries."""
    path = tmp_path / "counts.csv"
    path.write_text(COUNTS)
    options = ImportOptions(by="ann", at=AT, table="firm_count")
    assert import_file(filled_workspace, path, options=options).n_rejected == 0
    return filled_workspace


def test_show_market_without_counts_says_how_to_import_them(
    client_of: ClientOf, filled_workspace: Workspace
) -> None:
    page = client_of("viewer").get(reverse("audience:market")).content.decode()
    assert "no counts of firms are imported" in page
    assert "firm_count" in page


def test_show_market_of_one_country_leaves_the_others_out(
    client_of: ClientOf, counted: Workspace
) -> None:
    client = client_of("viewer")
    asked = {"country": "fr", "market-export": "json"}
    rows = client.get(reverse("audience:market"), asked).json()
    assert [row["n_firms"] for row in rows] == [4000, 120]
    everywhere = client.get(reverse("audience:market"), {"market-export": "json"}).json()
    assert {row["country"] for row in everywhere} == {"FR", "DE"}


def test_show_market_of_one_industry_leaves_the_total_out(
    client_of: ClientOf, counted: Workspace
) -> None:
    asked = {"country": "FR", "industry": "naf:62", "market-export": "json"}
    rows = client_of("viewer").get(reverse("audience:market"), asked).json()
    assert [row["n_firms"] for row in rows] == [120]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"country": "ES"}, "no counts of firms lie within this country"),
        ({"industry": "nonsense"}, "nonsense"),
        ({"country": "F"}, "2"),
    ],
)
def test_show_market_of_none_says_why(
    client_of: ClientOf, counted: Workspace, asked: dict[str, str], said: str
) -> None:
    answer = client_of("viewer").get(reverse("audience:market"), asked)
    assert answer.status_code == 200
    assert said in answer.content.decode()


def test_show_market_in_french_is_french(client_of: ClientOf, counted: Workspace) -> None:
    page = client_of("viewer", language="fr").get(reverse("audience:market")).content.decode()
    assert "Quelle est la taille du marché" in page
    assert "tous les secteurs" in page
