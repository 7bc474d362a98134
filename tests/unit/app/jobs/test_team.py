"""Jobs of a team: on the register's PostgreSQL, in a schema of their own, by several workers."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from signoff.app.jobs import JobState, close_jobs, start_job
from signoff.store.imports.upload import keep_upload
from signoff.store.settings import Settings
from signoff.store.workspace import Workspace, create_workspace
from workers import await_end, working

pytestmark = pytest.mark.postgres

AT = datetime(2026, 11, 26, 9, tzinfo=UTC)


@pytest.fixture
def team(tmp_path: Path, postgres_address: Callable[[], str]) -> Iterator[Workspace]:
    settings = Settings(name="Team", register=postgres_address())
    yield create_workspace(tmp_path / "w", settings=settings, at=AT)
    close_jobs()


def test_jobs_of_a_team_stand_beside_its_register(team: Workspace) -> None:
    upload = keep_upload(team, [b"name,country\nAcme,France\n"], name="a.csv", by="ann", at=AT)
    ids = [
        start_job(team, "import_file", inputs={"upload_id": upload.upload_id}, by="ann"),
        start_job(team, "backup", inputs={}, by="ann"),
    ]
    with working(team, name="one"):
        jobs = [await_end(team, job_id) for job_id in ids]
    assert [job.state for job in jobs] == [JobState.DONE] * 2, [job.fault for job in jobs]
    assert jobs[0].result["n_published"] == 1
    assert not (team.path / "jobs.db").exists()
    with psycopg.connect(team.settings.register_address) as connection:
        query = "SELECT count(*) FROM dbos.workflow_status WHERE name = 'job'"
        assert connection.execute(query).fetchone() == (2,)
