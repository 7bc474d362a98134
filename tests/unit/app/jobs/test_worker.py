"""The commands that do jobs: they begin, end when told, and leave no lock; nothing calls home."""

import signal
import subprocess
import sys
import time

from signoff.app.jobs import JobState, look_at_job, start_job
from signoff.app.jobs.worker import _configuration
from signoff.store.workspace import Workspace

WORKER = (
    "import sys; from signoff.app.cli import main; sys.argv = ['signoff', *sys.argv[1:]]; main()"
)


def test_worker_command_does_jobs_and_ends_when_told(workspace: Workspace) -> None:
    job_id = start_job(workspace, "backup", inputs={}, by="ann@acme.example")
    working = subprocess.Popen(
        [sys.executable, "-c", WORKER, "worker", "-w", str(workspace.path), "--name", "night"],
        stderr=subprocess.PIPE,
    )
    try:
        give_up_at = time.monotonic() + 60
        while not look_at_job(workspace, job_id).state.is_over:
            assert time.monotonic() < give_up_at
            time.sleep(0.1)
    finally:
        working.send_signal(signal.SIGTERM)
        _, said = working.communicate(timeout=30)
    assert working.returncode == 0
    assert said.decode() == "Worker night is ready\n"
    assert look_at_job(workspace, job_id).state is JobState.DONE
    assert not (workspace.locks_dir / "worker-night.lock").exists()


def test_configuration_neither_calls_home_nor_listens(workspace: Workspace) -> None:
    """Fault 40: no telemetry; the test run refuses every connection that leaves this machine."""
    made = _configuration(workspace, "one")
    assert made["enable_otlp"] is False
    assert not {"conductor_key", "conductor_url", "transact_enterprise_key"} & set(made)


def test_two_workers_share_jobs_and_do_each_once(workspace: Workspace) -> None:
    """Fault 36: a second process opens the workspace; both work."""
    ids = [start_job(workspace, "backup", inputs={}, by="ann@acme.example") for _ in range(3)]
    both = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER, "worker", "-w", str(workspace.path), "--at-once", "1"],
            stderr=subprocess.DEVNULL,
        )
        for _ in range(2)
    ]
    try:
        give_up_at = time.monotonic() + 90
        while not all(look_at_job(workspace, job_id).state.is_over for job_id in ids):
            assert time.monotonic() < give_up_at
            time.sleep(0.1)
    finally:
        for one in both:
            one.terminate()
        for one in both:
            one.wait(timeout=30)
    jobs = [look_at_job(workspace, job_id) for job_id in ids]
    assert [job.state for job in jobs] == [JobState.DONE] * 3, [job.fault for job in jobs]
    assert len(list(workspace.backups_dir.glob("*.backup"))) == 3
