"""A file of what is bought at present: venues and money, read; all faults are told at once."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from signoff.errors import DataError, Fault
from signoff.store.formats.format import fold
from signoff.venues.advice.present import PresentSpend

__all__ = ["read_present_spend"]

Line = tuple[int, Sequence[str]]

COLUMNS = {
    "venue": ("venue", "venue id", "name", "title", "media", "channel", "support", "canal"),
    "spend": ("spend", "cost", "amount", "budget", "depense", "depenses", "cout", "montant"),
}
SPACES = re.compile(r"[\s\u00a0\u202f]+")
# money has two digits after its mark at most, so that a mark before three sets thousands apart
AMOUNT = re.compile(r"(\d+|\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d{3})+)(?:[.,](\d{1,2}))?")
MOST_FAULTS = 20


def read_present_spend(lines: Iterable[Line], *, where: str) -> PresentSpend:
    """Read a file of what is bought at present: columns venue and spend.

    Args:
        lines: Line number and cells, the heading first; venues by id or name, spend in the plan's
            currency. A venue may stand in several lines: its money is added up.
        where: The file, for messages.

    Returns:
        Money by venue.

    Raises:
        DataError: a column lacks, an amount is no amount, or no money is spent; all at once.

    >>> rows = [(1, ["Support", "Dépense"]), (2, ["Weekly", "1 200,50"]), (3, ["Weekly", "99"])]
    >>> read_present_spend(rows, where="spend.csv").spend
    {'Weekly': Decimal('1299.50')}
    """
    filled = ((line, cells) for line, cells in lines if any(cell.strip() for cell in cells))
    places = _places(next(filled, (0, ()))[1], where=where)
    faults: list[Fault] = []
    spend: dict[str, Decimal] = {}
    for line, venue, text in _cells(filled, places=places):
        amount = _amount(text)
        if venue and amount is not None:
            spend[venue] = spend.get(venue, Decimal(0)) + amount
            continue
        what = f"{text!r} is no amount" if venue else "the line names no venue"
        faults.append(
            Fault(
                what,
                why="a line says which venue costs how much, nothing below 0",
                fix="write the venue and an amount, such as 1200.50",
                where=f"{where}, line {line}",
            )
        )
    _refuse(faults, spend, where=where)
    return PresentSpend(spend)


def _places(heading: Sequence[str], *, where: str) -> dict[str, int]:
    folded = [fold(cell) for cell in heading]
    places = {
        name: place
        for name, known in COLUMNS.items()
        if (place := next((folded.index(one) for one in known if one in folded), None)) is not None
    }
    lacking = [name for name in COLUMNS if name not in places]
    if lacking:
        found = ", ".join(cell.strip() for cell in heading) or "none"
        raise DataError(
            f"{where} has no column {' or '.join(lacking)}",
            why=f"its columns are: {found}",
            fix="name a column venue (its id or name) and a column spend",
            where=where,
        )
    return places


def _cells(lines: Iterable[Line], *, places: dict[str, int]) -> Iterator[tuple[int, str, str]]:
    for line, cells in lines:
        venue, amount = (
            cells[places[name]].strip() if places[name] < len(cells) else ""
            for name in ("venue", "spend")
        )
        yield line, venue, amount


def _amount(text: str) -> Decimal | None:
    match = AMOUNT.fullmatch(SPACES.sub("", text))
    if match is None:
        return None
    whole, cents = match[1].replace(",", "").replace(".", ""), match[2] or "0"
    return Decimal(f"{whole}.{cents}")


def _refuse(faults: Sequence[Fault], spend: dict[str, Decimal], *, where: str) -> None:
    if faults:
        raise DataError(
            f"{len(faults):,} " + ("line" if len(faults) == 1 else "lines") + " cannot be read",
            why="a line says which venue costs how much",
            fix="mend each of them as it says",
            where=where,
            faults=faults[:MOST_FAULTS],
        )
    if not any(spend.values()):
        raise DataError(
            f"{where} holds no spend",
            why="a plan is compared with what money buys at present",
            fix="give a line for each venue, with what is spent there",
            where=where,
        )
