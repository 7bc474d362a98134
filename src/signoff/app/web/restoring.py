"""Makes the tables of members and jobs for a workspace that is being restored."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from signoff.app.jobs import make_job_tables
from signoff.errors import DataError
from signoff.store.backups.tables import WEB
from signoff.store.workspace import Workspace

__all__ = ["make_tables", "reached_tables"]

ALIAS = "restored"


def make_tables(workspace: Workspace, applied: Sequence[tuple[str, str]]) -> None:
    """Make empty tables, of the version of the rows that come; serving brings them up to date.

    Args:
        workspace: The workspace, which nobody serves yet.
        applied: The migrations that the rows' tables had gone through, by application and name;
            none when it was never served.

    Raises:
        DataError: the application is not installed, or the rows are of a newer version.
    """
    try:
        make_job_tables(workspace)
        if applied:
            if not workspace.settings.register_address:
                (workspace.path / WEB.file_name).touch(mode=0o600)
            with reached_tables(workspace) as database:
                _migrate(database, applied)
    except ModuleNotFoundError as error:
        raise DataError(
            "the backup holds members, links and jobs of the web application",
            why=f"it is not installed here: {error}",
            fix="install it: pip install 'signoff[web]'",
        ) from error


@contextmanager
def reached_tables(workspace: Workspace) -> Iterator[str]:
    """Reach the tables of a workspace's members; Django may be serving another workspace.

    Args:
        workspace: The workspace.

    Yields:
        The name under which Django knows their database inside.
    """
    import django
    from django.conf import settings
    from django.db import connections

    from signoff.app.web.configuration import compose_settings, read_profile

    composed = compose_settings(read_profile({"SIGNOFF_WORKSPACE": str(workspace.path)}))
    if not settings.configured:
        settings.configure(**composed)
        django.setup()
    database: dict[str, Any] = {"default": {}, ALIAS: composed["DATABASES"]["default"]}
    connections.databases[ALIAS] = connections.configure_settings(database)[ALIAS]
    try:
        yield ALIAS
    finally:
        connections[ALIAS].close()
        del connections[ALIAS]
        del connections.databases[ALIAS]


def _migrate(database: str, applied: Sequence[tuple[str, str]]) -> None:
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections[database])
    graph = executor.loader.graph
    unknown = sorted(set(applied) - set(graph.nodes) - set(executor.loader.replacements))
    if unknown:
        raise DataError(
            "the backup was made by a newer Signoff",
            why=f"it knows {', '.join('/'.join(key) for key in unknown[:5])}",
            fix="upgrade Signoff, then restore: pip install --upgrade signoff",
        )
    known = set(applied) & set(graph.nodes)
    executor.migrate([key for key in sorted(known) if not _later(graph, key) & known])


def _later(graph: Any, key: tuple[str, str]) -> set[tuple[str, str]]:
    """Give the migrations of the same application that come next."""
    children = {child.key for child in graph.node_map[key].children}
    return {child for child in children if child[0] == key[0]}
