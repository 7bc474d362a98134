"""Opening, reading and writing the register."""

import subprocess
import sys
import textwrap
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text

from signoff.errors import DataError
from signoff.store.register import (
    Register,
    list_documents,
    open_register,
    save_document,
    upgrade_register,
    verify_audit,
)

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)

WRITERS = textwrap.dedent(
    """
    import os, sys
    from datetime import datetime, UTC
    from signoff.store.register import open_register, save_document, upgrade_register
    import alembic.command
    address, n_processes, n_writes = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    at = datetime(2026, 1, 1, tzinfo=UTC)

    def write(who):
        register = open_register(address, audit_key=bytes(range(32)))
        upgrade_register(register)
        for i in range(n_writes):
            save_document(
                register, kind="note", name=f"{who}-{i}", body={"i": i}, author=who, at=at
            )
            save_document(register, kind="shared", name="one", body={"i": i}, author=who, at=at)

    children = []
    for number in range(n_processes):
        child = os.fork()
        if not child:
            write(f"w{number}")
            os._exit(0)
        children.append(child)
    sys.exit(sum(os.waitpid(child, 0)[1] != 0 for child in children))
    """
)


def test_begin_error_inside_rolls_back(register: Register) -> None:
    def fail() -> None:
        with register.begin() as connection:
            connection.execute(text("INSERT INTO audit_head VALUES (9, 1, 'x')"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with register.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM audit_head")).scalar() == 0


def test_read_while_another_writes_sees_the_state_before(register: Register) -> None:
    with register.begin() as writer:
        writer.execute(text("INSERT INTO audit_head VALUES (1, 1, 'x')"))
        with register.read() as reader:
            assert reader.execute(text("SELECT count(*) FROM audit_head")).scalar() == 0


def test_read_stays_at_one_state_while_others_commit(register: Register) -> None:
    with register.read() as reader:
        assert reader.execute(text("SELECT count(*) FROM audit_head")).scalar() == 0
        with register.begin() as writer:
            writer.execute(text("INSERT INTO audit_head VALUES (1, 1, 'x')"))
        assert reader.execute(text("SELECT count(*) FROM audit_head")).scalar() == 0


def test_begin_on_sqlite_sets_what_safety_needs(tmp_path: Path) -> None:
    register = open_register(f"sqlite:///{tmp_path / 'r.db'}")
    with register.begin() as connection:
        pragmas = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("busy_timeout", "foreign_keys", "secure_delete", "synchronous")
        }
    # SQLite, pragma.html: synchronous 2 is FULL
    assert pragmas == {
        "busy_timeout": 60_000,
        "foreign_keys": 1,
        "secure_delete": 1,
        "synchronous": 2,
    }


def test_twenty_processes_write_at_once_nothing_is_lost_or_refused(address: str) -> None:
    n_processes, n_writes = 20, 10
    done = subprocess.run(
        [sys.executable, "-c", WRITERS, address, str(n_processes), str(n_writes)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    register = open_register(address, audit_key=bytes(range(32)))
    assert len(list_documents(register, kind="note")) == n_processes * n_writes
    assert list_documents(register, kind="shared")[0].version == n_processes * n_writes
    check = verify_audit(register)
    assert check.is_sound, check.text()
    assert check.n_rows == 2 * n_processes * n_writes


@pytest.mark.parametrize("address", ["", "register.db", "mysql://a@b/c"])
def test_open_register_address_of_no_known_kind_is_refused(address: str) -> None:
    with pytest.raises(DataError, match="address cannot be used") as caught:
        open_register(address)
    assert "postgresql://" in caught.value.fault.fix


def test_begin_no_server_says_so_without_the_password() -> None:
    register = open_register("postgresql://ann:s3cret@127.0.0.1:9/none")
    with pytest.raises(DataError, match="cannot be opened") as caught, register.begin():
        pass
    assert "s3cret" not in str(caught.value)


def test_begin_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "r.db").write_bytes(b"no database at all" * 100)
    with (
        pytest.raises(DataError, match="cannot be opened"),
        open_register(f"sqlite:///{tmp_path / 'r.db'}").begin(),
    ):
        pass


def test_path_of_a_server_is_none() -> None:
    assert open_register("postgres://ann@host/db").path is None
    assert open_register("sqlite:////w/register.db").path == Path("/w/register.db")


def test_together_keeps_all_or_nothing(register: Register) -> None:
    def save(name: str) -> None:
        save_document(register, kind="note", name=name, body={}, author="ann", at=NOW)

    def fail_after_saving() -> None:
        with register.together():
            save("a")
            assert len(list_documents(register, kind="note")) == 1
            raise KeyError

    with pytest.raises(KeyError):
        fail_after_saving()
    assert list_documents(register, kind="note") == []
    with register.together():
        save("b")
        save("c")
    assert len(list_documents(register, kind="note")) == 2
    assert verify_audit(register).is_sound


def test_begin_full_disk_says_so_and_changes_nothing(tmp_path: Path) -> None:
    register = open_register(f"sqlite:///{tmp_path / 'small.db'}")
    upgrade_register(register)
    with register.outside() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()

    @event.listens_for(register.engine, "connect")
    def narrow(connection: Any, _record: Any) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}").close()

    with pytest.raises(DataError, match=r"could not be written.*full"):
        save_document(
            register, kind="note", name="n", body={"x": "y" * 99999}, author="ann", at=NOW
        )
    assert list_documents(register, kind="note") == []
