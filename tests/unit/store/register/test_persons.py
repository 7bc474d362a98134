"""Contacts and their versions."""

from collections.abc import Callable

import pytest
from sqlalchemy.exc import IntegrityError

from signoff.store.register import (
    ImportEntry,
    ImportState,
    PersonRow,
    Register,
    current_persons,
    drop_persons_of_import,
    find_person_ids,
    person_versions,
    set_import_state,
    stage_persons,
)

Importer = Callable[..., ImportEntry]
ANN = PersonRow("p1", external_id="17", email="Ann@Example.com ", first_name="Ann", last_name="Lee")
BO = PersonRow("p2", external_id="18", email="bo@example.com", first_name="Bo", last_name="Roy")


def emails(register: Register) -> dict[str, str | None]:
    return {person.person_id: person.email for person in current_persons(register)}


def test_current_persons_before_the_import_is_live_gives_none(
    register: Register, import_contacts: Importer
) -> None:
    import_contacts(register, ANN, is_live=False)
    assert current_persons(register) == []
    assert find_person_ids(register, emails=["ann@example.com"]) == {}
    assert len(person_versions(register, person_ids=["p1"])) == 1


def test_current_persons_later_import_supersedes(
    register: Register, import_contacts: Importer
) -> None:
    import_contacts(register, ANN, BO)
    import_contacts(register, PersonRow("p1", email="lee@example.com"), content="1")
    assert emails(register) == {"p1": "lee@example.com", "p2": "bo@example.com"}
    assert find_person_ids(register, emails=["ann@example.com", "lee@example.com"]) == {
        "lee@example.com": "p1"
    }


def test_drop_persons_of_import_brings_back_the_version_before(
    register: Register, import_contacts: Importer
) -> None:
    import_contacts(register, ANN)
    later = import_contacts(register, PersonRow("p1", email="x@example.com"), BO, content="1")
    assert drop_persons_of_import(register, later.import_seq) == 2
    assert emails(register) == {"p1": "Ann@Example.com "}
    assert drop_persons_of_import(register, later.import_seq) == 0


def test_current_persons_while_an_undo_runs_gives_the_version_before(
    register: Register, import_contacts: Importer
) -> None:
    import_contacts(register, ANN)
    later = import_contacts(register, PersonRow("p1", email="x@example.com"), content="1")
    undoing = ImportState.UNDOING
    set_import_state(register, later.import_id, state=undoing, by="ann", at=later.created_at)
    assert emails(register) == {"p1": "Ann@Example.com "}


def test_find_person_ids_by_any_spelling_and_by_external_id(
    register: Register, import_contacts: Importer
) -> None:
    import_contacts(register, ANN, BO)
    found = find_person_ids(register, emails=[" ANN@example.com"], external_ids=["18", "99"])
    assert found == {"ann@example.com": "p1", "18": "p2"}


def test_find_person_ids_of_many_is_whole(register: Register, import_contacts: Importer) -> None:
    rows = [PersonRow(f"p{i}", email=f"a{i}@example.com") for i in range(1201)]
    import_contacts(register, *rows)
    found = find_person_ids(register, emails=[f"A{i}@example.com" for i in range(1300)])
    assert found == {f"a{i}@example.com": f"p{i}" for i in range(1201)}


def test_current_persons_of_some_ids_gives_these(
    register: Register, import_contacts: Importer
) -> None:
    import_contacts(register, ANN, BO)
    assert [p.person_id for p in current_persons(register, person_ids=["p2", "p9", "p2"])] == ["p2"]


def test_stage_persons_again_replaces_what_the_import_wrote(
    register: Register, import_contacts: Importer
) -> None:
    entry = import_contacts(register, ANN)
    assert stage_persons(register, [ANN, BO], import_seq=entry.import_seq) == 2
    assert len(person_versions(register, person_ids=["p1", "p2"])) == 2


def test_stage_persons_zero_byte_in_a_name_is_left_out(
    register: Register, import_contacts: Importer
) -> None:
    import_contacts(register, PersonRow("p1", last_name="L\x00ee"))
    assert current_persons(register)[0].last_name == "Lee"


def test_stage_persons_of_an_unknown_import_is_refused(register: Register) -> None:
    with pytest.raises(IntegrityError):
        stage_persons(register, [ANN], import_seq=99)
