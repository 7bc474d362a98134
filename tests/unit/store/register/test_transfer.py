"""Copying a register from one kind to the other."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from signoff.errors import DataError
from signoff.store.register import (
    ImportEntry,
    PersonRow,
    Register,
    current_persons,
    open_import,
    open_register,
    save_document,
    upgrade_register,
    verify_audit,
)
from signoff.store.register.transfer import copy_register, count_rows

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)


@pytest.fixture
def other(register: Register, tmp_path: Path, request: pytest.FixtureRequest) -> Register:
    """Give an empty register of the other kind."""
    address = f"sqlite:///{tmp_path / 'copy.db'}"
    if register.is_sqlite:
        make: Callable[[], str] = request.getfixturevalue("postgres_address")
        address = make()
    other = open_register(address, audit_key=register.audit_key)
    upgrade_register(other)
    return other


def test_copy_register_to_the_other_kind_is_whole_and_goes_on_counting(
    register: Register, other: Register, import_contacts: Callable[..., ImportEntry]
) -> None:
    rows = [PersonRow(f"p{i}", email=f"a{i}@example.com") for i in range(2500)]
    entry = import_contacts(register, *rows)
    save_document(register, kind="brief", name="x", body={"é": 1}, author="a", at=NOW)
    copy_register(register, other)
    assert count_rows(other) == count_rows(register)
    assert verify_audit(other).is_sound
    assert current_persons(other) == current_persons(register)
    later = open_import(
        other,
        table_name="contact",
        file_name="b.csv",
        content_sha256="1" * 64,
        mapping={},
        by="a",
        at=NOW,
    )
    assert later.import_seq == entry.import_seq + 1


def test_copy_register_into_one_that_is_filled_is_refused(
    register: Register, other: Register
) -> None:
    with other.begin() as connection:
        connection.execute(text("INSERT INTO audit_head VALUES (1, 1, 'x')"))
    with pytest.raises(DataError, match="is not empty"):
        copy_register(register, other)
