"""The addresses of this area."""

from django.utils.translation import gettext_lazy as _

from signoff.app.web.measure.events import show_events
from signoff.app.web.measure.holdout import show_holdout
from signoff.app.web.measure.spend import show_spend
from signoff.app.web.pages import Page

__all__ = ["PAGES"]

PAGES: tuple[Page, ...] = (
    Page("measure", "measure", show_holdout, menu=_("Measure"), icon="measure"),
    Page("spend", "measure/spend", show_spend),
    Page("events", "measure/events", show_events),
)
