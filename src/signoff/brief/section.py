"""What all sections of a brief share: a strict, frozen model and the types of its fields."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError

from signoff.brief.addresses import address_fault, hide_addresses
from signoff.brief.codes import COUNTRY_CODES, COUNTRY_HINTS, CURRENCY_CODES, CURRENCY_HINTS

__all__ = [
    "Amount",
    "Country",
    "Currency",
    "Domain",
    "Line",
    "Prose",
    "Rate",
    "Section",
    "Share",
    "refuse",
    "refuse_address",
]


_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)+")


class Section(BaseModel):
    """One part of a brief: no unknown keys, no change after reading."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", str_strip_whitespace=True, use_attribute_docstrings=True
    )

    @field_validator("*", mode="before")
    @classmethod
    def _read_no_flag_as_number(cls, value: Any, info: ValidationInfo) -> Any:
        """Refuse true where a number belongs, and a number where a date belongs."""
        kinds = set(_kinds(cls.model_fields[info.field_name or ""].annotation))
        if isinstance(value, bool) and not kinds.isdisjoint((int, float, Decimal)):
            raise refuse(
                f"'{str(value).lower()}' is not a number",
                why="true and false are answers to yes-or-no questions",
                fix="write a number, such as 12",
            )
        if isinstance(value, int | float | Decimal) and date in kinds:
            raise refuse(
                f"'{value}' is not a date",
                why="a number could mean several days",
                fix="write year-month-day without quotation marks, such as 2027-03-01",
            )
        return value


def _kinds(annotation: Any) -> Iterator[Any]:
    """Give the types that a value may have, without None, limits and the items of lists."""
    if get_origin(annotation) in (Annotated, Union, UnionType):
        for part in get_args(annotation):
            yield from _kinds(part)
    else:
        yield annotation


def refuse(what: str, *, why: str, fix: str) -> PydanticCustomError:
    """Make the error of a field in the three parts that every fault has.

    Args:
        what: What is wrong, with the value.
        why: Why it cannot be used.
        fix: What to write instead.

    Returns:
        An error for a validator to raise.

    >>> refuse("'XX' is no country", why="codes are ISO 3166", fix="write FR").type
    'brief_value'
    """
    return PydanticCustomError("brief_value", "{what}", {"what": what, "why": why, "fix": fix})


def refuse_address() -> PydanticCustomError:
    """Make the error of a field that holds an e-mail address, without repeating it.

    >>> refuse_address().type
    'brief_value'
    """
    fault = address_fault("")
    return refuse(fault.what, why=fault.why, fix=fault.fix)


def _upper(value: Any) -> Any:
    return value.strip().upper() if isinstance(value, str) else value


def _known_country(code: str) -> str:
    if code in COUNTRY_CODES:
        return code
    hint = COUNTRY_HINTS.get(code)
    raise refuse(
        f"'{hide_addresses(code)[:60]}' is not a country code",
        why="countries are matched by their two-letter ISO 3166 code, as accounts and venues are",
        fix=f"write {hint}" if hint else "write the two-letter code, such as FR, DE, GB or US",
    )


def _known_currency(code: str) -> str:
    if code in CURRENCY_CODES:
        return code
    hint = CURRENCY_HINTS.get(code)
    raise refuse(
        f"'{hide_addresses(code)[:60]}' is not a currency code",
        why="prices are matched by the three-letter ISO 4217 code of their currency",
        fix=f"write {hint}" if hint else "write the three-letter code, such as EUR, GBP or USD",
    )


def _one_line(text: str) -> str:
    if any(unicodedata.category(char) in ("Cc", "Zl", "Zp") for char in text):
        raise refuse(
            f"{hide_addresses(text)[:40]!r} runs over more than one line",
            why="this text stands in a table cell and in advertisements",
            fix="write it on one line, without tabs",
        )
    return text


def _bare_domain(text: str) -> str:
    domain = text.lower().removeprefix("https://").removeprefix("http://").removeprefix("www.")
    domain = domain.removeprefix("*.").rstrip("/").removesuffix(".")
    if "@" in domain:
        raise refuse_address()
    if not _DOMAIN.fullmatch(domain):
        raise refuse(
            f"'{text}' is not a web domain",
            why="accounts are matched by their bare domain",
            fix="write it like example.com, without a path",
        )
    return domain


Line = Annotated[str, Field(min_length=1, max_length=300), AfterValidator(_one_line)]
"""A text on one line, not empty."""
Prose = Annotated[str, Field(max_length=5000)]
"""A text that may run over several lines, or be empty."""
Amount = Annotated[Decimal, Field(ge=0, max_digits=18, decimal_places=2, allow_inf_nan=False)]
"""Money, to the cent."""
Rate = Annotated[Decimal, Field(gt=0, max_digits=24, decimal_places=12, allow_inf_nan=False)]
"""Units of the brief's currency for one unit of another."""
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
"""A share from 0 to 1, never percent."""
Country = Annotated[str, BeforeValidator(_upper), AfterValidator(_known_country)]
"""A two-letter ISO 3166 code."""
Currency = Annotated[str, BeforeValidator(_upper), AfterValidator(_known_currency)]
"""A three-letter ISO 4217 code."""
Domain = Annotated[str, Field(min_length=1, max_length=253), AfterValidator(_bare_domain)]
"""A web domain, lower case, without www."""
