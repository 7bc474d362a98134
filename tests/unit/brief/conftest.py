"""A brief without faults, as tables and values, for tests to spoil."""

import tomllib
from decimal import Decimal
from typing import Any

import pytest

from signoff.brief import Brief, starter_brief


@pytest.fixture
def tables() -> dict[str, Any]:
    """Give the starter brief as TOML reads it."""
    return tomllib.loads(starter_brief(), parse_float=Decimal)


@pytest.fixture
def brief(tables: dict[str, Any]) -> Brief:
    """Give the starter brief."""
    return Brief.model_validate(tables)
