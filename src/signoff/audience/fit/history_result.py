"""What a plain history tells: the figures of its trial, what was left out, the scores."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from signoff.audience.fit.leaks import Leak
from signoff.results import Estimate, Result, Row

__all__ = ["HistoryFit", "RowScore"]


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
        model: Which kind of model was used, and why; "" when none was tried.
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
    model: str
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
        if self.model:
            lines.append(f"Model: {self.model}.")
        lines.append(f"Used: {', '.join(self.features) or 'nothing'}.")
        lines += [f"Left out: {leak.column} ({leak.kind}): {leak.why}." for leak in self.leaks]
        lines += [f"Caution: {caution}." for caution in self.cautions]
        return "\n".join(lines)
