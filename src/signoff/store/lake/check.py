"""Is the lake sound: its files, its rows and what the register says of them?"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace

from signoff.results import Result, Row
from signoff.store.lake.compaction import KeptLakeHome
from signoff.store.lake.files import known_files, remove_files
from signoff.store.lake.objects import place_below
from signoff.store.lake.place import data_folder, writers_turn
from signoff.store.lake.publication import retract
from signoff.store.lake.session import LakeConnection, open_lake
from signoff.store.lake.storage import present_files
from signoff.store.register.ledger import ImportEntry, ImportState, is_import_held, list_imports
from signoff.store.register.runs import list_runs
from signoff.store.running import clear_runs
from signoff.store.schemas import LAKE_TABLES
from signoff.store.workspace import Workspace

__all__ = ["LakeCheck", "LakeFinding", "check_lake"]

UNFINISHED = frozenset({ImportState.STAGING, ImportState.PUBLISHING, ImportState.UNDOING})
ROWS_MAY_GO = frozenset({"contact"})  # erasing a person takes rows of such imports


@dataclass(frozen=True)
class LakeFinding:
    """One thing that is not as it should be.

    Attributes:
        kind: half_import, half_run, stray_file, missing_file, foreign_rows or lost_rows.
        place: The import or the file.
        what: What is wrong.
        fix: What mends it.
        is_repaired: Whether it has been mended.
    """

    kind: str
    place: str
    what: str
    fix: str
    is_repaired: bool = False


@dataclass(frozen=True)
class LakeCheck(Result):
    """What a check of the lake found.

    Attributes:
        snapshot: The newest snapshot, after repairs.
        n_files: Files that the lake reads.
        n_rows: Rows in all tables, superseded ones too; None when a file is missing, so that
            they cannot be counted.
        n_running: Imports that other processes are working on; they are left alone.
        findings: What is, or was, wrong.
    """

    snapshot: int
    n_files: int
    n_rows: int | None
    n_running: int
    findings: tuple[LakeFinding, ...]

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong any more."""
        return all(finding.is_repaired for finding in self.findings)

    def rows(self) -> Sequence[Row]:
        """Give one row per finding."""
        return [asdict(finding) for finding in self.findings]

    def text(self) -> str:
        """Say how the lake is, and list what is wrong."""
        state = "sound" if self.is_sound else "not sound"
        running = f", {self.n_running} imports are running" if self.n_running else ""
        rows = "rows not counted" if self.n_rows is None else f"{self.n_rows:,} rows"
        head = (
            f"The lake is {state}: snapshot {self.snapshot}, {rows} "
            f"in {self.n_files} files{running}."
        )
        lines = [
            f"- {finding.place}: {finding.what}. "
            + ("Repaired." if finding.is_repaired else f"Fix: {finding.fix}.")
            for finding in self.findings
        ]
        return "\n".join([head, *lines])


def check_lake(workspace: Workspace, *, repair: bool) -> LakeCheck:
    """Compare catalog, files, rows and register, and mend what can be mended.

    An import that was cut off is finished when the lake has its rows, and taken back otherwise;
    rows of imports that do not count and files nobody knows are removed. Imports that another
    process is working on are left alone.

    Args:
        workspace: The workspace.
        repair: Mend; otherwise only look.

    Returns:
        What was found.

    Raises:
        DataError: the lake cannot be opened or written.
    """
    halves = [*_half_imports(workspace, repair=repair), *_half_runs(workspace, repair=repair)]
    if repair:
        with open_lake(workspace):  # makes what the lake lacks before the turn is taken
            pass
        with writers_turn(workspace), open_lake(workspace, read_only=False) as lake:
            strays = _stray_files(lake, workspace)
            folder = data_folder(workspace)
            remove_files(lake, [folder / stray.place for stray in strays], home=workspace)
    with open_lake(workspace) as lake:
        entries = list_imports(workspace.register)
        missing = list(_missing_files(lake, workspace))
        counts = {} if missing else _rows_by_import(lake)
        if not repair:
            strays = _stray_files(lake, workspace)
        foreign = _foreign_rows(workspace, counts, entries)
        lost = missing or list(_lost_rows(counts, entries))
        n_files = sum(known_files(lake, workspace).values())
        snapshot = lake.snapshot
    if repair:
        for finding in foreign:
            snapshot = retract(workspace, finding.place)
    mended = [replace(finding, is_repaired=repair) for finding in [*strays, *foreign]]
    running = [entry for entry in entries if _is_running(workspace, entry)]
    return LakeCheck(
        snapshot=snapshot,
        n_files=n_files,
        n_rows=None if missing else sum(counts.values()),
        n_running=len(running),
        findings=(*halves, *mended, *lost),
    )


