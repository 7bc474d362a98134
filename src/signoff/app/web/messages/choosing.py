"""Which brief the pages of messages are about."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from signoff.app.web.place import current_workspace
from signoff.brief import Brief
from signoff.store.register import Version, list_headings, load_document

__all__ = ["Choice", "choose_brief"]


@dataclass(frozen=True)
class Choice:
    """The brief that was chosen.

    Attributes:
        names: Every brief there is, by name.
        version: The chosen one in its newest version; None where there is no brief at all.
        brief: The same, read.
    """

    names: Sequence[str]
    version: Version | None = None
    brief: Brief | None = None

    @property
    def name(self) -> str:
        """Its name."""
        return self.version.name if self.version else ""


def choose_brief(request: HttpRequest) -> Choice:
    """Give the brief that the address names, else the one that was saved last.

    Args:
        request: Whose address may name a brief.

    Raises:
        MissingError: it names one that there is not.
    """
    register = current_workspace().register
    headings = list_headings(register, kinds=["brief"])
    names = sorted(one.name for one in headings)
    asked = request.GET.get("brief", "") or (headings[0].name if headings else "")
    if not asked:
        return Choice(names)
    version = load_document(register, kind="brief", name=asked)
    return Choice(names, version, Brief.model_validate_json(json.dumps(version.body)))
