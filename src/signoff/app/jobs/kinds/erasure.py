"""The job that erases a person: its inputs name a request, never the person."""

from datetime import UTC, datetime

from signoff.app.jobs.kind import JobKind, Result, Step, Work
from signoff.store.privacy.erasure import ERASURE_PHASES, erase_persons
from signoff.store.privacy.request import load_request

__all__ = ["ERASE_PERSON"]


def _erase(work: Work) -> Result:
    request = load_request(work.workspace, work.inputs["request_id"])
    if not request.is_answered:
        erase_persons(
            work.workspace,
            emails=[request.email],
            by=work.by,
            at=datetime.now(UTC),
            on_phase=work.tell,
        )
    return {"request_id": request.request_id}


ERASE_PERSON = JobKind(
    "erase_person", (Step("erase", _erase, phases=ERASURE_PHASES),), inputs=("request_id",)
)
