"""What the browser tests share: a server on a sample workspace, members, Debian's chromium."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from signoff.app.jobs import close_jobs, start_job
from signoff.plan import PlanOptions, fit_plan, load_plan, make_plan
from signoff.store.engines import Statement
from signoff.store.imports import ImportOptions, import_file
from signoff.store.imports.upload import keep_upload
from signoff.store.lake import duckdb_engine
from signoff.store.privacy.erasure import erase_person
from signoff.store.privacy.request import keep_request
from signoff.store.register import list_imports, list_runs
from signoff.store.settings import Settings
from signoff.store.workspace import create_workspace, open_workspace

REPOSITORY = Path(__file__).resolve().parents[2]
TUTORIAL = REPOSITORY / "docs" / "tutorial" / "files"
AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
READY_SECONDS = 60
SIGNOFF = str(Path(sys.executable).with_name("signoff"))
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]
SAMPLE_ACCOUNT = "SELECT MIN(account_id) AS account_id FROM account"
MAKE_MEMBERS = """
import json, django
django.setup()
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from signoff.app.web.people.models import Member
Store = import_module(settings.SESSION_ENGINE).SessionStore
keys = {}
for role in ("viewer", "planner", "owner"):
    member = Member.objects.create_user(
        f"{role}@acme.example", "correct horse battery staple", name=role.title(), role=role)
    session = Store()
    session[SESSION_KEY] = str(member.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    session.save()
    keys[role] = session.session_key
print(json.dumps(keys))
"""


@dataclass
class Site:
    """A running server on a workspace.

    Attributes:
        address: Where it answers, without a slash at the end.
        folder: Its workspace.
        log: What it prints.
        sessions: Session keys by role.
    """

    address: str
    folder: Path
    log: Path
    sessions: dict[str, str] = field(default_factory=dict)

    def await_words(self, pattern: str) -> str:
        """Wait until the server has printed something; gives what fits the pattern."""
        for _ in range(READY_SECONDS * 20):
            found = re.search(pattern, self.log.read_text("utf-8"))
            if found:
                return found[0]
            time.sleep(0.05)
        raise AssertionError(f"{pattern} was not printed: {self.log.read_text('utf-8')}")


def chromium() -> str:
    """Give the path of Debian's chromium, or skip saying why."""
    found = shutil.which("chromium")
    if found is None:
        reason = "chromium is not installed: apt-get install chromium"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    return found


def make_sample(folder: Path) -> Path:
    """Make a workspace with the tutorial's files, one plan and one brief kept."""
    from signoff.brief import starter_brief

    made = create_workspace(folder, settings=Settings(name="Acme Automation"), at=AT)
    for name in ("accounts", "contacts", "venue", "rate", "venue_audience"):
        import_file(made, TUTORIAL / f"{name}.csv", options=ImportOptions(by="ann", at=AT))
    brief = folder.parent / "spring.toml"
    brief.write_text(starter_brief(), encoding="utf-8")
    options = PlanOptions(seed=7, as_of=date(2026, 1, 5), by="ann", at=AT)
    plan = make_plan(made, brief=brief, options=options)
    fit_plan(made, run_id=plan.run_id, by="ann", at=AT)
    return folder


def serve(folder: Path, *more: str) -> tuple[subprocess.Popen[bytes], Site]:
    """Start a server on a free port and wait until it says that it is ready."""
    command = [SIGNOFF, "serve", "-w", str(folder), "--port", "0", *more]
    log = folder.parent / f"{folder.name}.log"
    environ = {name: value for name, value in os.environ.items() if "DJANGO" not in name}
    with log.open("wb") as file:
        process = subprocess.Popen(command, stderr=file, stdout=file, env=environ)
    for _ in range(READY_SECONDS * 20):
        said = log.read_text("utf-8")
        found = re.search(r"ready: (http://\S+)", said)
        if found:
            return process, Site(found[1].rstrip("/"), folder, log)
        if process.poll() is not None:
            break
        time.sleep(0.05)
    process.kill()
    process.wait(20)
    raise AssertionError(f"the server did not start: {log.read_text('utf-8')}")


def make_members(folder: Path) -> dict[str, str]:
    """Make a member of each role in a served workspace, each signed in; gives the session keys."""
    environ = os.environ | {
        "SIGNOFF_WORKSPACE": str(folder),
        "DJANGO_SETTINGS_MODULE": "signoff.app.web.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", MAKE_MEMBERS],
        env=environ,
        capture_output=True,
        text=True,
        check=True,
    )
    keys: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return keys


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Give a server on a sample workspace with a member of each role."""
    folder = make_sample(tmp_path_factory.mktemp("site") / "workspace")
    process, served = serve(folder)
    served.sessions = make_members(folder)
    yield served
    process.terminate()
    process.wait(20)


@pytest.fixture(scope="session")
def samples(site: Site) -> dict[str, str]:
    """Give what stands in for the parameters of addresses in the sample workspace."""
    workspace = open_workspace(site.folder)
    with duckdb_engine(workspace) as engine:
        accounts = engine.rows(Statement("an account", SAMPLE_ACCOUNT, ("account",)))
    now = datetime.now(UTC)
    with (TUTORIAL / "contacts.csv").open("rb") as file:
        upload = keep_upload(workspace, [file.read()], name="contacts.csv", by="ann", at=now)
    job_id = start_job(workspace, "backup", inputs={}, by="ann")
    close_jobs()
    request_id = keep_request(workspace, email="nobody@acme.example", at=now)
    erase_person(workspace, email="nobody@acme.example", by="ann", at=now)
    bought = [line for line in load_plan(workspace).venues.lines if line.in_plan]
    return {
        "upload_id": upload.upload_id,
        "job_id": job_id,
        "request_id": request_id,
        "pk": "1",
        "role": "decider",
        "venue": bought[0].venue_id,
        "run_id": list_runs(workspace.register, command="plan")[0].run_id,
        "import_id": list_imports(workspace.register)[0].import_id,
        "account_id": accounts[0]["account_id"],
        "kind": "brief",
        "name": "spring",
        "version": "1",
    }


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Give a headless chromium."""
    from playwright.sync_api import sync_playwright

    path = chromium()
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def visitor(browser: Any, site: Site) -> Iterator[Callable[..., Any]]:
    """Give a function that opens a page as a role, in a language and a theme.

    The page gathers what went wrong in `page.troubles`: errors, and what the policy refused.
    """
    contexts = []

    def open_page(
        role: str | None = "planner",
        *,
        language: str = "en",
        theme: str = "light",
        width: int = 1280,
        scripts: bool = True,
    ) -> Any:
        # without motion a change of theme is whole at once, not a tenth of a second later
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        contexts.append(context)
        cookies = {"signoff_language": language, "signoff_theme": theme}
        if role:
            cookies["signoff_session"] = site.sessions[role]
        context.add_cookies(
            [{"name": name, "value": value, "url": site.address} for name, value in cookies.items()]
        )
        page = context.new_page()
        page.troubles = []
        page.on("pageerror", lambda error: page.troubles.append(f"error: {error}"))
        page.on(
            "console",
            lambda said: page.troubles.append(said.text) if said.type == "error" else None,
        )
        return page

    yield open_page
    for context in contexts:
        context.close()
