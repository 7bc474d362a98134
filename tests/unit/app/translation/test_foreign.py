"""What pydantic, the reader of TOML and the operating system say is French on pages."""

import os
import tomllib
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field, HttpUrl, ValidationError, field_validator

from signoff.app.cli.failure import REMEDIES
from signoff.app.translation import is_foreign, translate


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Order(BaseModel):
    model_config = {"extra": "forbid"}

    name: Annotated[str, Field(min_length=2, max_length=5, pattern="^[a-z]+$")]
    count: Annotated[int, Field(ge=1, lt=10, multiple_of=2)]
    share: Annotated[float, Field(gt=0, le=1, allow_inf_nan=False)]
    price: Annotated[Decimal, Field(max_digits=4, decimal_places=2)]
    is_urgent: bool
    due_on: date
    sent_at: datetime
    colour: Colour
    size: Literal["small", "large"]
    tags: Annotated[list[str], Field(min_length=1, max_length=2)]
    notes: dict[str, str]
    address: HttpUrl

    @field_validator("name")
    @classmethod
    def _is_free(cls, name: str) -> str:
        if name == "taken":
            raise ValueError("try again")
        return name


RIGHT: dict[str, Any] = {
    "name": "abc",
    "count": 2,
    "share": 0.5,
    "price": "1.50",
    "is_urgent": True,
    "due_on": "2026-01-31",
    "sent_at": "2026-01-31T10:00",
    "colour": "red",
    "size": "small",
    "tags": ["a"],
    "notes": {},
    "address": "https://example.com/",
}
WRONG: list[tuple[str, Any]] = [
    *(("name", value) for value in ("a", "abcdef", "ABC", 3, None, "taken")),
    *(("count", value) for value in ("x", 1.5, 0, 10, 3, None, "9" * 5000)),
    *(("share", value) for value in ("x", 0, 2, float("inf"), None)),
    *(("price", value) for value in ("x", "1.234", "12345", "123.45", None, float("nan"))),
    *(("is_urgent", value) for value in ("perhaps", None, 7)),
    *(("due_on", value) for value in ("x", "2026-02-30", "2026-01-31T10:00", None, "31/01/2026")),
    *(("sent_at", value) for value in ("x", "2026-02-30T10:00", None)),
    *(("colour", value) for value in ("green", None)),
    *(("size", value) for value in ("medium", None)),
    *(("tags", value) for value in ([], ["a", "b", "c"], "x", None, [1])),
    *(("notes", value) for value in ("x", None, {"a": 1}, {1: "a"})),
    *(("address", value) for value in ("x", "ftp://example.com", None, 3)),
    ("surplus", 1),
]


@pytest.mark.parametrize(("field", "value"), WRONG)
def test_translate_pydantic_message_is_french(field: str, value: object) -> None:
    with pytest.raises(ValidationError) as caught:
        Order.model_validate(RIGHT | {field: value})
    told = [error["msg"] for error in caught.value.errors()]
    assert [text for text in told if is_foreign(text, language="fr")] == []


def test_translate_pydantic_missing_field_is_french() -> None:
    with pytest.raises(ValidationError) as caught:
        Order.model_validate({})
    assert {translate(e["msg"], language="fr") for e in caught.value.errors()} == {
        "ce champ est nécessaire"
    }


@pytest.mark.parametrize(
    "text", ["a =", "a = 1 2", "= 1", 'a = "x', "a = [1", "a = 1\na = 2", "[a]\n[a]", "a = x", "[a"]
)
def test_translate_toml_message_is_french(text: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        tomllib.loads(text)
    assert not is_foreign(str(caught.value), language="fr")


@pytest.mark.parametrize("number", sorted(REMEDIES))
def test_translate_refusal_of_the_machine_is_french(number: int) -> None:
    assert not is_foreign(os.strerror(number), language="fr")
