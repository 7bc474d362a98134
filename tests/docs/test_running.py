"""The pages on running the application, their commands run as they stand: laptop and team."""

import json
import os
import re
import shlex
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.request import HTTPSHandler, Request, build_opener

import pytest

HOW_TO = Path(__file__).resolve().parents[2] / "docs" / "how-to"
BLOCK = re.compile(r"^```(\w+)( background)?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SIGNOFF = str(Path(sys.executable).with_name("signoff"))
WAIT_SECONDS = 90

pytestmark = pytest.mark.slow


def blocks(page: str, language: str) -> list[tuple[bool, list[str]]]:
    """Give the blocks of a page in a language: whether they stay running, and their lines."""
    found = BLOCK.findall((HOW_TO / page).read_text("utf-8"))
    return [(bool(stays), text.splitlines()) for kind, stays, text in found if kind == language]


def free_port() -> int:
    """Give a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def words(line: str, environ: dict[str, str]) -> list[str]:
    """Give the words of a command, its variables filled in."""
    filled = re.sub(r"\$(\w+)", lambda name: environ[name[1]], line)
    return [SIGNOFF if word == "signoff" else word for word in shlex.split(filled)]


def run(line: str, folder: Path, environ: dict[str, str]) -> None:
    """Run one command of a page to its end."""
    done = subprocess.run(
        words(line, environ), cwd=folder, env=environ, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"


@contextmanager
def started(line: str, folder: Path, environ: dict[str, str]) -> Iterator[Path]:
    """Keep one command of a page running; gives what it prints."""
    log = folder / f"{abs(hash(line))}.log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            words(line, environ), cwd=folder, env=environ, stdout=file, stderr=file
        )
    try:
        for _ in range(WAIT_SECONDS * 10):
            if "ready" in log.read_text("utf-8") or process.poll() is not None:
                break
            time.sleep(0.1)
        assert "ready" in log.read_text("utf-8"), log.read_text("utf-8")
        yield log
    finally:
        process.terminate()
        process.wait(40)


def own_environ() -> dict[str, str]:
    """Give the environment without what these tests set for themselves."""
    return {name: value for name, value in os.environ.items() if "DJANGO" not in name}


def ask(address: str, *, headers: dict[str, str] | None = None) -> tuple[int, str, str]:
    """Give status, body and cookies of an answer; our own certificate is not checked."""
    trusting = ssl.create_default_context()
    trusting.check_hostname = False
    trusting.verify_mode = ssl.CERT_NONE
    opener = build_opener(HTTPSHandler(context=trusting))
    with opener.open(Request(address, headers=headers or {})) as answer:  # noqa: S310 - loopback
        cookies = ", ".join(answer.headers.get_all("Set-Cookie") or [])
        return answer.status, answer.read().decode(), cookies


def test_laptop_page_runs_from_top_to_bottom(tmp_path: Path) -> None:
    environ, port = own_environ(), free_port()
    (_, first), (_, after) = blocks("run-on-a-laptop.md", "sh")
    made, served = (line.replace("8150", str(port)) for line in first)
    run(made, tmp_path, environ)
    with started(served, tmp_path, environ) as log:
        status, body, _cookies = ask(f"http://127.0.0.1:{port}/health")
        assert (status, json.loads(body)) == (200, {"state": "well"})
        assert "/welcome/" in log.read_text("utf-8")
        run(after[1], tmp_path, environ)
    for line in (after[0], after[2]):
        run(line, tmp_path, environ)
    assert {"register.db", "web.db"} <= {path.name for path in (tmp_path / "elsewhere").iterdir()}


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Give a certificate with its key, for this test alone."""
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"),
            *("-subj", "/CN=signoff.example.com", "-keyout", str(tmp_path / "signoff.key")),
            *("-out", str(tmp_path / "signoff.pem")),
        ],
        check=True,
        capture_output=True,
    )
    return tmp_path / "signoff.pem"


@contextmanager
def proxy(folder: Path, ports: dict[str, int], certificate: Path) -> Iterator[None]:
    """Run nginx with the page's configuration, its ports and files put in place."""
    nginx = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if nginx is None:
        reason = "nginx is not installed: apt-get install nginx-light"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    text = "\n".join(blocks("run-for-a-team.md", "nginx")[0][1])
    text = text.replace("443 ssl", f"127.0.0.1:{ports['443']} ssl")
    for port in ("8151", "8152"):
        text = text.replace(port, str(ports[port]))
    text = text.replace("/etc/ssl/signoff.pem", str(certificate))
    text = text.replace("/etc/ssl/signoff.key", str(certificate.with_suffix(".key")))
    config = folder / "nginx.conf"
    held = f"daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log;\n"
    temporary = "".join(
        f"    {name}_temp_path {folder}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    text = text.replace("http {\n", f"http {{\n    access_log off;\n{temporary}", 1)
    config.write_text(held + text, encoding="utf-8")
    process = subprocess.Popen([nginx, "-p", str(folder), "-c", str(config)])
    try:
        yield
    finally:
        process.terminate()
        process.wait(20)


@pytest.mark.postgres
def test_team_page_runs_behind_nginx_with_two_servers_and_a_worker(
    tmp_path: Path,
    certificate: Path,
    postgres_address: Callable[[], str],
    make_bucket: Callable[[], str],
) -> None:
    ports = {name: free_port() for name in ("443", "8151", "8152")}
    address = f"https://127.0.0.1:{ports['443']}"
    environ = own_environ() | {
        "SIGNOFF_DATABASE": postgres_address(),
        "SIGNOFF_BUCKET": make_bucket(),
        "SIGNOFF_ADDRESS": address,
    }
    (_, making), (stays, serving), (_, after) = blocks("run-for-a-team.md", "sh")
    assert stays
    for line in making:
        run(line, tmp_path, environ)
    with ExitStack() as running:
        for line in serving:
            placed = line.replace("8151", str(ports["8151"])).replace("8152", str(ports["8152"]))
            running.enter_context(started(placed, tmp_path, environ))
        running.enter_context(proxy(tmp_path, ports, certificate))
        await_answer(f"{address}/health")
        for _ in range(4):  # both servers answer in turn
            assert json.loads(ask(f"{address}/health")[1]) == {"state": "well"}
        status, page, cookies = ask(f"{address}/sign-in")
        assert status == 200
        assert "Signoff" in page
        assert "Secure" in cookies
        for line in after[:2]:
            run(line, tmp_path, environ)
    for line in after[2:]:
        run(line, tmp_path, environ)


def await_answer(address: str) -> None:
    """Wait until somebody answers."""
    for _ in range(WAIT_SECONDS * 10):
        try:
            ask(address)
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"{address} did not answer")
