"""A message in its form: each part with its length, its limit and what the house would say."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from signoff.app.web.documents.message_kind import compose_message, load_kept_brief
from signoff.app.web.documents.sheet import Sheet
from signoff.app.web.forms import Box, Form
from signoff.errors import DataError
from signoff.messages import AdFormat, PartRule, ad_formats, build_house
from signoff.messages.formats import text_length

__all__ = ["MeasuredPart", "look_at_message", "measure_parts"]


@dataclass(frozen=True)
class MeasuredPart:
    """One part in the form.

    Attributes:
        row: The row.
        part: Box that says which part it is.
        text: Box of the words.
        rule: What the format allows; None while the part is not chosen.
        length: Length of the words, in the unit of the rule.
    """

    row: Box
    part: Box
    text: Box
    rule: PartRule | None
    length: int

    @property
    def is_over(self) -> bool:
        """Whether it is longer than its platform takes."""
        return self.rule is not None and self.length > self.rule.limit

    @property
    def is_long(self) -> bool:
        """Whether it is longer than advised, and not yet too long."""
        advised = self.rule.advised if self.rule else None
        return advised is not None and self.length > advised and not self.is_over


def measure_parts(form: Form, ad_format: AdFormat) -> list[MeasuredPart]:
    """Measure every part of a message as it stands in its form.

    Args:
        form: The boxes.
        ad_format: Whose limits hold.
    """
    rules = {rule.name: rule for rule in ad_format.parts}
    listed = next(box for box in form.sections if box.name == "parts")
    measured = []
    for row in listed.parts:
        part, text = row.parts
        rule = rules.get(part.text)
        length = text_length(text.text.strip(), unit=rule.unit if rule else "characters")
        measured.append(MeasuredPart(row, part, text, rule, length))
    return measured


def look_at_message(sheet: Sheet) -> dict[str, Any]:
    """Give what the form of a message shows besides its boxes.

    Args:
        sheet: The form of a message.
    """
    said = {name: "".join(sheet.typed.get(name, [])) for name in ("format", "brief", "role")}
    ad_format = ad_formats().get(said["format"])
    if ad_format is None:
        return {}
    form = sheet.form
    listed = next(box for box in form.sections if box.name == "parts")
    return {
        "form": form,
        "listed": listed,
        "ad_format": ad_format,
        "measured": measure_parts(form, ad_format),
        "identity": [box for box in form.top.parts if box.name in IDENTITY],
        "plain_boxes": [box for box in form.top.parts if box.name not in IDENTITY],
        **_house_of(sheet, said["brief"], said["role"]),
    }


IDENTITY: Sequence[str] = ("brief", "role", "venue", "format")


def _house_of(sheet: Sheet, brief_name: str, role: str) -> dict[str, Any]:
    """Give what the message house has for this role, and its own words for this venue."""
    try:
        brief = load_kept_brief(brief_name)
        venue = "".join(sheet.typed.get("venue", []))
        own = compose_message(brief, role=role, venue_id=venue)
    except DataError:
        return {}  # the message outlives its brief and its venue
    house = next((one for one in build_house(brief).roles if one.role == role), None)
    return {"house": house, "own": own}
