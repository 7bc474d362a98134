"""Headers, cookies, forged forms, foreign hosts, paths that lead out, secrets that leak."""

import json
import logging
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as live_settings
from django.test import Client, override_settings

from signoff.app.web.addresses import list_pages
from signoff.app.web.configuration import Profile, compose_settings
from signoff.app.web.logs import DiscreetFormatter
from signoff.app.web.people.models import Member
from signoff.app.web.rights import Right
from signoff.app.web.security import secure_settings
from signoff.store.register import list_audit
from signoff.store.workspace import Workspace
from web_addresses import sample_address

PASSWORD = "correct horse battery staple"
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "object-src": "'none'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


def read_policy(text: str) -> dict[str, str]:
    parts = [part.strip().partition(" ") for part in text.split(";")]
    return {name: value for name, _space, value in parts}


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/sign-in", "/account", "/no-such-page", "/people"])
def test_every_answer_carries_the_headers(
    workspace: Workspace, client_of: Callable[..., Client], address: str
) -> None:
    for client in (Client(), client_of("viewer")):
        answer = client.get(address)
        assert read_policy(answer["Content-Security-Policy"]) == POLICY
        assert {name: answer.get(name) for name in HEADERS} == HEADERS
        assert "geolocation=()" in answer["Permissions-Policy"]


@pytest.mark.django_db
def test_pages_hold_no_script_and_no_style_of_their_own(
    workspace: Workspace, client_of: Callable[..., Client]
) -> None:
    client = client_of("owner")
    found = []
    for area, page in list_pages():
        if page.reads is None or page.path == "sign-out":
            continue
        answer = client.get(sample_address(area, page))
        text = "" if answer.streaming else answer.content.decode(errors="replace")
        answer.close()
        if re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", text):
            found.append((page.path, "script"))
        if re.search(r"<[^>]+\s(style|on[a-z]+)=", text):
            found.append((page.path, "attribute"))
        if "<style" in text:
            found.append((page.path, "style"))
    assert found == []


