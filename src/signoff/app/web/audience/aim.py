"""What accounts are looked at for: the newest plan's committee, with its fit of each account."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from signoff.app.web.place import current_workspace
from signoff.audience import FitReport
from signoff.brief import Committee
from signoff.plan import list_plan_runs, load_plan

__all__ = ["Aim", "newest_aim"]


@dataclass(frozen=True)
class Aim:
    """Whose roles are counted, and whose fit is shown.

    Attributes:
        plan_id: Run of the newest plan; empty where there is none.
        committee: Committee of its brief; None for all roles.
        brief_name: Name of that brief.
        currency: Currency of that brief; empty where there is none.
        fit: What past deals told when the plan was made; None where there is none.
    """

    plan_id: str = ""
    committee: Committee | None = None
    brief_name: str = ""
    currency: str = ""
    fit: FitReport | None = None


def newest_aim() -> Aim:
    """Give the aim of the newest plan; all roles and no fit where there is none."""
    workspace = current_workspace()
    runs = list_plan_runs(workspace)
    return _aim_of(workspace.path, runs[0].run_id) if runs else Aim()


@lru_cache(maxsize=16)
def _aim_of(_folder: Path, run_id: str) -> Aim:
    """Give the aim of a plan; a kept plan's committee never changes."""
    plan = load_plan(current_workspace(), run_id=run_id)
    return Aim(
        plan.run_id,
        plan.brief.committee,
        plan.brief_name,
        plan.brief.money.currency,
        plan.audience.fit,
    )
