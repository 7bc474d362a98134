"""What a file is: its heading, its format, and which of its columns becomes what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from signoff.errors import DataError
from signoff.results import Result, Row
from signoff.store.formats import FORMATS, Format, fold
from signoff.store.imports.options import ImportOptions
from signoff.store.imports.period import read_period
from signoff.store.imports.source import Source, open_source
from signoff.store.imports.target import find_target
from signoff.store.imports.trim import Record

__all__ = ["Detected", "detect_file", "detect_source"]

HEADING_WITHIN = 60
HINT_MARK = "# signoff "
LEAST_KNOWN_SHARE = 0.4
UNNAMED = "column "
NOT_NEEDED = "no column here is filled from it"


@dataclass(frozen=True)
class Detected(Result):
    """What a file is taken for.

    Attributes:
        file_name: The file.
        kind: csv, xlsx or parquet, by content.
        encoding: Encoding of the text.
        separator: What separates its cells.
        heading_line: Line of the heading, from 1.
        headings: The headings, each once.
        preamble: The lines above the heading.
        format: Name of the format; "" when only the mapping says what is what.
        table: What it is imported as.
        mapping: Heading to column here.
        constants: Columns here whose value the format or the preamble gives.
        ignored: Heading to the reason why it is left out.
        decimal_mark: "." or "," where known from the file's own remark.
        date_order: "dmy" or "mdy" where known.
        has_totals: Whether totals may stand anywhere in it.
        sums_rows: Whether rows of one key are parts of it and are summed.
        period_starts_on: First day of the period that the preamble names, as 2026-01-31; or "".
        other_sheets: Sheets of the workbook that are not read.
    """

    file_name: str
    kind: str
    encoding: str
    separator: str
    heading_line: int
    headings: tuple[str, ...]
    preamble: tuple[str, ...]
    format: str
    table: str
    mapping: Mapping[str, str]
    constants: Mapping[str, str] = field(default_factory=dict)
    ignored: Mapping[str, str] = field(default_factory=dict)
    decimal_mark: str = ""
    date_order: str = ""
    has_totals: bool = False
    sums_rows: bool = False
    period_starts_on: str = ""
    other_sheets: tuple[str, ...] = ()

    def rows(self) -> Sequence[Row]:
        """Give one row per column of the file."""
        return [
            {
                "column": heading,
                "becomes": self.mapping.get(heading, ""),
                "left_out_because": self.ignored.get(heading, ""),
            }
            for heading in self.headings
        ]

    def text(self) -> str:
        """Say in words what the file is taken for."""
        title = FORMATS[self.format].title if self.format else "columns as mapped"
        read = ", ".join(f"{source} → {target}" for source, target in self.mapping.items())
        return (
            f"{self.file_name}: {title}, imported as {self.table}; heading on line "
            f"{self.heading_line}. Read: {read}."
        )


def detect_file(path: Path, *, options: ImportOptions | None = None) -> Detected:
    r"""Say what a file is and what would become of its columns; nothing is imported.

    Args:
        path: The file.
        options: Decisions that go before what is found out.

    Returns:
        The kind, heading, format and mapping.

    Raises:
        DataError: the file cannot be imported, or it cannot be told as what.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "clients.csv"
    ...     _ = path.write_text("Raison sociale;Pays;Effectif\nAcme;France;12\n")
    ...     dict(detect_file(path).mapping)
    {'Raison sociale': 'name', 'Pays': 'country', 'Effectif': 'employees'}
    """
    from datetime import UTC, datetime

    nobody = ImportOptions(by="", at=datetime(1970, 1, 1, tzinfo=UTC))
    return detect_source(open_source(path), options=options or nobody)


def detect_source(source: Source, *, options: ImportOptions) -> Detected:
    """Say what an opened file is; see `detect_file`."""
    first = list(islice(source.records(), HEADING_WITHIN))
    hints, first = _hints(first)
    place = _heading_place(first, options)
    headings = _unique([cell.strip() for cell in first[place].cells])
    preamble = [" ".join(record.cells).strip() for record in first[:place]]
    chosen = _choose_format(headings, options, hints, source.path)
    table = options.table or hints.get("table", "") or (chosen.target if chosen else "")
    if not table:
        raise _unknown(source.path, headings)
    mapping = _mapping(headings, chosen, options, table)
    ordered = options.date_order or hints.get("date_order", "")
    constants = _constants(chosen, options, preamble, table=table, date_order=ordered)
    return Detected(
        file_name=source.path.name,
        kind=source.kind,
        encoding=source.encoding,
        separator=source.separator,
        heading_line=first[place].line,
        headings=tuple(headings),
        preamble=tuple(preamble),
        format=chosen.name if chosen else "",
        table=table,
        mapping=mapping,
        constants={to: v for to, v in constants.items() if to not in mapping.values()},
        ignored=_ignored(headings, mapping, chosen, options),
        decimal_mark=options.decimal_mark or hints.get("decimal_mark", ""),
        date_order=ordered,
        has_totals=bool(chosen and chosen.has_totals),
        sums_rows=bool(chosen and chosen.sums_rows),
        period_starts_on=constants.get("starts_on", ""),
        other_sheets=source.other_sheets,
    )


def _hints(records: list[Record]) -> tuple[dict[str, str], list[Record]]:
    """Read the remark that a file of rejected rows begins with."""
    if records and ",".join(records[0].cells).startswith(HINT_MARK):
        words = ",".join(records[0].cells).removeprefix(HINT_MARK).split()
        return dict(word.split("=", 1) for word in words if "=" in word), records[1:]
    return {}, records


def _heading_place(records: Sequence[Record], options: ImportOptions) -> int:
    """Find the heading: the record with the most headings that anybody knows."""
    known = {
        name for form in FORMATS.values() for column in form.columns for name in column.folded()
    }
    known |= {fold(mark) for form in FORMATS.values() for mark in (*form.marks, *form.ignored)}
    wanted = {fold(name) for name in options.columns()}
    counts = [
        (
            sum(fold(cell) in wanted for cell in record.cells),
            sum(fold(cell) in known for cell in set(record.cells) if cell.strip()),
        )
        for record in records
    ]
    best = max(range(len(records)), key=lambda place: (*counts[place], -place))
    if counts[best][0] or counts[best][1] >= min(2, len(records[best].cells)):
        return best
    width = max(len(record.cells) for record in records)
    return next(place for place, record in enumerate(records) if len(record.cells) == width)


def _unique(headings: list[str]) -> list[str]:
    """Number headings that stand there twice, and name empty ones."""
    written = set(headings)
    seen: dict[str, int] = {}
    found: dict[str, None] = {}
    for place, heading in enumerate(headings, start=1):
        name = heading or f"{UNNAMED}{place}"
        seen[name] = seen.get(name, 0) + 1
        unique = name
        while unique in found or (seen[name] > 1 and unique in written):
            unique = f"{name} ({seen[name]})"
            seen[name] += unique in found or unique in written
        found[unique] = None
    return list(found)


def _choose_format(
    headings: list[str], options: ImportOptions, hints: Mapping[str, str], path: Path
) -> Format | None:
    named = options.format or hints.get("format", "")
    if named:
        if named in FORMATS:
            return FORMATS[named]
        raise DataError(
            f"there is no format {named!r}",
            why="only declared formats can be read",
            fix=f"use one of: {', '.join(FORMATS)}",
            where="format",
        )
    table = options.table
    fitting = [
        form for form in FORMATS.values() if form.fits(headings) and table in {"", form.target}
    ]
    if table:
        plain = FORMATS[f"plain_{find_target(table).name}"]
        return max([*fitting, plain], key=lambda form: _closeness(form, headings))
    ranked = sorted(fitting, key=lambda form: _closeness(form, headings), reverse=True)
    if len(ranked) > 1 and _is_torn(ranked[0], ranked[1], headings):
        raise _torn(path, ranked[0], ranked[1])
    if ranked and _is_guess(ranked[0], headings, options):
        raise _guessed(path, ranked[0], headings)
    return ranked[0] if ranked else None


def _is_guess(form: Format, headings: list[str], options: ImportOptions) -> bool:
    """Say whether a plain format knows so few of the columns that the file may be another table."""
    if options.columns() or not form.name.startswith("plain_"):
        return False
    n_named = sum(not heading.startswith(UNNAMED) for heading in headings)
    return _closeness(form, headings)[0] < LEAST_KNOWN_SHARE * n_named


def _closeness(form: Format, headings: list[str]) -> tuple[int, int]:
    """Count the headings a format knows; a tool's own format goes before a plain one."""
    found = form.match(headings)
    known = len(found) + sum(bool(form.why_ignored(name)) for name in headings if name not in found)
    return known, int(not form.name.startswith("plain_"))


