"""The CRM files: counts from ../shared/data/README.md, sums worked out with the csv module."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from signoff.store.imports import ImportOptions, Preview, preview_import
from signoff.store.workspace import Workspace

AT = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
def crm(shared_data: Path) -> Path:
    return shared_data / "crm"


def _preview(workspace: Workspace, path: Path) -> Preview:
    return preview_import(workspace, path, options=ImportOptions(by="ann", at=AT))


def test_maven_accounts_are_mended_and_scaled(formats_workspace: Workspace, crm: Path) -> None:
    preview = _preview(formats_workspace, crm / "accounts.csv")
    assert preview.detected.format == "maven_crm_accounts"
    assert (preview.n_read, preview.n_good) == (85, 85)
    acme = preview.rows()[0]
    assert acme["revenue"] == Decimal("1100040000.00")  # 1100.04 million in the file
    assert (acme["industry_scheme"], acme["industry_code"]) == ("own", "technology")
    assert acme["currency"] == "USD"
    assert "sector: 'technolgy' was read as 'technology' in 12 rows." in preview.notes
    assert "office_location: 'Philipines' was read as 'Philippines' in 1 row." in preview.notes


def test_maven_pipeline_never_imports_agents(formats_workspace: Workspace, crm: Path) -> None:
    preview = _preview(formats_workspace, crm / "sales_pipeline.csv")
    assert preview.detected.format == "maven_crm_pipeline"
    assert preview.n_read == 8800
    assert "own staff" in preview.detected.ignored["sales_agent"]
    assert preview.n_bad == 8800 - 1425  # no account is imported here; 1,425 rows name none
    assert {fault.kind for fault in preview.faults} == {"unknown_account"}
