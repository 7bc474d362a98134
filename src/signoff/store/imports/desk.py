"""One file on the desk: staged, read, judged; nothing is stored yet."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from signoff.store.imports.check import check_rows
from signoff.store.imports.consents import weed_consents
from signoff.store.imports.contacts import weed_contacts
from signoff.store.imports.detect import HINT_MARK, Detected
from signoff.store.imports.faults import BadValue, count_bad_rows, find_faults, show_faults
from signoff.store.imports.known import bring_known
from signoff.store.imports.lakerows import make_lake_rows
from signoff.store.imports.notation import Notation
from signoff.store.imports.options import ImportOptions, OnProgress
from signoff.store.imports.plan import ImportPlan, make_plan
from signoff.store.imports.source import Source
from signoff.store.imports.staging import Staged, load_staged, open_desk, stage_rows
from signoff.store.imports.survey import survey_notations
from signoff.store.imports.target import Reading
from signoff.store.imports.words import Mended, define_words
from signoff.store.register.suppression import SuppressionLedger
from signoff.store.workspace import Workspace

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["Desk", "judge_file"]


@dataclass(frozen=True)
class Desk:
    """A file whose rows have been judged.

    Attributes:
        session: Tables `staged`, `checked`, `kept` and `faults`.
        folder: The desk's folder; gone at the end.
        detected: What the file is.
        plan: Which cell fills what.
        staged: Counts.
        mended: Misspellings put right.
        ledger: The suppression list that contacts were checked against.
    """

    session: "DuckDBPyConnection"
    folder: Path
    detected: Detected
    plan: ImportPlan
    staged: Staged
    mended: tuple[Mended, ...]
    ledger: SuppressionLedger | None = None

    def n_bad(self, *, but: str = "") -> int:
        """Count the rows with a fault, or with one of another kind than `but`."""
        return count_bad_rows(self.session, but=but)

    def n_kept(self) -> int:
        """Count the rows without."""
        found = self.session.execute("SELECT count(*) FROM kept").fetchone()
        return int(found[0]) if found else 0

    def faults(self) -> tuple[BadValue, ...]:
        """Give the first faults."""
        return show_faults(self.session)

    def remark(self) -> str:
        """Give the first line of a file of rejected rows: how to read the rest."""
        words = [f"format={self.detected.format}"] if self.detected.format else []
        words.append(f"table={self.detected.table}")
        marks = {note.decimal_mark for note in self._notations(Reading.NUMBER)}
        orders = {note.date_order for note in self._notations(Reading.DATE, Reading.TIME)}
        words += [f"decimal_mark={next(iter(marks))}"] if len(marks) == 1 else []
        words += [f"date_order={next(iter(orders))}"] if len(orders) == 1 else []
        return HINT_MARK + " ".join(words)

    def _notations(self, *readings: Reading) -> list[Notation]:
        cells = [cell for cell in self.plan.cells if cell.field.reading in readings]
        known = self.plan.notations
        return [known[cell.name] for cell in cells if cell.name in known and not cell.is_constant]

    def notes(self) -> tuple[str, ...]:
        """Say what was left out, mended or assumed."""
        notes = [f"{mended.text()}." for mended in self.mended]
        if self.staged.left_out:
            shown = ", ".join(f"line {out.line} ({out.why})" for out in self.staged.left_out[:5])
            more = self.staged.n_left_out - 5
            notes.append(f"Not rows: {shown}{f' and {more:,} more' if more > 0 else ''}.")
        if self.detected.other_sheets:
            notes.append(f"Sheets not read: {', '.join(self.detected.other_sheets)}.")
        notes += _assumed(self.plan)
        return tuple(notes)


@contextmanager
def judge_file(
    workspace: Workspace,
    source: Source,
    *,
    detected: Detected,
    options: ImportOptions,
    folder: Path,
    on_progress: OnProgress,
    most_rows: int = 0,
) -> Iterator[Desk]:
    """Stage a file and judge its rows.

    Args:
        workspace: The workspace.
        source: The file.
        detected: What it is.
        options: Decisions of the person who imports.
        folder: Folder of the desk.
        on_progress: Told what is being done.
        most_rows: Stop after so many rows; 0 for all.

    Yields:
        The desk; its folder and all that lies there is removed at the end.

    Raises:
        DataError: the file as a whole cannot be imported.
    """
    plan = make_plan(detected, options=options, currency=workspace.settings.currency)
    with open_desk(folder) as session:
        staged = stage_rows(
            source, detected, folder=folder, on_progress=on_progress, most_rows=most_rows
        )
        on_progress("checking", staged.n_rows)
        load_staged(session, staged)
        plan = survey_notations(session, plan, kind=source.kind, separator=source.separator)
        mended = define_words(session, plan)
        bring_known(session, workspace, plan, folder=folder)
        check_rows(session, plan, key=workspace.key)
        make_lake_rows(session, plan, key=workspace.key)
        find_faults(session, plan)
        ledger = SuppressionLedger.load(workspace) if plan.target.name == "contact" else None
        if ledger:
            weed_consents(session, plan, today=options.at.date())
            weed_contacts(session, plan, ledger=ledger)
        yield Desk(session, folder, detected, plan, staged, tuple(mended), ledger)


def _assumed(plan: ImportPlan) -> list[str]:
    """Say what holds for every row because the file does not say otherwise."""
    amounts = [
        cell.heading
        for cell in plan.cells
        if cell.name in {"revenue", "value", "spend", "unit_price", "package_price"}
    ]
    names = {column.name for column in plan.target.table.columns}
    notes = []
    currency = plan.cell("currency")
    if amounts and "currency" in names and (currency is None or currency.text == "NULL"):
        notes.append(f"{amounts[0]} is taken to be in {plan.currency}.")
    basis = plan.cell("basis")
    if basis and basis.is_constant:
        notes.append("The file has no column basis; its rows count as prior (an assumption).")
    return notes
