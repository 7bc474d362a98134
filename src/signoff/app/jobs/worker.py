"""A worker: takes jobs up, does them, and takes up those of workers that died."""

import logging
import os
import re
import socket
import threading
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from signoff.app.jobs.fault import drop_fault
from signoff.app.jobs.job import WORKFLOW
from signoff.app.jobs.place import APPLICATION, QUEUE, jobs_client, quiet_library
from signoff.app.jobs.running import register_workflow
from signoff.errors import DataError
from signoff.store.imports.upload import clear_uploads
from signoff.store.jobs import JOBS_SCHEMA, jobs_address
from signoff.store.privacy.request import clear_requests
from signoff.store.workspace import Workspace

__all__ = ["Worker", "living_workers"]

VERSION = "1"  # of the steps; raised when a job begun by the version before cannot be gone on with
AT_ONCE = 2
POLL_SECONDS = 0.25
MIND_SECONDS = 1.0
TIDY_SECONDS = 600.0
LOCKS_KEPT_SECONDS = 86_400
KEPT = timedelta(days=90)
NAME = re.compile(r"[A-Za-z0-9._-]{1,60}")
log = logging.getLogger("signoff.jobs")


class Worker:
    """Does jobs of one workspace; one per process.

    Args:
        workspace: The workspace.
        name: Name of the worker, unlike that of any other; made up when empty.
        at_once: How many jobs it does at the same time.
    """

    def __init__(self, workspace: Workspace, *, name: str = "", at_once: int = AT_ONCE) -> None:
        if name and not NAME.fullmatch(name):
            raise DataError(
                f"{name[:60]!r} is no name of a worker",
                why="it is part of the name of a file",
                fix="use at most 60 letters, digits, full stops, hyphens and underscores",
                where="name",
            )
        host = re.sub(r"[^A-Za-z0-9._-]", "-", socket.gethostname())[:30]
        self.workspace = workspace
        self.name = name or f"{host}-{os.getpid()}-{uuid.uuid4().hex[:8]}"
        self.at_once = at_once
        self._stop = threading.Event()
        self._minder: threading.Thread | None = None
        self._life = FileLock(
            _lock_path(workspace, self.name), thread_local=False, is_singleton=False
        )

    def start(self) -> None:
        """Begin to work, in threads of this process.

        Raises:
            DataError: another worker of that name lives.
        """
        self.workspace.locks_dir.mkdir(parents=True, exist_ok=True)
        try:
            self._life.acquire(timeout=2)
        except Timeout as error:
            raise DataError(
                f"a worker named {self.name} works already",
                why="two of one name would take each other for dead",
                fix="give this one another --name, or none",
                where="name",
            ) from error
        try:
            # the library refuses to begin in a thread whose event loop runs, as in a notebook
            with ThreadPoolExecutor(1) as elsewhere:
                elsewhere.submit(self._launch).result()
        except BaseException:
            self._leave()
            raise
        self._minder = threading.Thread(target=self._mind, name="signoff-minder", daemon=True)
        self._minder.start()

    def _launch(self) -> None:
        from dbos import DBOS

        quiet_library()
        jobs_client(self.workspace)
        DBOS(config=_configuration(self.workspace, self.name))
        register_workflow(self.workspace, is_stopping=self._stop.is_set)
        DBOS.listen_queues([QUEUE])
        DBOS.launch()
        DBOS.register_queue(
            QUEUE, worker_concurrency=self.at_once, polling_interval_sec=POLL_SECONDS
        )

    def stop(self, *, within_seconds: float = 10.0) -> bool:
        """Stop working: what a step has begun is taken back, and its job goes on elsewhere.

        Args:
            within_seconds: How long steps may take to notice.

        Returns:
            Whether all noticed; else the process should end at once, which loses nothing.
        """
        self._stop.set()
        give_up_at = time.monotonic() + within_seconds
        while (is_busy := self._is_busy()) and time.monotonic() < give_up_at:
            time.sleep(0.1)
        if self._minder:
            self._minder.join(timeout=5)
        self._leave()
        return not is_busy

    def _leave(self) -> None:
        """Take the library down and give the name up, however far the start or the work came."""
        from dbos import DBOS

        try:
            DBOS.destroy(destroy_registry=True)
        finally:
            self._life.release()
            _lock_path(self.workspace, self.name).unlink(missing_ok=True)

    def _is_busy(self) -> bool:
        pending = _pending(self.workspace)
        held = (self.workspace.locks_dir / f"job-{job_id}.lock" for job_id, who in pending)
        return any(_is_held(path) for path in held)

    def _mind(self) -> None:
        """Take up the jobs of workers that died, and tidy now and then."""
        tidied_at = -TIDY_SECONDS
        while not self._stop.wait(MIND_SECONDS):
            self._safely(self._take_up)
            if time.monotonic() - tidied_at > TIDY_SECONDS:
                tidied_at = time.monotonic()
                self._safely(self._tidy)

    def _safely(self, act: Callable[[], None]) -> None:
        """Go on minding whatever happens, for instance while the server restarts."""
        try:
            act()
        except Exception as error:  # noqa: BLE001 - the next round tries again
            log.warning("worker %s: %s", self.name, type(error).__name__)

    def _take_up(self) -> None:
        from dbos import DBOS

        names = {who for _job_id, who in _pending(self.workspace)} - {self.name}
        dead = [who for who in sorted(names) if not _is_held(_lock_path(self.workspace, who))]
        if dead:
            # the library's own way, which hands each job to one worker however many try
            DBOS._recover_pending_workflows(dead)  # noqa: SLF001 - behind its recovery service
            log.info("worker %s took up the jobs of %d that died", self.name, len(dead))

    def _tidy(self) -> None:
        clear_uploads(self.workspace, now=datetime.now(UTC))
        clear_requests(self.workspace, now=datetime.now(UTC))
        self._clear_locks()
        client = jobs_client(self.workspace)
        before = (datetime.now(UTC) - KEPT).isoformat()
        old = client.list_workflows(
            name=WORKFLOW, completed_before=before, load_input=False, load_output=False
        )
        for status in old:
            client.delete_workflow(status.workflow_id)
            drop_fault(self.workspace, status.workflow_id)

    def _clear_locks(self) -> None:
        """Remove the locks of jobs that are over and of workers that died, a day later."""
        before = time.time() - LOCKS_KEPT_SECONDS
        locks = self.workspace.locks_dir
        for path in [*locks.glob("job-*.lock"), *locks.glob("worker-*.lock")]:
            if path.stat().st_mtime < before and not _is_held(path):
                path.unlink(missing_ok=True)


