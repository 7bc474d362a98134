"""The addresses of this area."""

from django.utils.translation import gettext_lazy as _

from signoff.app.web.pages import Page
from signoff.app.web.rights import Right
from signoff.app.web.venues import planner, scenarios
from signoff.app.web.venues.advice import show_advice
from signoff.app.web.venues.book import show_book
from signoff.app.web.venues.wanted import show_wanted

__all__ = ["PAGES"]

PLAN = Right.PLAN

PAGES: tuple[Page, ...] = (
    Page("venues", "venues", planner.show_newest, menu=_("Venues"), icon="venues"),
    Page("book", "venues/book", show_book),
    Page("planner", "venues/<str:run_id>", planner.show_planner),
    Page("wanted", "venues/<str:run_id>/wanted", show_wanted),
    Page("advice", "venues/<str:run_id>/advice", show_advice),
    Page("answer", "venues/<str:run_id>/answer", planner.show_answer),
    Page("fit", "venues/<str:run_id>/fit", planner.start_fit, reads=None, writes=PLAN),
    Page("new", "venues/<str:run_id>/new", scenarios.new_scenario, reads=None, writes=PLAN),
    Page("scenarios", "venues/<str:run_id>/scenarios", scenarios.show_scenarios),
    Page("adopt", "scenarios/<str:scenario_id>/adopt", scenarios.adopt, reads=None, writes=PLAN),
    Page(
        "withdraw",
        "scenarios/<str:scenario_id>/withdraw",
        scenarios.withdraw,
        reads=None,
        writes=PLAN,
    ),
)
