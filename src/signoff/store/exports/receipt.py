"""What left, what did not, and what would."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from signoff.errors import Fault
from signoff.results import Result, Row
from signoff.store.exports.reasons import Reason

__all__ = ["ExportReceipt", "ListPreview"]


@dataclass(frozen=True)
class ExportReceipt(Result):
    """What left, and what did not.

    Attributes:
        platform: Which list.
        path: The file.
        n_rows: Lines in it.
        left_out: Why others are not in it, with how many.
        hashed: Whether addresses left as SHA-256.
        notes: What the platform may object to.
    """

    platform: str
    path: Path
    n_rows: int
    left_out: tuple[tuple[Reason, int], ...]
    hashed: bool
    notes: tuple[str, ...] = ()

    def rows(self) -> Sequence[Row]:
        """Give one row for what left and one for each reason."""
        return _outcomes("written", self.n_rows, self.left_out)

    def text(self) -> str:
        """Say in words what was written."""
        said = f"{self.n_rows:,} rows written to {self.path}. Left out: {_reasons(self.left_out)}."
        return "\n".join([said, *self.notes])


@dataclass(frozen=True)
class ListPreview(Result):
    """What would leave; nothing was written.

    Attributes:
        platform: Which list.
        n_rows: Lines it would have.
        left_out: Why others would not be in it, with how many.
        fewest_rows: The platform's smallest list.
        refusal: Why it would be refused; None when it would be written.
        notes: What the platform may object to.
    """

    platform: str
    n_rows: int
    left_out: tuple[tuple[Reason, int], ...]
    fewest_rows: int
    refusal: Fault | None = None
    notes: tuple[str, ...] = ()

    @property
    def n_missing(self) -> int:
        """Rows that are missing for the platform's smallest list."""
        return max(0, self.fewest_rows - self.n_rows)

    def rows(self) -> Sequence[Row]:
        """Give one row for what would leave and one for each reason."""
        missing: list[Row] = [{"outcome": "missing for the platform", "n": self.n_missing}]
        return _outcomes("would be written", self.n_rows, self.left_out) + missing

    def text(self) -> str:
        """Say in words what would be written."""
        said = f"{self.n_rows:,} rows would be written. Left out: {_reasons(self.left_out)}."
        refused = [f"Refused: {self.refusal.text()}"] if self.refusal else []
        return "\n".join([said, *refused, *self.notes])


def _outcomes(kept: str, n_rows: int, left_out: Sequence[tuple[Reason, int]]) -> list[Row]:
    first: list[Row] = [{"outcome": kept, "n": n_rows}]
    return first + [{"outcome": f"left out: {why}", "n": n} for why, n in left_out]


def _reasons(left_out: Sequence[tuple[Reason, int]]) -> str:
    return "; ".join(f"{n:,} {why}" for why, n in left_out) or "nobody"
