"""Requests to erase: the address stands in one private file, and only until it is erased."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from signoff.errors import MissingError
from signoff.store.privacy.erasure import ERASURE_PHASES, erase_persons
from signoff.store.privacy.request import clear_requests, keep_request, load_request
from signoff.store.settings import Settings
from signoff.store.workspace import Workspace, create_workspace

AT = datetime(2026, 11, 26, 9, tzinfo=UTC)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return create_workspace(tmp_path / "w", settings=Settings(name="Acme"), at=AT)


def test_keep_request_writes_a_file_that_only_its_owner_reads(workspace: Workspace) -> None:
    request_id = keep_request(workspace, email="ann@example.com", at=AT)
    (path,) = (workspace.path / "erasures").iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
    asked = load_request(workspace, request_id)
    assert (asked.email, asked.is_answered, asked.outcome) == ("ann@example.com", False, ())


def test_erase_persons_answers_every_request_of_theirs_and_forgets_the_address(
    workspace: Workspace,
) -> None:
    ids = [keep_request(workspace, email=f"{who}@Example.com", at=AT) for who in ("ann", "Ann")]
    other = keep_request(workspace, email="bo@example.com", at=AT)
    erase_persons(workspace, emails=["ann@example.com"], by="bo", at=AT)
    for request_id in ids:
        asked = load_request(workspace, request_id)
        assert asked.is_answered
        assert asked.outcome[-1] == {
            "place": "suppression list",
            "what": "hashes added",
            "n_rows": 1,
        }
    kept = "".join(path.read_text("utf-8") for path in (workspace.path / "erasures").iterdir())
    assert "ann@" not in kept.casefold()
    assert load_request(workspace, other).email == "bo@example.com"


def test_erase_persons_tells_its_phases_in_order(workspace: Workspace) -> None:
    told: list[str] = []
    erase_persons(workspace, emails=["a@example.com"], by="bo", at=AT, on_phase=told.append)
    assert tuple(told) == ERASURE_PHASES


def test_erasure_cut_off_keeps_the_request_so_that_it_is_repeated(workspace: Workspace) -> None:
    request_id = keep_request(workspace, email="ann@example.com", at=AT)

    def stop(phase: str) -> None:
        if phase == "forgetting":
            raise InterruptedError

    with pytest.raises(InterruptedError):
        erase_persons(workspace, emails=["ann@example.com"], by="bo", at=AT, on_phase=stop)
    assert load_request(workspace, request_id).email == "ann@example.com"


@pytest.mark.parametrize("name", ["0" * 32, "../settings", ""])
def test_load_request_of_an_id_that_is_none_says_so(workspace: Workspace, name: str) -> None:
    with pytest.raises(MissingError, match="no such request"):
        load_request(workspace, name)


def test_clear_requests_gives_them_up_after_a_month(workspace: Workspace) -> None:
    request_id = keep_request(workspace, email="ann@example.com", at=AT)
    assert clear_requests(workspace, now=AT + timedelta(days=29)) == 0
    assert clear_requests(workspace, now=AT + timedelta(days=31)) == 1
    with pytest.raises(MissingError):
        load_request(workspace, request_id)
