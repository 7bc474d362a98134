"""What an import, a preview and an undo report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from signoff.results import Result, Row
from signoff.store.imports.detect import Detected
from signoff.store.imports.faults import BadValue

__all__ = ["ImportReceipt", "Preview", "UndoReceipt"]


@dataclass(frozen=True)
class Preview(Result):
    """What an import would do.

    Attributes:
        detected: What the file is taken for.
        n_read: Rows of the file.
        n_good: Rows that would come in.
        n_bad: Rows that would be given back.
        first_rows: The first rows as they would be in their table.
        faults: The first faults.
        notes: What else to know.
    """

    detected: Detected
    n_read: int
    n_good: int
    n_bad: int
    first_rows: tuple[Row, ...]
    faults: tuple[BadValue, ...]
    notes: tuple[str, ...]

    def _counts(self) -> str:
        return (
            f"{self.n_read:,} rows read, {self.n_good:,} would be imported, "
            f"{self.n_bad:,} would be given back."
        )

    def rows(self) -> Sequence[Row]:
        """Give the first rows as they would be."""
        return self.first_rows

    def text(self) -> str:
        """Say in words what would happen."""
        return "\n".join(
            [
                self.detected.text(),
                self._counts(),
                *self.notes,
                *(_fault_line(fault) for fault in self.faults),
            ]
        )


@dataclass(frozen=True)
class ImportReceipt(Result):
    """What an import did.

    Attributes:
        import_id: Its id, by which it is undone.
        table: What was imported.
        format: Name of the format; "" for columns as mapped.
        file_name: The file.
        n_read: Rows of the file, without totals and footers.
        n_published: Rows that are in the lake now because of it.
        n_superseded: Rows among them whose key was there before.
        n_rejected: Rows given back.
        is_new: False when the same content was imported before; then nothing was done.
        rejected_path: File that names every fault; None without rejected rows.
        rejected_rows_path: File with the rows to mend and import again.
        mapping: Heading to column.
        ignored: Heading to the reason why it was left out.
        faults: The first faults.
        notes: What else to know.
    """

    import_id: str
    table: str
    format: str
    file_name: str
    n_read: int
    n_published: int
    n_superseded: int
    n_rejected: int
    is_new: bool
    rejected_path: Path | None = None
    rejected_rows_path: Path | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    ignored: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[BadValue, ...] = ()
    notes: tuple[str, ...] = ()

    def rows(self) -> Sequence[Row]:
        """Give the counts as one row."""
        return [
            {
                "import_id": self.import_id,
                "file": self.file_name,
                "table": self.table,
                "format": self.format,
                "read": self.n_read,
                "published": self.n_published,
                "superseded": self.n_superseded,
                "rejected": self.n_rejected,
                "is_new": self.is_new,
                "rejected_file": str(self.rejected_path or ""),
                "rejected_rows_file": str(self.rejected_rows_path or ""),
            }
        ]

    def text(self) -> str:
        """Say in words what was done."""
        if not self.is_new:
            return (
                f"Nothing new: {self.file_name} was imported before as {self.import_id} "
                f"({self.n_read:,} rows). To import it anew, undo that import first."
            )
        counts = (
            f"{self.file_name}: {self.n_read:,} rows read as {self.table}, "
            f"{self.n_published:,} imported ({self.n_superseded:,} of them in place of earlier "
            f"ones), {self.n_rejected:,} given back. Import {self.import_id}."
        )
        lines = [counts]
        if self.rejected_path:
            lines.append(
                f"Faults by line: {self.rejected_path}. Mend the rows in "
                f"{self.rejected_rows_path} and import that file."
            )
        left = [f"{heading} ({reason})" for heading, reason in self.ignored.items()]
        if left:
            lines.append(f"Columns left out: {'; '.join(left)}.")
        return "\n".join([*lines, *self.notes, *(_fault_line(fault) for fault in self.faults)])


@dataclass(frozen=True)
class UndoReceipt(Result):
    """What an undo did.

    Attributes:
        import_id: The import that was taken back.
        table: What it had imported.
        file_name: Its file.
        n_removed: Rows taken out of the lake.
        n_persons: Versions of contacts taken out of the register.
    """

    import_id: str
    table: str
    file_name: str
    n_removed: int
    n_persons: int

    def rows(self) -> Sequence[Row]:
        """Give the counts as one row."""
        return [
            {
                "import_id": self.import_id,
                "file": self.file_name,
                "table": self.table,
                "removed": self.n_removed,
                "persons": self.n_persons,
            }
        ]

    def text(self) -> str:
        """Say in words what was done."""
        return (
            f"Import {self.import_id} ({self.file_name}) is undone: {self.n_removed:,} rows of "
            f"{self.table} taken back. Rows it had superseded count again."
        )


def _fault_line(fault: BadValue) -> str:
    place = f"line {fault.line}" + (f", {fault.column}" if fault.column else "")
    value = f" {fault.value!r}:" if fault.value else ""
    return f"{place}:{value} {fault.reason}"
