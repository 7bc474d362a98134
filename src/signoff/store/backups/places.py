"""Where a restored workspace keeps what it keeps: its own folder, or a team's servers."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from signoff.errors import DataError, Fault
from signoff.store.backups.tables import GROUPS, filled_table
from signoff.store.lake.objects import place_below
from signoff.store.lake.place import catalog_address, data_folder
from signoff.store.lake.storage import copy_files, list_files, present_files
from signoff.store.register.connection import open_register
from signoff.store.register.transfer import copy_register, count_rows
from signoff.store.register.upgrade import stored_revision, upgrade_register
from signoff.store.settings import SETTINGS_FILE, read_settings, write_settings
from signoff.store.workspace import Workspace

__all__ = ["Places", "settle_at"]


@dataclass(frozen=True)
class Places:
    """Where a workspace keeps what it keeps; whatever is empty lies in its own folder.

    Attributes:
        register: Address of the register: postgresql://user@host/database.
        catalog: Address of the lake's catalog: postgresql://user@host/database.
        lake_data: Place of the lake's files: s3://bucket/folder, or a folder.
    """

    register: str = ""
    catalog: str = ""
    lake_data: str = ""


def settle_at(workspace: Workspace, places: Places) -> None:
    """Take a workspace from its own folder to other places, which must be empty.

    Args:
        workspace: The workspace, with everything in its own folder and nobody at work in it.
        places: Where to.

    Raises:
        DataError: a place is not empty or cannot be reached; the folder is as it was, and what
            was copied until then may be left there.
    """
    if places == Places():
        return
    stored = read_settings(workspace.path / SETTINGS_FILE)
    named = {"register_address": places.register, "catalog": places.catalog}
    settings = stored.model_copy(update=named | {"lake_data": places.lake_data})
    aside = workspace.path / f"{SETTINGS_FILE}.new"
    write_settings(settings, path=aside)
    there = Workspace(workspace.path, read_settings(aside), workspace.key, workspace.register)
    _refuse_filled(there, places)
    if places.lake_data:
        here, folder = data_folder(workspace), data_folder(there)
        copy_files(
            (path, folder / place_below(path, here))
            for path in sorted(present_files(workspace), key=str)
        )
    if places.catalog:
        from signoff.store.backups.catalog import fill_catalog

        fill_catalog(Path(catalog_address(workspace)), there)
    if places.register:
        register = open_register(places.register, audit_key=workspace.key)
        upgrade_register(register)
        copy_register(workspace.register, register)
    aside.replace(workspace.path / SETTINGS_FILE)
    _clear(workspace, places)


def _refuse_filled(there: Workspace, places: Places) -> None:
    faults = list(_filled(there, places))
    if faults:
        raise DataError(
            "the workspace cannot be put there",
            why="what is there already would be mixed with it",
            fix="empty these places, or name others",
            faults=faults,
        )


def _filled(there: Workspace, places: Places) -> Iterator[Fault]:
    why, fix = "another workspace may be using it", "name another, or empty it"
    if places.lake_data and list_files(data_folder(there)):
        yield Fault("the place of the lake's files is not empty", why, fix, "lake_data")
    if places.catalog:
        from signoff.store.backups.catalog import is_catalog_there

        if is_catalog_there(there):
            yield Fault("the database has a catalog already", why, fix, "catalog")
    if places.register:
        register = open_register(places.register)
        if stored_revision(register) and any(count_rows(register).values()):
            yield Fault("the database has a register already", why, fix, "register")
        with register.read() as connection:
            for group in GROUPS:
                if table := filled_table(connection, group):
                    yield Fault(f"the database has rows in {table} already", why, fix, "register")


def _clear(workspace: Workspace, places: Places) -> None:
    """Leave no second copy of what lies elsewhere now: it would hold people."""
    workspace.register.engine.dispose()
    if places.register:
        for path in workspace.path.glob("register.db*"):
            path.unlink()
    if places.catalog:
        for path in workspace.lake_dir.glob("catalog.sqlite*"):
            path.unlink()
    if places.lake_data:
        shutil.rmtree(workspace.lake_dir / "data", ignore_errors=True)
