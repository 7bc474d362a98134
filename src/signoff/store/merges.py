"""Pairs of accounts that may be one, the answers about them, and the merges that follow."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from signoff.errors import DataError
from signoff.results import Result, Row
from signoff.store.derived import publish_facts
from signoff.store.imports.undo import undo_import
from signoff.store.lake.current import duckdb_engine, record_rows
from signoff.store.lake.session import LakeConnection
from signoff.store.merging import Clash, group_accounts
from signoff.store.register.decisions import (
    ReviewDecision,
    list_decisions,
    take_decision,
    take_decision_back,
)
from signoff.store.register.ledger import ImportState, list_imports
from signoff.store.workspace import Workspace

__all__ = [
    "DIFFERENT",
    "PAIR_KIND",
    "SAME",
    "MergeReceipt",
    "PairAnswer",
    "answer_pairs",
    "keep_pairs",
    "list_pair_answers",
    "pair_of",
    "take_answers_back",
]

PAIR_KIND = "account_pair"
SAME, DIFFERENT = "same", "different"
SEARCH = "search for duplicates"
TRIES = 3


@dataclass(frozen=True)
class PairAnswer:
    """What somebody says about two accounts.

    Attributes:
        account_id: One of them.
        other_account_id: The other.
        is_same: Whether they are one organisation.
        reason: Why, without naming a person.
        confidence_share: How sure the matcher was, 0 to 1; empty where it was not asked.
    """

    account_id: str
    other_account_id: str
    is_same: bool
    reason: str
    confidence_share: float | None = None

    @property
    def subject(self) -> str:
        """The pair, in whichever order it was named."""
        return "|".join(sorted((self.account_id, self.other_account_id)))


@dataclass(frozen=True)
class MergeReceipt(Result):
    """What answers changed.

    Attributes:
        n_answers: Answers written down, or taken back.
        n_merged: Accounts that are shown under another one from now on.
        n_parted: Accounts that stand alone again, or under a third one.
        import_id: Import that the change forms; empty when nothing moved. Answers are taken back,
            not imports undone.
    """

    n_answers: int
    n_merged: int
    n_parted: int
    import_id: str

    def rows(self) -> Sequence[Row]:
        """Give one row."""
        return [{"n_answers": self.n_answers, "n_merged": self.n_merged, "n_parted": self.n_parted}]

    def text(self) -> str:
        """Say what changed."""
        return (
            f"{self.n_answers:,} answers kept: {self.n_merged:,} accounts merged into another, "
            f"{self.n_parted:,} set apart again."
        )


def answer_pairs(
    workspace: Workspace,
    answers: Sequence[PairAnswer],
    *,
    by: str,
    at: datetime,
    leave_clashing: bool = False,
) -> MergeReceipt:
    """Keep what people say about pairs of accounts, and merge or part these accordingly.

    People, deals and events of both count under one account from then on; each record stays as
    its source wrote it, so that taking the answer back brings both back as they were.

    Args:
        workspace: The workspace.
        answers: The answers; a later one about the same pair replaces an earlier one.
        by: Who answers.
        at: When, UTC.
        leave_clashing: Leave out those answers that contradict others, rather than refuse all.

    Returns:
        What changed.

    Raises:
        DataError: an account is not there, or answers contradict each other through a chain of
            accounts (which, is said); nothing is kept.
    """

    def write() -> None:
        for answer in given.values():
            take_decision(
                workspace.register,
                kind=PAIR_KIND,
                subject=answer.subject,
                answer=SAME if answer.is_same else DIFFERENT,
                reason=answer.reason,
                confidence_share=answer.confidence_share,
                by=by,
                at=at,
            )

    given = {answer.subject: answer for answer in answers}
    if any(answer.account_id == answer.other_account_id for answer in answers):
        raise DataError(
            "an account cannot be paired with itself",
            why="a pair is two accounts",
            fix="name two different accounts",
        )

    if leave_clashing:
        held = [pair_of(decision) for decision in list_pair_answers(workspace)]
        given = _without_clashes(held, given)

    def change(held: Sequence[ReviewDecision]) -> list[PairAnswer]:
        return [*(pair_of(d) for d in held if d.subject not in given), *given.values()]

    return _apply(workspace, change=change, write=write, new=list(given.values()), by=by, at=at)


def take_answers_back(
    workspace: Workspace, decision_ids: Iterable[int], *, by: str, at: datetime
) -> MergeReceipt:
    """Take answers back; accounts that were merged by them alone stand apart again.

    Args:
        workspace: The workspace.
        decision_ids: Numbers of the decisions.
        by: Who.
        at: When, UTC.

    Returns:
        What changed.

    Raises:
        DataError: a decision does not hold; nothing is changed.
    """
    gone = sorted(set(decision_ids))

    def write() -> None:
        for decision_id in gone:
            take_decision_back(workspace.register, decision_id, by=by, at=at)

    def change(held: Sequence[ReviewDecision]) -> list[PairAnswer]:
        return [pair_of(d) for d in held if d.decision_id not in gone]

    return _apply(workspace, change=change, write=write, new=(), n_gone=len(gone), by=by, at=at)


def keep_pairs(
    workspace: Workspace, pairs: Sequence[Mapping[str, Any]], *, by: str, at: datetime
) -> int:
    """Keep the pairs that a search has found, in place of those of the search before.

    Args:
        workspace: The workspace.
        pairs: Rows of the table account_pair.
        by: Who asked for the search.
        at: When, UTC.

    Returns:
        Number of pairs kept.
    """
    earlier = list_imports(workspace.register, state=ImportState.LIVE, table_name=PAIR_KIND)
    kept = publish_facts(workspace, {PAIR_KIND: pairs}, origin=SEARCH, by=by, at=at)
    for entry in earlier:
        if entry.import_id != kept:
            undo_import(workspace, entry.import_id, by=by, at=at)
    return len(pairs)


def list_pair_answers(workspace: Workspace) -> list[ReviewDecision]:
    """Give the answers that hold, oldest first; `pair_of` gives their accounts."""
    return list_decisions(workspace.register, kind=PAIR_KIND)


def pair_of(decision: ReviewDecision) -> PairAnswer:
    """Give the pair that a decision is about."""
    one, _, other = decision.subject.partition("|")
    return PairAnswer(
        one, other, decision.answer == SAME, decision.reason, decision.confidence_share
    )


def _apply(
    workspace: Workspace,
    *,
    change: Callable[[Sequence[ReviewDecision]], list[PairAnswer]],
    write: Callable[[], None],
    new: Sequence[PairAnswer],
    by: str,
    at: datetime,
    n_gone: int = 0,
) -> MergeReceipt:
    """Work the merges out from all answers; begin anew when somebody else answered meanwhile."""
    for attempt in range(TRIES):
        held = list_pair_answers(workspace)
        rows = _moves(workspace, change(held), new=new, at=at)
        newest = [decision.decision_id for decision in held]

        def along(seen: Sequence[int] = newest) -> None:
            if [d.decision_id for d in list_pair_answers(workspace)] != list(seen):
                raise _Overtaken
            write()

        try:
            import_id = _publish(workspace, rows, along=along, by=by, at=at)
        except _Overtaken:
            if attempt == TRIES - 1:
                raise DataError(
                    "somebody else answers at the same time",
                    why="merges follow from all answers together",
                    fix="try again; nothing was kept",
                ) from None
            continue
        n_merged = sum(row["kept_account_id"] != row["account_id"] for row in rows)
        n_kept = sum(row["reason"] == KEPT_SPELLING for row in rows)
        return MergeReceipt(len(new) + n_gone, n_merged, len(rows) - n_merged - n_kept, import_id)
    raise AssertionError("the last try returns or raises")


class _Overtaken(Exception):  # noqa: N818 - no error: the work begins anew
    """Somebody else answered meanwhile."""


def _publish(
    workspace: Workspace,
    rows: list[dict[str, Any]],
    *,
    along: Callable[[], None],
    by: str,
    at: datetime,
) -> str:
    if rows:
        tables = {"account_merge": rows}
        return publish_facts(workspace, tables, origin="review", by=by, at=at, along=along)
    with workspace.register.together():
        along()
    return ""


def _without_clashes(
    held: Sequence[PairAnswer], given: Mapping[str, PairAnswer]
) -> dict[str, PairAnswer]:
    """Give the new answers without those that lie on a chain to a contradiction."""
    left = dict(given)
    while True:
        answers = [*(one for one in held if one.subject not in left), *left.values()]
        same, apart = _sorted_out(answers)
        found = group_accounts(same, apart=apart, fullness={}, kept={})
        if not isinstance(found, Clash):
            return left
        links = {"|".join(sorted(link)) for link in pairwise(found.chain)}
        clashing = links & set(left) or {"|".join(sorted((found.chain[0], found.chain[-1])))}
        if not clashing & set(left):
            return left  # what was held clashes with itself; it is refused with its chain
        left = {subject: one for subject, one in left.items() if subject not in clashing}


def _sorted_out(
    answers: Sequence[PairAnswer],
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Give the pairs said to be the same, and those said to be different."""
    same = [(a.account_id, a.other_account_id) for a in answers if a.is_same]
    return same, [(a.account_id, a.other_account_id) for a in answers if not a.is_same]


