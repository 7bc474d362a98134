"""The accounts that a plan advertises to: all of its market but the holdout."""

import json

from signoff.audience import list_market_account_ids, select_market
from signoff.brief import Brief
from signoff.store.lake import duckdb_engine
from signoff.store.register import load_document, load_run
from signoff.store.workspace import Workspace

__all__ = ["list_target_accounts"]


def list_target_accounts(workspace: Workspace, *, run_id: str) -> tuple[str, ...]:
    """Name every account that a plan advertises to, however long the market is.

    Args:
        workspace: The workspace.
        run_id: The plan's run, or the first characters of its id.

    Returns:
        Account ids, sorted; the holdout is not among them, or it would prove nothing.

    Raises:
        DataError: there is no such run, or its snapshot is gone.
    """
    run = load_run(workspace.register, run_id)
    name = run.parameters["brief"]
    version = run.documents[f"brief/{name}"]
    kept = load_document(workspace.register, kind="brief", name=name, version=version)
    brief = Brief.model_validate_json(json.dumps(kept.body))
    plan = load_document(workspace.register, kind="plan", name=run.run_id)
    held_out = frozenset(plan.body["holdout_account_ids"])
    with duckdb_engine(workspace, snapshot=run.lake_snapshot) as engine:
        select_market(
            engine,
            market=brief.market,
            never=brief.never_contact,
            suppressed_account_ids=run.parameters["suppressed_account_ids"],
        )
        return tuple(i for i in list_market_account_ids(engine) if i not in held_out)
