"""The one way in which pages save a document: over the version that was seen, and no other."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from signoff.app.web.documents.kinds import DocumentKind
from signoff.app.web.place import current_workspace
from signoff.errors import MissingError
from signoff.store.register import Version, load_document, save_document

__all__ = ["current_body", "keep_version", "newest_version"]


def keep_version(
    kind: DocumentKind, name: str, body: Mapping[str, Any], *, by: str, seen: int
) -> Version:
    """Save a document as its next version, with all that its kind keeps along with it.

    Args:
        kind: Its kind.
        name: Its name.
        body: Its content, without faults.
        by: Who saves it.
        seen: The newest version that they have seen; 0 for none.

    Raises:
        ConflictError: somebody saved another meanwhile.
    """
    at = datetime.now(UTC)
    if kind.keep:
        return kind.keep(name, body, author=by, at=at, expected_version=seen)
    return save_document(
        current_workspace().register,
        kind=kind.name,
        name=name,
        body=body,
        author=by,
        at=at,
        expected_version=seen,
    )


def newest_version(kind: DocumentKind, name: str) -> Version | None:
    """Give the newest version of a document; None where it was never saved.

    Args:
        kind: Its kind.
        name: Its name.
    """
    try:
        return load_document(current_workspace().register, kind=kind.name, name=name)
    except MissingError:
        return None


def current_body(kind: DocumentKind, name: str) -> Mapping[str, Any] | None:
    """Give what a form opens with: what counts now, wherever its kind keeps that.

    Args:
        kind: Its kind.
        name: Its name.
    """
    found = kind.current(name) if kind.current else None
    if found is not None:
        return found
    newest = newest_version(kind, name)
    return newest.body if newest else None