def _moves(
    workspace: Workspace, answers: Sequence[PairAnswer], *, new: Sequence[PairAnswer], at: datetime
) -> list[dict[str, Any]]:
    """Give the rows of account_merge that must change for these answers to hold.

    An answer about an account whose import was undone rests until the account comes back.
    """
    with duckdb_engine(workspace) as engine:
        records = _records(engine.lake, answers)
        current = _current(engine.lake)
    _refuse_unknown(records, new)
    answers = [a for a in answers if {a.account_id, a.other_account_id} <= set(records)]
    pairs, apart = _sorted_out(answers)
    found = group_accounts(pairs, apart=apart, fullness=_fullness(records), kept=current)
    if isinstance(found, Clash):
        raise _clash(found, records)
    told = _told(answers)
    moves = [
        {
            "account_id": account_id,
            "kept_account_id": found.get(account_id, account_id),
            **{name: records.get(account_id, {}).get(name) for name in SPELLING},
            "confidence_share": told.get(account_id, (1.0, ""))[0],
            "reason": told.get(account_id, (1.0, ""))[1] or "stands alone again",
            "decided_at": at,
        }
        for account_id in sorted({*found, *current})
        if found.get(account_id, account_id) != current.get(account_id, account_id)
    ]
    return [*moves, *_kept_spellings(moves, records)]


