"""What must happen once happens once, even when eight come at the same moment."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from signoff.store.settings import Settings
from signoff.store.workspace import create_workspace

# on the database that a server really uses: in a process of its own, not in the tests' memory
RACES = """
import json, sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from signoff.app.web.server import make_application

make_application(Path(sys.argv[1]))
from django.conf import settings
settings.ALLOWED_HOSTS = ["testserver"]
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
from django.db import connection
from django.test import Client
from signoff.app.web.people.factors import set_up_factor
from signoff.app.web.people.first_run import first_run_address
from signoff.app.web.people.invitations import invite
from signoff.app.web.people.models import Member

N = 8
PASSWORD = "a phrase for the tests"
SENT = {"name": "A", "password": PASSWORD, "again": PASSWORD}

def at_once(calls):
    def call(make):
        try:
            return make().status_code
        finally:
            connection.close()
    with ThreadPoolExecutor(len(calls)) as pool:
        return sorted(pool.map(call, calls))

told = {}
path = first_run_address("http://testserver").removeprefix("http://testserver")
told["welcome"] = at_once([
    lambda n=n: Client().post(path, SENT | {"email": f"o{n}@acme.example"}) for n in range(N)
])
told["owners"] = Member.objects.count()
owner = Member.objects.get()
token = invite(email="m@acme.example", label="M", role="owner", lifetime=timedelta(days=1), by="o")
told["join"] = at_once([lambda: Client().post(f"/join/{token}", SENT) for _ in range(N)])
told["members"] = Member.objects.count()

codes = set_up_factor(owner, "JBSWY3DPEHPK3PXP", code="000000", by="o")
waiting = [Client() for _ in range(N)]
for client in waiting:
    client.post("/sign-in", {"username": owner.email, "password": PASSWORD})
told["code"] = at_once([
    lambda client=client: client.post("/sign-in/code", {"code": codes[0]}) for client in waiting
])
other = Member.objects.get(email="m@acme.example")
signed = {}
for one in (owner, other):
    signed[one.pk] = Client()
    signed[one.pk].force_login(one)
told["out"] = at_once([
    lambda: signed[owner.pk].post(f"/people/{other.pk}/deactivate"),
    lambda: signed[other.pk].post(f"/people/{owner.pk}/deactivate"),
])
told["owners_left"] = Member.objects.filter(role="owner", is_active=True).count()
print(json.dumps(told))
"""


@pytest.mark.slow
def test_links_codes_and_the_last_owner_hold_when_all_come_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    create_workspace(folder, settings=Settings(name="Acme"), at=datetime(2026, 1, 5, tzinfo=UTC))
    done = subprocess.run(
        [sys.executable, "-c", RACES, str(folder)],
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout)
    assert told["welcome"] == [302] + [404] * 7
    assert told["owners"] == 1
    assert told["join"] == [302] + [404] * 7
    assert told["members"] == 2
    # from the sixth wrong code on, the member is held up
    assert told["code"].count(302) == 1
    assert set(told["code"]) <= {200, 302, 429}
    assert told["owners_left"] == 1
    assert "Traceback" not in done.stderr
