"""`signoff plan` where venues are sold together."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.unit.plan.conftest import BRIEF, FILES
from tests.unit.plan.test_packages import PACKAGES

Call = Callable[..., Any]
pytestmark = pytest.mark.slow


def test_plan_packages_are_told_in_words_and_as_json(call: Call, tmp_path: Path) -> None:
    folder = tmp_path / "w"
    call("init", folder)
    for table, text in {**FILES, "venue_package": PACKAGES}.items():
        (tmp_path / f"{table}.csv").write_text(text, encoding="utf-8")
    (tmp_path / "spring.toml").write_text(BRIEF, encoding="utf-8")
    files = [tmp_path / f"{table}.csv" for table in (*FILES, "venue_package")]
    assert call("import", *files, "-w", folder).code == 0
    plan = ("plan", tmp_path / "spring.toml", "-w", folder, "--as-of", "2026-11-23", "--no-report")
    said = call(*plan).out
    assert "in_packages" in said
    assert "Packages on sale:" in said
    assert "Monthly and daily: Bought " in said
    assert "Dear pair: Left out because its parts cost 4,000.00" not in said
    assert "Dear pair: Left out because its parts cost 4,000 EUR less alone." in said
    duo, dear = call(*plan, "--json").json["plan"]["venues"]["packages"]
    assert (duo["in_plan"], duo["package_price"], duo["alone_price"]) == (
        True,
        "2600.00",
        "5000.00",
    )
    assert (dear["packages"], dear["reason_kind"]) == (0, "parts_cost_less")
