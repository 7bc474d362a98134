"""The job that looks for accounts that may be one organisation."""

from signoff.app.jobs.kind import JobKind, Result, Step, Work
from signoff.audience import find_duplicates
from signoff.audience.matching import PairDecision
from signoff.store.lake import duckdb_engine
from signoff.store.merges import keep_pairs, list_pair_answers, pair_of

__all__ = ["FIND_DUPLICATES"]


def _find(work: Work) -> Result:
    work.tell("compare")
    answers = [pair_of(decision) for decision in list_pair_answers(work.workspace)]
    decisions = [
        PairDecision(answer.account_id, answer.other_account_id, is_same=answer.is_same)
        for answer in answers
    ]
    with duckdb_engine(work.workspace) as engine:
        pairs = find_duplicates(engine, decisions=decisions)
    work.tell("keep")
    return {"n_pairs": keep_pairs(work.workspace, pairs, by=work.by, at=work.asked_at)}


FIND_DUPLICATES = JobKind("find_duplicates", (Step("compare", _find, phases=("compare", "keep")),))
