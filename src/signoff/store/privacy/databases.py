"""Takes people out of tables that other rooms keep beside the register; members are no contacts."""

import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, Table, inspect, select, update

from signoff.store.backups.databases import copy_database, databases_beside
from signoff.store.backups.tables import (
    GROUPS,
    JOBS,
    TABLES_FOLDER,
    TableGroup,
    group_register,
    read_table,
    schema_of,
)
from signoff.store.privacy.forgetting import redact_stored, rewrite_bytes
from signoff.store.privacy.scrubbing import ScrubbedFile
from signoff.store.privacy.traces import Traces, read_codes
from signoff.store.register.connection import Register
from signoff.store.register.tables import METADATA
from signoff.store.workspace import Workspace

__all__ = ["TAKEN_OUT", "find_in_databases", "forget_in_databases"]

TAKEN_OUT = "mentions taken out"
KEPT = "kept, though it mentions one of them"
# what members write in their own words; anything else that mentions a contact is named, not changed
FREE_TEXTS: Mapping[str, Collection[str]] = {
    "documents_draft": ("typed",),
    "sharing_sharelink": ("name",),
    "api_apitoken": ("name",),
}
# who works here is no contact, even if somebody of that name or address is one
ALL_OF_STAFF = frozenset(
    {
        "account_emailaddress",
        "account_emailconfirmation",
        "mfa_authenticator",
        "people_accesslink",
        "people_member",
        "people_membersession",
    }
)
OF_STAFF: Mapping[str, Collection[str]] = {
    "sharing_sharelink": ("created_by",),
    "workflow_status": ("authenticated_user",),
}


def forget_in_databases(
    workspace: Workspace, traces: Traces, *, aside: Path
) -> Iterator[ScrubbedFile]:
    """Take a person out of drafts and names of links, and name what else mentions him or her.

    Accounts of members and who did what are those of staff: they stay, and are not searched.

    Args:
        workspace: The workspace; its tables lie in files beside the register or on its server.
        traces: What names the person.
        aside: Where copies may lie for a moment; the next backup clears it after a kill.

    Yields:
        Each table and file that mentions the person, and what was done to it.
    """
    for group in GROUPS:
        register = group_register(workspace, group)
        if register is not None:
            yield from _forget_in_group(register, group, traces)
        for path in sorted((workspace.path / TABLES_FOLDER / group.name).glob("*.jsonl")):
            yield from _forget_in_lines(path, traces)
    known = {group.file_name for group in GROUPS}
    for path in databases_beside(workspace.path):
        if path.name not in known and _is_in_file(path, traces, aside=aside):
            yield ScrubbedFile(str(path), KEPT)


def find_in_databases(workspace: Workspace, traces: Traces) -> dict[str, int]:
    """Name the tables of the web application and the jobs that mention a person.

    Accounts of members and who did what are those of staff, as in `forget_in_databases`.

    Args:
        workspace: The workspace; its tables lie in files beside the register or on its server.
        traces: What names the person.

    Returns:
        By table, the rows that mention him or her; tables that do not are left out.
    """
    found: dict[str, int] = {}
    for group in GROUPS:
        register = group_register(workspace, group)
        if register is None:
            continue
        with register.read() as connection:
            schema = schema_of(connection, group)
            staff = _who_asked(connection) if group is JOBS else ()
            names = set(inspect(connection).get_table_names(schema)) - set(METADATA.tables)
            for name in sorted(names - ALL_OF_STAFF):
                table = read_table(connection, name, schema=schema)
                rows = connection.execute(select(table)).mappings()
                n_rows = sum(_mentions(name, dict(row), traces, staff=staff) for row in rows)
                if n_rows:
                    found[name] = n_rows
    return found


