"""What tests of the store share: a real PostgreSQL server on a socket, a laptop, a team."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from signoff.store.settings import Settings


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
