"""Mappings used before: found by their headings, and what of them no longer fits."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from signoff.store.imports.remembered import KIND, recall_mapping, remember_mapping
from signoff.store.register import document_history, list_documents, save_document
from signoff.store.settings import Settings
from signoff.store.workspace import Workspace, create_workspace

AT = datetime(2026, 11, 26, 9, tzinfo=UTC)
HEADINGS = ("Maison", "Ou", "Combien")
CHOICES = {"table": "account", "mapping": {"Maison": "name", "Ou": "country"}, "currency": ""}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return create_workspace(tmp_path / "w", settings=Settings(name="Acme"), at=AT)


def test_remember_mapping_saves_a_version_only_when_it_differs(workspace: Workspace) -> None:
    first = remember_mapping(workspace, HEADINGS, choices=CHOICES, by="ann", at=AT)
    assert first is not None
    assert remember_mapping(workspace, HEADINGS, choices=CHOICES, by="bo", at=AT) is None
    assert remember_mapping(workspace, HEADINGS, choices={}, by="bo", at=AT) is None
    other = {**CHOICES, "mapping": {"Maison": "name"}}
    remember_mapping(workspace, HEADINGS, choices=other, by="bo", at=AT)
    kept = document_history(workspace.register, kind=KIND, name=first.name)
    assert [(version.version, version.author) for version in kept] == [(2, "bo"), (1, "ann")]


def test_recall_mapping_of_the_same_headings_fits_in_any_order(workspace: Workspace) -> None:
    remember_mapping(workspace, HEADINGS, choices=CHOICES, by="ann", at=AT)
    found = recall_mapping(workspace, ("OU", "combien", "Maison"))
    assert found is not None
    assert found.fits
    assert found.choices == {"table": "account", "mapping": {"Maison": "name", "Ou": "country"}}
    assert recall_mapping(workspace, ("a", "b")) is None


def test_recall_mapping_of_nearly_the_same_says_what_no_longer_fits(workspace: Workspace) -> None:
    remember_mapping(workspace, (*HEADINGS, "Ville"), choices=CHOICES, by="ann", at=AT)
    found = recall_mapping(workspace, ("Maison", "Combien", "Ville", "Secteur"))
    assert found is not None
    assert not found.fits
    assert (found.lacking, found.new) == (("Ou",), ("Secteur",))
    assert found.choices["mapping"] == {"Maison": "name"}


def test_recall_mapping_leaves_out_fields_there_are_no_longer(workspace: Workspace) -> None:
    remember_mapping(workspace, HEADINGS, choices=CHOICES, by="ann", at=AT)
    (kept,) = list_documents(workspace.register, kind=KIND)
    body = {**kept.body, "mapping": {"Maison": "name", "Ou": "country_of_old"}}
    save_document(workspace.register, kind=KIND, name=kept.name, body=body, author="ann", at=AT)
    found = recall_mapping(workspace, HEADINGS)
    assert found is not None
    assert found.gone == ("country_of_old",)
    assert found.choices["mapping"] == {"Maison": "name"}
