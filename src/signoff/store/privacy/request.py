"""What a person asked for by a page: the address stands in a private file until it is erased."""

import json
import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from signoff.errors import MissingError
from signoff.results import Row
from signoff.store.register.identity import normal_email
from signoff.store.workspace import Workspace

__all__ = [
    "ErasureRequest",
    "answer_requests",
    "clear_requests",
    "keep_request",
    "load_request",
]

KEPT = timedelta(days=30)  # the law gives a month to answer; a cancelled request waits no longer
ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class ErasureRequest:
    """One request to erase a person.

    Attributes:
        request_id: Its id, 32 hexadecimal digits, which says nothing of the person.
        email: The person's address; empty as soon as the person is erased.
        outcome: What was done, place by place, naming nobody; empty before.
    """

    request_id: str
    email: str
    outcome: tuple[Row, ...] = ()

    @property
    def is_answered(self) -> bool:
        """Whether the person is erased."""
        return not self.email


def keep_request(workspace: Workspace, *, email: str, at: datetime) -> str:
    """Keep whom to erase where backups and the jobs' tables do not reach.

    Args:
        workspace: The workspace.
        email: The person's address.
        at: When it was asked for, UTC.

    Returns:
        The id of the request.
    """
    request_id = uuid.uuid4().hex
    _write(_folder(workspace) / f"{request_id}.json", {"email": email, "at": at.isoformat()})
    return request_id


def load_request(workspace: Workspace, request_id: str) -> ErasureRequest:
    """Give a request.

    Args:
        workspace: The workspace.
        request_id: Its id.

    Raises:
        MissingError: there is none, or it was given up after a month.
    """
    path = _folder(workspace) / f"{request_id}.json"
    if not ID.fullmatch(request_id) or not path.is_file():
        raise MissingError(
            "there is no such request to erase a person",
            why="it was never made, or it lay for over 30 days",
            fix="ask for the erasure again, with the person's address",
        )
    kept = json.loads(path.read_text(encoding="utf-8"))
    return ErasureRequest(request_id, kept.get("email", ""), tuple(kept.get("outcome", ())))


def answer_requests(workspace: Workspace, *, emails: Iterable[str], outcome: Sequence[Row]) -> int:
    """Put what was done in the place of the address, in every request that names one of some.

    Args:
        workspace: The workspace.
        emails: Addresses of those who were erased.
        outcome: What was done, place by place, naming nobody.

    Returns:
        Number of requests answered.
    """
    erased = set(map(normal_email, emails))
    n_answered = 0
    for path in sorted(_folder(workspace).glob("*.json")):
        kept = json.loads(path.read_text(encoding="utf-8"))
        if normal_email(kept.get("email")) in erased - {""}:
            _write(path, {"at": kept["at"], "outcome": list(outcome)})
            n_answered += 1
    return n_answered


def clear_requests(workspace: Workspace, *, now: datetime) -> int:
    """Remove the requests made over 30 days ago, answered or not.

    Args:
        workspace: The workspace.
        now: The time, UTC.

    Returns:
        Number of requests removed.
    """
    n_removed = 0
    for path in sorted(_folder(workspace).glob("*.json")):
        kept = json.loads(path.read_text(encoding="utf-8"))
        if datetime.fromisoformat(kept["at"]) < now - KEPT:
            path.unlink(missing_ok=True)
            n_removed += 1
    return n_removed


def _folder(workspace: Workspace) -> Path:
    return workspace.path / "erasures"


def _write(path: Path, kept: dict[str, Any]) -> None:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    draft = path.with_suffix(".unfinished")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
    draft.replace(path)
