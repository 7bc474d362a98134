from decimal import Decimal
from typing import Any

import pytest

from signoff.errors import DataError
from signoff.venues import (
    PackageCard,
    find_package_card_faults,
    package_from_rows,
    package_rows,
)


def data(**changes: Any) -> dict[str, Any]:
    parts = [{"venue_id": "title", "units": 4}, {"venue_id": "letter", "units": 2}]
    return {"name": "Duo", "package_price": "9000.00", "currency": "EUR", "parts": parts, **changes}


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({}, []),
        ({"package_price": "0"}, ["package_price"]),
        ({"package_price": "-1"}, ["package_price"]),
        ({"parts": []}, ["parts"]),
        ({"parts": [{"venue_id": "a", "units": 0}]}, ["parts[1].units"]),
        ({"parts": [{"venue_id": "a"}, {"venue_id": "a"}]}, ["parts"]),
        ({"maximum_packages": 0}, ["maximum_packages"]),
        ({"currency": "EURO"}, ["currency"]),
    ],
)
def test_find_package_card_faults_names_the_place(
    changes: dict[str, Any], where: list[str]
) -> None:
    assert [fault.where for fault in find_package_card_faults(data(**changes))] == where


def test_package_rows_and_back_is_the_card() -> None:
    card = PackageCard.model_validate(data(maximum_packages=3, source="media kit"))
    rows = package_rows(card, package_id="duo")["venue_package"]
    assert {row["package_id"] for row in rows} == {"duo"}
    assert rows[0]["package_price"] == Decimal("9000.00")
    assert PackageCard.model_validate(package_from_rows(rows)) == card


def test_package_from_rows_that_differ_refuses_to_lose_one() -> None:
    rows = package_rows(PackageCard.model_validate(data()), package_id="duo")["venue_package"]
    rows[1]["package_price"] = Decimal(5)
    with pytest.raises(DataError, match="differ in package_price"):
        package_from_rows(rows)
