"""The tables of time to yes: approvals by level and role, deals by stage, and their traits."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from signoff.app.web.tables import Head, Table, export_table, show_table
from signoff.audience import DurationStudy, StageStudy
from signoff.results import Cell, Row

__all__ = ["TimingTable", "export_timing", "timing_tables"]


@dataclass(frozen=True)
class TimingTable:
    """A table as the page shows it, with all its rows for a file."""

    table: Table
    rows: Sequence[Row]


def timing_tables(
    request: HttpRequest,
    *,
    address: Sequence[Row],
    approvals: DurationStudy | None,
    stages: StageStudy | None,
) -> list[TimingTable]:
    """Give the tables of the page; those of which nothing is known are left out."""
    shown = [("address", _("By when to address which level"), address)]
    if approvals is not None:
        shown.append(("approvals", _("How long approval takes"), _approval_rows(approvals)))
    if stages is not None:
        shown.append(("deals", _("How long deals take to a win"), _deal_rows(stages)))
        shown.append(("traits", _("What goes with quicker wins"), _trait_rows(stages)))
    return [
        TimingTable(
            show_table(
                request, rows, name=name, caption=caption, heads=_heads(name), prefix=f"{name}-"
            ),
            rows,
        )
        for name, caption, rows in shown
    ]


def export_timing(request: HttpRequest, tables: Sequence[TimingTable]) -> HttpResponse | None:
    """Give the table that the address asks for as a file; nothing where it asks for none."""
    for one in tables:
        form = request.GET.get(f"{one.table.prefix}export")
        if form:
            name = one.table.name
            heads = _heads(name)
            return export_table(request, one.rows, name=f"timing-{name}", heads=heads, form=form)
    return None


def _approval_rows(study: DurationStudy) -> list[Row]:
    kinds = {"request": _("whole request"), "level": _("level"), "role": _("role at a level")}
    return [
        {
            **{name: _hundredths(cell) for name, cell in row.items()},
            "of": kinds.get(str(row["of"]), row["of"]),
        }
        for row in study.rows()
    ]


def _hundredths(cell: Cell) -> Cell:
    """Round days to a quarter of an hour: nobody plans by seconds."""
    return round(cell, 2) if isinstance(cell, float) else cell


def _deal_rows(study: StageStudy) -> list[Row]:
    return [{**row, "from": time.stage or _("the first day")} for row, time in _with_times(study)]


def _with_times(study: StageStudy) -> list[tuple[Row, Any]]:
    return list(zip(study.rows(), study.stages, strict=True))


def _trait_rows(study: StageStudy) -> list[Row]:
    traits = {"product": _("product"), "lead_source": _("source"), "kind": _("kind")}
    return [
        {
            "trait": traits.get(effect.trait, effect.trait),
            "item": effect.item,
            "ratio": effect.won_ratio.value,
            "low": effect.won_ratio.low,
            "high": effect.won_ratio.high,
        }
        for effect in study.effects
    ]


def _heads(name: str) -> tuple[Head, ...]:
    if name == "address":
        return (
            Head("level", _("Level"), kind="number"),
            Head("role", _("Who mostly decides")),
            Head("address_on", _("Address by"), kind="day"),
            Head("usual_on", _("In half of the cases by"), kind="day"),
            Head("median_days", _("Days to the final yes, in half of the cases"), kind="measure"),
            Head("sure_days", _("Days, as surely as asked"), kind="measure"),
        )
    if name == "traits":
        return (
            Head("trait", _("Trait")),
            Head("item", _("Value")),
            Head("ratio", _("Wins a day, against the commonest"), kind="measure"),
            Head("low", _("From"), kind="measure"),
            Head("high", _("To"), kind="measure"),
        )
    counts = (
        Head("n", _("Seen"), kind="number"),
        Head("approved" if name == "approvals" else "won", _("Yes"), kind="number"),
        Head("rejected" if name == "approvals" else "lost", _("No"), kind="number"),
        Head("open", _("Open"), kind="number"),
        Head("median_days", _("Median days"), kind="measure"),
    )
    if name == "deals":
        return (
            Head("from", _("From")),
            *counts,
            Head("p90_days", _("Nine in ten within days"), kind="measure"),
            Head("won_share", _("Won at last"), kind="share"),
            Head("stage_days", _("Days in the stage"), kind="measure"),
        )
    return (
        Head("of", _("Of what")),
        Head("document", _("Document")),
        Head("level", _("Level"), kind="number"),
        Head("role", _("Role")),
        *counts,
        Head("median_low_days", _("From"), kind="measure"),
        Head("median_high_days", _("To"), kind="measure"),
        Head("p90_days", _("Nine in ten within days"), kind="measure"),
        Head("rejected_share", _("Rejected"), kind="share"),
    )