def _forget_in_group(register: Register, group: TableGroup, traces: Traces) -> list[ScrubbedFile]:
    found: list[ScrubbedFile] = []
    with register.begin() as connection:
        schema = schema_of(connection, group)
        staff = _who_asked(connection) if group is JOBS else ()
        names = set(inspect(connection).get_table_names(schema)) - set(METADATA.tables)
        for name in sorted(names):
            table = read_table(connection, name, schema=schema)
            n_redacted, n_kept = _forget_in_table(connection, table, traces, staff=staff)
            told = ((TAKEN_OUT, n_redacted), (KEPT, n_kept))
            found += [ScrubbedFile(f"table {name}", what, n) for what, n in told if n]
        texts = [name for name in FREE_TEXTS if name in names]
    if texts:  # even if none changed: an erasure may have been cut off just before this
        rewrite_bytes(register, texts)
    return found


def _forget_in_table(
    connection: Connection, table: Table, traces: Traces, *, staff: Collection[str]
) -> tuple[int, int]:
    if table.name in ALL_OF_STAFF:
        return 0, 0
    n_redacted = n_kept = 0
    key = list(table.primary_key.columns)
    for row in map(dict, connection.execute(select(table)).mappings().all()):
        changed = _redacted(table.name, row, traces)
        if changed:
            here = [column == row[column.name] for column in key]
            connection.execute(update(table).where(*here).values(changed))
            n_redacted += 1
        n_kept += _mentions(table.name, {**row, **changed}, traces, staff=staff)
    return n_redacted, n_kept


def _forget_in_lines(path: Path, traces: Traces) -> Iterator[ScrubbedFile]:
    """Treat rows that lie in a file, since nothing made their tables, like rows of a table."""
    name = path.stem
    if name in ALL_OF_STAFF:
        return
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    staff = {row.get("authenticated_user") or "" for row in rows} - {""}
    changes = [_redacted(name, row, traces) for row in rows]
    kept = [{**row, **changed} for row, changed in zip(rows, changes, strict=True)]
    n_redacted = sum(map(bool, changes))
    if n_redacted:
        unfinished = path.with_name(f"{path.name}.unfinished")
        unfinished.touch(mode=0o600)
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in kept)
        unfinished.write_text("".join(lines), encoding="utf-8")
        unfinished.replace(path)
        yield ScrubbedFile(str(path), TAKEN_OUT, n_redacted)
    n_kept = sum(_mentions(name, row, traces, staff=staff) for row in kept)
    if n_kept:
        yield ScrubbedFile(str(path), KEPT, n_kept)


def _redacted(name: str, row: Mapping[str, Any], traces: Traces) -> dict[str, Any]:
    """Give the free texts of a row that change when mentions are taken out."""
    found = {}
    for column in FREE_TEXTS.get(name, ()):
        stored = row[column]
        new = (
            redact_stored(stored, traces) if isinstance(stored, str) else traces.redact_json(stored)
        )
        if new != stored:
            found[column] = new
    return found


def _mentions(name: str, row: Mapping[str, Any], traces: Traces, *, staff: Collection[str]) -> bool:
    values = [value for column, value in row.items() if column not in OF_STAFF.get(name, ())]
    if any(isinstance(value, bytes) and traces.are_in_bytes(value) for value in values):
        return True
    text = "\n".join(_text(value) for value in values if value is not None)
    for address in staff:
        text = text.replace(address, "")
    return traces.are_in(text)


def _text(value: Any) -> str:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return read_codes(value) if isinstance(value, str) else str(value)


def _who_asked(connection: Connection) -> set[str]:
    """Give the addresses of the members that asked for jobs: their inputs say so too."""
    schema = schema_of(connection, JOBS)
    if not inspect(connection).has_table("workflow_status", schema=schema):
        return set()
    who = read_table(connection, "workflow_status", schema=schema).c.authenticated_user
    return set(connection.execute(select(who).where(who.is_not(None)).distinct()).scalars()) - {""}


def _is_in_file(path: Path, traces: Traces, *, aside: Path) -> bool:
    with TemporaryDirectory(prefix=".aside-", dir=aside) as taken:
        copy = Path(taken) / path.name
        copy_database(path, copy)
        return traces.are_in_bytes(copy.read_bytes())
