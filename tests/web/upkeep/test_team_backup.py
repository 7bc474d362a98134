"""A team's members, links, tokens, drafts and jobs are in its backup, and come back."""

import subprocess
import sys
import textwrap
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection, connections

from signoff.app.cli.root import run
from signoff.app.jobs import JobState, list_jobs, resume_job, start_job
from signoff.app.web.api.models import ApiToken
from signoff.app.web.documents.models import Draft
from signoff.app.web.people.models import AccessLink, Member, MemberSession, Policy
from signoff.app.web.restoring import make_tables, reached_tables
from signoff.app.web.sharing.models import ShareLink
from signoff.errors import DataError
from signoff.store.backups.backup import Places, back_up, restore
from signoff.store.backups.tables import JOBS, WEB
from signoff.store.register import (
    SuppressionKind,
    SuppressionLedger,
    list_audit,
    suppress,
    verify_audit,
)
from signoff.store.workspace import Workspace, open_workspace
from workers import await_end, working

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("any_database")]

AT = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
KEPT = (Member, Policy, AccessLink, Authenticator, ShareLink, ApiToken, Draft)
OF_THE_MOMENT = {
    "account_emailconfirmation",
    "axes_accessattempt",
    "axes_accessattemptexpiration",
    "axes_accessfailurelog",
    "axes_accesslog",
    "django_session",
    "people_attempts",
    "people_membersession",
}
MADE_BY_DJANGO = {
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
}
MADE_BY_WORKERS = {"application_versions", "dbos_migrations", "queues", "workflow_schedules"}
WRITER = textwrap.dedent(
    """
    import sys
    import psycopg
    with psycopg.connect(sys.argv[1], autocommit=True) as base:
        n = 0
        while True:
            n += 1
            with base.transaction():
                base.execute(
                    "INSERT INTO sharing_sharelink (name, token_hash, run_id, shows_accounts, "
                    "password, created_by, created_at, expires_at, n_views) "
                    "VALUES ('x', %s, 'r', false, '', 'ann', now(), now(), 0)", [f"t{n}"],
                )
                base.execute(
                    "INSERT INTO document (kind, name, version, author, at, body) "
                    "VALUES ('note', 'n', %s, 'ann', now(), '{}')", [n],
                )
            if n == 5:
                print("writing", flush=True)
    """
)


def told(workspace: Workspace) -> dict[str, list[dict[str, Any]]]:
    with reached_tables(workspace) as database:
        return {
            model.__name__: list(model.objects.using(database).order_by("pk").values())
            for model in KEPT
        }


def add_member(workspace: Workspace) -> int:
    with reached_tables(workspace) as database:
        assert not MemberSession.objects.using(database).exists()
        bo = Member(email="bo@acme.example", name="Bo", role="viewer", password="!")
        bo.save(using=database)
        return int(bo.pk)


