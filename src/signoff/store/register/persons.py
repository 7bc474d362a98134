"""Contacts: the only place with names and addresses. Each import keeps its own version."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, astuple, dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Select, and_, delete, exists, insert, select

from signoff.store.register.audit import Act, write_audit
from signoff.store.register.connection import Register
from signoff.store.register.identity import normal_email
from signoff.store.register.ledger import ImportState
from signoff.store.register.tables import IMPORT_LEDGER, PERSON, PERSON_TEXT

__all__ = [
    "Person",
    "PersonRow",
    "all_versions",
    "current_persons",
    "drop_persons_of_import",
    "find_person_ids",
    "ids_of_import",
    "person_versions",
    "stage_persons",
]

CHUNK = 500


@dataclass(frozen=True)
class PersonRow:
    """One contact as one file knows it.

    Attributes:
        person_id: Random id, the same in the lake.
        external_id: Id in the system the row came from.
        email: Address as the source writes it.
        first_name: First name.
        last_name: Last name.
        phone: Phone number as the source writes it.
        linkedin_url: Address of the profile.
        company_name: Employer as the source writes it.
        company_domain: Employer's web domain.
        city: City.
        postcode: Postcode.
        country: ISO 3166 alpha-2 code.
    """

    person_id: str
    external_id: str | None = None
    email: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    phone: str | None = None
    linkedin_url: str | None = None
    company_name: str | None = None
    company_domain: str | None = None
    city: str | None = None
    postcode: str | None = None
    country: str | None = None


@dataclass(frozen=True)
class Person(PersonRow):
    """One contact as the workspace knows it, with the number of the import that said so."""

    import_seq: int = 0


def stage_persons(register: Register, rows: Sequence[PersonRow], *, import_seq: int) -> int:
    """Write the contacts of an import; they count once the import is live.

    Args:
        register: The register.
        rows: The contacts; one that the import wrote before is replaced, so that a chunk may be
            written again.
        import_seq: Number of the import, from `open_import`.

    Returns:
        Number of contacts written.

    >>> from signoff.store.register.audit import open_doctest_register
    >>> stage_persons(open_doctest_register(), [], import_seq=1)
    0
    """
    if not rows:
        return 0
    values = {row.person_id: _values(row, import_seq) for row in rows}
    with register.begin() as connection:
        for chunk in _chunks(values):
            connection.execute(delete(PERSON).where(_of_import(import_seq), _among(chunk)))
        connection.execute(insert(PERSON), list(values.values()))
        _note(register, connection, action="staged", import_seq=import_seq, n_persons=len(values))
    return len(values)


def ids_of_import(register: Register, import_seq: int) -> list[str]:
    """Name the contacts that an import told of.

    >>> from signoff.store.register.audit import open_doctest_register
    >>> ids_of_import(open_doctest_register(), 1)
    []
    """
    query = select(PERSON.c.person_id).where(_of_import(import_seq)).order_by(PERSON.c.person_id)
    with register.read() as connection:
        return list(connection.execute(query).scalars())


def drop_persons_of_import(register: Register, import_seq: int) -> int:
    """Take back the contacts of an import; what earlier imports said of them counts again.

    Args:
        register: The register.
        import_seq: Number of the import.

    Returns:
        Number of contacts taken back.

    >>> from signoff.store.register.audit import open_doctest_register
    >>> drop_persons_of_import(open_doctest_register(), 1)
    0
    """
    with register.begin() as connection:
        n_persons = connection.execute(delete(PERSON).where(_of_import(import_seq))).rowcount
        if n_persons:
            _note(
                register, connection, action="dropped", import_seq=import_seq, n_persons=n_persons
            )
    return n_persons


def find_person_ids(
    register: Register, *, emails: Iterable[str] = (), external_ids: Iterable[str] = ()
) -> dict[str, str]:
    """Find the contacts that the workspace knows already.

    Args:
        register: The register.
        emails: Addresses, in any case and with any outer spaces.
        external_ids: Ids in the systems the contacts came from.

    Returns:
        Person id by normalised address and by external id, for those that are known. When
        two contacts share one, the one imported last is given.

    >>> from signoff.store.register.audit import open_doctest_register
    >>> find_person_ids(open_doctest_register(), emails=["ann@example.com"])
    {}
    """
    found: dict[str, str] = {}
    keys = (key for key in map(normal_email, emails) if key)
    wanted = ((PERSON.c.external_id, external_ids), (PERSON.c.email_key, keys))
    with register.read() as connection:
        for column, values in wanted:
            for chunk in _chunks(dict.fromkeys(values)):
                query = _current(PERSON.c.person_id, column).where(column.in_(chunk))
                rows = connection.execute(query.order_by(PERSON.c.import_seq))
                found |= {value: person_id for person_id, value in rows}
    return found


def current_persons(register: Register, *, person_ids: Iterable[str] | None = None) -> list[Person]:
    """Give contacts as the newest live import knows them.

    Args:
        register: The register.
        person_ids: Only these; all when not given.

    Returns:
        The contacts, by person id.

    >>> from signoff.store.register.audit import open_doctest_register
    >>> current_persons(open_doctest_register())
    []
    """
    with register.read() as connection:
        if person_ids is None:
            return _persons(connection, _current(PERSON).order_by(PERSON.c.person_id))
        return [
            person
            for chunk in _chunks(sorted(set(person_ids)))
            for person in _persons(
                connection, _current(PERSON).where(_among(chunk)).order_by(PERSON.c.person_id)
            )
        ]


def person_versions(register: Register, *, person_ids: Iterable[str]) -> list[Person]:
    """Give every version of some contacts, those of undone and unfinished imports too.

    >>> from signoff.store.register.audit import open_doctest_register
    >>> person_versions(open_doctest_register(), person_ids=["p1"])
    []
    """
    order = (PERSON.c.person_id, PERSON.c.import_seq)
    with register.read() as connection:
        return [
            person
            for chunk in _chunks(sorted(set(person_ids)))
            for person in _persons(connection, select(PERSON).where(_among(chunk)).order_by(*order))
        ]


def all_versions(register: Register) -> list[Person]:
    """Give every version of every contact.

    >>> from signoff.store.register.audit import open_doctest_register
    >>> all_versions(open_doctest_register())
    []
    """
    with register.read() as connection:
        return _persons(connection, select(PERSON).order_by(PERSON.c.person_id))


def _current(*columns: Any) -> Select[Any]:
    """Select versions that are live and have no newer live version."""
    newer = PERSON.alias("newer")
    newer_import = IMPORT_LEDGER.alias("newer_import")
    live = and_(
        IMPORT_LEDGER.c.import_seq == PERSON.c.import_seq,
        IMPORT_LEDGER.c.state == ImportState.LIVE,
    )
    superseded = exists().where(
        newer.c.person_id == PERSON.c.person_id,
        newer.c.import_seq > PERSON.c.import_seq,
        newer_import.c.import_seq == newer.c.import_seq,
        newer_import.c.state == ImportState.LIVE,
    )
    return select(*columns).join(IMPORT_LEDGER, live).where(~superseded)


def _persons(connection: Connection, query: Select[Any]) -> list[Person]:
    names = ("person_id", *PERSON_TEXT, "import_seq")
    return [
        Person(**{name: row[name] for name in names})
        for row in connection.execute(query).mappings()
    ]


def _values(row: PersonRow, import_seq: int) -> dict[str, Any]:
    plain = PersonRow(*astuple(row)[: 1 + len(PERSON_TEXT)])
    values = {
        name: value.replace("\x00", "") if isinstance(value, str) else value
        for name, value in asdict(plain).items()
    }
    return {**values, "import_seq": import_seq, "email_key": normal_email(row.email) or None}


def _of_import(import_seq: int) -> Any:
    return PERSON.c.import_seq == import_seq


def _among(person_ids: Iterable[str]) -> Any:
    return PERSON.c.person_id.in_(list(person_ids))


def _chunks(values: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(values)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _note(
    register: Register, connection: Connection, *, action: str, import_seq: int, n_persons: int
) -> None:
    act = Act(
        by="import",
        at=datetime.now(UTC),
        action=action,
        object_kind="persons",
        object_id=str(import_seq),
        detail={"n_persons": n_persons},
    )
    write_audit(register, connection, act=act)
