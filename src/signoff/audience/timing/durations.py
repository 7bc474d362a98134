"""How long approval takes: at each level, by each role, and of whole requests."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isinf

from signoff.audience.timing.log import ApprovalLog
from signoff.audience.timing.model import TimeModel, estimate_quantile, fit_times
from signoff.audience.timing.spells import Ending, Spell, list_spells
from signoff.errors import DataError
from signoff.results import Estimate, Result, Row

__all__ = ["DurationGroup", "DurationStudy", "GroupKey", "LevelCount", "study_durations"]

BANDS = (1_000, 5_000, 20_000, 50_000, 250_000)
"""Amounts at which bands end; a firm's own limits of signature lie mostly on such round sums."""
MOST_GROUPS = 500


@dataclass(frozen=True, order=True)
class GroupKey:
    """Which spells a group holds.

    Attributes:
        kind: request (a whole one), level (one level of one) or role (one role at one level).
        document: What was asked for; empty where the log does not tell.
        level: Which level, of a request how many levels it passes; 0 is any.
        role: Who decides; empty is anybody.
    """

    kind: str
    document: str
    level: int = 0
    role: str = ""


@dataclass(frozen=True)
class DurationGroup:
    """How long spells of one group take, and how they end.

    Attributes:
        key: Which spells.
        n_spells: How many they are.
        n_approved: How many ended in a yes.
        n_rejected: In a no.
        n_lost: Taken back by whoever asked.
        n_open: Have not ended yet.
        median_days: Days within which half of the yeses come; None where none came.
        p90_days: Days within which nine in ten come.
        model: What predictions rest on; None where no yes came.
    """

    key: GroupKey
    n_spells: int
    n_approved: int
    n_rejected: int
    n_lost: int
    n_open: int
    median_days: Estimate | None
    p90_days: Estimate | None
    model: TimeModel | None

    def row(self) -> Row:
        """Give the group as a row."""
        return {
            "of": self.key.kind,
            "document": self.key.document,
            "level": self.key.level or None,
            "role": self.key.role,
            "n": self.n_spells,
            "approved": self.n_approved,
            "rejected": self.n_rejected,
            "lost": self.n_lost,
            "open": self.n_open,
            **_days("median", self.median_days),
            **_days("p90", self.p90_days),
            "rejected_share": round(self.n_rejected / max(self.n_spells - self.n_open, 1), 4),
        }


@dataclass(frozen=True)
class LevelCount:
    """How many approved requests of one document and band of amounts passed so many levels.

    Attributes:
        document: What was asked for.
        amount_from: Lower end of the band; None where no amount is known.
        amount_below: Upper end; None where the band has none.
        n_levels: How many levels.
        n_requests: How many requests.
        requests_share: Their share of the requests of that document and band.
    """

    document: str
    amount_from: float | None
    amount_below: float | None
    n_levels: int
    n_requests: int
    requests_share: float


@dataclass(frozen=True)
class DurationStudy(Result):
    """How long approval takes, by level, role and number of levels.

    Attributes:
        groups: By key.
        n_levels: How many levels requests pass, by document and band of amounts.
        notes: What a reader must know about the log.
    """

    groups: Mapping[GroupKey, DurationGroup]
    n_levels: tuple[LevelCount, ...]
    notes: tuple[str, ...]

    def rows(self) -> Sequence[Row]:
        """Give one row per group: whole requests, then levels, then roles."""
        return [group.row() for group in self.groups.values()]

    def level_rows(self) -> Sequence[Row]:
        """Give one row per document, band of amounts and number of levels."""
        return [
            {
                "document": count.document,
                "amount_from": count.amount_from,
                "amount_below": count.amount_below,
                "levels": count.n_levels,
                "n": count.n_requests,
                "share": round(count.requests_share, 4),
            }
            for count in self.n_levels
        ]

    def text(self) -> str:
        """Say how long a yes takes, what that rests on, and what the log leaves open."""
        return "\n".join([*_sentences(self), *self.notes])


