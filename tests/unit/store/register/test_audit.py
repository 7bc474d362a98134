"""The audit chain shows every change."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from signoff.store.register import Act, Register, list_audit, verify_audit, write_audit

ACT = Act("ann", datetime(2026, 3, 4, tzinfo=UTC), "saved", "document", "brief/x", {"n": 1})


def fill(register: Register, n_rows: int = 5) -> None:
    with register.begin() as connection:
        for i in range(n_rows):
            write_audit(register, connection, act=replace(ACT, object_id=f"brief/{i}"))


def run(register: Register, command: str) -> None:
    with register.begin() as connection:
        connection.execute(text(command))


def test_verify_audit_untouched_chain_is_sound(register: Register) -> None:
    fill(register)
    check = verify_audit(register)
    assert (check.is_sound, check.n_rows, list(check.rows())) == (True, 5, [])
    assert "sound" in check.text()


@pytest.mark.parametrize(
    ("command", "finding"),
    [
        ("UPDATE audit SET by = 'bo' WHERE seq = 3", "Row 3 was changed"),
        ("UPDATE audit SET detail = '{}' WHERE seq = 1", "Row 1 was changed"),
        ("UPDATE audit SET at = '2020-01-01 00:00:00' WHERE seq = 2", "Row 2 was changed"),
        ("DELETE FROM audit WHERE seq = 2", "Rows 2 to 2 are missing"),
        ("DELETE FROM audit WHERE seq = 5", "not the last row written"),
        ("DELETE FROM audit_head", "not the last row written"),
        ("UPDATE audit SET digest = 'f' WHERE seq = 4", "Row 5 does not follow"),
    ],
)
def test_verify_audit_tampering_is_found(register: Register, command: str, finding: str) -> None:
    fill(register)
    run(register, command.replace("SET by", 'SET "by"').replace("SET at", 'SET "at"'))
    check = verify_audit(register)
    assert not check.is_sound
    assert any(finding in fault for fault in check.faults), check.faults
    assert "tampered" in check.text()


def test_verify_audit_row_forged_without_the_key_is_found(register: Register) -> None:
    fill(register, 2)
    forger = replace(register, audit_key=b"a guess")
    with forger.begin() as connection:
        write_audit(forger, connection, act=ACT)
    assert "Row 3 was changed" in verify_audit(register).text()


def test_list_audit_by_object_gives_its_acts(register: Register) -> None:
    fill(register)
    (row,) = list_audit(register, object_kind="document", object_id="brief/3")
    assert (row.seq, row.act) == (4, replace(ACT, object_id="brief/3"))
