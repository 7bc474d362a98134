"""Makes the workspace of one release, which later versions must open with everything intact.

Run it once per release, with that release's code and nothing later on the path:

    git archive v0.1.0 src docs | tar -x -C RELEASE
    PYTHONPATH=RELEASE/src python tests/recovery/workspaces/make.py RELEASE/docs/tutorial/files

It writes VERSION.zip beside itself: a workspace after the tutorial's steps, and `expected.json`,
what the release itself read from its lake.
"""

import hashlib
import json
import os
import shutil
import socket
import sys
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

STEPS = """
init campaign --currency EUR
import files/accounts.csv files/contacts.csv files/venue.csv files/rate.csv -w campaign
import files/venue_audience.csv -w campaign
import later.csv -w campaign
plan campaign/brief.toml -w campaign --seed 1
audience suppress email person1@sample-packaging-02.example --reason asked -w campaign
audience erase person2@sample-packaging-02.example --yes -w campaign
backup campaign/backups/first.backup -w campaign
"""


def main(files: Path) -> None:
    """Make the workspace and pack it."""
    from signoff import __version__

    socket.gethostname = lambda: "release"  # no name of the machine in the ledger
    os.environ["SIGNOFF_USER"] = "release"
    here = Path(__file__).resolve().parent
    with TemporaryDirectory() as folder:
        shutil.copytree(files, Path(folder) / "files")
        os.chdir(folder)
        _take_steps()
        workspace = Path("campaign")
        expected = {"version": __version__, "lake": _read_lake(workspace)}
        (workspace / "expected.json").write_text(json.dumps(expected, indent=1))
        for name in ("reports", "exports", "rejected", "staging", "locks"):
            shutil.rmtree(workspace / name)
            (workspace / name).mkdir(mode=0o700)
        _pack(workspace, here / f"{__version__}.zip")


def _take_steps() -> None:
    from signoff.app.cli.root import run

    heading, first, *_ = Path("files/accounts.csv").read_text("utf-8").splitlines()
    Path("later.csv").write_text(f"{heading}\n{first}\n", "utf-8")
    for step in STEPS.strip().splitlines():
        code = run(step.split())
        if code not in {0, 3}:  # 3: the tutorial has a bad row on purpose
            raise SystemExit(f"{step}: exit code {code}")


def _read_lake(workspace: Path) -> dict[str, dict[str, object]]:
    """Give columns, number and hash of the current rows, table by table."""
    from signoff.store.engines import Statement
    from signoff.store.lake import duckdb_engine
    from signoff.store.schemas import LAKE_TABLES
    from signoff.store.workspace import open_workspace

    found: dict[str, dict[str, object]] = {}
    with duckdb_engine(open_workspace(workspace)) as engine:
        for name, table in LAKE_TABLES.items():
            columns = [column.name for column in table.columns]
            statement = Statement(name, f"SELECT {', '.join(columns)} FROM {name}", (name,))
            found[name] = {"columns": columns, **digest_rows(engine.rows(statement))}
    return found


def digest_rows(rows: list[dict[str, object]]) -> dict[str, object]:
    """Give number and hash of rows, in no order."""
    told = sorted(json.dumps(row, sort_keys=True, default=_plain) for row in rows)
    return {"n_rows": len(rows), "sha256": hashlib.sha256("\n".join(told).encode()).hexdigest()}


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(type(value).__name__)


def _pack(folder: Path, path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in sorted(folder.rglob("*")):
            archive.write(member, member.relative_to(folder))


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
