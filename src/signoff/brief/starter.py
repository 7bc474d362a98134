"""A brief to start from, and the schema by which editors help to fill it in."""

from importlib import resources
from typing import Any

from signoff.brief.model import Brief

__all__ = ["brief_schema", "starter_brief"]


def starter_brief() -> str:
    """Give a commented brief with sample values, ready to be changed.

    Returns:
        TOML text that can be planned from as it is.

    >>> starter_brief().splitlines()[0]
    '#:schema ./brief.schema.json'
    """
    folder = resources.files("signoff.brief") / "data"
    return (folder / "starter.toml").read_text(encoding="utf-8")


def brief_schema() -> dict[str, Any]:
    """Give the JSON Schema of a brief, for editors that complete and check while one types.

    Returns:
        A schema of draft 2020-12; every key carries its meaning.

    >>> brief_schema()["properties"]["language"]["description"]
    'Language of the advertisements and the report.'
    """
    schema = Brief.model_json_schema(mode="validation")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "Brief of a Signoff campaign",
    }
