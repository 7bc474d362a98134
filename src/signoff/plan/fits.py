"""The fit of a plan: made once as a job, kept, and read by every page that asks for a budget."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from signoff.errors import DataError, MissingError
from signoff.plan.compose import PlanInputs, define_market
from signoff.plan.record import load_plan, recorded_inputs
from signoff.store.engines import Engine
from signoff.store.lake import duckdb_engine
from signoff.store.register import document_history, save_document
from signoff.store.workspace import Workspace
from signoff.venues import (
    FittedVenues,
    MarketCells,
    VenueFacts,
    fit_facts,
    list_facts,
    pack_cells,
    pack_venues,
    unpack_cells,
    unpack_venues,
)

__all__ = ["KeptFit", "find_fit", "fit_plan", "list_plan_facts", "load_fit"]

KIND = "fit"


@dataclass(frozen=True, eq=False)
class KeptFit:
    """What is kept of a fit.

    Attributes:
        venues: Answers budgets.
        cells: Accounts of the plan's market as cells, without names or ids.
    """

    venues: FittedVenues
    cells: MarketCells


def fit_plan(workspace: Workspace, *, run_id: str, by: str, at: datetime) -> FittedVenues:
    """Fit a kept plan, so that any other budget is answered at once, and keep the fit.

    Args:
        workspace: The workspace.
        run_id: The plan's run, or the first characters of its id.
        by: Who asks for it.
        at: When, in UTC.

    Returns:
        The fit; the kept one where there is one, so that a job that is begun again does no harm.

    Raises:
        MissingError: there is no such plan.
        DataError: the snapshot is gone, or an earlier Signoff made the plan and this one finds
            something else.

    Call it in a job, since it takes seconds to a minute: `fit_plan(workspace, run_id=run_id,
    by="ann", at=datetime.now(UTC)).at_budget(Decimal(80_000))`.
    """
    plan = load_plan(workspace, run_id=run_id)
    kept = find_fit(workspace, run_id=plan.run_id)
    if kept is not None:
        return kept.venues
    inputs = recorded_inputs(workspace, run_id=plan.run_id)
    with duckdb_engine(workspace, snapshot=inputs.lake_snapshot) as engine:
        facts = list_plan_facts(engine, inputs)
    fitted = fit_facts(facts, brief=inputs.brief, plan=plan.venues)
    body = {
        "venues": base64.b64encode(pack_venues(fitted)).decode(),
        "cells": base64.b64encode(pack_cells(facts.cells)).decode(),
    }
    save_document(workspace.register, kind=KIND, name=plan.run_id, body=body, author=by, at=at)
    return fitted


def load_fit(workspace: Workspace, *, run_id: str) -> FittedVenues:
    """Give the kept fit of a plan; it takes milliseconds and can stay in memory.

    Args:
        workspace: The workspace.
        run_id: The plan's run, its whole id.

    Returns:
        The fit.

    Raises:
        MissingError: the plan has not been fitted, or by another version of Signoff.

    Call it for a slider: `load_fit(workspace, run_id=plan.run_id).at_budget(Decimal(80_000))`.
    """
    kept = find_fit(workspace, run_id=run_id)
    if kept is None:
        raise MissingError(
            f"the plan {run_id[:8]} has not been fitted",
            why="no fit of it is kept that this Signoff can read",
            fix="fit it: fit_plan, as a job",
        )
    return kept.venues


def find_fit(workspace: Workspace, *, run_id: str) -> KeptFit | None:
    """Give the kept fit of a plan with its cells; None where none can be read."""
    kept = document_history(workspace.register, kind=KIND, name=run_id)
    if not kept:
        return None
    return _read(max(kept, key=lambda version: version.version).body)


def list_plan_facts(
    engine: Engine, inputs: PlanInputs, *, cells: MarketCells | None = None
) -> VenueFacts:
    """Give what the venues part of a plan is made from.

    Args:
        engine: Reads the plan's snapshot.
        inputs: What the plan is made from.
        cells: Accounts counted before for the same market, holdout and roles.
    """
    if cells is None:
        define_market(engine, inputs)
    return list_facts(engine, brief=inputs.brief, cells=cells, as_of=inputs.as_of)


def _read(body: Mapping[str, Any]) -> KeptFit | None:
    """Give what a document holds; None where another version of Signoff wrote it."""
    try:
        return KeptFit(
            venues=unpack_venues(base64.b64decode(body["venues"])),
            cells=unpack_cells(base64.b64decode(body["cells"])),
        )
    except (DataError, ValueError, KeyError):
        return None
