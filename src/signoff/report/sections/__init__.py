"""The parts of a plan's report, one module for each question it answers."""

from signoff.report.sections.accounts import write_accounts
from signoff.report.sections.committees import write_committees
from signoff.report.sections.measurement import write_measurement
from signoff.report.sections.messages import write_messages
from signoff.report.sections.origins import write_origins, write_run
from signoff.report.sections.summary import write_summary
from signoff.report.sections.venues import write_venues
from signoff.report.sections.weeks import write_weeks

__all__ = [
    "write_accounts",
    "write_committees",
    "write_measurement",
    "write_messages",
    "write_origins",
    "write_run",
    "write_summary",
    "write_venues",
    "write_weeks",
]