def _half_imports(workspace: Workspace, *, repair: bool) -> list[LakeFinding]:
    halves = [
        entry
        for entry in list_imports(workspace.register)
        if entry.state in UNFINISHED and not _is_running(workspace, entry)
    ]
    if halves and repair:
        from signoff.store.imports.recover import recover_imports

        recover_imports(workspace)
    now = {entry.import_id: entry.state for entry in list_imports(workspace.register)}
    return [
        LakeFinding(
            kind="half_import",
            place=entry.import_id,
            what=f"the import of {entry.file_name} was cut off while {entry.state.value}",
            fix="run signoff lake check --repair",
            is_repaired=now[entry.import_id] not in UNFINISHED,
        )
        for entry in halves
    ]


def _half_runs(workspace: Workspace, *, repair: bool) -> list[LakeFinding]:
    halves = [
        run
        for run in list_runs(workspace.register)
        if run.finished_at is None and not is_import_held(workspace.locks_dir, run.run_id)
    ]
    if halves and repair:
        clear_runs(workspace)
    return [
        LakeFinding(
            kind="half_run",
            place=run.run_id,
            what=f"the {run.command} begun at {run.started_at:%Y-%m-%d %H:%M} was cut off",
            fix="run signoff lake check --repair",
            is_repaired=repair,
        )
        for run in halves
    ]


def _is_running(workspace: Workspace, entry: ImportEntry) -> bool:
    from signoff.store.imports.recover import is_in_work

    return entry.state in UNFINISHED and is_in_work(workspace, entry)


def _stray_files(lake: LakeConnection, workspace: Workspace) -> list[LakeFinding]:
    """Find files that neither the catalog nor a running import knows.

    The order of the three looks matters: a file that was there at the first belongs to an import
    that is running at the second, or is known to the catalog at the third.
    """
    present = present_files(workspace)
    running = {
        entry.import_id
        for entry in list_imports(workspace.register)
        if _is_running(workspace, entry)
    }
    strays = [
        path
        for path in sorted(present - known_files(lake, workspace).keys(), key=str)
        if running.isdisjoint(path.parts)
    ]
    return [
        LakeFinding(
            kind="stray_file",
            place=place_below(path, data_folder(workspace)),
            what="the lake does not know this file",
            fix="run signoff lake check --repair, which removes it",
        )
        for path in strays
    ]


def _missing_files(lake: LakeConnection, home: KeptLakeHome) -> Iterable[LakeFinding]:
    present = present_files(home)
    for path, is_read in known_files(lake, home).items():
        if is_read and path not in present:
            yield LakeFinding(
                kind="missing_file",
                place=str(path),
                what="the lake reads this file, and it is gone",
                fix="restore the workspace from a backup: signoff restore",
            )


def _rows_by_import(lake: LakeConnection) -> dict[str, int]:
    counted = " UNION ALL ".join(
        f"SELECT import_id, count(*) AS n FROM lake.{table} GROUP BY import_id"
        for table in LAKE_TABLES
    )
    found = lake.rows(f"SELECT import_id, CAST(sum(n) AS BIGINT) FROM ({counted}) GROUP BY ALL")
    return dict(found)


def _foreign_rows(
    workspace: Workspace, counts: dict[str, int], entries: Sequence[ImportEntry]
) -> list[LakeFinding]:
    """Find rows of imports that do not count, and of nobody."""
    counting = {
        entry.import_id
        for entry in entries
        if entry.state == ImportState.LIVE or entry.state in UNFINISHED
    }
    runs = {run.run_id for run in list_runs(workspace.register)}
    return [
        LakeFinding(
            kind="foreign_rows",
            place=import_id,
            what=f"the lake has {counts[import_id]:,} rows of it, and the register says none count",
            fix="run signoff lake check --repair, which takes them out",
        )
        for import_id in sorted(counts.keys() - counting - runs)
    ]


def _lost_rows(counts: dict[str, int], entries: Sequence[ImportEntry]) -> Iterable[LakeFinding]:
    for entry in entries:
        n_wanted, n_found = entry.counts.n_published, counts.get(entry.import_id, 0)
        if entry.state != ImportState.LIVE or entry.table_name in ROWS_MAY_GO:
            continue
        if n_found < n_wanted:
            yield LakeFinding(
                kind="lost_rows",
                place=entry.import_id,
                what=f"the lake has {n_found:,} of the {n_wanted:,} rows of {entry.file_name}",
                fix="undo that import and import the file again, or restore from a backup",
            )
