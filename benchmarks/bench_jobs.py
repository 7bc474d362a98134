"""Twenty people import and edit at once in a real server: what is lost, what is shown, how long.

Run: python benchmarks/bench_jobs.py [--people 20] [--files 3] [--workers 0] [--register ADDRESS]
"""

import argparse
import http.cookiejar
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from signoff.app.jobs import close_jobs, list_jobs
from signoff.brief import starter_brief
from signoff.store.lake import duckdb_engine
from signoff.store.register import ImportState, document_history, list_imports
from signoff.store.settings import Settings
from signoff.store.workspace import Workspace, create_workspace

N_ROWS = 25  # one of them bad
PASSWORD = "correct horse battery staple"  # noqa: S105 - of members made here alone
SIGNOFF = "import sys; from signoff.app.cli import main; sys.argv[0] = 'signoff'; main()"
MEMBERS = (
    "from signoff.app.web.people.models import Member\n"
    "for n in range({people}):\n"
    "    Member.objects.create_user(f'p{{n}}@x.example', {password!r}, name=f'P{{n}}', "
    "role='planner')\n"
)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
SHOWN = re.compile(r"database is locked|is busy|stayed in use", re.IGNORECASE)


@dataclass
class Tally:
    """What all people saw together."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def note(self, what: str, *, seconds: float, status: int, text: str) -> None:
        with self.lock:
            self.seconds.append(seconds)
            if status >= 400 or SHOWN.search(text):
                said = SHOWN.search(text) or re.search(r"<h2>([^<]+)", text)
                self.errors.append(f"{what}: {status} {said.group(0) if said else ''}")


class Person:
    """One member with a browser of their own."""

    def __init__(self, base: str, number: int, tally: Tally) -> None:
        self.base, self.number, self.tally = base, number, tally
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar)
        self.token = ""

    def ask(self, path: str, sent: dict[str, str] | None = None, *, file: str = "") -> str:
        """Load a page, or send a form; give the address that it led to."""
        body, kind = None, ""
        if sent is not None:
            body, kind = _form({"csrfmiddlewaretoken": self.token, **sent}, file=file)
        request = urllib.request.Request(f"{self.base}{path}", data=body)  # noqa: S310 - loopback
        request.add_header("Referer", f"{self.base}{path}")
        if kind:
            request.add_header("Content-Type", kind)
        began = time.perf_counter()
        try:
            with self.opener.open(request, timeout=120) as answer:
                status, text, led = answer.status, answer.read().decode(), answer.url
        except urllib.error.HTTPError as error:
            status, text, led = error.code, error.read().decode(), path
        except OSError as error:
            status, text, led = 599, str(error), path
        seconds = time.perf_counter() - began
        self.tally.note(path[:40], seconds=seconds, status=status, text=text)
        found = TOKEN.search(text)
        self.token = found.group(1) if found else self.token
        return urllib.parse.urlsplit(led).path

    def sign_in(self) -> None:
        self.ask("/sign-in")
        self.ask("/sign-in", {"username": f"p{self.number}@x.example", "password": PASSWORD})

    def work(self, files: int) -> None:
        """Import files and save versions of a brief, in turns."""
        for turn in range(files):
            self.ask("/imports/upload")
            place = self.ask("/imports/upload", {}, file=self._accounts(turn))
            self.ask(f"{place}/preview")
            self.ask(f"{place}/import", {})
            name = f"spring-{self.number}"
            self.ask(f"/documents/upload/brief/{name}")
            toml = starter_brief().replace("60000", str(60000 + turn))
            self.ask(f"/documents/upload/brief/{name}", {"base_version": str(turn)}, file=toml)
            self.ask("/jobs")

    def _accounts(self, turn: int) -> str:
        rows = [f"P{self.number}T{turn}N{n},France,{n}" for n in range(N_ROWS - 1)]
        return "\n".join(["name,country,employees", *rows, f"Bad {self.number},France,many\n"])


def run(folder: Path, *, people: int, files: int, workers: int, register: str) -> dict[str, object]:
    """Let everybody go at once; then wait for the jobs and count what is there.

    Returns:
        Counts, errors and seconds.
    """
    settings = Settings(name="People", register=register)
    workspace = create_workspace(folder / "w", settings=settings, at=datetime.now(UTC))
    environment = {**os.environ, "SIGNOFF_WORKSPACE": str(workspace.path)}
    log = (folder / "log").open("w+b")
    command = [sys.executable, "-c", SIGNOFF]
    serve = [*command, "serve", "--port", "0", *(["--no-worker"] if workers else [])]
    running = [subprocess.Popen(serve, env=environment, stderr=log, stdout=log)]
    running += [
        subprocess.Popen([*command, "worker"], env=environment, stderr=log, stdout=log)
        for _ in range(workers)
    ]
    try:
        base = _await_ready(folder / "log")
        _make_members(environment, people)
        return _measure(workspace, base, people=people, files=files) | {
            "errors logged": len(re.findall("Traceback|ERROR", (folder / "log").read_text()))
        }
    finally:
        for one in running:
            one.terminate()
        for one in running:
            one.wait(30)
        close_jobs()
        log.close()


def _measure(workspace: Workspace, base: str, *, people: int, files: int) -> dict[str, object]:
    tally = Tally()
    everybody = [Person(base, number, tally) for number in range(people)]
    for person in everybody:
        person.sign_in()
    tally.seconds.clear()
    began = time.perf_counter()
    with ThreadPoolExecutor(people) as pool:
        list(pool.map(lambda person: person.work(files), everybody))
    asked = time.perf_counter() - began
    while list_jobs(workspace, unfinished=True, limit=1):
        time.sleep(0.2)
    done = time.perf_counter() - began
    jobs = list_jobs(workspace, limit=people * files * 2)
    with duckdb_engine(workspace) as engine:
        counted = engine.session.execute("SELECT count(*) FROM account").fetchone()
    versions = [
        len(document_history(workspace.register, kind="brief", name=f"spring-{number}"))
        for number in range(people)
    ]
    pages = sorted(tally.seconds)
    return {
        "people": people,
        "imports asked": people * files,
        "imports in force": len(list_imports(workspace.register, state=ImportState.LIVE)),
        "jobs failed": sum(job.state.value != "done" for job in jobs),
        "rows expected": people * files * (N_ROWS - 1),
        "rows": counted[0] if counted else 0,
        "versions expected": people * files,
        "versions": sum(versions),
        "errors shown": tally.errors[:10],
        "pages": len(pages),
        "page median s": round(pages[len(pages) // 2], 2),
        "page p95 s": round(pages[int(len(pages) * 0.95)], 2),
        "asking s": round(asked, 1),
        "until all done s": round(done, 1),
    }


def _await_ready(log: Path) -> str:
    give_up_at = time.monotonic() + 120
    while time.monotonic() < give_up_at:
        found = re.search(r"ready: (http://\S+)", log.read_text())
        if found:
            return found.group(1)
        time.sleep(0.1)
    raise SystemExit(f"the server did not start: {log.read_text()[-2000:]}")


def _make_members(environment: dict[str, str], people: int) -> None:
    script = MEMBERS.format(people=people, password=PASSWORD)
    django = {**environment, "DJANGO_SETTINGS_MODULE": "signoff.app.web.settings"}
    command = [sys.executable, "-m", "django", "shell", "-c", script]
    subprocess.run(command, env=django, check=True, capture_output=True)


def _form(fields: dict[str, str], *, file: str) -> tuple[bytes, str]:
    mark = uuid.uuid4().hex
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    if file:
        is_brief = "[" in file
        name, called = ("file", "spring.toml") if is_brief else ("files", "accounts.csv")
        parts.append(
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{called}"\r\n'
            f"Content-Type: text/plain\r\n\r\n{file}\r\n"
        )
    body = "".join([*parts, f"--{mark}--\r\n"]).encode()
    return body, f"multipart/form-data; boundary={mark}"


def main() -> None:
    """Measure, print as JSON, and fail when anything was lost or shown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--files", type=int, default=3)
    parser.add_argument("--workers", type=int, default=0, help="apart; 0: within the server")
    parser.add_argument("--register", default="")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = run(
            Path(folder),
            people=given.people,
            files=given.files,
            workers=given.workers,
            register=given.register,
        )
    print(json.dumps(found, indent=2))
    is_sound = (
        found["rows"] == found["rows expected"]
        and found["versions"] == found["versions expected"]
        and not found["jobs failed"]
        and not found["errors shown"]
    )
    sys.exit(0 if is_sound else 1)


if __name__ == "__main__":
    main()
