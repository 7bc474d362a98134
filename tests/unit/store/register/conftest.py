"""A register of each kind: a file of SQLite, and a real PostgreSQL server on a socket."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
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


def binary(name: str) -> str | None:
    """Find a program of PostgreSQL on the path or where Debian puts it."""
    homes = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    folders = os.pathsep.join([os.environ.get("PATH", ""), *map(str, homes)])
    return shutil.which(name, path=folders)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Start a PostgreSQL server of our own in a new folder; give the folder of its socket."""
    initdb, server = binary("initdb"), binary("postgres")
    if not initdb or not server:
        reason = "PostgreSQL's server is not installed (Debian: apt-get install postgresql)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    as_user = _user()
    with tempfile.TemporaryDirectory(prefix="signoff-pg-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        if as_user:
            shutil.chown(home, "postgres", "postgres")
        subprocess.run(
            [initdb, "-D", home / "data", "-A", "trust", "-U", "signoff", "-E", "UTF8", "-N"],
            check=True,
            capture_output=True,
            cwd="/",
            **as_user,
        )
        options = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={home}"]
        quick = ["-c", "fsync=off", "-c", "max_connections=60", "-c", "shared_buffers=16MB"]
        with (home / "log").open("wb") as log:
            process = subprocess.Popen(
                [server, "-D", home / "data", *options, *quick],
                stdout=log,
                stderr=log,
                cwd="/",
                **as_user,
            )
        try:
            _wait(str(home), process, home / "log")
            yield str(home)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)


def _user() -> dict[str, object]:
    """As root the server must run as its own user."""
    if os.geteuid() != 0:
        return {}
    return {"user": "postgres", "group": "postgres", "extra_groups": []}


def _wait(socket_dir: str, process: subprocess.Popen[bytes], log: Path) -> None:
    import psycopg

    for _ in range(300):
        if process.poll() is not None:
            break
        try:
            psycopg.connect(host=socket_dir, user="signoff", dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"PostgreSQL did not start: {log.read_text()[-2000:]}")


@pytest.fixture
def postgres_address(postgres_server: str) -> Callable[[], str]:
    """Give a function that makes a new, empty database and gives its address."""
    import psycopg

    def make() -> str:
        name = f"t{time.monotonic_ns()}"
        with psycopg.connect(
            host=postgres_server, user="signoff", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return f"postgresql://signoff@/{name}?host={postgres_server}"

    return make


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
