"""The tables of a report as rows to calculate with: every number with all its digits."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from signoff.errors import MissingError
from signoff.report.document import Block, Document, Figure, Folded, Line, Number, Table
from signoff.report.wording import read_catalog
from signoff.results import Cell, Row

__all__ = ["find_table", "list_tables", "table_rows"]

NONE = "\u2013"  # the dash of an empty cell
MONEY = frozenset({"alone_price", "budget", "package_price", "spend", "unit_price"})


def list_tables(report: Document) -> Iterator[Table]:
    """Give every table of a report, those behind charts and in folded parts included.

    Args:
        report: The report.

    >>> from signoff.report.document import Column, Section, Words
    >>> table = Table("spend", (), (Column("Venue"),), (((Words("a"),),),))
    >>> whole = Document("en", "en", "", (), (), (Section("venues", "", (table,)),), (), {})
    >>> [found.anchor for found in list_tables(whole)]
    ['spend']
    """
    for section in report.sections:
        yield from _tables(section.blocks)


def find_table(report: Document, path: str) -> Table | None:
    """Give the first table of a report that shows a number; None where only sentences do.

    Args:
        report: The report.
        path: Where the number stands in the plan.

    >>> find_table(Document("en", "en", "", (), (), (), (), {}), "venues.budget") is None
    True
    """
    for table in list_tables(report):
        spans = (span for row in table.rows for cell in row for span in cell)
        if any(isinstance(span, Number) and span.path == path for span in spans):
            return table
    return None


def table_rows(report: Document, anchor: str) -> list[Row]:
    """Give a table of a report as rows.

    Args:
        report: The report.
        anchor: Name of the table's place in it.

    Returns:
        One row for each row of the table, by the heading of each column. A number has all its
        digits; an estimate has three columns, its own and those of the ends of its interval.

    Raises:
        MissingError: the report has no such table.

    >>> from signoff.report.document import Column, Section, Words
    >>> columns = (Column("Venue"), Column("Spend", numeric=True))
    >>> cells = ((Words("Weekly"),), (Number("venues.lines[0].spend", "2.50", "€2.50"),))
    >>> table = Table("spend", (), columns, (cells,))
    >>> whole = Document("en", "en", "", (), (), (Section("venues", "", (table,)),), (), {})
    >>> table_rows(whole, "spend")
    [{'Venue': 'Weekly', 'Spend': Decimal('2.50')}]
    """
    tables = {table.anchor: table for table in list_tables(report)}
    if anchor not in tables:
        raise MissingError(
            f"the report has no table {anchor[:80]!r}",
            why=f"it has {', '.join(tables)}",
            fix="choose one of these",
            where="table",
        )
    table = tables[anchor]
    columns = [
        _column(table, place, language=report.language) for place in range(len(table.columns))
    ]
    return [
        {name: cells[number] for column in columns for name, cells in column.items()}
        for number in range(len(table.rows))
    ]


def _tables(blocks: Sequence[Block]) -> Iterator[Table]:
    for block in blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Figure):
            yield block.table
        elif isinstance(block, Folded):
            yield from _tables(block.blocks)


def _column(table: Table, place: int, *, language: str) -> dict[str, list[Cell]]:
    """Give the cells of a column by heading; an estimate makes three columns of one."""
    label, lines = table.columns[place].label, [row[place] for row in table.rows]
    ends = {_ends(line) for line in lines}
    if ends == {("value", "low", "high")}:
        words = read_catalog(language)
        heads = (label, f"{label}, {words.word('form.low')}", f"{label}, {words.word('form.high')}")
        numbers = [[span for span in line if isinstance(span, Number)] for line in lines]
        return {
            head: [_exact(found[number]) for found in numbers] for number, head in enumerate(heads)
        }
    return {label: [_cell(line) for line in lines]}


def _ends(line: Line) -> tuple[str, ...]:
    return tuple(span.path.rpartition(".")[2] for span in line if isinstance(span, Number))


def _cell(line: Line) -> Cell:
    if len(line) == 1 and isinstance(line[0], Number):
        return _exact(line[0])
    text = "".join(span.text for span in line)
    return None if text == NONE else text


def _exact(number: Number) -> Cell:
    """Give a number as what it is: whole, real or money."""
    value = number.value
    if value.lstrip("-").isdigit():
        return int(value)
    is_money = number.path.rpartition(".")[2] in MONEY
    return Decimal(value) if is_money else float(value)
