"""Pages that a link opens, for people who have no account yet or never will: axe finds nothing."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from browser.conftest import Site, serve
from browser.inspection import REFUSED, inspect_page
from signoff.store.settings import Settings
from signoff.store.workspace import create_workspace

PASSWORD = "boardroom 2026"
MAKE_LINKS = """
import json, sys, django
django.setup()
from datetime import timedelta
from django.urls import reverse
from signoff.app.web.people.invitations import invite
from signoff.app.web.people.member_actions import issue_new_password
from signoff.app.web.people.models import Member
from signoff.app.web.sharing.links import ShareOptions, share_plan
run_id, password = sys.argv[1:]
day = timedelta(days=1)
member = Member.objects.get(email="viewer@acme.example")
invitation = dict(email="new@acme.example", label="Nadia", role="planner", lifetime=day)
tokens = {
    "join": ("people:join", invite(**invitation, by="owner@acme.example")),
    "new password": ("people:new_password", issue_new_password(member, by="owner@acme.example")),
}
for name, secret in (("shared", ""), ("shared with a password", password)):
    options = ShareOptions(name=name, lifetime=day, password=secret)
    tokens[name] = ("sharing:shared", share_plan(run_id, options=options, by="owner@acme.example"))
print(json.dumps({name: reverse(page, args=[token]) for name, (page, token) in tokens.items()}))
"""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def links(
    site: Site, samples: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    """Give the addresses of one link of each kind."""
    environ = os.environ | {
        "SIGNOFF_WORKSPACE": str(site.folder),
        "DJANGO_SETTINGS_MODULE": "signoff.app.web.settings",
    }
    command = [sys.executable, "-c", MAKE_LINKS, samples["run_id"], PASSWORD]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=True)
    made = json.loads(done.stdout.splitlines()[-1])
    folder = tmp_path_factory.mktemp("unowned") / "workspace"
    create_workspace(folder, settings=Settings(name="First day"), at=datetime.now(UTC))
    process, unowned = serve(folder)
    welcome = unowned.await_words(r"http://\S+/welcome/\S+")
    yield {"welcome": welcome} | {name: site.address + path for name, path in made.items()}
    process.terminate()
    process.wait(30)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", ["welcome", "join", "new password", "shared"])
def test_page_by_link_is_accessible_and_within_the_policy(
    name: str, language: str, visitor: Callable[..., Any], links: dict[str, str]
) -> None:
    page = visitor(None, language=language)
    page.add_init_script(REFUSED)
    assert page.goto(links[name]).status == 200
    inspect_page(page, name=f"link-{name.replace(' ', '-')}", language=language)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_shared_plan_with_a_password_is_accessible_before_and_after_it(
    language: str, visitor: Callable[..., Any], links: dict[str, str]
) -> None:
    page = visitor(None, language=language)
    page.add_init_script(REFUSED)
    for step, secret in (("asked", ""), ("refused", "something else"), ("opened", PASSWORD)):
        if secret:
            page.fill("input[type=password]", secret)
            page.locator("main button").click()
            page.wait_for_load_state()
        else:
            page.goto(links["shared with a password"])
        is_asked = page.locator("input[type=password]").count() == 1
        assert is_asked == (step != "opened")
        inspect_page(page, name=f"link-password-{step}", language=language)
