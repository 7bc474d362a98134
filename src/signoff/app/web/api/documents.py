"""Documents and their versions through the API."""

import json
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Router, Schema, Status
from pydantic import Field

from signoff.app.web.api.bearer import Bearer, author
from signoff.app.web.api.problems import PROBLEMS
from signoff.app.web.place import current_workspace
from signoff.app.web.rights import Right
from signoff.brief import Brief, find_faults
from signoff.brief.faults import raise_faults
from signoff.errors import DataError
from signoff.store.register import (
    Version,
    document_history,
    list_documents,
    load_document,
    save_document,
)

__all__ = ["router"]

router = Router(tags=["documents"])


class Kind(StrEnum):
    """Kinds of documents that the API gives."""

    BRIEF = "brief"
    SCENARIO = "scenario"
    MESSAGE = "message"
    MAPPING = "mapping"


class VersionOut(Schema):
    """One version of a document, without its content."""

    kind: str
    name: str
    version: int
    author: str
    at: datetime


class DocumentOut(VersionOut):
    """One version of a document."""

    body: dict[str, Any]


class BriefIn(Schema):
    """A brief, as its JSON Schema describes it, and the version it was made from."""

    body: dict[str, Any]
    expected_version: int | None = Field(
        None, ge=0, le=2**31 - 1, description="Refused when the newest version is another."
    )


@router.get(
    "/documents/{kind}",
    response={200: list[VersionOut], **PROBLEMS},
    auth=Bearer(Right.SEE),
    summary=gettext_noop("The newest version of every document of a kind"),
)
def list_kind(request: HttpRequest, kind: Kind) -> list[Version]:
    """Give the documents by name."""
    return list_documents(current_workspace().register, kind=kind.value)


@router.get(
    "/documents/{kind}/{name}",
    response={200: DocumentOut, **PROBLEMS},
    auth=Bearer(Right.SEE),
    summary=gettext_noop("One document; its newest version unless one is named"),
)
def show_document(
    request: HttpRequest, kind: Kind, name: str, version: int | None = None
) -> Version:
    """Give one version."""
    register = current_workspace().register
    return load_document(register, kind=kind.value, name=name, version=version)


@router.get(
    "/documents/{kind}/{name}/versions",
    response={200: list[VersionOut], **PROBLEMS},
    auth=Bearer(Right.SEE),
    summary=gettext_noop("All versions of a document, newest first"),
)
def list_versions(request: HttpRequest, kind: Kind, name: str) -> list[Version]:
    """Give its versions."""
    register = current_workspace().register
    load_document(register, kind=kind.value, name=name)
    return document_history(register, kind=kind.value, name=name)


@router.post(
    "/documents/{kind}/{name}",
    response={201: DocumentOut, **PROBLEMS},
    auth=Bearer(Right.PLAN),
    summary=gettext_noop("Keep a brief as its next version"),
)
def keep_brief(request: HttpRequest, kind: Kind, name: str, sent: BriefIn) -> Status[Version]:
    """Check a brief whole, then keep it."""
    if kind is not Kind.BRIEF:
        raise DataError(
            f"a {kind.value} is not kept through the API",
            why="only briefs are written by programs",
            fix="send a brief, or use the page",
        )
    raise_faults(find_faults(sent.body))
    brief = Brief.model_validate_json(json.dumps(sent.body))
    kept = save_document(
        current_workspace().register,
        kind="brief",
        name=name,
        body=brief.model_dump(mode="json"),
        author=author(request),
        at=datetime.now(UTC),
        expected_version=sent.expected_version,
    )
    return Status(201, kept)
