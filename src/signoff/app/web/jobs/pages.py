"""The addresses of this area."""

from django.utils.translation import gettext_lazy as _

from signoff.app.web.jobs.badge import show_badge
from signoff.app.web.jobs.job_page import cancel, resume, show_job
from signoff.app.web.jobs.listing import show_jobs
from signoff.app.web.pages import Page
from signoff.app.web.rights import Right

__all__ = ["PAGES"]

PAGES: tuple[Page, ...] = (
    Page("jobs", "jobs", show_jobs, menu=_("Jobs"), icon="jobs"),
    # asked every few seconds: whoever's session ended meanwhile is not torn from a form
    Page("badge", "jobs/badge", show_badge, reads=Right.ANYBODY),
    Page("show", "jobs/<str:job_id>", show_job),
    Page("cancel", "jobs/<str:job_id>/cancel", cancel, reads=None, writes=Right.PLAN),
    Page("resume", "jobs/<str:job_id>/resume", resume, reads=None, writes=Right.PLAN),
)