def _kept_spellings(
    moves: Sequence[Mapping[str, Any]], records: Mapping[str, Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Write down how the accounts that stay are spelled, lest undoing their import forget it.

    Whoever was suppressed under that name or domain stays suppressed with the whole organisation.
    """
    moved = {row["account_id"] for row in moves}
    stay = {row["kept_account_id"]: row["decided_at"] for row in moves}
    return [
        {
            "account_id": account_id,
            "kept_account_id": account_id,
            **{name: records[account_id].get(name) for name in SPELLING},
            "confidence_share": 1.0,
            "reason": KEPT_SPELLING,
            "decided_at": decided_at,
        }
        for account_id, decided_at in sorted(stay.items())
        if account_id in records and account_id not in moved
    ]


SPELLING = ("external_id", "name", "domain")
KEPT_SPELLING = "others are shown under it"


def _told(answers: Sequence[PairAnswer]) -> dict[str, tuple[float, str]]:
    """Say for each account by which answer it was merged, the surest."""
    told: dict[str, tuple[float, str]] = {}
    for answer in answers:
        if answer.is_same:
            share = 1.0 if answer.confidence_share is None else answer.confidence_share
            for account_id in (answer.account_id, answer.other_account_id):
                told[account_id] = max(told.get(account_id, (0.0, "")), (share, answer.reason))
    return told


def _records(lake: LakeConnection, answers: Sequence[PairAnswer]) -> dict[str, dict[str, Any]]:
    ids = sorted({i for a in answers for i in (a.account_id, a.other_account_id)})
    cursor = lake.session.execute(
        f"SELECT * FROM ({record_rows(lake)['account']}) "
        "WHERE account_id IN (SELECT unnest($1::VARCHAR[]))",
        [ids],
    )
    names = [column[0] for column in cursor.description or ()]
    return {row[0]: dict(zip(names, row, strict=True)) for row in cursor.fetchall()}


def _current(lake: LakeConnection) -> dict[str, str]:
    found = lake.rows(
        "SELECT account_id, kept_account_id FROM account_merge WHERE kept_account_id <> account_id"
    )
    return {str(account_id): str(kept) for account_id, kept in found}


def _fullness(records: Mapping[str, Mapping[str, Any]]) -> dict[str, tuple[int, int]]:
    """Rank records: clients first, then those that say most."""
    return {
        account_id: (
            row["relationship"] == "client",
            sum(cell is not None for cell in row.values()),
        )
        for account_id, row in records.items()
    }


def _refuse_unknown(
    records: Mapping[str, Mapping[str, Any]], answers: Sequence[PairAnswer]
) -> None:
    unknown = sorted(
        {i for a in answers for i in (a.account_id, a.other_account_id)} - set(records)
    )
    if unknown:
        raise DataError(
            f"there is no account {', '.join(unknown[:5])}",
            why="only accounts that were imported can be compared",
            fix="look at the list of accounts; an import may have been undone",
        )


def _clash(clash: Clash, records: Mapping[str, Mapping[str, Any]]) -> DataError:
    names = [str(records[account_id]["name"]) for account_id in clash.chain]
    return DataError(
        f"the answers contradict each other: {names[0]} and {names[-1]} are said to be different",
        why=f"and the same through this chain: {' = '.join(names)}",
        fix="take one of these answers back, or answer the pair anew; nothing was kept",
    )
