"""Gives a person everything the workspace knows of him or her."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from signoff.errors import DataError
from signoff.store.privacy.databases import find_in_databases
from signoff.store.privacy.forgetting import shared_phones, versions_of
from signoff.store.privacy.scrubbing import holds_person
from signoff.store.privacy.traces import Traces, traces_of
from signoff.store.register.consent import list_consents
from signoff.store.register.ledger import ImportEntry, list_imports
from signoff.store.register.persons import Person, PersonRow
from signoff.store.register.suppression import SuppressionLedger
from signoff.store.workspace import Workspace

__all__ = ["export_person"]

LAKE_TABLES_OF_PERSONS = ("person_fact", "committee_role", "event")


def export_person(workspace: Workspace, *, email: str) -> dict[str, Any]:
    """Give everything the workspace knows of a person, as JSON that he or she may be handed.

    Args:
        workspace: The workspace.
        email: An address the person has or had.

    Returns:
        The address; whether and by what contact is barred; every version of the record with
        the import it came from; consents; facts, roles and touches from the lake; files of the
        workspace that hold the person, and tables of the web application and the jobs with how
        many rows mention him or her. Dates are ISO 8601, money is text.

    Raises:
        DataError: it is no address.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from signoff.store.settings import Settings
    >>> from signoff.store.workspace import create_workspace
    >>> at = datetime(2026, 1, 2)
    >>> with TemporaryDirectory() as folder:
    ...     made = create_workspace(Path(folder) / "w", settings=Settings(name="Acme"), at=at)
    ...     export_person(made, email="ann@example.com")["versions"]
    []
    """
    if "@" not in email:
        raise DataError(
            f"{email!r} is no e-mail address",
            why="a person is found by an address",
            fix="give the whole address",
        )
    versions = versions_of(workspace.register, emails=[email])
    person_ids = sorted({version.person_id for version in versions})
    shared = shared_phones(workspace.register, versions)
    traces = traces_of([*versions, PersonRow("", email=email)], shared_phones=shared)
    ledger = SuppressionLedger.load(workspace)
    barred = ledger.blocks_person(PersonRow("", email=email))
    return {
        "email": email,
        "suppressed_by": barred.value if barred else None,
        "versions": _told(versions, list_imports(workspace.register)),
        "consents": [
            _plain(asdict(consent))
            for person_id in person_ids
            for consent in list_consents(workspace.register, person_id=person_id)
        ],
        "facts": _facts(workspace, person_ids) if person_ids else {},
        "files": _files(workspace, traces),
        "tables": find_in_databases(workspace, traces),
    }


def _told(versions: Sequence[Person], imports: Sequence[ImportEntry]) -> list[dict[str, Any]]:
    by_seq = {entry.import_seq: entry for entry in imports}
    return [
        {
            **asdict(version),
            "import": {
                "file_name": by_seq[version.import_seq].file_name,
                "created_at": by_seq[version.import_seq].created_at.isoformat(),
                "state": by_seq[version.import_seq].state.value,
            },
        }
        for version in versions
    ]


def _facts(workspace: Workspace, person_ids: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    from signoff.store.lake.session import open_lake

    found: dict[str, list[dict[str, Any]]] = {}
    with open_lake(workspace) as lake:
        for table in LAKE_TABLES_OF_PERSONS:
            columns = sorted(lake.tables[table])
            listed = ", ".join(f'"{column}"' for column in columns)
            query = (
                f"SELECT {listed} FROM lake.{table} WHERE person_id IN (SELECT unnest($ids)) "
                "ORDER BY ALL"
            )
            rows = lake.rows(query, {"ids": list(person_ids)})
            found[table] = [_plain(dict(zip(columns, row, strict=True))) for row in rows]
    return found


def _files(workspace: Workspace, traces: Traces) -> list[str]:
    """Name the files of the workspace that hold the person."""
    folders = (workspace.rejected_dir, workspace.exports_dir, workspace.reports_dir)
    return [
        str(path.relative_to(workspace.path))
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if holds_person(path, traces)
    ]


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat()
        if isinstance(value, date | datetime)
        else str(value)
        if isinstance(value, Decimal)
        else value
        for name, value in row.items()
    }
