"""Mappings that were used before: found again by the headings of a file."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from signoff.store.formats import fold
from signoff.store.imports.target import TARGETS
from signoff.store.register import Version, list_documents, save_document
from signoff.store.workspace import Workspace

__all__ = ["KIND", "RememberedMapping", "recall_mapping", "remember_mapping"]

KIND = "mapping"
LEAST_ALIKE_SHARE = 0.6  # of all headings of both files, so many in both: the same list, changed


@dataclass(frozen=True)
class RememberedMapping:
    """A mapping that was used before for the same headings, or for nearly the same.

    Attributes:
        version: The document it is kept in, with author and time.
        choices: What of it still fits: table, format, mapping, currency, decimal_mark, date_order.
        lacking: Headings it names that the file lacks.
        new: Headings of the file that it does not know.
        gone: Columns it fills that there are no longer.
    """

    version: Version
    choices: Mapping[str, Any]
    lacking: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    @property
    def fits(self) -> bool:
        """Whether it holds as it was kept."""
        return not (self.lacking or self.new or self.gone)


def remember_mapping(
    workspace: Workspace,
    headings: Sequence[str],
    *,
    choices: Mapping[str, Any],
    by: str,
    at: datetime,
) -> Version | None:
    """Keep a mapping for the next file of the same headings.

    Args:
        workspace: The workspace.
        headings: Headings of the file.
        choices: table, format, mapping, currency, decimal_mark, date_order.
        by: Who chose.
        at: When, UTC.

    Returns:
        The version; None when the same is kept already, or nothing was chosen.
    """
    kept = {name: value for name, value in choices.items() if value}
    if not kept:
        return None
    body = {"headings": list(headings), **kept}
    name = name_of(headings)
    known = next((d for d in list_documents(workspace.register, kind=KIND) if d.name == name), None)
    if known and known.body == body:
        return None
    return save_document(workspace.register, kind=KIND, name=name, body=body, author=by, at=at)


def recall_mapping(workspace: Workspace, headings: Sequence[str]) -> RememberedMapping | None:
    """Find the mapping that was used for the same headings, else for the most alike.

    Args:
        workspace: The workspace.
        headings: Headings of the file.

    Returns:
        The mapping, with what of it no longer fits; None when none is alike.
    """
    documents = list_documents(workspace.register, kind=KIND)
    here = set(map(fold, headings))
    same = [document for document in documents if document.name == name_of(headings)]
    alike = same or [d for d in documents if _alike(d, here) >= LEAST_ALIKE_SHARE]
    if not alike:
        return None
    return _judge(max(alike, key=lambda d: (_alike(d, here), d.at)), headings)


def name_of(headings: Sequence[str]) -> str:
    """Give the name of the document for a set of headings, whatever their order.

    >>> name_of(["Name", "Pays"]) == name_of(["pays", "name"])
    True
    """
    folded = "\n".join(sorted(map(fold, headings)))
    return hashlib.sha256(folded.encode()).hexdigest()[:32]


def _alike(document: Version, here: set[str]) -> float:
    there = set(map(fold, document.body.get("headings", ())))
    return len(there & here) / max(1, len(there | here))


def _judge(document: Version, headings: Sequence[str]) -> RememberedMapping:
    kept = {name: value for name, value in document.body.items() if name != "headings"}
    before, here = document.body.get("headings", ()), set(map(fold, headings))
    mapping = dict(kept.get("mapping", {}))
    target = TARGETS.get(str(kept.get("table", "")))
    known = {name for one in TARGETS.values() for name in one.names()}
    known = set(target.names()) if target else known
    gone = tuple(to for to in mapping.values() if to and to not in known)
    kept["mapping"] = {
        source: to
        for source, to in mapping.items()
        if (source.startswith("=") or fold(source) in here) and to not in gone
    }
    return RememberedMapping(
        version=document,
        choices={name: value for name, value in kept.items() if value},
        lacking=tuple(name for name in before if fold(name) not in here),
        new=tuple(name for name in headings if fold(name) not in set(map(fold, before))),
        gone=gone,
    )
