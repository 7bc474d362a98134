"""A person's facts leave the lake's rows and its files."""

from collections.abc import Callable
from typing import Any

from signoff.store.lake import current_snapshot, delete_person_facts, open_lake
from signoff.store.lake.storage import present_files
from signoff.store.workspace import Workspace

Bring = Callable[..., str]


def _facts(bring: Bring) -> None:
    people = [
        {"person_id": f"person-{key}", "title": f"Title {key}", "origin": "measured"}
        for key in ("one", "two")
    ]
    bring("person_fact", people)
    bring(
        "committee_role",
        [{"person_id": p["person_id"], "account_id": "a", "role": "decider"} for p in people],
    )
    bring(
        "event",
        [
            {"event_id": p["person_id"][-3:], "person_id": p["person_id"], "visitor": "v"}
            for p in people
        ],
    )


def test_delete_person_facts_leaves_the_others(workspace: Workspace, bring: Bring) -> None:
    _facts(bring)
    assert delete_person_facts(workspace, ["person-one"]) == 3
    with open_lake(workspace) as lake:
        for table in ("person_fact", "committee_role"):
            assert lake.rows(f"SELECT person_id FROM lake.{table}") == [("person-two",)]
        events = lake.rows("SELECT event_id, person_id, visitor FROM lake.event ORDER BY event_id")
    assert events == [("one", None, None), ("two", "person-two", "v")]


def test_delete_person_facts_leaves_no_bytes_in_files(
    workspace: Workspace, bring: Bring, stored_files: Any
) -> None:
    def holding() -> list[object]:
        found = present_files(workspace)
        return [path for path in found if b"person-one" in stored_files.read(path)]

    _facts(bring)
    assert len(holding()) == 3
    delete_person_facts(workspace, ["person-one"])
    assert holding() == []
    assert len(present_files(workspace)) == 3


def test_delete_person_facts_of_nobody_changes_nothing(workspace: Workspace, bring: Bring) -> None:
    _facts(bring)
    before = current_snapshot(workspace)
    assert delete_person_facts(workspace, []) == 0
    assert delete_person_facts(workspace, ["nobody"]) == 0
    assert current_snapshot(workspace) == before
