"""A register of each kind: a file of SQLite, and a database of a real PostgreSQL server."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from signoff.store.register import (
    ImportEntry,
    ImportState,
    PersonRow,
    Register,
    open_import,
    open_register,
    set_import_state,
    stage_persons,
    upgrade_register,
)
from signoff.store.settings import Settings
from signoff.store.workspace import Workspace, create_workspace

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
KEY = bytes(range(32))


KINDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(params=KINDS)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of a register of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'register.db'}"
    make: Callable[[], str] = request.getfixturevalue("postgres_address")
    return make()


@pytest.fixture
def register(address: str) -> Register:
    """Give an empty register of each kind."""
    register = open_register(address, audit_key=KEY)
    upgrade_register(register)
    return register


@pytest.fixture(params=KINDS)
def workspace(request: pytest.FixtureRequest, tmp_path: Path) -> Workspace:
    """Give a new workspace with a register of each kind."""
    address = ""
    if request.param != "sqlite":
        make: Callable[[], str] = request.getfixturevalue("postgres_address")
        address = make()
    settings = Settings(name="Acme", register=address)
    return create_workspace(tmp_path / "workspace", settings=settings, at=NOW)


@pytest.fixture
def import_contacts() -> Callable[..., ImportEntry]:
    """Give a function that imports contacts as one file would."""

    def run(
        register: Register, *rows: PersonRow, content: str = "0", is_live: bool = True
    ) -> ImportEntry:
        entry = open_import(
            register,
            table_name="contact",
            file_name="contacts.csv",
            content_sha256=content * 64,
            mapping={"Email": "email"},
            by="ann",
            at=NOW,
        )
        stage_persons(register, rows, import_seq=entry.import_seq)
        if is_live:
            for state in (ImportState.PUBLISHING, ImportState.LIVE):
                entry = set_import_state(register, entry.import_id, state=state, by="ann", at=NOW)
        return entry

    return run
