"""What commands print: data on standard output, progress on standard error, files in whole."""

import json
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path
from tempfile import NamedTemporaryFile

import click

from signoff.errors import DataError
from signoff.results import Result, Row, json_default

__all__ = ["plain", "print_json", "refuse_own_input", "show", "show_rows", "write_whole"]


def show(result: object, *, as_json: bool, with_table: bool = True) -> None:
    """Print a result: its words and its table, or its fields as JSON.

    Args:
        result: What a room gave back.
        as_json: Whether to print JSON.
        with_table: Whether the words need the table beside them.

    >>> from signoff.results import Estimate
    >>> show(Estimate(0.4, 0.3, 0.5), as_json=False)
    0.40 (0.30 to 0.50, 90 % interval)
    """
    if as_json:
        print_json(result)
        return
    words = getattr(result, "text", None)
    if callable(words):
        click.echo(words())
    if with_table and isinstance(result, Result) and result.rows():
        if callable(words):
            click.echo()
        click.echo(result.to_terminal())


def show_rows(rows: Sequence[Row], *, as_json: bool, empty: str) -> None:
    """Print rows as aligned columns, or as a JSON list.

    Args:
        rows: Rows with the same columns.
        as_json: Whether to print JSON.
        empty: What to say when there are none.

    >>> show_rows([{"venue": "Trade Weekly", "units": 6}], as_json=False, empty="Nothing.")
    venue         units
    ------------  -----
    Trade Weekly  6
    """
    if as_json:
        print_json(rows)
    elif rows:
        click.echo(_Rows(rows).to_terminal())
    else:
        click.echo(empty, err=True)


def print_json(value: object) -> None:
    """Print anything as JSON, on one line.

    Args:
        value: Dataclasses, pydantic models, mappings, sequences, dates, Decimals, text, numbers.

    >>> print_json({"spend": Decimal("12.50"), "starts_on": date(2027, 1, 4)})
    {"spend": "12.50", "starts_on": "2027-01-04"}
    """
    click.echo(json.dumps(plain(value), ensure_ascii=False, default=json_default))


def plain(value: object) -> object:
    """Give anything a room returns in the types that JSON has.

    Args:
        value: Dataclasses, pydantic models, mappings, sequences, dates, Decimals, text, numbers.

    Returns:
        Dictionaries, lists, text, numbers, flags and None; money as text with all its digits.

    >>> from signoff.results import Estimate
    >>> plain({"reach": Estimate(0.4, 0.3, 0.5), "spend": Decimal("12.50")})
    {'reach': {'value': 0.4, 'low': 0.3, 'high': 0.5, 'level_share': 0.9}, 'spend': '12.50'}
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, date | Decimal):
        return json_default(value)
    if isinstance(value, Path):
        return str(value)
    dump = getattr(value, "model_dump", None)
    return plain(dump()) if callable(dump) else value


def refuse_own_input(out: Path | None, *, given: Path | None) -> None:
    """Refuse to write over the file that a command reads.

    Args:
        out: File to write; None for none.
        given: File to read; None for none.

    Raises:
        DataError: both are the same file.

    >>> refuse_own_input(Path("clusters.csv"), given=Path("accounts.csv"))
    """
    if out is not None and given is not None and out.resolve() == given.resolve():
        raise DataError(
            f"{out} is the file that is read",
            why="its rows would be lost",
            fix="name another file after --out",
            where=str(out),
        )


def write_whole(path: Path, content: bytes | Callable[[Path], object]) -> Path:
    """Write a file in one piece: it is there complete, or as it was before.

    Args:
        path: Where it shall stand; missing folders are made.
        content: The bytes, or a function that writes them to the path it is given.

    Returns:
        The path.

    >>> import tempfile
    >>> write_whole(Path(tempfile.mkdtemp()) / "new" / "a.txt", b"whole").read_bytes()
    b'whole'
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(
        dir=path.parent, prefix=".", suffix=path.suffix, delete=False
    ) as handle:
        draft = Path(handle.name)
    try:
        if isinstance(content, bytes):
            draft.write_bytes(content)
        else:
            content(draft)
        draft.chmod(0o666 & ~_umask())
        draft.replace(path)
    finally:
        with suppress(FileNotFoundError):
            draft.unlink()
    return path


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


class _Rows(Result):
    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows

    def rows(self) -> Sequence[Row]:
        return self._rows
