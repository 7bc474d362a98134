"""Models described for forms."""

from enum import StrEnum
from typing import Literal

import pytest
from pydantic import BaseModel, Field

from signoff.app.web.forms import Kind, describe_model, shape_at
from signoff.app.web.forms.labels import LABELS, trail_of
from signoff.app.web.forms.shape import Shape
from signoff.app.web.forms.words import FAMILIES, WORDS
from signoff.brief import Brief
from signoff.messages import WrittenMessage
from signoff.venues import PackageCard, VenueCard

FORMED = [Brief, WrittenMessage, VenueCard, PackageCard]


def every(shape: Shape) -> list[Shape]:
    return [found for part in shape.parts for found in (part, *every(part))]


def test_describe_model_tells_how_each_field_is_filled_in() -> None:
    shape = describe_model(Brief)
    kinds = {path: shape_at(shape, path) for path in ("money.budget", "market.in_market_share")}
    assert {path: found.kind if found else None for path, found in kinds.items()} == {
        "money.budget": Kind.AMOUNT,
        "market.in_market_share": Kind.SHARE,
    }
    role = shape_at(shape, "committee.roles[7].role")
    assert role is not None
    assert (role.kind, role.is_required, role.vocabulary) == (Kind.CHOICE, True, "CommitteeRole")
    assert shape_at(shape, "committee.roles.role") is None
    assert shape_at(shape, "committee[1]") is None


def test_describe_model_reads_literals_and_refuses_what_no_form_shows() -> None:
    class Small(BaseModel):
        unit: Literal["words", "characters"]
        pages: int = Field(3, ge=1, lt=10)

    unit, pages = describe_model(Small).parts
    assert (unit.kind, unit.choices) == (Kind.CHOICE, ("words", "characters"))
    assert (pages.default, pages.limits.low, pages.limits.is_high_open) == (3, 1, True)

    class Strange(BaseModel):
        callback: complex

    with pytest.raises(TypeError, match=r"Strange\.callback"):
        describe_model(Strange)


@pytest.mark.parametrize("model", FORMED)
def test_every_field_has_a_label_a_meaning_and_words(model: type[BaseModel]) -> None:
    shapes = every(describe_model(model))
    assert [shape.key for shape in shapes if shape.key not in LABELS] == []
    assert [shape.key for shape in shapes if not shape.meaning] == []
    rows = {shape.vocabulary for shape in shapes if shape.kind is Kind.ROWS}
    assert [name for name in rows if name not in LABELS] == []
    wordless = {
        (shape.vocabulary, word)
        for shape in shapes
        for word in shape.choices
        if word not in WORDS.get(shape.vocabulary, {}) and shape.vocabulary not in FAMILIES
    }
    assert wordless == set()


def test_trail_of_names_the_way_and_keeps_steps_that_are_not_known() -> None:
    shape = describe_model(Brief)
    assert trail_of(shape, "committee.roles[2].role") == [
        "Buying committee",
        "Role\u00a02",
        "Role",
    ]
    assert trail_of(shape, "market.countries[3]") == ["Market", "Countries", "3"]
    assert trail_of(shape, "money.exchange_rates.GBP") == ["Money", "Exchange rates", "GBP"]
    assert trail_of(shape, "nothing.here") == ["nothing", "here"]


def test_choices_of_an_enumeration_keep_its_order() -> None:
    class Size(StrEnum):
        SMALL = "small"
        LARGE = "large"

    class Shirt(BaseModel):
        size: Size
        others: tuple[Size, ...] = ()

    assert [part.choices for part in describe_model(Shirt).parts] == [("small", "large")] * 2
