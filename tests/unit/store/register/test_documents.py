"""Documents and their versions."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from signoff.errors import ConflictError, DataError
from signoff.store.register import (
    Register,
    document_history,
    list_audit,
    list_documents,
    list_headings,
    load_document,
    save_document,
)

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)


def save(register: Register, name: str = "spring", **body: object) -> int:
    return save_document(register, kind="brief", name=name, body=body, author="ann", at=NOW).version


def test_save_document_again_adds_a_version_and_keeps_the_old(register: Register) -> None:
    assert [save(register, budget=1), save(register, budget=2)] == [1, 2]
    assert load_document(register, kind="brief", name="spring").body == {"budget": 2}
    assert load_document(register, kind="brief", name="spring", version=1).body == {"budget": 1}
    history = document_history(register, kind="brief", name="spring")
    assert [version.version for version in history] == [2, 1]


def test_save_document_body_comes_back_as_json_holds_it(register: Register) -> None:
    body = {"é": "naïve ☃ 漢", "money": Decimal("12.50"), "on": date(2026, 1, 2), "x": 0.1 + 0.2}
    saved = save_document(register, kind="k", name="n", body=body, author="ann", at=NOW)
    loaded = load_document(register, kind="k", name="n")
    assert loaded == saved
    assert loaded.body == {
        "é": "naïve ☃ 漢",
        "money": "12.50",
        "on": "2026-01-02",
        "x": 0.30000000000000004,
    }


def test_save_document_over_an_unseen_version_is_refused_and_names_its_author(
    register: Register,
) -> None:
    given = {"kind": "brief", "name": "spring", "at": NOW}
    save_document(register, **given, body={"a": 1}, author="ann", expected_version=0)
    save_document(register, **given, body={"a": 2}, author="bo", expected_version=1)
    with pytest.raises(ConflictError, match="bo saved version 2 on 2026-03-04 at 09:30 UTC"):
        save_document(register, **given, body={"a": 3}, author="ann", expected_version=1)
    with pytest.raises(ConflictError, match="not there any more"):
        save_document(
            register, **{**given, "name": "gone"}, body={}, author="ann", expected_version=1
        )
    assert load_document(register, kind="brief", name="spring").body == {"a": 2}
    assert [row.act.action for row in list_audit(register)] == ["saved", "saved"]


def test_save_document_from_many_at_once_lets_one_through_for_each_version_seen(
    register: Register,
) -> None:
    def change(author: int) -> int:
        for n_refused in range(100):
            seen = document_history(register, kind="brief", name="spring")
            body = {"by": [*(seen[0].body["by"] if seen else []), author]}
            version = seen[0].version if seen else 0
            try:
                save_document(
                    register,
                    kind="brief",
                    name="spring",
                    body=body,
                    author=str(author),
                    at=NOW,
                    expected_version=version,
                )
            except ConflictError:
                continue
            return n_refused
        raise AssertionError

    with ThreadPoolExecutor(8) as crowd:
        list(crowd.map(change, range(20)))
    newest = load_document(register, kind="brief", name="spring")
    assert (newest.version, sorted(newest.body["by"])) == (20, list(range(20)))


def test_save_document_time_of_another_zone_is_kept_in_utc(register: Register) -> None:
    paris = datetime(2026, 3, 4, 10, 30, tzinfo=timezone(timedelta(hours=1)))
    save_document(register, kind="k", name="n", body={}, author="ann", at=paris)
    assert load_document(register, kind="k", name="n").at == NOW


def test_list_documents_gives_the_newest_of_each(register: Register) -> None:
    for name in ("b", "a", "b"):
        save(register, name)
    found = list_documents(register, kind="brief")
    assert [(version.name, version.version) for version in found] == [("a", 1), ("b", 2)]
    assert list_documents(register, kind="plan") == []


def test_list_headings_gives_the_newest_of_each_of_the_kinds_asked_for(register: Register) -> None:
    for name in ("b", "a", "b"):
        save(register, name)
    later = NOW + timedelta(hours=1)
    save_document(register, kind="plan", name="p", body={"x": 1}, author="bo", at=later)
    found = list_headings(register)
    assert [(one.kind, one.name, one.version, one.author) for one in found] == [
        ("plan", "p", 1, "bo"),
        ("brief", "a", 1, "ann"),
        ("brief", "b", 2, "ann"),
    ]
    assert [one.at for one in found] == [later, NOW, NOW]
    assert [one.name for one in list_headings(register, kinds=["plan", "none"])] == ["p"]


def test_load_document_missing_names_those_there_are(register: Register) -> None:
    save(register, "autumn")
    with pytest.raises(DataError, match="there is no brief 'spring'") as caught:
        load_document(register, kind="brief", name="spring")
    assert "autumn" in caught.value.fault.why


def test_load_document_missing_version_names_those_there_are(register: Register) -> None:
    save(register)
    with pytest.raises(DataError, match="has no version 7"):
        load_document(register, kind="brief", name="spring", version=7)


@pytest.mark.parametrize("value", [float("nan"), {1, 2}, object()])
def test_save_document_what_json_cannot_hold_is_refused(register: Register, value: object) -> None:
    with pytest.raises(DataError, match="cannot be stored"):
        save(register, value=value)
    assert document_history(register, kind="brief", name="spring") == []


@pytest.mark.parametrize("name", ["", "x" * 401])
def test_save_document_name_out_of_bounds_is_refused(register: Register, name: str) -> None:
    with pytest.raises(DataError, match="cannot be called"):
        save(register, name)


def test_save_document_leaves_an_audit_row(register: Register) -> None:
    save(register)
    (row,) = list_audit(register, object_kind="document")
    assert (row.act.by, row.act.action, row.act.object_id) == ("ann", "saved", "brief/spring")
