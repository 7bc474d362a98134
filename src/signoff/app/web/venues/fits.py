"""Fits that this process keeps in memory, so that a slider is answered at once."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from signoff.app.web.place import current_workspace
from signoff.errors import MissingError
from signoff.plan import load_fit
from signoff.venues import FittedVenues

__all__ = ["fit_of", "require_fit"]

MOST_FITS = 16


def fit_of(run_id: str) -> FittedVenues | None:
    """Give the fit of a plan; None where it has not been fitted yet.

    Args:
        run_id: The plan's run, its whole id.
    """
    try:
        return _loaded(Path(settings.SIGNOFF_WORKSPACE), run_id)
    except MissingError:
        return None


def require_fit(run_id: str) -> FittedVenues:
    """Give the fit of a plan.

    Args:
        run_id: The plan's run, its whole id.

    Raises:
        MissingError: it has not been fitted yet.
    """
    fitted = fit_of(run_id)
    if fitted is None:
        raise MissingError(
            f"the plan {run_id[:8]} has not been fitted",
            why="other budgets are answered from a fit of the plan",
            fix="fit it on the page of its venues",
        )
    return fitted


@lru_cache(maxsize=MOST_FITS)
def _loaded(_folder: Path, run_id: str) -> FittedVenues:
    return load_fit(current_workspace(), run_id=run_id)
