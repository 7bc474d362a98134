"""What tests of documents share: a kept brief, and its form as a browser would send it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from signoff.app.web.documents.kinds import kind_of
from signoff.app.web.forms import type_body
from signoff.store.register import Version, save_document
from signoff.store.workspace import Workspace

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)


@pytest.fixture
def brief(workspace: Workspace) -> Version:
    """Keep a brief called spring in its first version."""
    return save_document(
        workspace.register,
        kind="brief",
        name="spring",
        body=kind_of("brief").begin({}),
        author="bo@acme.example",
        at=AT,
    )


@pytest.fixture
def sent() -> Callable[..., dict[str, Any]]:
    """Give a function that makes what the form of a brief sends, with some boxes changed."""

    def make(
        changes: dict[str, Any] | None = None,
        *,
        body: dict[str, Any] | None = None,
        base_version: int = 1,
        act: str = "save",
        language: str = "en",
    ) -> dict[str, Any]:
        kind = kind_of("brief")
        typed: dict[str, Any] = type_body(kind.shape, body or kind.begin({}), language=language)
        for name, text in (changes or {}).items():
            if text is None:
                typed.pop(name, None)
            else:
                typed[name] = text if isinstance(text, list) else [text]
        return {**typed, "base_version": str(base_version), "act": act}

    return make
