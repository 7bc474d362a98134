"""Erase many people at once, from register, lake, a list, a report and a backup.

Run: python benchmarks/bench_erase.py [people]
"""

import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from signoff.store.backups.backup import back_up
from signoff.store.imports import ImportOptions, import_file
from signoff.store.privacy.erasure import erase_person, erase_persons
from signoff.store.register import current_persons, save_document
from signoff.store.settings import Settings
from signoff.store.workspace import Workspace, create_workspace

AT = datetime(2026, 11, 23, tzinfo=UTC)


def address(number: int) -> str:
    """Give the address of one of the people."""
    return f"p{number}@firm{number % 700}.example"


def filled(folder: Path, *, n_people: int) -> Workspace:
    """Make a workspace that knows as many people, and names them in files and a backup."""
    workspace = create_workspace(folder / "w", settings=Settings(name="Erase"), at=AT)
    lines = [f"{address(n)},Name{n},First{n % 900},CFO,+33 6 {n:08d}" for n in range(n_people)]
    path = folder / "contacts.csv"
    path.write_text("email,last name,first name,title,phone\n" + "\n".join(lines) + "\n")
    import_file(workspace, path, options=ImportOptions(by="bench", at=AT, table="contact"))
    (workspace.exports_dir / "list.csv").write_text(path.read_text())
    (workspace.reports_dir / "report.html").write_text("<p>about 12 345 accounts</p>\n" * 20_000)
    body = {"rows": [{"name": f"Firm {n}", "value": n / 7} for n in range(20_000)]}
    save_document(workspace.register, kind="plan", name="p", body=body, author="bench", at=AT)
    back_up(workspace, workspace.backups_dir / "w.backup", at=AT)
    return workspace


def main() -> None:
    n_people = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with TemporaryDirectory() as folder:
        workspace = filled(Path(folder), n_people=2 * n_people)
        began = time.perf_counter()
        erase_person(workspace, email=address(n_people), by="bench", at=AT)
        one_seconds = time.perf_counter() - began
        began = time.perf_counter()
        emails = [address(n) for n in range(n_people)]
        done = erase_persons(workspace, emails=emails, by="bench", at=AT)
        seconds = time.perf_counter() - began
        n_left = len(current_persons(workspace.register))
    print(f"one person: {one_seconds:.1f} s; {done.n_persons:,} at once: {seconds:.1f} s")
    sys.exit(int((done.n_persons, n_left) != (n_people, n_people - 1)))


if __name__ == "__main__":
    main()
