"""Workspaces of earlier releases open with everything intact; a migration cut off goes on."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import inspect, text

from signoff.app.cli.root import run
from signoff.store.backups.backup import restore
from signoff.store.engines import Statement
from signoff.store.imports import ImportOptions, import_file
from signoff.store.lake import check_lake, duckdb_engine
from signoff.store.register import (
    Register,
    open_register,
    save_document,
    upgrade_register,
    verify_audit,
)
from signoff.store.register import upgrade as module
from signoff.store.register.upgrade import HEAD_REVISION
from signoff.store.workspace import Workspace, open_workspace
from signoff.venues import VenueCard, find_venue_faults, look_up_card
from signoff.venues.book import ISSUE_ROWS, RATE_ROWS, VENUE_ROWS

FOLDER = Path(__file__).with_name("workspaces")
RELEASES = sorted(FOLDER.glob("*.zip"))
AT = datetime(2026, 11, 23, tzinfo=UTC)
ERASED, KEPT = b"person2@sample-packaging-02.example", "person3@sample-packaging-02.example"
REVISION = """
import os, signal

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "9000", "{head}", None, None


def upgrade():
    op.create_table("later", sa.Column("n", sa.Integer(), primary_key=True))
    op.execute("INSERT INTO later SELECT version FROM document")
    if os.environ.get("KILL") == "middle":
        os.kill(os.getpid(), signal.SIGKILL)
    with op.batch_alter_table("document") as table:
        table.add_column(sa.Column("colour", sa.Text(), server_default="red", nullable=False))
    op.execute("UPDATE document SET colour = 'blue'")
    if os.environ.get("KILL") == "end":
        os.kill(os.getpid(), signal.SIGKILL)
"""
UPGRADE = """
import sys
from pathlib import Path
from signoff.store.register import open_register, upgrade, upgrade_register
upgrade.MIGRATIONS, upgrade.HEAD_REVISION = Path(sys.argv[1]), "9000"
upgrade_register(open_register(sys.argv[2]))
"""


def _maker() -> ModuleType:
    spec = spec_from_file_location("release_maker", FOLDER / "make.py")
    assert spec is not None
    assert spec.loader is not None
    made = module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@pytest.fixture(params=RELEASES, ids=lambda path: path.stem)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Give the workspace that a release made, untouched since."""
    with zipfile.ZipFile(request.param) as archive:
        archive.extractall(tmp_path / "old")
    (tmp_path / "old" / "secret.key").chmod(0o600)
    return tmp_path / "old"


@pytest.fixture
def opened(old: Path, tmp_path: Path) -> Workspace:
    """Give the same, opened by the present code."""
    return open_workspace(shutil.copytree(old, tmp_path / "opened"))


def _rows(path: Path) -> dict[str, tuple[list[str], list[Any]]]:
    with closing(sqlite3.connect(path)) as base:
        tables = [
            name
            for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if name != "alembic_version" and not name.startswith("sqlite_")
        ]
        found = {}
        for table in tables:
            columns = [row[1] for row in base.execute(f"PRAGMA table_info({table})")]
            listed = ", ".join(f'"{column}"' for column in columns)
            rows = base.execute(f"SELECT {listed} FROM {table}").fetchall()
            found[table] = (columns, sorted(map(str, rows)))
        return found


def test_every_release_has_a_workspace() -> None:
    assert [path.stem for path in RELEASES][:1] == ["0.1.0"]


def test_upgrade_keeps_every_row_of_the_register(old: Path, opened: Workspace) -> None:
    assert module.stored_revision(opened.register) == HEAD_REVISION
    with closing(sqlite3.connect(opened.path / "register.db")) as now:
        for table, (columns, rows) in _rows(old / "register.db").items():
            listed = ", ".join(f'"{column}"' for column in columns)
            assert sorted(map(str, now.execute(f"SELECT {listed} FROM {table}"))) == rows, table
    assert verify_audit(opened.register).is_sound


def test_upgrade_keeps_every_row_of_the_lake(opened: Workspace) -> None:
    expected = json.loads((opened.path / "expected.json").read_text())["lake"]
    assert sum(table["n_rows"] for table in expected.values()) > 100
    digest_rows = _maker().digest_rows
    with duckdb_engine(opened) as engine:
        for name, table in expected.items():
            listed = ", ".join(table["columns"])
            statement = Statement(name, f"SELECT {listed} FROM {name}", (name,))
            found = digest_rows(engine.rows(statement))
            assert found == {key: table[key] for key in ("n_rows", "sha256")}, name
    assert check_lake(opened, repair=False).is_sound


