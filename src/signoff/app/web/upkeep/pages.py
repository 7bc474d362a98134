"""The addresses of this area."""

from django.utils.translation import gettext_lazy as _

from signoff.app.web.pages import Page
from signoff.app.web.rights import Right
from signoff.app.web.upkeep import backups, persons
from signoff.app.web.upkeep.design import show_design
from signoff.app.web.upkeep.erased import show_erased
from signoff.app.web.upkeep.health import answer_health, show_health
from signoff.app.web.upkeep.preferences import edit_preferences
from signoff.app.web.upkeep.trail import show_trail

__all__ = ["PAGES"]

OWN = Right.MANAGE

PAGES: tuple[Page, ...] = (
    Page(
        "preferences",
        "settings",
        edit_preferences,
        reads=OWN,
        writes=OWN,
        menu=_("Settings"),
        icon="upkeep",
    ),
    Page("persons", "settings/persons", persons.show_persons, reads=OWN),
    Page("disclose", "settings/persons/disclose", persons.disclose, reads=None, writes=OWN),
    Page("erase", "settings/persons/erase", persons.erase, reads=None, writes=OWN),
    Page("erased", "settings/persons/erased/<str:request_id>", show_erased, reads=OWN),
    Page("suppress", "settings/persons/suppress", persons.suppress_value, reads=None, writes=OWN),
    Page("lift", "settings/persons/lift", persons.lift, reads=None, writes=OWN),
    Page("trail", "settings/audit", show_trail, reads=OWN),
    Page("backups", "settings/backups", backups.show_backups, reads=OWN),
    Page("make_backup", "settings/backups/new", backups.make_backup, reads=None, writes=OWN),
    Page("state", "settings/health", show_health, reads=OWN),
    Page("health", "health", answer_health, reads=Right.ANYBODY),
    Page("design", "design", show_design, reads=Right.SEE),
)
