"""The reader's words for kinds of jobs, their steps and where they stand."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

__all__ = ["KIND_WORDS", "STATE_WORDS", "STEP_WORDS", "kind_word", "step_word"]

STATE_WORDS = {
    "waiting": pgettext_lazy("state of a job", "waiting"),
    "running": pgettext_lazy("state of a job", "running"),
    "done": pgettext_lazy("state of a job", "done"),
    "failed": pgettext_lazy("state of a job", "failed"),
    "cancelled": pgettext_lazy("state of a job", "cancelled"),
}
KIND_WORDS = {
    "import_file": _("Import of a file"),
    "import_files": _("Import of several files"),
    "undo_import": _("Taking an import back"),
    "make_plan": _("Making a plan"),
    "repeat_plan": _("Making a plan again"),
    "write_report": _("Writing a report"),
    "backup": _("Backup"),
    "erase_person": _("Erasing a person"),
    "load_sample": _("Loading the sample campaign"),
    "undo_sample": _("Taking the sample campaign back"),
    "fit_plan": _("Fitting the budget slider"),
    "make_scenario": _("Making a scenario"),
    "adopt_scenario": _("Making a scenario the plan"),
    "find_duplicates": _("Looking for duplicate accounts"),
}
STEP_WORDS = {
    "start": pgettext_lazy("step of a job", "Starting"),
    "import": pgettext_lazy("step of a job", "Importing"),
    "hashing": pgettext_lazy("step of a job", "Reading the file through"),
    "reading": pgettext_lazy("step of a job", "Reading rows"),
    "checking": pgettext_lazy("step of a job", "Checking rows"),
    "storing contacts": pgettext_lazy("step of a job", "Storing contacts"),
    "writing": pgettext_lazy("step of a job", "Writing rows"),
    "publishing": pgettext_lazy("step of a job", "Making the rows count"),
    "sample": pgettext_lazy("step of a job", "Importing the files of the sample"),
    "clear": pgettext_lazy("step of a job", "Removing the uploaded file"),
    "undo": pgettext_lazy("step of a job", "Taking rows back"),
    "plan": pgettext_lazy("step of a job", "Planning"),
    "market": pgettext_lazy("step of a job", "Choosing the market"),
    "committees": pgettext_lazy("step of a job", "Studying committees"),
    "venues": pgettext_lazy("step of a job", "Spreading the money"),
    "messages": pgettext_lazy("step of a job", "Writing messages"),
    "measurement": pgettext_lazy("step of a job", "Preparing the measurement"),
    "repeat": pgettext_lazy("step of a job", "Making it again and comparing"),
    "write": pgettext_lazy("step of a job", "Writing files"),
    "back_up": pgettext_lazy("step of a job", "Copying register and facts"),
    "erase": pgettext_lazy("step of a job", "Erasing"),
    "suppressing": pgettext_lazy("step of a job", "Seeing that the person never comes back"),
    "awaiting imports": pgettext_lazy("step of a job", "Waiting for imports that run"),
    "scrubbing": pgettext_lazy("step of a job", "Searching files"),
    "rewriting backups": pgettext_lazy("step of a job", "Searching backups, writing them anew"),
    "forgetting": pgettext_lazy("step of a job", "Erasing from register and facts"),
    "fit": pgettext_lazy("step of a job", "Fitting reach to money"),
    "scenario": pgettext_lazy("step of a job", "Computing the scenario"),
    "adopt": pgettext_lazy("step of a job", "Planning as the scenario says"),
    "compare": pgettext_lazy("step of a job", "Comparing accounts"),
    "keep": pgettext_lazy("step of a job", "Keeping the pairs found"),
}


def kind_word(kind: str) -> Any:
    """Give the reader's word for a kind of job; its key where there is none."""
    return KIND_WORDS.get(kind, kind)


def step_word(name: str) -> Any:
    """Give the reader's word for a step; its key where there is none."""
    return STEP_WORDS.get(name, name)