def living_workers(workspace: Workspace) -> list[str]:
    """Name the workers that live, in any process.

    Args:
        workspace: The workspace.

    Returns:
        Their names; without any, jobs wait.
    """
    locks = sorted(workspace.locks_dir.glob("worker-*.lock"))
    return [path.stem.removeprefix("worker-") for path in locks if _is_held(path)]


def _configuration(workspace: Workspace, name: str) -> Any:
    """Give the library's settings: our tables, no calls home, no server of its own."""
    from dbos import DBOSPortableJSONSerializer

    return {
        "name": APPLICATION,
        "system_database_url": jobs_address(workspace),
        "dbos_system_schema": JOBS_SCHEMA,
        "application_version": VERSION,
        "executor_id": name,
        "serializer": DBOSPortableJSONSerializer(),
        "log_level": "WARNING",
        "enable_otlp": False,
        "run_migrations": False,
        "sys_db_pool_size": 8,
        "db_engine_kwargs": {"hide_parameters": True},
    }


def _pending(workspace: Workspace) -> list[tuple[str, str]]:
    found = jobs_client(workspace).list_workflows(
        name=WORKFLOW, status="PENDING", load_input=False, load_output=False
    )
    return [(status.workflow_id, status.executor_id or "") for status in found]


def _lock_path(workspace: Workspace, name: str) -> Path:
    return workspace.locks_dir / f"worker-{name}.lock"


def _is_held(path: Path) -> bool:
    if not path.exists():
        return False
    try:
        with FileLock(path, timeout=0, is_singleton=False):
            return False
    except Timeout:
        return True
