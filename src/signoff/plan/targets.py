"""The accounts that a plan advertises to: all of its market but the holdout."""

from signoff.audience import list_market_account_ids, select_market
from signoff.plan.record import recorded_inputs
from signoff.store.lake import duckdb_engine
from signoff.store.register import load_document
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

    Call it so: `list_target_accounts(workspace, run_id=load_plan(workspace).run_id)`.
    """
    inputs = recorded_inputs(workspace, run_id=run_id)
    plan = load_document(workspace.register, kind="plan", name=inputs.run_id)
    held_out = frozenset(plan.body["holdout_account_ids"])
    with duckdb_engine(workspace, snapshot=inputs.lake_snapshot) as engine:
        select_market(
            engine,
            market=inputs.brief.market,
            never=inputs.brief.never_contact,
            suppressed_account_ids=inputs.suppressed_account_ids,
        )
        return tuple(i for i in list_market_account_ids(engine) if i not in held_out)
