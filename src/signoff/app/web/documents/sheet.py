"""A document's form in hand: what stands in it, from which version, and what is wrong with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from signoff.app.translation import translate_fault
from signoff.app.web.documents.kinds import DocumentKind
from signoff.app.web.forms import (
    Form,
    RowAct,
    Typed,
    build_form,
    change_rows,
    pick_typed,
    read_typed,
    type_body,
)
from signoff.errors import DataError, Fault

__all__ = ["Sheet", "blank_sheet", "reader_language", "sent_sheet"]


@dataclass
class Sheet:
    """A form in hand.

    Attributes:
        kind: Kind of its document.
        name: Name of its document.
        base_version: Version it was begun from; 0 for a document not saved yet.
        typed: What stands in its boxes.
        faults: What is wrong, in the reader's language.
        attention: Name of the box that the reader's attention goes to.
    """

    kind: DocumentKind
    name: str
    base_version: int
    typed: Typed
    faults: Sequence[Fault] = field(default_factory=list)
    attention: str = ""

    @property
    def form(self) -> Form:
        """The boxes, for the template."""
        return build_form(
            self.kind.shape,
            self.typed,
            language=reader_language(),
            faults=self.faults,
            attention=self.attention,
        )

    def check(self) -> dict[str, Any]:
        """Read the document and find everything wrong with it.

        Returns:
            The body; to be kept only if there are no faults.
        """
        language = reader_language()
        reading = read_typed(self.kind.shape, self.typed, language=language)
        found = self.kind.find_faults(reading.body)
        told = tuple(translate_fault(fault, language=language) for fault in found)
        self.faults = reading.with_model_faults(told)
        return reading.body

    def change_rows(self, act: RowAct) -> None:
        """Add, remove or move a row."""
        self.typed, self.attention = change_rows(
            self.kind.shape, self.typed, act=act, language=reader_language()
        )


def blank_sheet(
    kind: DocumentKind, name: str, *, body: Mapping[str, Any], base_version: int
) -> Sheet:
    """Put a document into its form.

    Args:
        kind: Its kind.
        name: Its name.
        body: What stands in it.
        base_version: Which version that is; 0 for none.
    """
    typed = type_body(kind.shape, body, language=reader_language())
    return Sheet(kind, name, base_version, typed)


def sent_sheet(request: HttpRequest, *, kind: DocumentKind, name: str) -> Sheet:
    """Read a form from what was sent.

    Args:
        request: Carries the boxes and the version it was begun from.
        kind: Kind of document.
        name: Its name.

    Raises:
        DataError: it does not say from which version it was begun.
    """
    base_version = read_version(request, "base_version")
    return Sheet(kind, name, base_version, pick_typed(kind.shape, request.POST))


def read_version(request: HttpRequest, name: str) -> int:
    """Read the number of a version from what was sent.

    Raises:
        DataError: it is none.
    """
    text = request.POST.get(name, "") or request.GET.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise DataError(
            _("%(text)s is not the number of a version") % {"text": repr(text[:20])},
            why=_("versions are numbered from 1"),
            fix=_("open the document again from the list"),
            where=name,
        )
    return int(text)


def reader_language() -> str:
    """Give the language in which the reader types and reads.

    >>> reader_language()
    'en'
    """
    return get_language() or "en"