def test_upgrade_lets_work_go_on(opened: Workspace, tmp_path: Path) -> None:
    assert run(["report", "--workspace", str(opened.path), "--format", "html"]) == 0
    (tmp_path / "more.csv").write_text("name,domain,country\nNew,new.example,FR\n")
    receipt = import_file(opened, tmp_path / "more.csv", options=ImportOptions(by="ann", at=AT))
    assert receipt.n_published == 1
    (tmp_path / "again.csv").write_text(f"email,name\n{ERASED.decode()},x\n{KEPT},y\n")
    options = ImportOptions(by="ann", at=AT, table="contact", largest_bad_share=1.0)
    assert import_file(opened, tmp_path / "again.csv", options=options).n_published == 1
    assert ERASED not in b"".join(path.read_bytes() for path in opened.lake_dir.rglob("*.parquet"))


def test_upgrade_plans_with_rate_cards_of_then(opened: Workspace, tmp_path: Path) -> None:
    with duckdb_engine(opened) as engine:
        venue_id = engine.rows(VENUE_ROWS)[0]["venue_id"]
        card = look_up_card(engine, venue_id=venue_id)
    assert card is not None
    assert find_venue_faults(card) == ()
    assert VenueCard.model_validate(card).issues == ()
    issues = tmp_path / "issues.csv"
    issues.write_text(f"venue_id,issue_on,capacity_units\n{venue_id},2027-03-25,2\n")
    import_file(opened, issues, options=ImportOptions(by="ann", at=AT))
    rates = tmp_path / "rates.csv"
    rates.write_text(
        "venue_id,units_from,unit_price,currency,minimum_units,maximum_units,setup_cost\n"
        f"{venue_id},1,2400.00,EUR,1,24,350.00\n"
    )
    import_file(opened, rates, options=ImportOptions(by="ann", at=AT))
    with duckdb_engine(opened) as engine:
        assert engine.rows(ISSUE_ROWS)[0]["capacity_units"] == 2
        found = {row["setup_cost"] for row in engine.rows(RATE_ROWS)}
    assert found == {None, Decimal("350.00")}


def test_upgrade_restores_the_backup_of_then(old: Path, tmp_path: Path) -> None:
    restore(old / "backups" / "first.backup", tmp_path / "restored")
    back = open_workspace(tmp_path / "restored")
    assert check_lake(back, repair=False).is_sound
    for path in filter(Path.is_file, back.path.rglob("*")):
        assert ERASED not in path.read_bytes(), path


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """Give the migrations with one more, which only this test has."""
    folder = shutil.copytree(module.MIGRATIONS, tmp_path / "migrations")
    (folder / "versions" / "9000_later.py").write_text(REVISION.format(head=HEAD_REVISION))
    return folder


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'register.db'}"
    make: Callable[[], str] = request.getfixturevalue("postgres_address")
    return make()


def _dump(register: Register) -> list[str]:
    with register.read() as connection:
        rows = connection.execute(text("SELECT kind, name, version, body FROM document"))
        return sorted(map(str, rows))


@pytest.mark.parametrize("moment", ["middle", "end"])
def test_migration_killed_leaves_all_as_it_was_and_is_carried_on(
    address: str, later: Path, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    register = open_register(address)
    upgrade_register(register)
    for n in range(3):
        save_document(register, kind="k", name="n", body={"n": n}, author="a", at=AT)
    before = _dump(register)
    killed = subprocess.run(
        [sys.executable, "-c", UPGRADE, str(later), address],
        env={**os.environ, "KILL": moment},
        check=False,
        capture_output=True,
        timeout=120,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    assert module.stored_revision(register) == HEAD_REVISION
    assert _dump(register) == before
    with register.read() as connection:
        assert "later" not in inspect(connection).get_table_names()
    monkeypatch.setattr(module, "MIGRATIONS", later)
    monkeypatch.setattr(module, "HEAD_REVISION", "9000")
    upgrade_register(register)
    assert module.stored_revision(register) == "9000"
    assert _dump(register) == before
    with register.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM later")).scalar() == 3
        colours = connection.execute(text("SELECT DISTINCT colour FROM document")).scalars()
        assert list(colours) == ["blue"]
