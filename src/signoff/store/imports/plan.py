"""Which cell fills which field of one import, and how."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from signoff.errors import DataError, Fault
from signoff.store.formats import FORMATS, SourceColumn
from signoff.store.imports.detect import Detected
from signoff.store.imports.notation import Notation
from signoff.store.imports.options import ImportOptions
from signoff.store.imports.reading import clean_sql, literal
from signoff.store.imports.target import Field, Reading, Target, find_target

__all__ = ["Cell", "ImportPlan", "make_plan"]

UNDERSTOOD = SourceColumn("", ())


@dataclass(frozen=True)
class Cell:
    """One field of the target and where its value comes from.

    Attributes:
        field: The field.
        heading: Heading in the file; empty for a constant.
        text: SQL of its clean text.
        means: What the format says of the column.
        is_constant: Whether every row has the same value.
    """

    field: Field
    heading: str
    text: str
    means: SourceColumn = UNDERSTOOD
    is_constant: bool = False

    @property
    def name(self) -> str:
        """Name of the field."""
        return self.field.name

    @property
    def uses_words(self) -> bool:
        """Whether its values come from a closed list, or have known misspellings."""
        listed = self.field.reading in {Reading.WORD, Reading.COUNTRY}
        return listed or bool(self.means.translate or self.means.mended or self.means.otherwise)

    @property
    def factor(self) -> Decimal:
        """What its numbers are multiplied by."""
        return self.means.factor


@dataclass(frozen=True)
class ImportPlan:
    """How one file becomes rows of one table.

    Attributes:
        target: What it is imported as.
        cells: The fields that are filled.
        headings: Headings of the file.
        currency: Code for amounts whose row has none.
        said_mark: Decimal mark that the person or the file's remark states; or "".
        said_order: The same for the order of day and month.
        usual_order: Order that the format usually has; for files that do not tell.
        sums_rows: Whether rows of one key are summed.
        period_starts_on: First day of the period that the file names above its heading; or "".
        notations: How each field is written; found once the rows are staged.
    """

    target: Target
    cells: tuple[Cell, ...]
    headings: tuple[str, ...]
    currency: str
    said_mark: str = ""
    said_order: str = ""
    usual_order: str = ""
    sums_rows: bool = False
    period_starts_on: str = ""
    notations: Mapping[str, Notation] = field(default_factory=dict)

    def cell(self, name: str) -> Cell | None:
        """Give the cell that fills a field, if one does."""
        return next((cell for cell in self.cells if cell.name == name), None)

    def has(self, name: str) -> bool:
        """Say whether a field is filled."""
        return self.cell(name) is not None

    def value(self, name: str, *, missing: str = "NULL") -> str:
        """Give the column of the checked rows that holds a field, or `missing`."""
        return f"v_{name}" if self.has(name) else missing


def make_plan(detected: Detected, *, options: ImportOptions, currency: str) -> ImportPlan:
    """Say which cell fills which field.

    Args:
        detected: What the file is.
        options: Decisions of the person who imports.
        currency: The workspace's currency.

    Returns:
        The plan.

    Raises:
        DataError: the file lacks columns that its table needs; all of them are named.
    """
    target = find_target(detected.table)
    form = FORMATS.get(detected.format)
    places = {heading: place for place, heading in enumerate(detected.headings, start=1)}
    cells = [
        Cell(
            field=target.field(to),
            heading=heading,
            text=clean_sql(f"c{places[heading]}"),
            means=(form.column(to) if form and form.target == target.name else None) or UNDERSTOOD,
        )
        for heading, to in detected.mapping.items()
    ]
    filled = {cell.name for cell in cells}
    constants = dict(target.defaults) | dict(detected.constants)
    cells += [
        Cell(target.field(to), "", literal(value) if value else "NULL", is_constant=True)
        for to, value in constants.items()
        if to not in filled and to in target.names()
    ]
    _refuse_lacking(detected, target, {cell.name for cell in cells})
    return ImportPlan(
        target=target,
        cells=tuple(cells),
        headings=detected.headings,
        currency=options.currency or currency,
        said_mark=detected.decimal_mark,
        said_order=detected.date_order,
        usual_order=form.date_order if form else "",
        sums_rows=detected.sums_rows,
        period_starts_on=detected.period_starts_on,
    )


def _refuse_lacking(detected: Detected, target: Target, filled: set[str]) -> None:
    lacking = [name for name in target.required() if name not in filled]
    faults = [
        Fault(
            what=f"no column gives {target.name}.{name}",
            why=f"every {target.table.grain.removeprefix('one ')} needs it: "
            f"{target.field(name).column.meaning}",
            fix=f"add a column {name!r}, or map one to it; a value that holds for all rows is "
            f'written "=value": "{name}"',
            where=name,
        )
        for name in lacking
    ]
    if target.one_of and not filled.intersection(target.one_of):
        faults.append(
            Fault(
                what=f"no column gives {' or '.join(target.one_of)}",
                why="a name alone is nobody in particular, and cannot be checked against the "
                "suppression list",
                fix="add one of them",
                where=target.one_of[0],
            )
        )
    if faults:
        raise DataError(
            f"{detected.file_name} lacks {len(faults)} of the columns of {target.name}",
            why=f"its columns are {', '.join(detected.headings)}",
            fix="mend the lines below; nothing was imported",
            where=detected.file_name,
            faults=faults,
        )
