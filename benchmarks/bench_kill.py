"""Kill an import at random moments: nothing acknowledged is lost, nothing is half there.

Usage: python benchmarks/bench_kill.py [kills]
"""

import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from signoff.store.imports import ImportOptions, import_file, recover_imports
from signoff.store.lake.check import check_lake
from signoff.store.lake.session import open_lake
from signoff.store.register.ledger import ImportState, list_imports
from signoff.store.register.persons import person_versions
from signoff.store.settings import Settings
from signoff.store.workspace import Workspace, create_workspace, open_workspace

AT = datetime(2026, 11, 23, tzinfo=UTC)
ROWS = 400


@dataclass
class Tally:
    """What a series of kills found."""

    n_killed: int = 0
    n_acknowledged: int = 0
    n_carried_on: int = 0
    n_taken_back: int = 0
    wrong: list[str] = field(default_factory=list)

    def text(self) -> str:
        return (
            f"{self.n_killed} kills: {self.n_acknowledged} imports acknowledged before, "
            f"{self.n_carried_on} carried on, {self.n_taken_back} taken back; wrong: {self.wrong}"
        )


def write_contacts(path: Path, *, number: int) -> None:
    """Write contacts that no earlier file has, some of them bad."""
    lines = ["email,last name,first name,title,level"]
    for n in range(ROWS):
        level = "boss" if n % 50 == 0 else "director"
        lines.append(f"p{number}x{n}@firm{n % 7}.example,Name{n},First,CFO,{level}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def run_killed(home: Path, path: Path, *, after_seconds: float) -> str:
    """Import in a process of its own and kill it; give what it had acknowledged by then."""
    process = subprocess.Popen(
        [sys.executable, __file__, "--import", str(home), str(path)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None  # noqa: S101 - told to mypy
    process.stdout.readline()  # it says when its own loading is done
    time.sleep(after_seconds)
    process.send_signal(signal.SIGKILL)
    rest = process.stdout.read()
    process.wait()
    process.stdout.close()
    return rest.strip()


def import_slowly(home: Path, path: Path) -> None:
    """Import as the process to be killed: say "ready", then the id once it is acknowledged."""
    workspace = open_workspace(home)
    with open_lake(workspace):
        print("ready", flush=True)
    receipt = import_file(workspace, path, options=ImportOptions(by="bench", at=AT))
    print(receipt.import_id, flush=True)


def look(workspace: Workspace, tally: Tally, *, acknowledged: str) -> None:
    """Recover, check the lake, and compare the register, the lake and the folders."""
    recovery = recover_imports(workspace, at=AT)
    tally.n_carried_on += len(recovery.carried_on)
    tally.n_taken_back += len(recovery.taken_back)
    check = check_lake(workspace, repair=False)
    tally.wrong += [finding.what for finding in check.findings]
    entries = list_imports(workspace.register)
    live = {entry.import_id: entry for entry in entries if entry.state is ImportState.LIVE}
    if any(entry.state not in {ImportState.LIVE, ImportState.FAILED} for entry in entries):
        tally.wrong.append("an import is neither live nor failed")
    if acknowledged and acknowledged not in live:
        tally.wrong.append(f"{acknowledged} was acknowledged and is not live")
    with open_lake(workspace) as lake:
        counts = dict(lake.rows("SELECT import_id, count(*) FROM lake.person_fact GROUP BY ALL"))
        ids = [row[0] for row in lake.rows("SELECT person_id FROM lake.person_fact")]
    if counts != {name: entry.counts.n_published for name, entry in live.items()}:
        tally.wrong.append(f"the lake has {counts}")
    if {person.person_id for person in person_versions(workspace.register, person_ids=ids)} != set(
        ids
    ) or count_persons(workspace) != len(ids):
        tally.wrong.append("register and lake do not hold the same contacts")
    rejected = {path.name[:32] for path in workspace.rejected_dir.iterdir()}
    if list(workspace.staging_dir.iterdir()) or rejected - set(live):
        tally.wrong.append("files were left behind")


def count_persons(workspace: Workspace) -> int:
    with workspace.register.read() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM person").scalar_one())


def kill_often(folder: Path, *, kills: int, seed: int) -> Tally:
    """Kill as many imports, each at a random moment of the time one takes."""
    chance = random.Random(seed)  # noqa: S311 - moments, no secret
    workspace = create_workspace(folder / "w", settings=Settings(name="bench"), at=AT)
    tally = Tally()
    first = folder / "first.csv"
    write_contacts(first, number=0)
    import_file(workspace, first, options=ImportOptions(by="bench", at=AT))
    began = time.perf_counter()
    write_contacts(first, number=-1)
    import_file(workspace, first, options=ImportOptions(by="bench", at=AT))
    usual_seconds = time.perf_counter() - began
    for number in range(1, kills + 1):
        path = folder / "next.csv"
        write_contacts(path, number=number)
        moment = chance.uniform(0, 1.4 * usual_seconds)
        acknowledged = run_killed(workspace.path, path, after_seconds=moment)
        tally.n_killed += 1
        tally.n_acknowledged += bool(acknowledged)
        look(workspace, tally, acknowledged=acknowledged)
    return tally


def main() -> None:
    if sys.argv[1:2] == ["--import"]:
        import_slowly(Path(sys.argv[2]), Path(sys.argv[3]))
        return
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        tally = kill_often(Path(folder), kills=kills, seed=11)
        print(f"{tally.text()}; {time.perf_counter() - began:.0f} s")
    sys.exit(1 if tally.wrong else 0)


if __name__ == "__main__":
    main()
