"""The kinds of documents: which have a form, how each is begun, checked and written as a file."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel

from signoff.app.web.documents.card_kind import PACKAGE_CARDS, VENUE_CARDS
from signoff.app.web.documents.message_kind import begin_message
from signoff.app.web.forms import Kind, Shape, describe_model
from signoff.brief import Brief, find_faults, read_brief, starter_brief, write_brief
from signoff.errors import Fault, MissingError
from signoff.messages import WrittenMessage, find_message_faults
from signoff.store.register import Version
from signoff.venues import (
    PackageCard,
    VenueCard,
    find_package_card_faults,
    find_venue_faults,
)

__all__ = ["KINDS", "DocumentKind", "form_kind", "kind_of"]

Body = dict[str, Any]


@dataclass(frozen=True)
class DocumentKind:
    """One kind of document.

    Attributes:
        name: Its name in the register.
        word: What one of it is called.
        words: What several are called.
        model: What its fields are; None: it has no form.
        find_faults: Finds everything wrong with a body.
        begin: Gives the body that a new one starts with, from what its address says.
        read_file: Reads a body from a TOML text, or raises with every fault.
        write_file: Writes a body as TOML.
        boxes: Template of its form.
        beside: Template of what stands beside its form; empty for nothing.
        begins_blank: Whether one can be begun from a name alone.
        current: Gives what counts now, where that is more than the newest version.
        keep: Saves a version with all that is kept along with it.
    """

    name: str
    word: Any
    words: Any
    model: type[BaseModel] | None = None
    find_faults: Callable[[Mapping[str, Any]], Sequence[Fault]] = lambda _body: ()
    begin: Callable[[Mapping[str, str]], Body] = lambda _asked: {}
    read_file: Callable[[str], Body] | None = None
    write_file: Callable[[Mapping[str, Any]], str] | None = None
    boxes: str = "forms/_boxes.html"
    beside: str = ""
    begins_blank: bool = False
    current: Callable[[str], Mapping[str, Any] | None] | None = None
    keep: Callable[..., Version] | None = None

    @property
    def has_form(self) -> bool:
        """Whether it can be edited."""
        return self.model is not None

    @property
    def has_file(self) -> bool:
        """Whether it can be had as a file, and given back as one."""
        return self.write_file is not None

    @property
    def shape(self) -> Shape:
        """What its fields are; a kind without a model has none that are known."""
        return describe_model(self.model) if self.model else Shape("", self.name, Kind.SECTION)

    def tidy(self, body: Mapping[str, Any]) -> Body:
        """Give a body without faults as it is kept: what was said, and nothing that was not."""
        if self.model is None:
            return dict(body)
        return _dumped(self.model.model_validate_json(json.dumps(body)))


def kind_of(name: str) -> DocumentKind:
    """Give a kind by its name; one that nothing is known of can be looked at and compared.

    >>> kind_of("brief").model.__name__, kind_of("note").model
    ('Brief', None)
    """
    return KINDS.get(name) or DocumentKind(name, name, name)


def form_kind(name: str) -> DocumentKind:
    """Give a kind that has a form.

    Raises:
        MissingError: there is none.

    >>> form_kind("brief").name
    'brief'
    """
    kind = kind_of(name)
    if kind.model is None:
        with_form = ", ".join(str(one.words) for one in KINDS.values() if one.model)
        raise MissingError(
            gettext("documents of the kind %(kind)s have no form") % {"kind": repr(name)},
            why=gettext("they are written by Signoff itself"),
            fix=gettext("forms there are for: %(kinds)s") % {"kinds": with_form},
        )
    return kind


def _dumped(model: BaseModel) -> Body:
    return model.model_dump(mode="json", exclude_unset=True)


def _begin_brief(_asked: Mapping[str, str]) -> Body:
    return _dumped(read_brief(starter_brief()))


def _read_brief(text: str) -> Body:
    return _dumped(read_brief(text))


def _write_brief(body: Mapping[str, Any]) -> str:
    return write_brief(Brief.model_validate_json(json.dumps(body)))


KINDS = {
    kind.name: kind
    for kind in (
        DocumentKind(
            name="brief",
            word=_("Brief"),
            words=_("Briefs"),
            model=Brief,
            find_faults=find_faults,
            begin=_begin_brief,
            read_file=_read_brief,
            write_file=_write_brief,
            beside="documents/_beside_brief.html",
            begins_blank=True,
        ),
        DocumentKind(
            name="message",
            word=_("Message"),
            words=_("Messages"),
            model=WrittenMessage,
            find_faults=find_message_faults,
            begin=begin_message,
            boxes="documents/_message_boxes.html",
            beside="documents/_beside_message.html",
        ),
        DocumentKind(
            name="venue",
            word=_("Venue"),
            words=_("Venues"),
            model=VenueCard,
            find_faults=find_venue_faults,
            begin=VENUE_CARDS.begin,
            begins_blank=True,
            current=VENUE_CARDS.current,
            keep=VENUE_CARDS.keep,
        ),
        DocumentKind(
            name="package",
            word=_("Package of venues"),
            words=_("Packages of venues"),
            model=PackageCard,
            find_faults=find_package_card_faults,
            begin=PACKAGE_CARDS.begin,
            begins_blank=True,
            current=PACKAGE_CARDS.current,
            keep=PACKAGE_CARDS.keep,
        ),
        DocumentKind("scenario", _("Scenario"), _("Scenarios")),
        DocumentKind("mapping", _("Mapping of columns"), _("Mappings of columns")),
        DocumentKind("plan", _("Plan"), _("Plans")),
    )
}
