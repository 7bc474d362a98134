"""The plan that measurement is about: the one made last."""

from signoff.app.web.place import current_workspace
from signoff.app.web.plans.report_page import kept_text
from signoff.plan import list_plan_runs

__all__ = ["newest_text"]


def newest_text() -> str:
    """Give the newest plan as JSON; empty where none was made."""
    runs = list_plan_runs(current_workspace())
    return kept_text(runs[0].run_id) if runs else ""
