"""Bad cells are mended in the page; the mended rows come in as a file of their own."""

import re
from datetime import UTC, datetime
from pathlib import PurePath
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from signoff.app.web.place import current_workspace
from signoff.errors import DataError
from signoff.store.imports.rejected import RejectedRows, mended_file, read_rows
from signoff.store.imports.upload import choose_for_upload, keep_upload
from signoff.store.register import ImportEntry, load_import

__all__ = ["mend_rows"]

MOST_CELLS = 2000
MOST_ROWS = 50
CELL = re.compile(r"r([0-9]{1,7})c([0-9]{1,4})")
SAID = ("format", "mapping", "currency", "decimal_mark", "date_order")


def mend_rows(request: HttpRequest, import_id: str) -> HttpResponse:
    """Show rows that were given back, each cell to be mended; sent, preview the mended ones."""
    workspace = current_workspace()
    entry = load_import(workspace.register, import_id)
    if request.method != "POST":
        return render(request, "imports/mend.html", _context(request, entry))
    try:
        content, _n_rows = mended_file(workspace, entry.import_id, _read_cells(request.POST))
        upload = keep_upload(
            workspace,
            [content],
            name=f"{PurePath(entry.file_name).stem}-mended.csv",
            by=request.user.email,
            at=datetime.now(UTC),
            mends=entry.import_id,
        )
    except DataError as error:
        context = _context(request, entry) | {"fault": error.fault, "faults": ()}
        return render(request, "imports/mend.html", context, status=400)
    said = {name: entry.mapping[name] for name in SAID if entry.mapping.get(name)}
    choose_for_upload(workspace, upload.upload_id, {**said, "table": entry.table_name})
    return redirect("imports:preview", upload.upload_id)


def _read_cells(sent: QueryDict) -> dict[int, list[str]]:
    """Read the cells by place of their row; the columns come in their order."""
    rows: dict[int, dict[int, str]] = {}
    for name in sent:
        found = CELL.fullmatch(name)
        if found:
            rows.setdefault(int(found[1]), {})[int(found[2])] = sent[name]
    return {number: [cells[place] for place in sorted(cells)] for number, cells in rows.items()}


def _context(request: HttpRequest, entry: ImportEntry) -> dict[str, Any]:
    workspace = current_workspace()
    first = _first(request.GET.get("first", ""))
    n_columns = max(1, len(read_rows(workspace, entry.import_id, limit=0).headings))
    limit = max(1, min(MOST_ROWS, MOST_CELLS // n_columns))
    found = read_rows(workspace, entry.import_id, first=first, limit=limit)
    return {
        "entry": entry,
        "found": found,
        "rows": _rows(found),
        "previous": max(0, first - limit) if first else None,
        "following": first + limit if first + limit < found.n_rows else None,
        "keep": f"mend-{entry.import_id[:8]}-{first}",
    }


def _rows(found: RejectedRows) -> list[dict[str, Any]]:
    return [
        {
            "row": row,
            "whole": row.faults.get("", ""),
            "cells": [
                {"name": f"r{row.number}c{place}", "value": cell, "heading": heading}
                | {"fault": row.faults.get(heading, "")}
                for place, (heading, cell) in enumerate(zip(found.headings, row.cells, strict=True))
            ],
        }
        for row in found.rows
    ]


def _first(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0
