"""From the list of venues to the card of each."""

from collections.abc import Callable
from typing import Any

import pytest

from signoff.app.web.rights import Role
from signoff.store.workspace import Workspace

pytestmark = pytest.mark.django_db


def test_list_of_venues_leads_planners_to_each_card(
    filled_workspace: Workspace, client_of: Callable[..., Any]
) -> None:
    link = 'href="/documents/edit/venue/people-weekly"'
    assert link in client_of(Role.PLANNER).get("/venues/book").content.decode()
    assert link not in client_of(Role.VIEWER).get("/venues/book").content.decode()
