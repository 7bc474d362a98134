"""The addresses of this area."""

from django.utils.translation import gettext_lazy as _

from signoff.app.web.pages import Page
from signoff.app.web.plans.comparing import show_comparison
from signoff.app.web.plans.downloads import download_plan, download_table
from signoff.app.web.plans.listing import show_plans
from signoff.app.web.plans.making import make_again, new_plan
from signoff.app.web.plans.plan_page import show_plan
from signoff.app.web.plans.why import show_why
from signoff.app.web.rights import Right

__all__ = ["PAGES"]

PAGES: tuple[Page, ...] = (
    Page("plans", "plans", show_plans, menu=_("Plans"), icon="plans"),
    Page("new", "plans/new", new_plan, reads=Right.PLAN, writes=Right.PLAN),
    Page("compare", "plans/compare", show_comparison),
    Page("show", "plans/<str:run_id>", show_plan),
    Page("again", "plans/<str:run_id>/again", make_again, reads=Right.PLAN, writes=Right.PLAN),
    Page("why", "plans/<str:run_id>/why", show_why),
    Page("table", "plans/<str:run_id>/table", download_table),
    Page("download", "plans/<str:run_id>/download/<str:ending>", download_plan),
)
