"""Commands that write lists for platforms, look before, and write down consent."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from signoff.store.imports import ImportOptions, import_file
from signoff.store.settings import Settings
from signoff.store.workspace import create_workspace

Call = Callable[..., Any]
AT = datetime(2026, 1, 5, tzinfo=UTC)
EMAIL = "n1@acme.example"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a workspace with one client and one prospect, and a hundred people at the client."""
    folder = tmp_path_factory.mktemp("lists")
    workspace = create_workspace(folder / "w", settings=Settings(name="Acme"), at=AT)
    accounts, contacts = folder / "accounts.csv", folder / "contacts.csv"
    accounts.write_text(
        "name,domain,country,relationship\nAcme,acme.example,FR,client\n"
        "Bolt,bolt.example,FR,prospect\n"
    )
    people = (f"n{n}@acme.example,N{n},acme.example" for n in range(101))
    contacts.write_text("\n".join(("email,last name,account domain", *people)))
    for path in (accounts, contacts):
        import_file(workspace, path, options=ImportOptions(by="ann", at=AT))
    return workspace.path


@pytest.fixture
def house(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "w"))


def _clients(call: Call, house: Path, platform: str, *options: str) -> Any:
    return call("export", platform, "--exclude-clients", *options, "-w", house, "--json")


def test_preview_counts_refuses_and_writes_nothing(call: Call, house: Path) -> None:
    told = _clients(call, house, "tiktok-audience", "--preview")
    assert (told.code, told.json["n_rows"], told.json["fewest_rows"]) == (1, 101, 1000)
    assert "899 are missing" in told.json["refusal"]["what"]
    assert not list((house / "exports").iterdir())


def test_list_of_clients_to_exclude_says_so_in_its_name(call: Call, house: Path) -> None:
    told = _clients(call, house, "linkedin-companies")
    path = Path(told.json["path"])
    assert path.name.startswith("linkedin_companies-exclude-clients-")
    assert "Bolt" not in path.read_text()


def test_meta_list_leaves_hashed(call: Call, house: Path) -> None:
    told = _clients(call, house, "meta-custom-audience")
    assert (told.code, told.json["hashed"], told.json["n_rows"]) == (0, True, 101)
    assert "@" not in Path(told.json["path"]).read_text()


def test_consent_by_command_decides_who_leaves(call: Call, house: Path) -> None:
    options = ("--source", "call", "-w", house)
    assert call("audience", "consent", EMAIL, "--refused", *options).code == 0
    shown = _clients(call, house, "google-customer-match", "--preview").json
    assert shown["n_rows"] == 100
    assert shown["left_out"] == [["consent refused or withdrawn", 1]]
    (said,) = call("audience", "person", EMAIL, "-w", house).json["consents"]
    assert said["withdrawn_source"] == "call"
    assert call("audience", "consent", EMAIL, *options, "--basis", "contract").code == 0
    shown = _clients(call, house, "google-customer-match", "--preview", "--only-consented").json
    assert shown["n_rows"] == 1


def test_consent_of_nobody_is_refused(call: Call, house: Path) -> None:
    told = call("audience", "consent", "x@y.example", "--source", "call", "-w", house)
    assert told.code == 2
    assert "no contact has the address" in told.err
