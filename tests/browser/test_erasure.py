"""A person is erased in the browser: asked for, followed as a job, told place by place."""

from collections.abc import Callable
from typing import Any

import pytest

from browser.conftest import Site
from signoff.store.register import SuppressionLedger, current_persons
from signoff.store.workspace import open_workspace

JOB_SECONDS = 120

pytestmark = pytest.mark.slow


def test_owner_erases_a_person_and_sees_what_was_done(
    site: Site, visitor: Callable[..., Any]
) -> None:
    workspace = open_workspace(site.folder)
    person = next(one for one in current_persons(workspace.register) if one.email)
    page = visitor("owner")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{site.address}/settings/persons")
    page.fill("input[name=email]", person.email)
    page.check("input[name=sure]")
    page.locator("button.danger").click()
    page.wait_for_selector("#job a.main", timeout=JOB_SECONDS * 1000)
    assert "/jobs/" in page.url
    page.locator("#job a.main").click()
    page.wait_for_load_state()
    said = page.locator("main").inner_text()
    assert "versions of records deleted" in said
    assert person.email not in page.content()
    assert person.person_id not in {one.person_id for one in current_persons(workspace.register)}
    assert SuppressionLedger.load(workspace).blocks_email(person.email)
    files = [path for path in site.folder.rglob("*") if path.is_file()]
    assert [path for path in files if str(person.email).encode() in path.read_bytes()] == []
    assert page.troubles == []
