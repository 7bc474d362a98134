"""Workspaces of a laptop and of a team, whose tables hold somebody."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db.migrations.loader import MigrationLoader

from signoff.app.jobs import close_jobs
from signoff.app.web.restoring import make_tables, reached_tables
from signoff.store.settings import Settings
from signoff.store.workspace import Workspace, create_workspace

AT = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)


@pytest.fixture
def any_database(django_db_blocker: Any) -> Iterator[None]:
    """Let Django reach databases that the tests' own settings do not name."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def make_house(
    tmp_path: Path, postgres_address: Callable[[], str]
) -> Iterator[Callable[[str], Workspace]]:
    """Give a function that makes the workspace of a laptop or a team, with rows in each table."""

    def make(kind: str) -> Workspace:
        address = postgres_address() if kind == "team" else ""
        settings = Settings(name="Acme", register=address)
        made = create_workspace(tmp_path / "w", settings=settings, at=AT)
        fill(made)
        return made

    yield make
    close_jobs()


def fill(workspace: Workspace) -> None:
    """Make the tables, as serving does, and somebody who uses each of them."""
    from allauth.mfa.models import Authenticator

    from signoff.app.web.api.models import ApiToken
    from signoff.app.web.documents.models import Draft
    from signoff.app.web.people.models import AccessLink, Attempts, Member, MemberSession, Policy
    from signoff.app.web.sharing.models import ShareLink

    make_tables(workspace, list(MigrationLoader(None, ignore_no_migrations=True).graph.nodes))
    with reached_tables(workspace) as database:
        ann = Member(email="ann@acme.example", name="Zoë\nA", role="owner", joined_at=AT)
        ann.set_password("correct horse battery staple")
        ann.save(using=database)
        made: list[Any] = [
            Policy(second_factor="owners"),
            AccessLink(purpose="invitation", token_hash="a" * 64, member=ann, expires_at=AT),
            Authenticator(user=ann, type="totp", data={"secret": "s\u2028", "n": [1, None]}),
            ShareLink(name="board", token_hash="b" * 64, run_id="r", expires_at=AT),
            ApiToken(member=ann, name="t", digest="c" * 64, ending="cccc", scopes=["read"]),
            Draft(member=ann, kind="brief", name="x", typed={"title": "Été"}, kept_at=AT),
            MemberSession(session_key="k", session_data="d", expire_date=AT, member=ann),
            Attempts(key_hash="h", ends_at=AT),
        ]
        for row in made:
            row.save(using=database)
