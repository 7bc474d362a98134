"""The audit trail speaks the reader's language; its files keep what was written."""

from typing import Any

import pytest

from signoff.store.workspace import Workspace

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("rows imported: ", ">live<")), ("fr", ("lignes importées", ">publié<"))],
)
def test_trail_is_told_in_the_readers_words(
    filled_workspace: Workspace, client_of: Any, language: str, words: tuple[str, ...]
) -> None:
    page = client_of("owner", language=language).get("/settings/audit").content.decode()
    for word in words:
        assert word in page
    assert "n_published" not in page
    assert filled_workspace.register is not None


def test_export_of_the_trail_keeps_what_was_written(
    filled_workspace: Workspace, client_of: Any
) -> None:
    text = client_of("owner", language="fr").get("/settings/audit?export=csv").content.decode()
    assert "n_published" in text
    assert ",live," in text
    assert filled_workspace.register is not None