def study_durations(log: ApprovalLog) -> DurationStudy:
    """Learn from an approval log how long a yes takes at each level and in all.

    Time at a level runs from the step before to this level's decision; of a request from its first
    submission to its final approval. A no and a request taken back end it otherwise; what had not
    ended by the last moment of the log counts for as long as it has waited.

    Args:
        log: The log.

    Returns:
        The study: groups for whole requests by number of levels, for each level and each role.

    Raises:
        DataError: nothing in the log was approved after a submission.

    >>> from datetime import datetime, UTC
    >>> from signoff.audience.timing.log import ApprovalEvent, make_approval_log
    >>> noon = datetime(2026, 1, 5, 12, tzinfo=UTC)
    >>> log = make_approval_log([ApprovalEvent("1", "submitted", noon),
    ...     ApprovalEvent("1", "final approval", noon.replace(day=7), "head")],
    ...     now=noon.replace(day=9))
    >>> [(row["of"], row["n"], row["approved"]) for row in study_durations(log).rows()][:2]
    [('request', 1, 1), ('request', 1, 1)]
    """
    spells = list_spells(log)
    if not any(spell.ending is Ending.APPROVED for spell in spells.levels):
        n_open = sum(spell.ending is Ending.OPEN for spell in spells.requests)
        raise DataError(
            "nothing in the log was approved after it was submitted",
            why=f"a yes ends the time; of {len(spells.requests):,} requests {n_open:,} are open",
            fix="give a longer period, or take the usual times: prior_durations()",
        )
    groups = {
        **_grouped(spells.requests, lambda s: GroupKey("request", s.document)),
        **_grouped(spells.requests, lambda s: GroupKey("request", s.document, s.level)),
        **_grouped(spells.levels, lambda s: GroupKey("level", s.document, s.level)),
        **_grouped(spells.levels, lambda s: GroupKey("role", s.document, s.level, s.role)),
    }
    notes = _notes(log, spells.n_without_submission, final_known=spells.final_known)
    ordered = dict(sorted(groups.items(), key=lambda item: _rank(item[0])))
    return DurationStudy(ordered, tuple(_count_levels(spells.requests)), notes)


def _rank(key: GroupKey) -> tuple[str, int, int, str]:
    return (key.document, ("request", "level", "role").index(key.kind), key.level, key.role)


def _grouped(
    spells: Sequence[Spell], key: Callable[[Spell], GroupKey]
) -> dict[GroupKey, DurationGroup]:
    found: dict[GroupKey, list[Spell]] = {}
    for spell in spells:
        found.setdefault(key(spell), []).append(spell)
    largest = sorted(found, key=lambda one: (-len(found[one]), one))[:MOST_GROUPS]
    return {one: _group(one, found[one]) for one in largest}


def _group(key: GroupKey, spells: Sequence[Spell]) -> DurationGroup:
    n = {ending: sum(spell.ending is ending for spell in spells) for ending in Ending}
    model = fit_times(spells) if n[Ending.APPROVED] else None
    return DurationGroup(
        key,
        n_spells=len(spells),
        n_approved=n[Ending.APPROVED],
        n_rejected=n[Ending.REJECTED],
        n_lost=n[Ending.LOST],
        n_open=n[Ending.OPEN],
        median_days=estimate_quantile(model, share=0.5) if model else None,
        p90_days=estimate_quantile(model, share=0.9) if model else None,
        model=model,
    )


def _days(name: str, estimate: Estimate | None) -> Row:
    """Give an estimate in three cells; an end that too few yeses tell is empty."""
    if estimate is None:
        return {f"{name}_days": None, f"{name}_low_days": None, f"{name}_high_days": None}
    high = None if isinf(estimate.high) else round(estimate.high, 4)
    return {
        f"{name}_days": round(estimate.value, 4),
        f"{name}_low_days": round(estimate.low, 4),
        f"{name}_high_days": high,
    }


def _count_levels(requests: Sequence[Spell]) -> list[LevelCount]:
    approved = [spell for spell in requests if spell.ending is Ending.APPROVED]
    bands = [(spell.document, *_band(spell.amount)) for spell in approved]
    totals = Counter(bands)
    counts = Counter(zip(bands, (spell.level for spell in approved), strict=True))
    found = [LevelCount(*band, level, n, n / totals[band]) for (band, level), n in counts.items()]
    return sorted(found, key=lambda one: (one.document, one.amount_from or 0.0, one.n_levels))


def _band(amount: float | None) -> tuple[float | None, float | None]:
    if amount is None:
        return None, None
    low = max((band for band in BANDS if band <= amount), default=0)
    return float(low), next((float(band) for band in BANDS if band > amount), None)


def _sentences(study: DurationStudy) -> list[str]:
    said = []
    for key, group in study.groups.items():
        if key.kind != "request" or group.median_days is None or group.p90_days is None:
            continue
        what = f"A {key.document}" if key.document else "A request"
        through = f" (levels of approval: {key.level})" if key.level else ""
        said.append(
            f"{what}{through}: half of the yeses within {group.median_days.text(digits=1)} days, "
            f"nine in ten within {group.p90_days.value:,.1f}; {group.n_approved:,} approved, "
            f"{group.n_rejected:,} rejected, {group.n_lost:,} taken back, {group.n_open:,} open."
        )
    return said


def _notes(log: ApprovalLog, n_without: int, *, final_known: bool) -> tuple[str, ...]:
    notes = [f"What had not ended by {log.last_at:%Y-%m-%d %H:%M} UTC counts as open."]
    if log.n_repeated:
        notes.append(f"{log.n_repeated:,} repeated rows were left out.")
    if n_without:
        notes.append(f"{n_without:,} requests were decided on without a submission in the log.")
    if not final_known:
        notes.append(
            "The log does not mark the final approval: the last approval of a request is taken "
            "for it, so requests that wait for a further level seem approved."
        )
    if all(event.role == "" for event in log.events):
        notes.append("The log names no roles: levels are told apart by their order alone.")
    return tuple(notes)
