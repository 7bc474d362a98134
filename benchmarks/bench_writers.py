"""Twenty processes publish to one lake at once: what is lost, what is shown, how long it takes.

Run: python benchmarks/bench_writers.py [--writers 20] [--publications 5] [--catalog ADDRESS]
"""

import argparse
import json
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from signoff.store.lake import data_path, open_lake, publish, write_parquet
from signoff.store.settings import Settings
from signoff.store.workspace import create_workspace, open_workspace

N_ROWS = 1_000


def write(folder: Path, *, writer: int, publications: int) -> list[float]:
    """Publish as one of the writers.

    Returns:
        Seconds that each publication took, waiting for the turn included.
    """
    workspace = open_workspace(folder)
    seconds: list[float] = []
    for number in range(publications):
        import_id = f"w{writer:02d}n{number:02d}"
        path = data_path(workspace, "stage_change", import_id, 0)
        with open_lake(workspace) as lake:
            sql = (
                "SELECT $id || '-' || i AS opportunity_id, 'won' AS stage, "
                "TIMESTAMP '2026-01-01 00:00:00' AS occurred_at, $id AS import_id, "
                f"CAST($seq AS BIGINT) AS import_seq FROM range({N_ROWS}) AS r(i)"
            )
            values = {"id": import_id, "seq": writer * 1000 + number}
            write_parquet(lake, sql, path, values=values)
        began = time.perf_counter()
        publish(workspace, {"stage_change": [path]}, import_id=import_id)
        seconds.append(time.perf_counter() - began)
    return seconds


def run(folder: Path, *, writers: int, publications: int, catalog: str = "") -> dict[str, object]:
    """Let all writers go at once, and count what the lake has afterwards.

    Returns:
        Counts, errors shown, and seconds.
    """
    settings = Settings(name="Writers", catalog=catalog)
    workspace = create_workspace(folder / "w", settings=settings, at=datetime.now(UTC))
    command = [sys.executable, __file__, "--folder", str(workspace.path)]
    command += ["--publications", str(publications)]
    began = time.perf_counter()
    processes = [
        subprocess.Popen(
            [*command, "--as-writer", str(writer)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for writer in range(writers)
    ]
    said = [process.communicate() for process in processes]
    total = time.perf_counter() - began
    seconds = sorted(s for out, _ in said if out for s in json.loads(out))
    with open_lake(workspace) as lake:
        found = lake.rows(
            "SELECT count(*), count(DISTINCT import_id), count(DISTINCT opportunity_id) "
            "FROM lake.stage_change"
        )[0]
    wanted = writers * publications
    return {
        "n_writers": writers,
        "n_publications": wanted,
        "n_lost_publications": wanted - found[1],
        "n_lost_rows": wanted * N_ROWS - found[0],
        "n_doubled_rows": found[0] - found[2],
        "n_errors_shown": sum(
            bool(err) or process.returncode != 0
            for (_, err), process in zip(said, processes, strict=True)
        ),
        "errors": [err for _, err in said if err][:1],
        "total_seconds": round(total, 2),
        "median_publish_seconds": round(seconds[len(seconds) // 2], 3) if seconds else None,
        "longest_publish_seconds": round(seconds[-1], 3) if seconds else None,
    }


def main() -> int:
    """Run the benchmark, or one of its writers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--writers", type=int, default=20)
    parser.add_argument("--publications", type=int, default=5)
    parser.add_argument("--catalog", default="")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--as-writer", type=int)
    given = parser.parse_args()
    if given.as_writer is not None:
        spent = write(given.folder, writer=given.as_writer, publications=given.publications)
        print(json.dumps(spent))
        return 0
    with TemporaryDirectory() as folder:
        found = run(
            Path(folder),
            writers=given.writers,
            publications=given.publications,
            catalog=given.catalog,
        )
    print(json.dumps(found, indent=2))
    return int(bool(found["n_lost_rows"] or found["n_errors_shown"] or found["n_doubled_rows"]))


if __name__ == "__main__":
    sys.exit(main())
