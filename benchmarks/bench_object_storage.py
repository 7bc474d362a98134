"""Measure a lake in a bucket against one in a folder: import, count, compaction, backup.

The server is moto's, on this machine and in Python: it shows what Signoff adds, not what a real
storage or a network takes.

Usage: python benchmarks/bench_object_storage.py [rows]
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import Request, urlopen

from signoff.store.backups.backup import back_up
from signoff.store.engines import Statement
from signoff.store.imports import ImportOptions, import_file
from signoff.store.lake import compact_lake, duckdb_engine
from signoff.store.settings import Settings
from signoff.store.workspace import create_workspace

AT = datetime(2026, 11, 23, tzinfo=UTC)
COUNT = Statement(
    "count", "SELECT country, count(*) AS n FROM account GROUP BY country", ("account",)
)


def write_accounts(path: Path, *, n_rows: int) -> None:
    rows = "".join(
        f"A{n},Firm {n * 7919 % 99991},firm{n}.example,FR,{n % 977}\n" for n in range(n_rows)
    )
    path.write_text(f"external_id,name,domain,country,employees\n{rows}", "utf-8")


@contextmanager
def serve_storage() -> Iterator[str]:
    """Start moto's server with one bucket; give its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    port = address.rpartition(":")[2]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", port]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                urlopen(Request(f"{address}/acme", method="PUT")).close()  # noqa: S310 - our own server
                break
            except OSError:
                time.sleep(0.1)
        yield address
    finally:
        server.kill()
        server.wait()


def measure(folder: Path, *, lake_data: str, n_rows: int) -> dict[str, float]:
    """Give seconds by step."""
    workspace = create_workspace(
        folder / "w", settings=Settings(name="Acme", lake_data=lake_data), at=AT
    )
    write_accounts(folder / "accounts.csv", n_rows=n_rows)
    (folder / "few.csv").write_text("external_id,name\nB1,One\n", "utf-8")
    options = ImportOptions(by="ann", at=AT)

    def count() -> None:
        with duckdb_engine(workspace) as engine:
            engine.rows(COUNT)

    steps: dict[str, Callable[[], object]] = {
        "import of one row": lambda: import_file(workspace, folder / "few.csv", options=options),
        "import of all": lambda: import_file(workspace, folder / "accounts.csv", options=options),
        "lake opened and all rows counted": count,
        "backup": lambda: back_up(workspace, folder / "b", at=AT),
        "compaction": lambda: compact_lake(workspace, today=AT.date()),
    }
    return {name: _seconds(step) for name, step in steps.items()}


def _seconds(step: Callable[[], object]) -> float:
    began = time.perf_counter()
    step()
    return round(time.perf_counter() - began, 2)


def main(n_rows: int) -> None:
    os.environ |= {"AWS_ACCESS_KEY_ID": "bench", "AWS_SECRET_ACCESS_KEY": "bench"}
    found: dict[str, object] = {"n_rows": n_rows, "load": round(os.getloadavg()[0], 1)}
    with tempfile.TemporaryDirectory() as folder, serve_storage() as address:
        os.environ["SIGNOFF_S3_ENDPOINT"] = address
        for name, lake_data in (("folder", ""), ("bucket", "s3://acme/lake")):
            (Path(folder) / name).mkdir()
            found[name] = measure(Path(folder) / name, lake_data=lake_data, n_rows=n_rows)
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
