"""What the person who imports may decide."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

__all__ = ["ImportOptions", "OnProgress"]

OnProgress = Callable[[str, int], None]


@dataclass(frozen=True)
class ImportOptions:
    """Decisions about one import; what is left empty is found out from the file.

    Attributes:
        by: Who imports.
        at: When, UTC.
        table: What the file is imported as: a table of the lake, or "contact".
        format: Name of the format, where detection errs.
        mapping: Source column to column here; "" leaves the source column out. A key that begins
            with "=" is a constant: {"=2026-01-01": "starts_on"}.
        currency: ISO 4217 code of amounts whose row has none; else that of the workspace.
        decimal_mark: "." or ",", where the file cannot tell.
        date_order: "dmy" or "mdy", where the file cannot tell.
        largest_bad_share: More bad rows than this share and nothing is imported, 0 to 1.
        job_id: The job that imports; kept with the import, so that the job, begun anew after a
            kill, knows what it did.
        mends: The import whose rows the file holds, mended.
    """

    by: str
    at: datetime
    table: str = ""
    format: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)
    currency: str = ""
    decimal_mark: str = ""
    date_order: str = ""
    largest_bad_share: float = 0.5
    job_id: str = ""
    mends: str = ""

    def constants(self) -> dict[str, str]:
        """Give the constants of the mapping: target column and value."""
        return {to: key[1:] for key, to in self.mapping.items() if key.startswith("=")}

    def columns(self) -> dict[str, str]:
        """Give the mapping without its constants."""
        return {key: to for key, to in self.mapping.items() if not key.startswith("=")}

    def said(self) -> dict[str, object]:
        """Give the decisions that change what an import means, for the ledger."""
        named = {
            "format": self.format,
            "mapping": dict(self.mapping),
            "currency": self.currency,
            "decimal_mark": self.decimal_mark,
            "date_order": self.date_order,
        }
        return {name: value for name, value in named.items() if value}

    def origin(self) -> dict[str, str]:
        """Give where the import comes from, for the ledger; it changes nothing it means."""
        named = {"job_id": self.job_id, "mends": self.mends}
        return {name: value for name, value in named.items() if value}
