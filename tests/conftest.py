"""What all tests share: data that may not ship, no network but loopback, servers of our own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any
from urllib.request import Request, urlopen
from uuid import uuid4

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
STORAGE_KEYS = {
    "AWS_ACCESS_KEY_ID": "canary-key-of-tests",
    "AWS_SECRET_ACCESS_KEY": "canary-secret-of-tests",
    "AWS_REGION": "us-east-1",
}


def pytest_runtest_setup() -> None:
    """Refuse every connection that leaves this machine."""
    from pytest_socket import socket_allow_hosts

    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Give the folder of real data that may not ship, or skip saying why."""
    named = os.environ.get("SIGNOFF_DATA")
    folder = Path(named) if named else REPOSITORY.parent / "shared" / "data"
    if not folder.is_dir():
        reason = "data that may not ship: set SIGNOFF_DATA to its folder"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return folder


@pytest.fixture(scope="session")
def object_storage() -> Iterator[str]:
    """Start an S3-compatible server of our own; give its address."""
    if find_spec("moto") is None:
        reason = "moto's server is not installed: pip install 'moto[server]'"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    with TemporaryFile() as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
            stdout=log,
            stderr=log,
        )
        try:
            _await_storage(address, server)
            yield address
        finally:
            server.kill()
            server.wait()


def _await_storage(address: str, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        if server.poll() is not None:
            break
        try:
            urlopen(f"{address}/moto-api/").close()  # noqa: S310 - our own server on loopback
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("moto's server did not start")


@pytest.fixture
def make_bucket(object_storage: str, monkeypatch: pytest.MonkeyPatch) -> Callable[[], str]:
    """Give what makes a new bucket and gives its address; keys are set in the environment."""
    for name, value in STORAGE_KEYS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("SIGNOFF_S3_ENDPOINT", object_storage)

    def make() -> str:
        name = f"b{uuid4().hex}"
        request = Request(f"{object_storage}/{name}", method="PUT")  # noqa: S310 - as above
        urlopen(request).close()  # noqa: S310 - as above
        return f"s3://{name}"

    return make


class StoredFiles:
    """Files of a lake, wherever they lie, past everything that Signoff keeps of them."""

    def read(self, path: Any) -> bytes:
        """Give a file's bytes."""
        return path.read_bytes() if isinstance(path, Path) else self._ask("GET", path)

    def write(self, path: Any, content: bytes) -> None:
        """Write a file."""
        if isinstance(path, Path):
            path.write_bytes(content)
        else:
            self._ask("PUT", path, content)

    def remove(self, path: Any) -> None:
        """Remove a file."""
        if isinstance(path, Path):
            path.unlink()
        else:
            self._ask("DELETE", path)

    def _ask(self, method: str, path: Any, content: bytes | None = None) -> bytes:
        address = "/".join([os.environ["SIGNOFF_S3_ENDPOINT"], *path.parts])
        request = Request(address, method=method, data=content)  # noqa: S310 - our own server
        request.add_header("Authorization", "AWS4-HMAC-SHA256 Credential=k/d/us-east-1/s3/x")
        with urlopen(request) as answer:  # noqa: S310 - as above
            return bytes(answer.read())


@pytest.fixture
def stored_files() -> StoredFiles:
    """Give a way to the bytes of a lake's files, on the disk and in a bucket alike."""
    return StoredFiles()


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