def _is_torn(first: Format, second: Format, headings: list[str]) -> bool:
    same = _closeness(first, headings) == _closeness(second, headings)
    return same and first.target != second.target


def _mapping(
    headings: list[str], chosen: Format | None, options: ImportOptions, table: str
) -> dict[str, str]:
    target = find_target(table)
    found = dict(chosen.match(headings)) if chosen and chosen.target == table else {}
    by_fold = {fold(heading): heading for heading in headings}
    faults = []
    for source, to in options.columns().items():
        if fold(source) not in by_fold:
            faults.append(f"the file has no column {source!r}; it has {', '.join(headings)}")
        elif to and to not in target.names():
            faults.append(f"{table} has no column {to!r}; it has {', '.join(target.names())}")
        else:
            found = {name: t for name, t in found.items() if t != to}
            found[by_fold[fold(source)]] = to
    faults += [
        f"{table} has no column {to!r}; it has {', '.join(target.names())}"
        for to in options.constants()
        if to not in target.names()
    ]
    if faults:
        raise DataError(
            "the mapping does not fit the file",
            why="; ".join(faults),
            fix="mend the mapping",
            where="mapping",
        )
    return {heading: found[heading] for heading in headings if found.get(heading)}


def _constants(
    chosen: Format | None,
    options: ImportOptions,
    preamble: Sequence[str],
    *,
    table: str,
    date_order: str,
) -> dict[str, str]:
    found = dict(chosen.constants) if chosen and chosen.target == table else {}
    if table == "spend":
        period = read_period(
            preamble, date_order=date_order or (chosen.date_order if chosen else "")
        )
        if period:
            found["starts_on"], found["ends_on"] = (day.isoformat() for day in period)
    return found | options.constants()


