"""What people answer in queues of review, kept with who answered and when, and taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, insert, select, update

from signoff.errors import DataError
from signoff.store.register.audit import Act, write_audit
from signoff.store.register.connection import Register
from signoff.store.register.tables import REVIEW_DECISION

__all__ = ["ReviewDecision", "list_decisions", "take_decision", "take_decision_back"]


@dataclass(frozen=True)
class ReviewDecision:
    """One answer.

    Attributes:
        decision_id: Its number.
        kind: Which queue: account_pair.
        subject: What was asked about, as the queue writes it.
        answer: What was answered, in the queue's words.
        reason: Why.
        confidence_share: How sure the machine was when it asked, 0 to 1; empty when it did not.
        by: Who answered.
        at: When, UTC.
        taken_back_at: When it was taken back, UTC; empty while it holds.
    """

    decision_id: int
    kind: str
    subject: str
    answer: str
    reason: str
    confidence_share: float | None
    by: str
    at: datetime
    taken_back_at: datetime | None = None


def take_decision(
    register: Register,
    *,
    kind: str,
    subject: str,
    answer: str,
    reason: str,
    confidence_share: float | None,
    by: str,
    at: datetime,
) -> int:
    """Write an answer down; an earlier one about the same is taken back by it.

    Args:
        register: The register.
        kind: Which queue.
        subject: What was asked about.
        answer: The answer.
        reason: Why, without naming a person.
        confidence_share: How sure the machine was, 0 to 1.
        by: Who answers.
        at: When, UTC.

    Returns:
        Number of the decision.

    >>> from signoff.store.register.audit import open_doctest_register
    >>> register = open_doctest_register()
    >>> for answer in ("same", "different"):
    ...     number = take_decision(
    ...         register, kind="account_pair", subject="a|b", answer=answer, reason="seen",
    ...         confidence_share=0.7, by="ann", at=datetime(2026, 1, 2))
    >>> [decision.answer for decision in list_decisions(register, kind="account_pair")]
    ['different']
    """
    values = {
        "kind": kind,
        "subject": subject,
        "answer": answer,
        "reason": reason,
        "confidence_share": confidence_share,
        "by": by,
        "at": at,
    }
    meant = (
        REVIEW_DECISION.c.kind == kind,
        REVIEW_DECISION.c.subject == subject,
        REVIEW_DECISION.c.taken_back_at.is_(None),
    )
    with register.begin() as connection:
        connection.execute(
            update(REVIEW_DECISION).where(*meant).values(taken_back_by=by, taken_back_at=at)
        )
        made = insert(REVIEW_DECISION).values(values)
        number = connection.execute(
            made.returning(REVIEW_DECISION.c.review_decision_id)
        ).scalar_one()
        act = Act(by, at, "decided", kind, subject, {"answer": answer, "reason": reason})
        write_audit(register, connection, act=act)
    return int(number)


def take_decision_back(register: Register, decision_id: int, *, by: str, at: datetime) -> None:
    """Take an answer back; it stays in the history.

    Args:
        register: The register.
        decision_id: Number of the decision.
        by: Who takes it back.
        at: When, UTC.

    Raises:
        DataError: no such decision holds.

    >>> from signoff.store.register.audit import open_doctest_register
    >>> take_decision_back(open_doctest_register(), 7, by="ann", at=datetime(2026, 1, 2))
    Traceback (most recent call last):
    signoff.errors.DataError: decision 7 does not hold. Why: ...
    """
    meant = (
        REVIEW_DECISION.c.review_decision_id == decision_id,
        REVIEW_DECISION.c.taken_back_at.is_(None),
    )
    with register.begin() as connection:
        found = connection.execute(select(REVIEW_DECISION).where(*meant)).one_or_none()
        if found is None:
            raise DataError(
                f"decision {decision_id} does not hold",
                why="it was taken back, or never was",
                fix="look at the list of decisions",
            )
        connection.execute(
            update(REVIEW_DECISION).where(*meant).values(taken_back_by=by, taken_back_at=at)
        )
        act = Act(by, at, "took back", found.kind, found.subject, {"answer": found.answer})
        write_audit(register, connection, act=act)


def list_decisions(
    register: Register, *, kind: str, with_taken_back: bool = False
) -> list[ReviewDecision]:
    """Give the answers of one queue, oldest first.

    Args:
        register: The register.
        kind: Which queue.
        with_taken_back: Whether those that hold no more are among them.

    >>> from signoff.store.register.audit import open_doctest_register
    >>> list_decisions(open_doctest_register(), kind="account_pair")
    []
    """
    query = select(REVIEW_DECISION).where(REVIEW_DECISION.c.kind == kind)
    if not with_taken_back:
        query = query.where(REVIEW_DECISION.c.taken_back_at.is_(None))
    ordered = query.order_by(REVIEW_DECISION.c.review_decision_id)
    with register.read() as connection:
        return _decisions(connection.execute(ordered).all())


def _decisions(rows: Sequence[Row[tuple[object, ...]]]) -> list[ReviewDecision]:
    return [
        ReviewDecision(
            decision_id=row.review_decision_id,
            kind=row.kind,
            subject=row.subject,
            answer=row.answer,
            reason=row.reason,
            confidence_share=row.confidence_share,
            by=row.by,
            at=row.at,
            taken_back_at=row.taken_back_at,
        )
        for row in rows
    ]
