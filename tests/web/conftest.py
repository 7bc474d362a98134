"""What tests of the web application share: a workspace, members of each role, their clients."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client

from signoff.app.web.place import current_workspace, forget_workspace
from signoff.app.web.rights import Role
from signoff.store.imports import ImportOptions, import_file
from signoff.store.settings import Settings
from signoff.store.workspace import Workspace, create_workspace, open_workspace

REPOSITORY = Path(__file__).resolve().parents[2]
TUTORIAL = REPOSITORY / "docs" / "tutorial" / "files"
AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
PASSWORD = "correct horse battery staple"


@pytest.fixture(scope="session", autouse=True)
def _keep_transactions() -> Iterator[None]:
    """Let the end of a request close no connection in which a test's transaction stands.

    Users in memory are never closed; on PostgreSQL the test would lose its rows.
    """
    close = BaseDatabaseWrapper.close_if_unusable_or_obsolete

    def close_outside(connection: Any) -> None:
        if not connection.in_atomic_block:
            close(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseWrapper, "close_if_unusable_or_obsolete", close_outside)
        yield


@pytest.fixture
def workspace(tmp_path: Path, settings: Any) -> Iterator[Workspace]:
    """Give an empty workspace that the application serves during the test."""
    made = create_workspace(tmp_path / "workspace", settings=Settings(name="Acme"), at=AT)
    settings.SIGNOFF_WORKSPACE = made.path
    forget_workspace()
    yield current_workspace()
    forget_workspace()


@pytest.fixture(scope="session")
def filled_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a workspace with the tutorial's files and one plan; only to be copied."""
    from signoff.plan import PlanOptions, make_plan

    folder = tmp_path_factory.mktemp("filled") / "workspace"
    made = create_workspace(folder, settings=Settings(name="Acme"), at=AT)
    for name in ("accounts", "contacts", "venue", "rate", "venue_audience"):
        import_file(made, TUTORIAL / f"{name}.csv", options=ImportOptions(by="ann", at=AT))
    options = PlanOptions(seed=7, as_of=date(2026, 1, 5), by="ann", at=AT)
    make_plan(made, brief=_tutorial_brief(folder.parent), options=options)
    return folder


@pytest.fixture
def filled_workspace(filled_folder: Path, tmp_path: Path, settings: Any) -> Iterator[Workspace]:
    """Give a workspace with accounts, contacts, venues and one plan, of this test alone."""
    shutil.copytree(filled_folder, tmp_path / "filled")
    settings.SIGNOFF_WORKSPACE = tmp_path / "filled"
    forget_workspace()
    yield open_workspace(tmp_path / "filled")
    forget_workspace()


@pytest.fixture(scope="session")
def fitted_folder(filled_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of that workspace with its plan fitted, which takes a while."""
    from signoff.plan import fit_plan, load_plan

    folder = tmp_path_factory.mktemp("fitted") / "workspace"
    shutil.copytree(filled_folder, folder)
    made = open_workspace(folder)
    fit_plan(made, run_id=load_plan(made).run_id, by="ann", at=AT)
    return folder


@pytest.fixture
def fitted_workspace(fitted_folder: Path, tmp_path: Path, settings: Any) -> Iterator[Workspace]:
    """Give a workspace with a plan and its fit, of this test alone."""
    shutil.copytree(fitted_folder, tmp_path / "fitted")
    settings.SIGNOFF_WORKSPACE = tmp_path / "fitted"
    forget_workspace()
    yield open_workspace(tmp_path / "fitted")
    forget_workspace()


@pytest.fixture
def member(db: None) -> Callable[..., Any]:
    """Give a function that makes a member of a role."""
    from signoff.app.web.people.models import Member

    def make(role: Role | str = Role.PLANNER, *, email: str = "", name: str = "Ann") -> Any:
        address = email or f"{role}@acme.example"
        return Member.objects.create_user(address, PASSWORD, name=name, role=str(role))

    return make


@pytest.fixture
def client_of(member: Callable[..., Any]) -> Callable[..., Client]:
    """Give a function that makes a signed-in client of a role; None for nobody."""

    def make(role: Role | str | None = Role.PLANNER, *, language: str = "en") -> Client:
        client = Client()
        client.cookies.load({"signoff_language": language})
        if role is not None:
            client.force_login(
                member(role), backend="allauth.account.auth_backends.AuthenticationBackend"
            )
        return client

    return make


def _tutorial_brief(folder: Path) -> Path:
    """Write the brief that a new workspace starts with as a file."""
    from signoff.brief import starter_brief

    path = folder / "brief.toml"
    path.write_text(starter_brief(), encoding="utf-8")
    return path
