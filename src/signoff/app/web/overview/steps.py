"""The first steps in a workspace: what is done, and what comes next."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from signoff.app.web.place import current_workspace
from signoff.app.web.plans.whereabouts import first_address
from signoff.store.register import ImportState, list_documents, list_imports

__all__ = ["FirstStep", "list_steps"]


@dataclass(frozen=True)
class FirstStep:
    """One step on the way to the first plan.

    Attributes:
        title: What to do.
        words: What it is good for.
        address: The page on which it is done; empty where the visitor may not.
        is_done: Whether it is done.
        is_next: Whether it is the one to do now.
    """

    title: str
    words: str
    address: str
    is_done: bool
    is_next: bool = False


def list_steps(*, has_plan: bool) -> list[FirstStep]:
    """Give the steps to the first plan, with where this workspace stands.

    Args:
        has_plan: Whether a plan was made.
    """
    register = current_workspace().register
    live = {entry.table_name for entry in list_imports(register, state=ImportState.LIVE)}
    upload = first_address(("imports:upload", []), ("imports:imports", []))
    steps = [
        FirstStep(
            _("Import accounts and contacts"),
            _("From your CRM: businesses, and who works there."),
            upload,
            {"account", "contact"} <= live,
        ),
        FirstStep(
            _("Import venues and their prices"),
            _("Where you can advertise, what it costs, whom it reaches."),
            upload,
            {"venue", "rate", "venue_audience"} <= live,
        ),
        FirstStep(
            _("Write the brief"),
            _("One objective, the market, who has to sign, what may be spent."),
            first_address(("documents:new", ["brief"])),
            bool(list_documents(register, kind="brief")),
        ),
        FirstStep(
            _("Make the plan"),
            _("Whom to reach, where, for how much, with what words, and how to prove it."),
            first_address(("plans:new", [])),
            has_plan,
        ),
    ]
    first = next((step for step in steps if not step.is_done), None)
    return [
        FirstStep(step.title, step.words, step.address, step.is_done, is_next=step is first)
        for step in steps
    ]