def _ignored(
    headings: list[str], mapping: Mapping[str, str], chosen: Format | None, options: ImportOptions
) -> dict[str, str]:
    said = {fold(name) for name, to in options.columns().items() if not to}
    left = [heading for heading in headings if heading not in mapping]
    return {
        heading: "the mapping leaves it out"
        if fold(heading) in said
        else (chosen.why_ignored(heading) if chosen else "") or NOT_NEEDED
        for heading in left
    }


def _unknown(path: Path, headings: list[str]) -> DataError:
    return DataError(
        f"it cannot be told what {path.name} holds",
        why=f"its columns fit no format that is known: {', '.join(headings[:12])}",
        fix="say what it is (--table account, contact, opportunity, ...) and which column is what "
        "(--mapping); the columns of each table stand in docs/reference/formats.md",
        where=path.name,
    )


def _guessed(path: Path, form: Format, headings: list[str]) -> DataError:
    left = [name for name in headings if name not in form.match(headings)]
    return DataError(
        f"it cannot be told what {path.name} holds",
        why=f"as {form.target} it would lose most of its columns: {', '.join(left[:12])}",
        fix=f"say what it is: --table {form.target} if it is that, else another table, and which "
        "column is what (--mapping); the columns stand in docs/reference/formats.md",
        where=path.name,
    )


def _torn(path: Path, first: Format, second: Format) -> DataError:
    return DataError(
        f"{path.name} could be {first.target} or {second.target}",
        why="its columns fit both equally well",
        fix=f"say which: --table {first.target} or --table {second.target}",
        where=path.name,
    )
