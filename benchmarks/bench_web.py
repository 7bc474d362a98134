"""The web application over 100,000 and 1,000,000 generated accounts: starts, pages, tables, files.

Usage: python benchmarks/bench_web.py [--accounts 100000] [--clients 8] [--seconds 20]

The accounts are generated, drawn by a seed, and stand for nobody. Everything runs on this machine's
loopback: one server with its own workspace in a temporary folder, a bounded number of clients.
"""

import argparse
import gzip
import json
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from bench_accounts import fill
from browser.conftest import make_members, serve
from signoff.store.settings import Settings
from signoff.store.workspace import create_workspace

PAGES = ("/", "/accounts", "/venues", "/plans", "/imports", "/documents", "/jobs", "/account")
TABLES = (
    "/accounts?sort=name",
    "/accounts?sort=-employees&country=FR",
    "/accounts?q=acme&sort=-n_people",
    "/accounts?kind=hospital&employees_from=100&sort=city",
    "/accounts?roles_missing=approver&sort=-revenue",
)


def main() -> None:
    """Measure and print."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--accounts", type=int, default=100_000)
    reader.add_argument("--clients", type=int, default=8)
    reader.add_argument("--seconds", type=float, default=20)
    wanted = reader.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "workspace"
        made = create_workspace(place, settings=Settings(name="Generated"), at=datetime.now(UTC))
        fill(made, wanted.accounts)
        process, _site = serve(place)  # the first start makes tables and static files
        stop(process)
        began = time.perf_counter()
        process, site = serve(place)
        print(f"server ready in {time.perf_counter() - began:.2f} s")
        try:
            session = make_members(place)["owner"]
            measure_tables(site.address, session, n_accounts=wanted.accounts)
            measure_load(site.address, session)
            measure_pages(site.address, session, wanted=wanted)
            measure_files(site.address, session)
        finally:
            stop(process)


def stop(process: "subprocess.Popen[bytes]") -> None:
    """End the server that was started here."""
    process.terminate()
    process.wait(30)


def fetch(address: str, session: str) -> tuple[float, bytes]:
    """Give the seconds an answer took, and its body as it came."""
    headers = {"Cookie": f"signoff_session={session}", "Accept-Encoding": "gzip"}
    began = time.perf_counter()
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers)) as answer:  # noqa: S310 - our own server
        body = answer.read()
    return time.perf_counter() - began, body


def measure_tables(address: str, session: str, *, n_accounts: int) -> None:
    """Measure filter and sort of the table of accounts, by one client."""
    fetch(address + TABLES[0], session)  # the table is brought into memory once
    for path in TABLES:
        seconds = [fetch(address + path, session)[0] for _ in range(7)]
        middle, worst = statistics.median(seconds) * 1000, max(seconds) * 1000
        print(f"{n_accounts:,} accounts, {path}: median {middle:.0f} ms, worst {worst:.0f} ms")


def measure_load(address: str, session: str) -> None:
    """Measure what a first visit loads, gzipped, without charts."""
    _seconds, body = fetch(address + "/accounts", session)
    page = gzip.decompress(body).decode() if body[:2] == b"\x1f\x8b" else body.decode()
    files = set(re.findall(r'(?:src|href)="(/static/[^"#]+)', page))
    sizes = {path: len(fetch(address + path, session)[1]) for path in files}
    print(f"first load of /accounts: {(len(body) + sum(sizes.values())) / 1000:.0f} KB gzip")


def measure_pages(address: str, session: str, *, wanted: argparse.Namespace) -> None:
    """Measure every page by several clients at once, for a bounded time."""
    seconds: list[float] = []
    faults: list[str] = []
    end = time.perf_counter() + wanted.seconds

    def visit(first: int) -> None:
        place = first
        while time.perf_counter() < end:
            path = (*PAGES, *TABLES)[place % (len(PAGES) + len(TABLES))]
            place += 1
            try:
                seconds.append(fetch(address + path, session)[0])
            except OSError as error:
                faults.append(f"{path}: {error}")

    threads = [threading.Thread(target=visit, args=(n * 3,)) for n in range(wanted.clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds.sort()
    p95 = seconds[int(0.95 * len(seconds))] * 1000
    rate = len(seconds) / wanted.seconds
    print(
        f"{wanted.clients} clients, {len(seconds)} answers, {rate:.0f} a second: median "
        f"{statistics.median(seconds) * 1000:.0f} ms, p95 {p95:.0f} ms; {len(faults)} faults"
    )
    print(json.dumps(faults[:3]))


def measure_files(address: str, session: str) -> None:
    """Measure all accounts as a file."""
    for form in ("csv", "xlsx"):
        seconds, body = fetch(f"{address}/accounts/download?export={form}", session)
        print(f"all accounts as {form}: {seconds:.2f} s, {len(body) / 1e6:.1f} MB as sent")


if __name__ == "__main__":
    main()
