"""A first look at an uploaded file: headings, first values, and which column becomes what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from signoff.errors import DataError
from signoff.store.imports.detect import Detected, detect_source
from signoff.store.imports.options import ImportOptions
from signoff.store.imports.remembered import RememberedMapping, recall_mapping
from signoff.store.imports.source import Source, open_source
from signoff.store.imports.target import Target, find_target
from signoff.store.imports.upload import Upload
from signoff.store.workspace import Workspace

__all__ = ["Look", "look_at_upload"]

SAMPLES = 3
SAMPLE_LETTERS = 60
NOBODY = datetime(1970, 1, 1, tzinfo=UTC)
ANY_TABLE = "account"  # the heading is found alike whatever the rows are


@dataclass(frozen=True)
class Look:
    """What is known of an upload before its rows are judged.

    Attributes:
        headings: Its headings.
        samples: First values, by heading.
        choices: What is chosen so far: by the person, else as remembered.
        remembered: The mapping used before for the same or nearly the same headings.
        detected: What it is taken for with these choices; None when that cannot be told.
        usual: Which column becomes what when nothing is chosen but the table.
        fault: Why it cannot be told what it is.
    """

    headings: tuple[str, ...]
    samples: Mapping[str, tuple[str, ...]]
    choices: Mapping[str, Any]
    remembered: RememberedMapping | None
    detected: Detected | None
    usual: Mapping[str, str]
    fault: DataError | None = None

    @property
    def target(self) -> Target | None:
        """What it is imported as."""
        return find_target(self.detected.table) if self.detected else None

    def lacking(self) -> tuple[str, ...]:
        """Name the columns that every row needs and nothing gives."""
        if self.detected is None or self.target is None:
            return ()
        given = {*self.detected.mapping.values(), *self.detected.constants}
        return tuple(name for name in self.target.required() if name not in given)


def look_at_upload(workspace: Workspace, upload: Upload, *, table: str = "") -> Look:
    """Look at an uploaded file; nothing is stored.

    Args:
        workspace: The workspace.
        upload: The upload.
        table: What it shall be imported as, in place of what was chosen; empty to leave it.

    Returns:
        What is known of it.

    Raises:
        DataError: the file cannot be read at all, or nothing is imported under that name.
    """
    if table:
        find_target(table)
    source = open_source(upload.path)
    bare = detect_source(source, options=_options({"table": ANY_TABLE}))
    remembered = recall_mapping(workspace, bare.headings)
    choices = _choices(upload, remembered, table=table)
    detected, fault = _detect(source, choices)
    return Look(
        headings=bare.headings,
        samples=_samples(source, bare),
        choices=choices,
        remembered=remembered,
        detected=detected,
        usual=_usual(source, detected),
        fault=fault,
    )


def _choices(
    upload: Upload, remembered: RememberedMapping | None, *, table: str
) -> Mapping[str, Any]:
    chosen = upload.choices or (remembered.choices if remembered else {})
    if table and chosen.get("table") != table:
        return {"table": table}
    return chosen


def _detect(source: Source, choices: Mapping[str, Any]) -> tuple[Detected | None, DataError | None]:
    try:
        return detect_source(source, options=_options(choices)), None
    except DataError as error:
        return None, error


def _usual(source: Source, detected: Detected | None) -> Mapping[str, str]:
    if detected is None:
        return {}
    return detect_source(source, options=_options({"table": detected.table})).mapping


def _samples(source: Source, detected: Detected) -> dict[str, tuple[str, ...]]:
    below = (record for record in source.records() if record.line > detected.heading_line)
    rows = [record.cells for record in islice(below, SAMPLES)]
    return {
        heading: tuple(cells[place][:SAMPLE_LETTERS] for cells in rows if place < len(cells))
        for place, heading in enumerate(detected.headings)
    }


def _options(choices: Mapping[str, Any]) -> ImportOptions:
    return ImportOptions(by="", at=NOBODY, **choices)
