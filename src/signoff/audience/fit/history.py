"""Whether a plain history tells who will buy: leaks left out, tried later, scored or refused."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from signoff.audience.fit.cells import PlainColumn, read_column
from signoff.audience.fit.history_day import day_after_share, find_entity, find_time
from signoff.audience.fit.history_model import HistoryModel, fit_history_model
from signoff.audience.fit.history_reasons import tell_reasons
from signoff.audience.fit.history_trial import HistoryTrial, try_by_entity, try_later_period
from signoff.audience.fit.leaks import Leak, area_alone, check_day_of_end, find_leaks
from signoff.audience.fit.outcome import Outcome, read_outcome
from signoff.errors import DataError
from signoff.results import Estimate, Result, Row

__all__ = ["HistoryFit", "RowScore", "fit_history"]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]

FEWEST_ROWS, FEWEST_OF_EACH, MOST_COLUMNS = 200, 20, 60
MATURE_SHARE = 0.9


@dataclass(frozen=True)
class RowScore:
    """The score of one row.

    Attributes:
        row: Its place in the table, from 1.
        ids: Its ids, account and day, by column.
        outcome: "won", "lost" or "" when it is not known.
        score: Calibrated probability of winning, 0 to 1.
        reasons: What moves its odds most, against the usual row.
    """

    row: int
    ids: Mapping[str, str]
    outcome: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class HistoryFit(Result):
    """What a history tells, tried on rows it was not learned from.

    Attributes:
        usable: Whether the lower end of the interval of auc lies above one half.
        reason: Why there is a usable signal or none.
        auc: Chance that a won row scores above a lost one; 95 % interval.
        log_loss: Mean surprise of the calibrated scores; 95 % interval.
        log_loss_constant: The same for the share won among the rows learned from.
        calibration_error: Mean distance between score and share won; 95 % interval.
        n_rows: Rows of the table.
        n_known: Rows with a known outcome.
        n_won: Won rows.
        n_learned: Rows learned from in the trial.
        n_tried: Rows tried on.
        outcome: How the outcome was read.
        time: Column that orders the rows, "" for none, and why.
        split_on: First day of the later period; None without a time column.
        entity: Column whose values were redrawn for the intervals; "" for rows.
        features: Columns the model uses.
        leaks: Columns it does not use, each with its reason.
        cautions: What the reader should know.
        scores: One for each row; none without a usable signal.
    """

    usable: bool
    reason: str
    auc: Estimate | None
    log_loss: Estimate | None
    log_loss_constant: float | None
    calibration_error: Estimate | None
    n_rows: int
    n_known: int
    n_won: int
    n_learned: int
    n_tried: int
    outcome: str
    time: str
    split_on: date | None
    entity: str
    features: tuple[str, ...]
    leaks: tuple[Leak, ...]
    cautions: tuple[str, ...]
    scores: tuple[RowScore, ...]

    def rows(self) -> Sequence[Row]:
        """Give one row for each score: ids, outcome, score and reasons."""
        return [
            {
                "row": s.row,
                **s.ids,
                "known_outcome": s.outcome,
                "score": round(s.score, 6),
                "reasons": "; ".join(s.reasons),
            }
            for s in self.scores
        ]

    def text(self) -> str:
        """Say what the history tells, how that was tried, and what was left out."""
        verdict = "The history tells who buys" if self.usable else "No usable signal"
        lines = [f"{verdict}: {self.reason}.", f"Outcome: {self.outcome}.", f"Time: {self.time}."]
        if self.auc and self.log_loss and self.calibration_error:
            when = f" from {self.split_on} on" if self.split_on else ", by parts"
            lines += [
                f"Learned from {self.n_learned:,} rows, tried on {self.n_tried:,}{when}.",
                f"Area under the curve {self.auc.text(digits=3)}.",
                f"Log loss {self.log_loss.text(digits=3)}.",
                f"Log loss of a constant {self.log_loss_constant:.3f}.",
                f"Calibration error {self.calibration_error.text(digits=3)}.",
            ]
        lines.append(f"Used: {', '.join(self.features) or 'nothing'}.")
        lines += [f"Left out: {leak.column} ({leak.kind}): {leak.why}." for leak in self.leaks]
        lines += [f"Caution: {caution}." for caution in self.cautions]
        return "\n".join(lines)


@dataclass(frozen=True)
class _Table:
    columns: tuple[PlainColumn, ...]
    outcome: Outcome
    time: PlainColumn | None
    time_said: str
    entity: PlainColumn | None
    cautions: tuple[str, ...]


def fit_history(
    records: Sequence[Mapping[str, object]],
    *,
    outcome: str,
    time: str | None = None,
    entity: str | None = None,
    split: date | float = 0.75,
    today: date | None = None,
    rng: np.random.Generator,
) -> HistoryFit:
    """Learn from past rows of any table who buys, and say so only when a later period agrees.

    Columns that were written after the outcome are found and left out. The earlier rows are
    learned from, the later ones are the trial; without a time column, each fifth of the accounts
    is tried on what the others tell. Rows whose outcome is not known are scored only.

    Args:
        records: The rows, by column name; all with the same columns.
        outcome: Column that says won or lost, or holds the day of winning.
        time: Column with the day each row began; None to find it.
        entity: Column with the account of each row; None to find it by its name.
        split: First day of the later period, or the share of rows before it, 0 to 1.
        today: Rows that began later are not learned from; None to trust all days.
        rng: Source of chance for the intervals.

    Returns:
        The figures, the leaks, and a score for each row; or the refusal, without scores.

    Raises:
        DataError: no rows, a column that is not there, or an outcome that cannot be read.

    >>> chance = np.random.default_rng(3)
    >>> rows = [{"size": n % 7, "won": "yes" if chance.random() < (n % 7) / 7 else "no"}
    ...     for n in range(600)]
    >>> found = fit_history(rows, outcome="won", rng=chance)
    >>> found.usable, found.features
    (True, ('size',))
    """
    table = _read_table(records, outcome=outcome, time=time, entity=entity)
    table = _mature(table, today=today)
    won = table.outcome.won
    day = None if table.time is None else table.time.numbers
    if day is not None:
        won = np.where(np.isfinite(day), won, np.nan)
    used, leaks = _usable_columns(table, won=won, day=day)
    blank = _blank(table, won=won, leaks=leaks)
    lack = _too_few(won) or ("" if used else "no column is left to learn from")
    if lack:
        return replace(blank, reason=lack)
    cluster = _clusters(table, n_rows=len(won))
    split_on = None if day is None else _split_day(day[~np.isnan(won)], split=split)
    if day is not None and split_on is not None:
        lack = _too_few_parts(won, later=day >= split_on.toordinal(), split_on=split_on)
        if lack:
            return replace(blank, reason=lack, split_on=split_on)
        kept = _strongest(used, won=np.where(day < split_on.toordinal(), won, np.nan))
        trial = try_later_period(
            kept, won=won, day=day, split=split_on.toordinal(), cluster=cluster, rng=rng
        )
    else:
        kept = _strongest(used, won=won)
        trial = try_by_entity(kept, won=won, cluster=cluster, rng=rng)
    found = _tried(blank, trial=trial, split_on=split_on, kept=kept)
    if not found.usable:
        return found
    order = rng.permutation(len(won)).astype(np.float64) if day is None else day
    model = fit_history_model(
        kept, won=won, learn=~np.isnan(won), order=order, drifts=day is not None
    )
    return replace(found, scores=_scores(table, model=model, kept=kept, leaks=leaks))


def _read_table(
    records: Sequence[Mapping[str, object]],
    *,
    outcome: str,
    time: str | None,
    entity: str | None,
) -> _Table:
    names = list(records[0]) if records else []
    if not names:
        raise DataError(
            "the table has no rows",
            why="there is nothing to learn from",
            fix="give a table with a heading and at least 200 rows with a known outcome",
        )
    for name in (outcome, time, entity):
        if name is not None and name not in names:
            raise _no_such_column(name, names=names)
    columns = [read_column(name, [row.get(name) for row in records]) for name in names]
    named = {column.name: column for column in columns}
    others = tuple(column for column in columns if column.name != outcome)
    check_day_of_end(named[outcome], others)
    told = read_outcome(named[outcome])
    when, said = (named[time], f"{time}, as given") if time else find_time(others, won=told.won)
    if when is not None and when.kind != "date":
        raise DataError(
            f"{when.name} does not hold days",
            why="rows are split by the day they began",
            fix="name a column such as 2026-11-27 or 27/11/2026 in at least nine of ten rows",
        )
    whom = named[entity] if entity else find_entity(others)
    return _Table(others, told, when, said, whom, ())


def _no_such_column(name: str, *, names: Sequence[str]) -> DataError:
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    shown = ", ".join(names[:20]) + (f" and {len(names) - 20} more" if len(names) > 20 else "")
    return DataError(
        f"there is no column {name}",
        why=f"the table has: {shown}",
        fix=f"did you mean {near[0]}?" if near else "name one of these",
    )


def _mature(table: _Table, *, today: date | None) -> _Table:
    """Take the outcome from rows of the future, and from rows too young to have been won."""
    if table.time is None:
        caution = "without a day, seasons and batches cannot be told from a signal"
        return replace(table, cautions=(*table.cautions, caution))
    won, day, cautions = table.outcome.won.copy(), table.time.numbers, list(table.cautions)
    if today is not None and (ahead := np.nan_to_num(day) > today.toordinal()).any():
        won[ahead] = np.nan
        cautions.append(f"{int(ahead.sum()):,} rows begin after {today}: scored, not learned from")
    undated = int((~np.isfinite(day) & ~np.isnan(won)).sum())
    if undated:
        cautions.append(f"{undated:,} rows have no day in {table.time.name}: not learned from")
    if table.outcome.ends is not None:
        ends = table.outcome.ends
        took = (ends - day)[np.isfinite(ends) & np.isfinite(day)]
        wait = float(np.quantile(took, MATURE_SHARE)) if len(took) else 0.0
        young = np.isnan(ends) & (np.nan_to_num(day) > np.nanmax(ends) - wait)
        won[young] = np.nan
        if young.any():
            cautions.append(
                f"{int(young.sum()):,} rows are younger than the {wait:.0f} days within which 90 % "
                "of the won were won: taken as open"
            )
    return replace(table, outcome=replace(table.outcome, won=won), cautions=tuple(cautions))


def _usable_columns(
    table: _Table, *, won: Floats, day: Floats | None
) -> tuple[list[PlainColumn], list[Leak]]:
    apart = {c.name for c in (table.time, table.entity) if c is not None}
    others = [column for column in table.columns if column.name not in apart]
    if min((won == 1).sum(), (won == 0).sum()) < 1:
        return others, []
    time = table.time.name if table.time else ""
    leaks = find_leaks(others, won=won, day=day, time=time)
    out = {leak.column for leak in leaks}
    used = [column for column in others if column.name not in out]
    if day is not None:
        used = [_age(column, day=day) if column.kind == "date" else column for column in used]
    if table.entity is not None:
        why = "whom a row belongs to: redrawn for the intervals, and a new account has no past"
        leaks.append(Leak(table.entity.name, "identifier", why))
    return used, leaks


def _age(column: PlainColumn, *, day: Floats) -> PlainColumn:
    return replace(column, kind="number", numbers=day - column.numbers)


def _blank(table: _Table, *, won: Floats, leaks: Sequence[Leak]) -> HistoryFit:
    return HistoryFit(
        usable=False,
        reason="",
        auc=None,
        log_loss=None,
        log_loss_constant=None,
        calibration_error=None,
        n_rows=len(won),
        n_known=int((~np.isnan(won)).sum()),
        n_won=int((won == 1).sum()),
        n_learned=0,
        n_tried=0,
        outcome=table.outcome.said,
        time=table.time_said,
        split_on=None,
        entity=table.entity.name if table.entity else "",
        features=(),
        leaks=tuple(leaks),
        cautions=table.cautions,
        scores=(),
    )


def _too_few(won: Floats) -> str:
    n_won, n_lost = int((won == 1).sum()), int((won == 0).sum())
    if n_won + n_lost < FEWEST_ROWS:
        return f"{n_won + n_lost} rows have a known outcome, and {FEWEST_ROWS} are needed"
    if min(n_won, n_lost) < 2 * FEWEST_OF_EACH:
        return f"{n_won:,} won and {n_lost:,} lost rows; {2 * FEWEST_OF_EACH} of each are needed"
    return ""


def _too_few_parts(won: Floats, *, later: Flags, split_on: date) -> str:
    for part, said in ((~later, "before"), (later, "from")):
        n_won, n_lost = int((won[part] == 1).sum()), int((won[part] == 0).sum())
        if min(n_won, n_lost) < FEWEST_OF_EACH:
            return (
                f"{said} {split_on} there are {n_won:,} won and {n_lost:,} lost rows; "
                f"{FEWEST_OF_EACH} of each are needed"
            )
    return ""


def _split_day(day: Floats, *, split: date | float) -> date:
    if isinstance(split, date):
        return split
    if not 0 < split < 1:
        raise DataError(
            f"a share of {split} to learn from",
            why="both parts need rows",
            fix="give a share between 0 and 1, such as 0.75, or a day",
        )
    return day_after_share(day, share=split)


def _clusters(table: _Table, *, n_rows: int) -> Places:
    if table.entity is None:
        return np.arange(n_rows)
    names = [text or f"\0{place}" for place, text in enumerate(table.entity.texts.tolist())]
    return np.unique(np.array(names, dtype=str), return_inverse=True)[1]


def _strongest(columns: Sequence[PlainColumn], *, won: Floats) -> list[PlainColumn]:
    """Keep the columns that tell most alone, when there are too many to weigh together."""
    if len(columns) <= MOST_COLUMNS:
        return list(columns)
    told = [-abs(area_alone(column, won=won) - 0.5) for column in columns]
    return [columns[place] for place in np.argsort(told, kind="stable")[:MOST_COLUMNS]]


def _tried(
    blank: HistoryFit, *, trial: HistoryTrial, split_on: date | None, kept: Sequence[PlainColumn]
) -> HistoryFit:
    usable = trial.auc.low > 0.5
    where = "a later period" if split_on else "accounts not learned from"
    reason = (
        f"rows of {where} are ranked better than chance"
        if usable
        else f"on {where} the ranking cannot be told from chance"
    )
    cautions = blank.cautions
    if usable and trial.log_loss.value >= trial.log_loss_constant:
        cautions = (*cautions, "the ranking holds, but the scores surprise more than a constant")
    return replace(
        blank,
        usable=usable,
        reason=reason,
        auc=trial.auc,
        log_loss=trial.log_loss,
        log_loss_constant=trial.log_loss_constant,
        calibration_error=trial.calibration_error,
        n_learned=trial.n_learned,
        n_tried=trial.n_tried,
        split_on=split_on,
        features=tuple(column.name for column in kept),
        cautions=cautions,
    )


def _scores(
    table: _Table, *, model: HistoryModel, kept: Sequence[PlainColumn], leaks: Sequence[Leak]
) -> tuple[RowScore, ...]:
    ids = {leak.column for leak in leaks if leak.kind == "identifier"}
    ids |= {table.time.name} if table.time else set()
    shown = [column for column in table.columns if column.name in ids]
    share = model.win_share(kept).tolist()
    reasons = tell_reasons(model, kept)
    outcome = [{1.0: "won", 0.0: "lost"}.get(w, "") for w in table.outcome.won.tolist()]
    return tuple(
        RowScore(
            row=place + 1,
            ids={column.name: column.texts[place] for column in shown},
            outcome=outcome[place],
            score=score,
            reasons=reasons[place],
        )
        for place, score in enumerate(share)
    )
