"""Briefs as TOML: read from a file or a text, and written back."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

import tomli_w

from signoff.brief.faults import find_faults, raise_faults
from signoff.brief.model import Brief
from signoff.brief.syntax import parse_toml
from signoff.errors import BriefError, Fault

__all__ = ["load_brief", "read_brief", "write_brief"]

MAX_BYTES = 1_000_000


def load_brief(path: Path | str) -> Brief:
    """Read a brief from a TOML file.

    Args:
        path: The file, in UTF-8, at most one megabyte.

    Returns:
        The brief.

    Raises:
        BriefError: the file cannot be read, or with every fault of the brief at once.

    >>> try:
    ...     load_brief("no-such-brief.toml")
    ... except BriefError as error:
    ...     error.fault.what
    'the brief no-such-brief.toml cannot be read'
    """
    path = Path(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BriefError(
            f"the brief {path} cannot be read",
            why=error.strerror or str(error),
            fix="give the path of a TOML file; `signoff brief new` writes one to start from",
        ) from error
    return read_brief(_decode(content, name=path.name))


def read_brief(text: str) -> Brief:
    """Read a brief from TOML text.

    Args:
        text: The whole brief.

    Returns:
        The brief.

    Raises:
        BriefError: with every fault of the brief at once, each with its field path.

    >>> try:
    ...     read_brief("language = 'en'")
    ... except BriefError as error:
    ...     error.faults[0].where
    'advertiser'
    """
    parsed = parse_toml(text)
    found = find_faults(parsed.data) if parsed.is_whole else ()
    faults = parsed.faults if parsed.is_whole else _with_rest(parsed.faults)
    raise_faults((*faults, *found))
    return Brief.model_validate(parsed.data)


def write_brief(brief: Brief) -> str:
    """Write a brief as TOML; reading it again gives an equal brief.

    Args:
        brief: Any brief.

    Returns:
        TOML text, with the line by which editors find the schema.

    >>> from signoff.brief.starter import starter_brief
    >>> brief = read_brief(starter_brief())
    >>> read_brief(write_brief(brief)) == brief
    True
    """
    body: dict[str, Any] = _plain(brief.model_dump(exclude_none=True))
    return "#:schema ./brief.schema.json\n" + tomli_w.dumps(body, multiline_strings=False)


def _with_rest(faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """Say of the last fault that reading stopped there."""
    last = faults[-1]
    return (*faults[:-1], replace(last, fix=f"{last.fix}; the rest is checked after that"))


def _decode(content: bytes, *, name: str) -> str:
    if len(content) > MAX_BYTES:
        raise BriefError(
            f"{name} has {len(content):,} bytes",
            why=f"a brief has at most {MAX_BYTES:,}; this is probably another file",
            fix="give the path of the brief",
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BriefError(
            f"{name} is not UTF-8 text (byte {error.start + 1})",
            why="TOML files are UTF-8 by definition",
            fix="save the brief as UTF-8 in your editor",
        ) from error


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        filled = {str(key): _plain(item) for key, item in value.items()}
        return {key: item for key, item in filled.items() if item not in ("", [], {})}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    return value
