"""What tests of the store share: a laptop, and a team."""

from collections.abc import Callable

import pytest

from signoff.store.settings import Settings


@pytest.fixture(params=["laptop", pytest.param("team", marks=pytest.mark.postgres)])
def house(request: pytest.FixtureRequest) -> Settings:
    """Give the settings of a laptop (SQLite, a folder) and of a team (PostgreSQL, a bucket)."""
    if request.param == "laptop":
        return Settings(name="Acme")
    make_address: Callable[[], str] = request.getfixturevalue("postgres_address")
    make_bucket: Callable[[], str] = request.getfixturevalue("make_bucket")
    address = make_address()
    return Settings(
        name="Acme", register=address, catalog=address, lake_data=f"{make_bucket()}/acme"
    )
