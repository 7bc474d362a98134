"""A newcomer's times: a fresh clone's `make demo`, the same again, `signoff --help`, megabytes.

    python benchmarks/bench_setup.py

Clones the repository into a temporary folder; of this checkout's environment it uses nothing but
git, make and Python, and nothing downloaded before.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
NOT_OURS = ("pip", "setuptools", "_distutils_hack", "pkg_resources")


def main() -> None:
    """Print each figure beside its target."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"UV_CACHE_DIR": f"{folder}/uv", "PIP_CACHE_DIR": f"{folder}/pip"}
        clone = Path(folder) / "clone"
        run(["git", "clone", "--quiet", str(REPOSITORY), str(clone)])
        print(f"make demo, fresh clone: {timed(['make', 'demo'], clone):.1f} s (target 150)")
        print(f"make demo, warm: {timed(['make', 'demo'], clone):.1f} s (target 25)")
        command = [str(clone / ".venv" / "bin" / "signoff"), "--help"]
        helps = [timed(command, clone) for _ in range(5)]
        print(f"signoff --help, median of 5: {statistics.median(helps):.2f} s (target 0.4)")
        print(f"core install: {core_megabytes(clone, Path(folder) / 'core'):.0f} MB (target 470)")


def run(command: list[str], folder: Path | None = None) -> None:
    """Run a command and stop with what it said when it fails."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}\n{done.stderr}")


def timed(command: list[str], folder: Path) -> float:
    """Give the seconds that a command takes."""
    began = time.perf_counter()
    run(command, folder)
    return time.perf_counter() - began


def core_megabytes(clone: Path, place: Path) -> float:
    """Give the megabytes of the libraries that users without extras install."""
    venv.create(place, with_pip=False)
    uv = clone / ".venv" / "bin" / "uv"
    pins = clone / "requirements" / "core.txt"
    python = place / "bin" / "python"
    run([str(uv), "pip", "install", "--python", str(python), "--require-hashes", "-r", str(pins)])
    packages = next((place / "lib").glob("python*/site-packages"))
    sizes = (
        file.stat().st_blocks * 512
        for entry in packages.iterdir()
        if not entry.name.startswith(NOT_OURS)
        for file in (entry.rglob("*") if entry.is_dir() else [entry])
        if file.is_file()
    )
    return sum(sizes) / 2**20


if __name__ == "__main__":
    main()
