"""Writes a list where its owner alone reads it, whole or not at all."""

import csv
import io
from datetime import datetime
from pathlib import Path

from signoff.store.exports.options import ListOptions
from signoff.store.exports.platforms import RULES, Platform
from signoff.store.exports.refusals import refuse_large_file
from signoff.store.exports.rows import Audience
from signoff.store.workspace import Workspace

__all__ = ["write_list"]


def write_list(
    workspace: Workspace,
    platform: Platform,
    audience: Audience,
    *,
    options: ListOptions,
    at: datetime,
) -> Path:
    """Write the lines of a list into the workspace's folder of exports.

    Args:
        workspace: The workspace.
        platform: Which list.
        audience: Its lines.
        options: Decisions about it.
        at: When, UTC; part of the name.

    Returns:
        The file.

    Raises:
        DataError: it is larger than the platform takes.
    """
    text = io.StringIO()
    headings = RULES[platform].headings(hashed=options.hashed)
    writer = csv.DictWriter(text, headings, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(audience.lines)
    body = text.getvalue().encode("utf-8")
    refuse_large_file(platform, len(body))
    workspace.exports_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    kind = "-exclude-clients" if options.is_exclusion else ""
    path = workspace.exports_dir / f"{platform.value}{kind}-{at:%Y%m%dT%H%M%S%f}.csv"
    while path.exists():  # a clock may go back
        path = path.with_name(f"{path.stem}-again.csv")
    unfinished = path.with_suffix(".unfinished")
    try:
        unfinished.touch(mode=0o600)
        unfinished.write_bytes(body)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)  # half a list holds people
    return path
