"""Whether a plain history tells who will buy: leaks left out, tried later, scored or refused."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from signoff.audience.fit.cells import PlainColumn
from signoff.audience.fit.history_choice import fit_chosen
from signoff.audience.fit.history_day import day_after_share
from signoff.audience.fit.history_model import HistoryModel, fit_history_model
from signoff.audience.fit.history_reasons import tell_reasons
from signoff.audience.fit.history_result import HistoryFit, RowScore
from signoff.audience.fit.history_table import (
    HistoryTable,
    mature_table,
    number_entities,
    read_table,
    usable_columns,
)
from signoff.audience.fit.history_trees import TreeModel
from signoff.audience.fit.history_trial import HistoryTrial, try_by_entity, try_later_period
from signoff.audience.fit.leaks import Leak, area_alone
from signoff.errors import DataError

__all__ = ["fit_history"]

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

FEWEST_ROWS, FEWEST_OF_EACH, MOST_COLUMNS = 200, 20, 60


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
    table = read_table(records, outcome=outcome, time=time, entity=entity)
    table = mature_table(table, today=today)
    won = table.outcome.won
    day = None if table.time is None else table.time.numbers
    if day is not None:
        won = np.where(np.isfinite(day), won, np.nan)
    used, leaks = usable_columns(table, won=won, day=day)
    blank = _blank(table, won=won, leaks=leaks)
    lack = _too_few(won) or ("" if used else "no column is left to learn from")
    if lack:
        return replace(blank, reason=lack)
    cluster = number_entities(table, n_rows=len(won))
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
    if len(kept) < len(used):
        blank = replace(blank, cautions=(*blank.cautions, _weighed(len(kept), of=len(used))))
    found = _tried(blank, trial=trial, split_on=split_on, kept=kept)
    if not found.usable:
        return found
    model: HistoryModel | TreeModel
    if day is None:
        order = rng.permutation(len(won)).astype(np.float64)
        model = fit_history_model(kept, won=won, learn=~np.isnan(won), order=order, drifts=False)
    else:
        has_trees = trial.choice.has_trees
        model = fit_chosen(kept, won=won, learn=~np.isnan(won), day=day, has_trees=has_trees)
    return replace(found, scores=_scores(table, model=model, kept=kept, leaks=leaks))


def _blank(table: HistoryTable, *, won: Floats, leaks: Sequence[Leak]) -> HistoryFit:
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
        model="",
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


def _strongest(columns: Sequence[PlainColumn], *, won: Floats) -> list[PlainColumn]:
    """Keep the columns that tell most alone, when there are too many to weigh together."""
    if len(columns) <= MOST_COLUMNS:
        return list(columns)
    told = [-abs(area_alone(column, won=won) - 0.5) for column in columns]
    return [columns[place] for place in np.argsort(told, kind="stable")[:MOST_COLUMNS]]


def _weighed(n_kept: int, *, of: int) -> str:
    return (
        f"of {of:,} columns that may be used the {n_kept} that tell most alone, on the rows "
        "learned from, were weighed together"
    )


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
        model=trial.choice.why,
        cautions=cautions,
    )


def _scores(
    table: HistoryTable,
    *,
    model: HistoryModel | TreeModel,
    kept: Sequence[PlainColumn],
    leaks: Sequence[Leak],
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
