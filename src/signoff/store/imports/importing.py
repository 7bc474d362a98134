"""Import a file: staged, checked, published at once, or not at all."""

import hashlib
import json
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from signoff.errors import DataError, Fault
from signoff.store.imports.desk import Desk, judge_file
from signoff.store.imports.detect import Detected, detect_source
from signoff.store.imports.encoding import hash_file
from signoff.store.imports.faults import commonest_reason
from signoff.store.imports.kind import detect_kind
from signoff.store.imports.options import ImportOptions, OnProgress
from signoff.store.imports.receipt import ImportReceipt, Preview
from signoff.store.imports.recover import OPENING, recover_imports, settle_import
from signoff.store.imports.source import Source, open_source
from signoff.store.imports.storing import store_rows
from signoff.store.register.ledger import (
    ImportEntry,
    find_live_import,
    hold_import,
    open_import,
)
from signoff.store.workspace import Workspace

__all__ = ["import_file", "preview_import"]

PREVIEW_ROWS = 10


def import_file(
    workspace: Workspace,
    path: Path,
    *,
    options: ImportOptions,
    on_progress: OnProgress | None = None,
) -> ImportReceipt:
    """Import one file, all of its good rows at once.

    The same content imported again adds nothing. Rows whose key is there already supersede. Bad
    rows are given back in the workspace's folder of rejected rows. Killed at any moment, the
    import is whole or not there after the next import or `recover_imports`.

    Args:
        workspace: The workspace.
        path: CSV, XLSX or Parquet file.
        options: Who imports, when, and what they decide.
        on_progress: Told what is being done and how many rows are done.

    Returns:
        What was done.

    Raises:
        DataError: the file as a whole cannot be imported; nothing was.
    """
    tell = on_progress or _say_nothing
    recover_imports(workspace, at=options.at)
    detect_kind(path)
    tell("hashing", 0)
    content = _content_hash(path, options)
    source = open_source(path)
    detected = detect_source(source, options=options)
    with _one_at_a_time(workspace, content):
        known = find_live_import(
            workspace.register, table_name=detected.table, content_sha256=content
        )
        if known:
            return _nothing_new(known)
        with _begun(workspace, detected, options=options, content=content) as entry:
            return _import_new(
                workspace,
                source,
                detected=detected,
                entry=entry,
                options=options,
                on_progress=tell,
            )


def preview_import(
    workspace: Workspace,
    path: Path,
    *,
    options: ImportOptions,
    on_progress: OnProgress | None = None,
    most_rows: int = 0,
) -> Preview:
    """Say what importing a file would do; nothing is stored.

    Args:
        workspace: The workspace.
        path: CSV, XLSX or Parquet file.
        options: Who would import, and what they decide.
        on_progress: Told what is being done.
        most_rows: Judge so many rows and no more, for an answer at once; 0 for all.

    Returns:
        The first rows as they would be, counts and faults.

    Raises:
        DataError: the file as a whole cannot be imported.
    """
    tell = on_progress or _say_nothing
    source = open_source(path)
    with judge_file(
        workspace,
        source,
        detected=detect_source(source, options=options),
        options=options,
        folder=workspace.staging_dir / f"preview-{uuid.uuid4().hex}",
        on_progress=tell,
        most_rows=most_rows,
    ) as desk:
        names = [column.name for column in desk.plan.target.table.columns]
        found = desk.session.execute(
            f"SELECT {', '.join(names)} FROM kept ORDER BY line LIMIT {PREVIEW_ROWS}"
        ).fetchall()
        return Preview(
            detected=desk.detected,
            n_read=desk.staged.n_rows,
            n_good=desk.n_kept(),
            n_bad=desk.n_bad(),
            first_rows=tuple(dict(zip(names, row, strict=True)) for row in found),
            faults=desk.faults(),
            notes=desk.notes(),
        )