@pytest.mark.parametrize("target", ["laptop", "team"])
@pytest.mark.parametrize("source", ["laptop", "team"])
def test_restore_brings_members_and_jobs_back(
    source: str,
    target: str,
    make_house: Callable[[str], Workspace],
    postgres_address: Callable[[], str],
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    made = make_house(source)
    waiting = start_job(made, "backup", inputs={}, by="ann@acme.example")
    back_up(made, tmp_path / "b", at=AT)
    suppress(made, kind=SuppressionKind.DOMAIN, value="x.example", reason="", by="bo", at=AT)
    register = ["--register", postgres_address()] if target == "team" else []
    named = [str(tmp_path / "b"), str(tmp_path / "r"), "--suppressions-from", str(made.path)]
    assert run(["restore", *named, *register]) == 0
    assert "Jobs that waited or ran then: 1. They are cancelled" in capfd.readouterr().out
    other = open_workspace(tmp_path / "r")
    assert told(other) == told(made)
    assert all(told(other).values())
    assert add_member(other) == 2
    assert SuppressionLedger.load(other).blocks_domain("x.example")
    assert list_audit(other.register)[-1].act.detail["n_cancelled"] == 1
    assert verify_audit(other.register).is_sound
    assert [(job.job_id, job.state) for job in list_jobs(other)] == [(waiting, JobState.CANCELLED)]
    assert [job.state for job in list_jobs(made)] == [JobState.WAITING]
    beside = {path.name for path in other.path.glob("*.db")}
    assert beside == (set() if register else {"register.db", "web.db", "jobs.db"})
    assert all(path.stat().st_mode & 0o077 == 0 for path in other.path.glob("*.db"))
    assert not (other.path / "tables").exists()


def test_job_that_backs_a_team_up_is_cancelled_in_the_restored_one_and_can_be_resumed(
    make_house: Callable[[str], Workspace], tmp_path: Path
) -> None:
    made = make_house("team")
    with working(made):
        job = await_end(made, start_job(made, "backup", inputs={}, by="ann"))
    path = made.backups_dir / job.result["file"]
    done = restore(path, tmp_path / "r", make_tables=make_tables)
    assert (done.n_cancelled, done.tables_aside) == (1, "")
    other = open_workspace(tmp_path / "r")
    assert told(other) == told(made)
    with working(other):
        assert [job.state for job in list_jobs(other)] == [JobState.CANCELLED]
        resume_job(other, job.job_id, by="ann")
        assert await_end(other, job.job_id).state is JobState.DONE


def test_back_up_under_load_holds_register_and_links_of_one_moment(
    make_house: Callable[[str], Workspace], tmp_path: Path
) -> None:
    made = make_house("team")
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, made.settings.register_address],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "writing\n"
        found = [back_up(made, tmp_path / f"b{i}", at=AT) for i in range(3)]
        assert writer.poll() is None
    finally:
        writer.kill()
        writer.communicate()
    seen = [backup.n_table_rows["web.sharing_sharelink"] - 1 for backup in found]
    assert seen == [backup.n_rows["document"] for backup in found]
    assert 5 <= seen[0] < seen[1] < seen[2]


def test_restore_to_a_server_with_members_is_refused(
    make_house: Callable[[str], Workspace], tmp_path: Path, postgres_address: Callable[[], str]
) -> None:
    made = make_house("laptop")
    back_up(made, tmp_path / "b", at=AT)
    address = postgres_address()
    places = Places(register=address)
    restore(tmp_path / "b", tmp_path / "one", places=places, make_tables=make_tables)
    with pytest.raises(DataError, match="rows in people_member already"):
        restore(tmp_path / "b", tmp_path / "two", places=places, make_tables=make_tables)
    assert not (tmp_path / "two").exists()


def test_restore_without_what_makes_tables_keeps_them_for_the_next_backup(
    make_house: Callable[[str], Workspace], tmp_path: Path
) -> None:
    made = make_house("team")
    back_up(made, tmp_path / "b", at=AT)
    aside = restore(tmp_path / "b", tmp_path / "aside")
    assert aside.tables_aside == str(tmp_path / "aside" / "tables")
    assert "in no table" in aside.text()
    back_up(open_workspace(tmp_path / "aside"), tmp_path / "again", at=AT)
    restore(tmp_path / "again", tmp_path / "r", make_tables=make_tables)
    assert told(open_workspace(tmp_path / "r")) == told(made)


def test_restore_of_a_newer_version_is_refused(
    make_house: Callable[[str], Workspace], tmp_path: Path
) -> None:
    made = make_house("team")
    with reached_tables(made) as database, connections[database].cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('api', '0999_x', now())"
        )
    back_up(made, tmp_path / "b", at=AT)
    with pytest.raises(DataError, match=r"newer Signoff.*api/0999_x"):
        restore(tmp_path / "b", tmp_path / "r", make_tables=make_tables)
    assert not (tmp_path / "r").exists()


def test_every_table_is_in_the_backup_or_left_out_on_purpose(
    make_house: Callable[[str], Workspace],
) -> None:
    held = set(WEB.tables) - {"django_migrations"}
    assert set(connection.introspection.django_table_names()) == (
        held | OF_THE_MOMENT | MADE_BY_DJANGO
    )
    made = make_house("laptop")
    from sqlalchemy import create_engine, inspect

    found = inspect(create_engine(f"sqlite:///{made.path / 'jobs.db'}")).get_table_names()
    assert set(found) == set(JOBS.tables) | MADE_BY_WORKERS