@pytest.mark.django_db
def test_secure_profile_redirects_and_marks_cookies(
    workspace: Workspace, member: Callable[..., Any]
) -> None:
    member("planner")
    with override_settings(**secure_settings(is_secure=True)):
        plain = Client().get("/sign-in")
        assert plain.status_code == 301
        assert plain["Location"].startswith("https://")
        client = Client(headers={"X-Forwarded-Proto": "https"})
        answer = client.post("/sign-in", {"username": "planner@acme.example", "password": PASSWORD})
        assert answer["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
        cookie = client.cookies["__Host-signoff_session"]
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
        assert (cookie["path"], cookie["domain"]) == ("/", "")
        assert client.get("/").status_code == 200


# as `signoff serve --address https://signoff.example.com` does, up to where it listens
DEPLOYED = """
import sys
from pathlib import Path
from signoff.app.web.server import make_application
make_application(Path(sys.argv[1]), address="https://signoff.example.com")
from django.core.management import call_command
call_command("check", deploy=True, fail_level="WARNING")
"""


def test_deployment_check_is_clean(tmp_path: Path) -> None:
    from datetime import UTC, datetime

    from signoff.store.settings import Settings
    from signoff.store.workspace import create_workspace

    folder = tmp_path / "workspace"
    create_workspace(folder, settings=Settings(name="Acme"), at=datetime(2026, 1, 5, tzinfo=UTC))
    done = subprocess.run(
        [sys.executable, "-c", DEPLOYED, str(folder)],
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout + done.stderr


@pytest.mark.django_db
def test_forms_without_token_are_refused_everywhere(
    workspace: Workspace, member: Callable[..., Any]
) -> None:
    owner = member("owner")
    taken = []
    for area, page in list_pages():
        if page.writes is None:
            continue
        client = Client(enforce_csrf_checks=True)
        client.force_login(owner)
        answer = client.post(sample_address(area, page), {"own_password": PASSWORD})
        if answer.status_code != 403 or "This form has expired" not in answer.content.decode():
            taken.append((page.path, answer.status_code))
    assert taken == []


@pytest.mark.django_db
def test_form_from_another_site_is_refused(
    workspace: Workspace, client_of: Callable[..., Client]
) -> None:
    client = client_of("owner")
    client.handler.enforce_csrf_checks = True
    client.get("/account")
    token = client.cookies["signoff_csrf"].value
    sent = {"csrfmiddlewaretoken": token, "name": "Evil"}
    refused = client.post("/account", sent, headers={"Origin": "https://evil.example"})
    assert refused.status_code == 403
    assert client.post("/account", sent).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil", ""])
def test_foreign_host_is_refused(workspace: Workspace, host: str) -> None:
    answer = Client().get("/sign-in", headers={"Host": host or "a b"})
    assert answer.status_code == 400
    assert host not in answer.content.decode() or not host


@pytest.mark.django_db
def test_links_name_the_address_that_is_set_not_the_one_that_was_asked(
    workspace: Workspace, client_of: Callable[..., Client], settings: Any
) -> None:
    settings.SIGNOFF_ADDRESS = "https://signoff.example.com"
    page = (
        client_of("owner")
        .post(
            "/people/invitations",
            {"label": "M", "email": "m@acme.example", "role": "viewer", "days": "1"},
            headers={"X-Forwarded-Host": "evil.example"},
        )
        .content.decode()
    )
    assert 'value="https://signoff.example.com/join/' in page
    assert "evil.example" not in page


def test_hosts_are_those_of_this_machine_and_the_address_that_is_set() -> None:
    profile = Profile(
        workspace=Path(), language="en", secret="", address="https://signoff.example.com"
    )
    hosts = compose_settings(profile)["ALLOWED_HOSTS"]
    assert set(hosts) == {"localhost", "127.0.0.1", "[::1]", "signoff.example.com"}


OUTWARD = ("../../../../etc/hosts", "..%2f..%2f..%2fetc%2fhosts", "....//....//etc/hosts", "%00")


@pytest.mark.django_db
@pytest.mark.parametrize("way", OUTWARD)
def test_paths_that_lead_out_lead_nowhere(
    workspace: Workspace, client_of: Callable[..., Client], way: str
) -> None:
    client = client_of("owner")
    read = []
    routes = [page.path for _area, page in list_pages() if page.reads and "<str:" in page.path]
    addresses = [re.sub(r"<[^>]+>", way, route) for route in routes]
    for address in [*addresses, f"static/{way}", f"static/signoff/{way}", way]:
        answer = client.get(f"/{address}")
        body = b"".join(answer) if answer.streaming else answer.content
        answer.close()
        if answer.status_code >= 500 or b"127.0.0.1" in body:
            read.append((address, answer.status_code))
    assert read == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["secret.key", "web.db", "register.db", "signoff.toml"])
def test_files_of_the_workspace_are_not_served(workspace: Workspace, name: str) -> None:
    for way in (f"/static/../{name}", f"/static/..%2f{name}", f"/static/%2e%2e/%2e%2e/{name}"):
        assert Client().get(way).status_code in {302, 400, 404}


def test_forwarded_address_counts_behind_a_known_proxy_only(settings: Any, rf: Any) -> None:
    from signoff.app.web.visitor import address_of

    def asked(near: str, told: str) -> str:
        return address_of(rf.get("/", REMOTE_ADDR=near, headers={"X-Forwarded-For": told}))

    settings.SIGNOFF_ADDRESS = ""
    assert asked("127.0.0.1", "203.0.113.9") == "127.0.0.1"
    settings.SIGNOFF_ADDRESS = "https://signoff.example.com"
    assert asked("127.0.0.1", "198.51.100.1, 203.0.113.9") == "203.0.113.9"
    assert asked("10.0.0.2", "203.0.113.9") == "203.0.113.9"
    assert asked("8.8.8.8", "203.0.113.9") == "8.8.8.8"
    assert asked("127.0.0.1", "nonsense") == "127.0.0.1"
    assert asked("127.0.0.1", "::ffff:203.0.113.9") == "203.0.113.9"
    assert asked("127.0.0.1", "2001:db8:1:2:3:4:5:6") == "2001:db8:1:2::"


class Kept(logging.Handler):
    """Keeps what the server's own log would say."""

    def __init__(self) -> None:
        super().__init__(level=logging.DEBUG)
        self.setFormatter(DiscreetFormatter("%(name)s %(message)s"))
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def log() -> Iterator[Kept]:
    kept, root = Kept(), logging.getLogger()
    before = root.level
    root.addHandler(kept)
    root.setLevel(logging.DEBUG)
    yield kept
    root.setLevel(before)
    root.removeHandler(kept)


@pytest.mark.django_db
def test_secrets_are_in_no_log_audit_error_page_or_export(
    workspace: Workspace,
    client_of: Callable[..., Client],
    log: Kept,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    secrets = {"canary of a password", "canary of another one"}
    owner = client_of("owner")
    owner.raise_request_exception = False
    secrets.add(owner.cookies["signoff_session"].value)
    invitation = {"label": "M", "email": "m@acme.example", "role": "planner", "days": "1"}
    path = link_in(owner.post("/people/invitations", invitation), "join")
    secrets.add(path.rpartition("/")[2])
    invited = Client(raise_request_exception=False)
    joined = {"name": "M", "password": "canary of a password", "again": "canary of a password"}
    strict = Client(enforce_csrf_checks=True)
    pages = [strict.post(path, joined), strict.post(path + "x", joined), invited.put(path)]
    pages.append(invited.post(path, joined))
    pages.append(invited.post(path, joined))
    secrets.add(invited.cookies["signoff_session"].value)
    member = Member.objects.get(email="m@acme.example")
    reset = link_in(owner.post(f"/people/{member.pk}/password"), "new-password")
    secrets.add(reset.rpartition("/")[2])
    mistyped = "canary in the wrong field"
    wrong = {"username": mistyped, "password": "canary of another one"}
    pages += [Client().post("/sign-in", wrong) for _ in range(6)]
    page = owner.get("/account/second-factor").content.decode()
    key = re.findall(r"<code>([A-Z2-7]+)</code>", page)[0]
    secrets.add(key)

    def broken(*_args: object, **_names: object) -> None:
        raise RuntimeError(f"{member.email} at {path}")

    monkeypatch.setattr("signoff.app.web.people.second_factor.has_second_factor", broken)
    pages.append(owner.post("/account/second-factor", {"own_password": "canary of a password"}))
    assert pages[-1].status_code == 500
    exports = [owner.get(f"/people?export={form}") for form in ("csv", "json")]
    audit = json.dumps([vars(row.act) for row in list_audit(workspace.register)], default=str)
    said = {
        "log": "\n".join(log.lines),
        "audit": audit,
        # a page may name the address that its reader asked for, to come back to it
        "pages": re.sub(r'name="next" value="[^"]*"', "", "".join(map(text_of, pages))),
        "exports": "".join(map(text_of, exports)),
    }
    assert "RuntimeError" in said["log"]
    assert "/join/[token]" in said["log"]
    assert "m@acme.example" not in said["log"]
    leaks = [
        (where, secret) for where, text in said.items() for secret in secrets if secret in text
    ]
    assert leaks == []
    stored = dump_database()
    assert [secret for secret in (*secrets, mistyped) if secret in stored] == []
    assert mistyped not in said["log"] + said["audit"]


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def link_in(answer: Any, name: str) -> str:
    """Give the path of the link that a page shows once."""
    return f"/{name}/" + answer.content.decode().partition(f"/{name}/")[2].partition('"')[0]


def dump_database() -> str:
    """Give everything that the application's own database holds."""
    from django.apps import apps

    rows = [str(list(model.objects.values())) for model in apps.get_models()]
    return "\n".join(rows)


def test_no_mail_can_leave() -> None:
    made = compose_settings(Profile(workspace=Path(), language="en", secret=""))
    assert made["EMAIL_BACKEND"].endswith("dummy.EmailBackend")
    assert live_settings.ADMINS == []


def test_pages_open_to_anybody_are_few_and_known() -> None:
    """A page that becomes open to all must be meant so: add it here, with thought."""
    known = {
        "people": {"welcome", "join", "sign_in", "code", "forgotten", "new_password", "reader"},
        "sharing": {"shared"},
        "jobs": {"badge"},
        "api": {"description"},
        "upkeep": {"health"},
    }
    wide = {
        (area, page.name)
        for area, page in list_pages()
        if Right.ANYBODY in (page.reads, page.writes) and page.name not in known.get(area, set())
    }
    assert wide == set()