@contextmanager
def _begun(
    workspace: Workspace, detected: Detected, *, options: ImportOptions, content: str
) -> Iterator[ImportEntry]:
    """Give a new import, held by this process; on any failure nothing is left of it."""
    with ExitStack() as held:
        with OPENING:
            entry = open_import(
                workspace.register,
                table_name=detected.table,
                file_name=detected.file_name,
                content_sha256=content,
                mapping=options.said()
                | {"format": detected.format, "columns": dict(detected.mapping)}
                | options.origin(),
                by=options.by,
                at=options.at,
            )
            held.enter_context(hold_import(workspace.locks_dir, entry.import_id))
        try:
            yield entry
        except BaseException:
            settle_import(workspace, entry.import_id, at=options.at)
            raise


def _import_new(
    workspace: Workspace,
    source: Source,
    *,
    detected: Detected,
    entry: ImportEntry,
    options: ImportOptions,
    on_progress: OnProgress,
) -> ImportReceipt:
    with judge_file(
        workspace,
        source,
        detected=detected,
        options=options,
        folder=workspace.staging_dir / entry.import_id,
        on_progress=on_progress,
    ) as desk:
        _refuse_changed(source.path, options, content=entry.content_sha256)
        _refuse_mostly_bad(desk, options)
        return store_rows(workspace, desk, entry=entry, options=options, on_progress=on_progress)


def _content_hash(path: Path, options: ImportOptions) -> str:
    """Hash a file's content, and the decisions that change what it means, if there are any."""
    content = hash_file(path)
    said = options.said()
    if not said:
        return content
    return hashlib.sha256(f"{content}{json.dumps(said, sort_keys=True)}".encode()).hexdigest()


def _refuse_changed(path: Path, options: ImportOptions, *, content: str) -> None:
    """Give up when the file is not what was hashed: some rows may be old and some new."""
    if _content_hash(path, options) != content:
        raise DataError(
            f"{path.name} changed while it was read",
            why="some of its rows may be old and some new",
            fix="import it again once nobody writes to it; nothing was imported",
            where=path.name,
        )


@contextmanager
def _one_at_a_time(workspace: Workspace, content: str) -> Iterator[None]:
    """Let two imports of the same content follow each other, so that the second adds nothing."""
    from filelock import FileLock

    workspace.locks_dir.mkdir(parents=True, exist_ok=True)
    path = workspace.locks_dir / f"content-{content[:16]}.lock"
    with FileLock(path, is_singleton=False):
        yield
    path.unlink(missing_ok=True)  # should two slip through, the ledger refuses the second


def _nothing_new(entry: ImportEntry) -> ImportReceipt:
    return ImportReceipt(
        import_id=entry.import_id,
        table=entry.table_name,
        format=str(entry.mapping.get("format", "")),
        file_name=entry.file_name,
        n_read=entry.counts.n_read,
        n_published=0,
        n_superseded=0,
        n_rejected=0,
        is_new=False,
        mapping=dict(entry.mapping.get("columns", {})),
    )


def _refuse_mostly_bad(desk: Desk, options: ImportOptions) -> None:
    n_bad, n_rows = desk.n_bad(but="suppressed"), desk.staged.n_rows
    if n_bad == 0 or (desk.n_kept() and n_bad <= options.largest_bad_share * n_rows):
        return
    shown = [
        Fault(
            what=f"{fault.value!r} cannot be used" if fault.value else "the row cannot be used",
            why=fault.reason,
            fix="mend the row, or map another column",
            where=f"line {fault.line}" + (f", {fault.column}" if fault.column else ""),
        )
        for fault in desk.faults()
    ]
    raise DataError(
        f"{n_bad:,} of {n_rows:,} rows of {desk.detected.file_name} cannot be imported",
        why=f"most often: {commonest_reason(desk.session)}; when so many rows are bad, the columns "
        "may be mapped wrongly",
        fix="look at signoff import --dry-run; mend the mapping or the file; nothing was imported",
        where=desk.detected.file_name,
        faults=shown,
    )


def _say_nothing(doing: str, n_rows: int) -> None:
    """Report progress to nobody."""
