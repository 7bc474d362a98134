"""Measure an import: 1,000,000 generated events, 1 in 100 bad, while another process writes.

Usage: python benchmarks/bench_import.py [events]
"""

import csv
import multiprocessing
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from multiprocessing.synchronize import Event
from pathlib import Path

import numpy as np

from signoff.store.imports import ImportOptions, import_file
from signoff.store.lake.place import writers_turn
from signoff.store.register.documents import save_document
from signoff.store.settings import Settings
from signoff.store.workspace import create_workspace, open_workspace

AT = datetime(2026, 11, 23, tzinfo=UTC)
KINDS = ["impression", "click", "visit", "form", "mail"]
BAD = ("no date", "", "2026-13-45 10:00:00")


def write_accounts(path: Path, *, n_accounts: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["external_id", "name", "domain", "country"])
        writer.writerows(
            [f"A{n}", f"Firm {n}", f"firm{n}.example", "FR"] for n in range(n_accounts)
        )


def write_events(path: Path, *, n_events: int, n_accounts: int) -> int:
    """Write the events; one in a hundred has a moment, a kind or an account that is none."""
    chance = np.random.default_rng(7)
    seconds = chance.integers(0, 31_536_000, n_events).tolist()
    kinds = chance.integers(0, len(KINDS), n_events).tolist()
    accounts = chance.integers(0, n_accounts, n_events).tolist()
    n_bad = 0
    start = datetime(2026, 1, 1)  # noqa: DTZ001 - written without a zone, as most tools do
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            ["event_id", "occurred_at", "kind", "account_id", "visitor", "venue", "page", "value"]
        )
        for n in range(n_events):
            moment = str(start + timedelta(seconds=seconds[n]))
            kind, account = KINDS[kinds[n]], f"A{accounts[n]}"
            if n % 100 == 99:
                n_bad += 1
                which = (n // 100) % 5
                moment = BAD[which] if which < 3 else moment
                kind = "dance" if which == 3 else kind
                account = "A-none" if which == 4 else account
            writer.writerow(
                [
                    f"E{n}",
                    moment,
                    kind,
                    account,
                    f"v{n % 90_000}",
                    "newsletter",
                    f"/p/{n % 500}?x={n}",
                    f"{n % 97}.50",
                ]
            )
    return n_bad


def write_meanwhile(
    path: Path, stop: Event, waits: "multiprocessing.Queue[tuple[float, float]]"
) -> None:
    """Save documents and take turns at the lake; report the longest wait for each."""
    workspace = open_workspace(path)
    longest_save = longest_turn = 0.0
    while not stop.is_set():
        began = time.perf_counter()
        save_document(workspace.register, kind="note", name="n", body={"a": 1}, author="b", at=AT)
        longest_save = max(longest_save, time.perf_counter() - began)
        began = time.perf_counter()
        with writers_turn(workspace):
            longest_turn = max(longest_turn, time.perf_counter() - began)
        time.sleep(0.02)
    waits.put((longest_save, longest_turn))


def main() -> None:
    n_events = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        accounts, events = Path(folder) / "accounts.csv", Path(folder) / "events.csv"
        write_accounts(accounts, n_accounts=20_000)
        n_bad = write_events(events, n_events=n_events, n_accounts=20_000)
        workspace = create_workspace(Path(folder) / "w", settings=Settings(name="bench"), at=AT)
        options = ImportOptions(by="bench", at=AT)
        import_file(workspace, accounts, options=options)
        stop, waits = multiprocessing.Event(), multiprocessing.Queue()
        other = multiprocessing.Process(target=write_meanwhile, args=(workspace.path, stop, waits))
        other.start()
        began = time.perf_counter()
        steps: dict[str, float] = {}
        receipt = import_file(
            workspace,
            events,
            options=options,
            on_progress=lambda doing, _: steps.setdefault(doing, time.perf_counter() - began),
        )
        seconds = time.perf_counter() - began
        stop.set()
        longest_save, longest_turn = waits.get()
        other.join()
        named = sum(1 for _ in receipt.rejected_path.open(encoding="utf-8")) - 1
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        print(f"{receipt.n_read:,} events read in {seconds:.1f} s, peak {peak:.2f} GB")
        print("steps began at " + ", ".join(f"{name} {at:.1f}" for name, at in steps.items()))
        print(f"{receipt.n_rejected:,} of {n_bad:,} bad rows given back, {named:,} faults named")
        waited = f"register {longest_save:.2f} s, lake {longest_turn:.2f} s"
        print(f"longest wait of another writer: {waited}")


if __name__ == "__main__":
    main()
