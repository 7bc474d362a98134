"""How long each level and each whole request took, and how it ended, from the events of a log."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum
from itertools import groupby

from signoff.audience.timing.activities import Activity, ActivityKind
from signoff.audience.timing.log import ApprovalEvent, ApprovalLog

__all__ = ["DEEPEST_LEVEL", "Ending", "Spell", "Spells", "list_spells"]

DEEPEST_LEVEL = 12
"""Levels from here on count as one."""
SECONDS_A_DAY = 86_400
DECIDED = (ActivityKind.APPROVED, ActivityKind.FINAL)


class Ending(IntEnum):
    """How a level or a request ended; the number is that of the competing outcome."""

    OPEN = -1
    APPROVED = 0
    REJECTED = 1
    LOST = 2


@dataclass(frozen=True)
class Spell:
    """One level of one request, or the whole request.

    Attributes:
        case: The request.
        document: What was asked for; empty where the log does not tell.
        level: Which level, from 1; of a whole request how many levels it passed.
        role: Who decided; empty where nobody is named, and of a whole request.
        started_at: When it was put before this level.
        days: How long it took, or has waited.
        ending: How it ended.
        amount: Amount asked for, if it is known.
    """

    case: str
    document: str
    level: int
    role: str
    started_at: datetime
    days: float
    ending: Ending
    amount: float | None = None


@dataclass(frozen=True)
class Spells:
    """All levels and requests of a log.

    Attributes:
        levels: One per level that decided or waits.
        requests: One per request; from its first submission to its end.
        n_without_submission: Requests that were decided on without a submission in the log.
        final_known: Whether the log marks which approval is the last.
    """

    levels: tuple[Spell, ...]
    requests: tuple[Spell, ...]
    n_without_submission: int
    final_known: bool


def list_spells(log: ApprovalLog) -> Spells:
    """Give how long each level and each whole request of a log took, and how it ended.

    Args:
        log: The log.

    Returns:
        Levels and requests; what had not ended by the last moment of the log is open.

    >>> from datetime import UTC
    >>> from signoff.audience.timing.log import make_approval_log
    >>> noon = datetime(2026, 1, 5, 12, tzinfo=UTC)
    >>> log = make_approval_log([ApprovalEvent("1", "submitted", noon),
    ...     ApprovalEvent("1", "final approval", noon.replace(day=7), "head")],
    ...     now=noon.replace(day=9))
    >>> [(spell.level, spell.days, spell.ending.name) for spell in list_spells(log).requests]
    [(1, 2.0, 'APPROVED')]
    """
    final_known = any(a.kind is ActivityKind.FINAL for a in log.activities.values())
    levels: list[Spell] = []
    requests: list[Spell] = []
    n_without = 0
    for case, events in groupby(log.events, key=lambda event: event.case):
        paid, by_document = _split(list(events), log.activities)
        for document, steps in by_document.items():
            walk = _Walk(case, document, log.last_at, paid=paid, final_known=final_known)
            for kind, event, actor in steps:
                walk.take(kind, event, actor)
            n_without += walk.first_at is None
            levels += walk.close()
            requests += walk.request()
    guessed = tuple(_guess_open(levels))
    return Spells(guessed, tuple(_guess_depth(requests)), n_without, final_known)


Step = tuple[ActivityKind, ApprovalEvent, str]


def _split(
    events: Sequence[ApprovalEvent], read: dict[str, Activity]
) -> tuple[bool, dict[str, list[Step]]]:
    """Give whether a case was paid or ordered at last, and its steps by document."""
    paid = False
    found: dict[str, list[Step]] = {}
    for event in events:
        activity = read[event.activity]
        if activity.kind is ActivityKind.DONE:
            paid = True
        elif activity.kind is not ActivityKind.OTHER:
            step = (activity.kind, event, event.role or activity.actor)
            found.setdefault(activity.document, []).append(step)
    return paid, found


class _Walk:
    """One request, followed step by step."""

    def __init__(
        self, case: str, document: str, last_at: datetime, *, paid: bool, final_known: bool
    ) -> None:
        self.case, self.document, self.last_at = case, document, last_at
        self.paid, self.final_known = paid, final_known
        self.first_at: datetime | None = None
        self.waiting_since: datetime | None = None
        self.asker = ""
        self.level = 0
        self.amount: float | None = None
        self.approved_at: datetime | None = None
        self.ended_at: datetime | None = None
        self.ending = Ending.OPEN
        self.levels: list[Spell] = []

    def take(self, kind: ActivityKind, event: ApprovalEvent, actor: str) -> None:
        """Take the next step."""
        self.amount = event.amount if event.amount is not None else self.amount
        if kind is ActivityKind.SUBMITTED:
            self.first_at = self.first_at or event.at
            self.waiting_since, self.asker, self.level = event.at, actor, 0
        elif self.waiting_since is not None:
            self._decide(kind, event, actor)

    def _decide(self, kind: ActivityKind, event: ApprovalEvent, actor: str) -> None:
        own = actor != "" and actor == self.asker
        if kind in DECIDED:
            ending = Ending.APPROVED
        elif kind is ActivityKind.WITHDRAWN or own:
            ending = Ending.LOST
        else:
            ending = Ending.REJECTED
        if self.waiting_since is not None:
            self._add(self.waiting_since, event.at, ending, actor)
        if ending is Ending.APPROVED:
            self.level += 1
            self.approved_at = event.at
            self.waiting_since = None if kind is ActivityKind.FINAL else event.at
        else:
            self.waiting_since = None
        final = ending is Ending.APPROVED and kind is ActivityKind.FINAL
        if self.ending is Ending.OPEN and (final or ending is not Ending.APPROVED):
            self.ending, self.ended_at = ending, event.at

    def _add(self, start: datetime, end: datetime, ending: Ending, actor: str) -> None:
        level = min(self.level + 1, DEEPEST_LEVEL)
        days = (end - start).total_seconds() / SECONDS_A_DAY
        self.levels.append(
            Spell(self.case, self.document, level, actor, start, days, ending, self.amount)
        )

    def close(self) -> list[Spell]:
        """End the walk at the last moment of the log, and give its levels."""
        done = self.paid or not self.final_known
        if self.ending is Ending.OPEN and self.approved_at is not None and done:
            self.ending, self.ended_at = Ending.APPROVED, self.approved_at
        elif self.waiting_since is not None and self.ending is not Ending.APPROVED:
            self._add(self.waiting_since, self.last_at, Ending.OPEN, "")
        return self.levels

    def request(self) -> list[Spell]:
        """Give the whole request; none without a submission."""
        if self.first_at is None:
            return []
        end = self.ended_at or self.last_at
        days = (end - self.first_at).total_seconds() / SECONDS_A_DAY
        level = min(self.level, DEEPEST_LEVEL)
        whole = Spell(
            self.case, self.document, level, "", self.first_at, days, self.ending, self.amount
        )
        return [whole]


def _guess_open(levels: Sequence[Spell]) -> Iterator[Spell]:
    """Give the levels; one that waits is taken for the role that mostly decides at that level."""
    seen: dict[tuple[str, int], Counter[str]] = {}
    for spell in levels:
        if spell.ending is not Ending.OPEN:
            seen.setdefault((spell.document, spell.level), Counter())[spell.role] += 1
    for spell in levels:
        roles = seen.get((spell.document, spell.level))
        known = spell.ending is not Ending.OPEN or roles is None
        yield spell if known or not roles else replace(spell, role=roles.most_common(1)[0][0])


def _guess_depth(requests: Sequence[Spell]) -> Iterable[Spell]:
    """Give the requests; one not approved is taken to need as many levels as most of its kind."""
    seen: dict[str, Counter[int]] = {}
    for spell in requests:
        if spell.ending is Ending.APPROVED:
            seen.setdefault(spell.document, Counter())[spell.level] += 1
    for spell in requests:
        usual = seen.get(spell.document)
        if spell.ending is Ending.APPROVED or not usual:
            yield replace(spell, level=max(spell.level, 1))
            continue
        deeper = {level: n for level, n in usual.items() if level >= spell.level} or usual
        yield replace(spell, level=max(deeper, key=lambda level: (deeper[level], -level)))
