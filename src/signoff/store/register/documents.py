"""Authored things with their versions: briefs, plans, mappings. Nothing is ever overwritten."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, func, insert, select

from signoff.errors import ConflictError, DataError, MissingError
from signoff.results import json_default
from signoff.store.register.audit import Act, write_audit
from signoff.store.register.connection import Register
from signoff.store.register.tables import DOCUMENT, as_utc

__all__ = [
    "Heading",
    "Version",
    "document_history",
    "list_documents",
    "list_headings",
    "load_document",
    "save_document",
]


@dataclass(frozen=True)
class Version:
    """One version of a document.

    Attributes:
        kind: What it is: brief, plan, mapping.
        name: Which one.
        version: Number, from 1.
        author: Who saved it.
        at: When, UTC.
        body: The document, as JSON holds it.
    """

    kind: str
    name: str
    version: int
    author: str
    at: datetime
    body: Mapping[str, Any]


@dataclass(frozen=True)
class Heading:
    """The newest version of a document, without its content.

    Attributes:
        kind: What it is.
        name: Which one.
        version: Number of the newest version.
        author: Who saved it.
        at: When, UTC.
    """

    kind: str
    name: str
    version: int
    author: str
    at: datetime


def save_document(
    register: Register,
    *,
    kind: str,
    name: str,
    body: Mapping[str, Any],
    author: str,
    at: datetime,
    expected_version: int | None = None,
) -> Version:
    """Save a document as its next version.

    Args:
        register: The register.
        kind: What it is.
        name: Which one.
        body: Its content; dates and money become text.
        author: Who saves it.
        at: When, UTC.
        expected_version: The newest version that the author has seen, 0 where there was none; a
            newer one is never covered up. None: whatever the newest is.

    Returns:
        The version as stored.

    Raises:
        DataError: the body cannot be written as JSON, or it names nothing.
        ConflictError: somebody saved a version that the author has not seen; says who and when.

    >>> from signoff.store.register.audit import open_doctest_register
    >>> register = open_doctest_register()
    >>> at, body = datetime(2026, 1, 2), {"budget": "9000.00"}
    >>> saved = save_document(
    ...     register, kind="brief", name="spring", body=body, author="ann", at=at
    ... )
    >>> saved.version
    1
    """
    _refuse_nameless(kind, name)
    text = _as_json(body, where=f"{kind}/{name}")
    with register.begin() as connection:
        newest = select(func.max(DOCUMENT.c.version)).where(*_named(kind, name))
        seen = connection.execute(newest).scalar() or 0
        if expected_version not in (None, seen):
            raise _overtaken(connection, kind=kind, name=name, newest=seen)
        version = seen + 1
        values = {"kind": kind, "name": name, "version": version, "author": author}
        connection.execute(insert(DOCUMENT).values(**values, at=at, body=text))
        act = Act(author, at, "saved", "document", f"{kind}/{name}", {"version": version})
        write_audit(register, connection, act=act)
    return Version(kind, name, version, author, as_utc(at), json.loads(text))


def load_document(
    register: Register, *, kind: str, name: str, version: int | None = None
) -> Version:
    """Load a document.

    Args:
        register: The register.
        kind: What it is.
        name: Which one.
        version: Which version; the newest when not given.

    Returns:
        The version.

    Raises:
        MissingError: there is none; says which there are.

    >>> from signoff.store.register.audit import open_doctest_register
    >>> load_document(open_doctest_register(), kind="brief", name="spring")
    Traceback (most recent call last):
    signoff.errors.MissingError: there is no brief 'spring'. Why: ...
    """
    query = select(DOCUMENT).where(*_named(kind, name)).order_by(DOCUMENT.c.version.desc()).limit(1)
    if version is not None:
        query = query.where(DOCUMENT.c.version == version)
    found = _versions(register, query)
    if found:
        return found[0]
    raise _missing(register, kind=kind, name=name, version=version)


def list_documents(register: Register, *, kind: str) -> list[Version]:
    """Give the newest version of every document of a kind, by name.

    >>> from signoff.store.register.audit import open_doctest_register
    >>> list_documents(open_doctest_register(), kind="brief")
    []
    """
    newest = (
        select(DOCUMENT.c.name, func.max(DOCUMENT.c.version).label("version"))
        .where(DOCUMENT.c.kind == kind)
        .group_by(DOCUMENT.c.name)
        .subquery()
    )
    same = and_(DOCUMENT.c.name == newest.c.name, DOCUMENT.c.version == newest.c.version)
    query = select(DOCUMENT).join(newest, same).where(DOCUMENT.c.kind == kind)
    return _versions(register, query.order_by(DOCUMENT.c.name))


def list_headings(register: Register, *, kinds: Sequence[str] = ()) -> list[Heading]:
    """Give the newest version of every document without its content, the newest first.

    Args:
        register: The register.
        kinds: Of which kinds; empty for all.

    >>> from signoff.store.register.audit import open_doctest_register
    >>> list_headings(open_doctest_register())
    []
    """
    keys = (DOCUMENT.c.kind, DOCUMENT.c.name)
    newest = select(*keys, func.max(DOCUMENT.c.version).label("version")).group_by(*keys)
    if kinds:
        newest = newest.where(DOCUMENT.c.kind.in_(kinds))
    last = newest.subquery()
    same = and_(*(DOCUMENT.c[name] == last.c[name] for name in ("kind", "name", "version")))
    columns = (*keys, DOCUMENT.c.version, DOCUMENT.c.author, DOCUMENT.c.at)
    query = select(*columns).join(last, same).order_by(DOCUMENT.c.at.desc(), *keys)
    with register.read() as connection:
        return [Heading(*row) for row in connection.execute(query)]


def document_history(register: Register, *, kind: str, name: str) -> list[Version]:
    """Give every version of a document, newest first; none when there is no such document.

    >>> from signoff.store.register.audit import open_doctest_register
    >>> document_history(open_doctest_register(), kind="brief", name="spring")
    []
    """
    query = select(DOCUMENT).where(*_named(kind, name)).order_by(DOCUMENT.c.version.desc())
    return _versions(register, query)


def _named(kind: str, name: str) -> tuple[Any, Any]:
    return DOCUMENT.c.kind == kind, DOCUMENT.c.name == name


def _versions(register: Register, query: Select[Any]) -> list[Version]:
    with register.read() as connection:
        return [
            Version(row.kind, row.name, row.version, row.author, row.at, json.loads(row.body))
            for row in connection.execute(query)
        ]


def _as_json(body: Mapping[str, Any], *, where: str) -> str:
    try:
        return json.dumps(dict(body), default=json_default, allow_nan=False, ensure_ascii=False)
    except (TypeError, ValueError) as error:
        raise DataError(
            "the document cannot be stored",
            why=str(error),
            fix="give text, whole and finite numbers, flags, lists and mappings only",
            where=where,
        ) from error


def _refuse_nameless(kind: str, name: str) -> None:
    if not kind or not name or len(kind) > 60 or len(name) > 400:
        raise DataError(
            f"a document cannot be called {name[:80]!r}",
            why="it needs a kind of at most 60 characters and a name of at most 400",
            fix="give it a short name",
        )


def _overtaken(connection: Connection, *, kind: str, name: str, newest: int) -> ConflictError:
    query = select(DOCUMENT).where(*_named(kind, name), DOCUMENT.c.version == newest)
    found = connection.execute(query).first()
    if found is None:
        return ConflictError(
            f"{kind} {name!r} is not there any more",
            why="it was changed from a version that the workspace does not have",
            fix="save it as a new document",
        )
    return ConflictError(
        f"{kind} {name!r} was changed meanwhile",
        why=f"{found.author} saved version {newest} on {found.at:%Y-%m-%d at %H:%M} UTC",
        fix="look at that version, bring the two together, and save again",
    )


def _missing(register: Register, *, kind: str, name: str, version: int | None) -> MissingError:
    versions = [v.version for v in document_history(register, kind=kind, name=name)]
    if versions:
        return MissingError(
            f"{kind} {name!r} has no version {version}",
            why=f"it has the versions {versions[-1]} to {versions[0]}",
            fix="name one of these, or leave the version out for the newest",
        )
    names = [v.name for v in list_documents(register, kind=kind)]
    return MissingError(
        f"there is no {kind} {name!r}",
        why=f"the workspace has {', '.join(names[:20]) if names else 'none of that kind'}",
        fix="name one of these, or save one first",
    )
