"""An approval log: who did what to which request, and when; read from a plain file."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from signoff.audience.timing.activities import Activity, ActivityKind, read_activity
from signoff.errors import DataError, Fault
from signoff.store.formats.format import fold
from signoff.store.imports.source import open_source
from signoff.store.imports.trim import Record

__all__ = ["ApprovalEvent", "ApprovalLog", "make_approval_log", "read_approval_log"]

HEADINGS = {
    "case": "case|case id|case concept name|request|request id|dossier|numero de dossier|"
    "demande|cas|id",
    "activity": "activity|act|concept name|activite|action|event|evenement|etape",
    "at": "at|t|time|timestamp|time timestamp|occurred at|date|datetime|moment|horodatage|"
    "date et heure|le",
    "role": "role|org role|resource|org resource|actor|approver|acteur|fonction|valideur|"
    "approbateur",
    "amount": "amount|amt|case amount|value|montant|valeur",
}
NEEDED = ("case", "activity", "at")
SHOWN_FAULTS = 20
SLASHED = re.compile(r"^(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?:[ T](.+))?$")
NO_ROLE = {"", "undefined", "missing", "none", "null", "unknown", "inconnu"}


@dataclass(frozen=True)
class ApprovalEvent:
    """One thing that was done to one request.

    Attributes:
        case: The request.
        activity: What was done, as the log writes it.
        at: When, with its zone.
        role: Who did it; empty when nobody is named.
        amount: Amount asked for, if it is known.
    """

    case: str
    activity: str
    at: datetime
    role: str = ""
    amount: float | None = None


@dataclass(frozen=True)
class ApprovalLog:
    """Events in the order of cases and times, with what each activity means.

    Attributes:
        events: Events by case, then by time.
        activities: What each activity of the log means.
        last_at: Last moment of the log: what had not ended by then is open.
        n_repeated: Rows left out because the same row stands in the log already.
        columns: Column of the file that each field was read from.
    """

    events: tuple[ApprovalEvent, ...]
    activities: dict[str, Activity]
    last_at: datetime
    n_repeated: int
    columns: dict[str, str]


def make_approval_log(
    events: Iterable[ApprovalEvent], *, now: datetime, columns: dict[str, str] | None = None
) -> ApprovalLog:
    """Put the events of an approval log in order, and tell what its activities mean.

    Args:
        events: In any order; equal events count once.
        now: No event may be later.
        columns: Column of the file that each field was read from.

    Returns:
        The log.

    Raises:
        DataError: there are no events, some lie in the future, or no activity submits or approves.

    >>> noon = datetime(2026, 1, 5, 12, tzinfo=UTC)
    >>> log = make_approval_log([ApprovalEvent("1", "approved", noon, "head"),
    ...     ApprovalEvent("1", "submitted", noon.replace(hour=9))], now=noon)
    >>> [event.activity for event in log.events]
    ['submitted', 'approved']
    """
    given = [_in_utc(event) for event in events]
    once = list(dict.fromkeys(given))
    if not once:
        raise DataError(
            "the approval log has no rows",
            why="how long approval takes is learned from what happened",
            fix="export the log again, with one row per step",
        )
    _refuse_future(once, now=now)
    read = {words: read_activity(words) for words in {event.activity for event in once}}
    _check_kinds(read)
    return ApprovalLog(
        events=tuple(sorted(once, key=lambda event: (event.case, event.at))),
        activities=_same_documents(read),
        last_at=max(event.at for event in once),
        n_repeated=len(given) - len(once),
        columns=columns or {},
    )


def read_approval_log(path: Path, *, now: datetime) -> ApprovalLog:
    r"""Read an approval log from CSV, XLSX or Parquet.

    Args:
        path: A file with the columns case, activity, at, and if known role and amount; English or
            French headings.
        now: No event may be later.

    Returns:
        The log.

    Raises:
        DataError: a column is missing, a cell cannot be read, or the log cannot be used.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder) / "log.csv"
    ...     _ = path.write_text("case,act,t,role\n1,submitted,2026-01-05 09:00,\n"
    ...         "1,approved,2026-01-06 09:00,head\n")
    ...     len(read_approval_log(path, now=datetime(2026, 2, 1, tzinfo=UTC)).events)
    2
    """
    records = iter(open_source(path).records())
    heading = next((record for record in records if any(map(str.strip, record.cells))), None)
    places = _places(heading.cells if heading else [], path)
    rows = [record for record in records if any(map(str.strip, record.cells))]
    month_first = _month_first(_cell(record, places.get("at")) for record in rows)
    faults: list[Fault] = []
    events = [_event(record, places, month_first=month_first, faults=faults) for record in rows]
    if faults:
        raise DataError(
            f"{len(faults):,} cells of {path.name} cannot be read",
            why="a step without a request, an activity or a moment says nothing about time",
            fix="mend these cells, or leave their rows out",
            where=str(path),
            faults=faults[:SHOWN_FAULTS],
        )
    names = {field: (heading.cells if heading else [])[place] for field, place in places.items()}
    return make_approval_log((e for e in events if e is not None), now=now, columns=names)


def _in_utc(event: ApprovalEvent) -> ApprovalEvent:
    at = event.at if event.at.tzinfo else event.at.replace(tzinfo=UTC)
    return replace(event, at=at.astimezone(UTC))


def _refuse_future(events: Sequence[ApprovalEvent], *, now: datetime) -> None:
    later = [event for event in events if event.at > now]
    if later:
        latest = max(event.at for event in later)
        raise DataError(
            f"{len(later):,} rows lie in the future, the latest at {latest:%Y-%m-%d %H:%M}",
            why=f"it is {now:%Y-%m-%d %H:%M} UTC, and nothing has happened later than that",
            fix="check the column of times, and whether day and month were exchanged",
            where=f"case {later[0].case}",
        )


def _check_kinds(read: dict[str, Activity]) -> None:
    kinds = {activity.kind for activity in read.values()}
    lacking = [
        word
        for word, found in (
            ("submitted", ActivityKind.SUBMITTED in kinds),
            ("approved", bool(kinds & {ActivityKind.APPROVED, ActivityKind.FINAL})),
        )
        if not found
    ]
    if lacking:
        some = ", ".join(sorted(read)[:10])
        raise DataError(
            f"no activity of the log says {' or '.join(lacking)}",
            why="time runs from being submitted to being approved",
            fix=f"name the steps so, for example 'submitted' and 'approved'; the log has: {some}",
        )


def _same_documents(read: dict[str, Activity]) -> dict[str, Activity]:
    """Tell documents apart only where each that is decided on is submitted under its name too."""
    asked = {a.document for a in read.values() if a.kind is ActivityKind.SUBMITTED}
    decided = {
        a.document
        for a in read.values()
        if a.kind in (ActivityKind.APPROVED, ActivityKind.FINAL, ActivityKind.REJECTED)
    }
    if decided <= asked:
        return read
    return {words: replace(activity, document="") for words, activity in read.items()}


def _places(cells: Sequence[str], path: Path) -> dict[str, int]:
    folded = [fold(cell) for cell in cells]
    places = {}
    for field, names in HEADINGS.items():
        found = [folded.index(name) for name in names.split("|") if name in folded]
        if found:
            places[field] = found[0]
    lacking = [field for field in NEEDED if field not in places]
    if lacking:
        found_text = ", ".join(cell for cell in cells if cell.strip()) or "none"
        raise DataError(
            f"{path.name} has no column {' and no column '.join(lacking)}",
            why=f"a step is a request, an activity and a moment; columns found: {found_text}",
            fix="name the columns case, activity, at, and if known role and amount",
            where=str(path),
        )
    return places


def _cell(record: Record, place: int | None) -> str:
    return record.cells[place].strip() if place is not None and place < len(record.cells) else ""


def _month_first(cells: Iterable[str]) -> bool:
    """Tell whether days such as 01/31/2026 show that months stand first."""
    return any(int(found.group(2)) > 12 for found in map(SLASHED.match, cells) if found)


def _event(
    record: Record, places: dict[str, int], *, month_first: bool, faults: list[Fault]
) -> ApprovalEvent | None:
    case, activity, at = (_cell(record, places[field]) for field in NEEDED)
    where = f"line {record.line}"
    for name, cell in (("case", case), ("activity", activity)):
        if not cell:
            faults.append(Fault(f"{name} is empty", "each step needs one", "fill it in", where))
            return None
    moment = _moment(at, month_first=month_first)
    if moment is None:
        faults.append(
            Fault(f"'{at}' is no moment", "time runs between moments", "2026-01-31 09:30", where)
        )
        return None
    role = _cell(record, places.get("role"))
    amount = _amount(_cell(record, places.get("amount")))
    return ApprovalEvent(case, activity, moment, "" if fold(role) in NO_ROLE else role, amount)


def _moment(text: str, *, month_first: bool) -> datetime | None:
    slashed = SLASHED.match(text)
    if slashed:
        first, second, year, clock = slashed.groups()
        month, day = (first, second) if month_first else (second, first)
        text = f"{year}-{month:0>2}-{day:0>2} {(clock or '00:00').replace('h', ':')}"
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _amount(text: str) -> float | None:
    plain = re.sub(r"[^\d.,-]", "", text)
    if re.search(r",\d{1,2}$", plain):
        plain = plain.replace(".", "").replace(",", ".")
    try:
        return float(plain.replace(",", ""))
    except ValueError:
        return None
