"""What `signoff doctor` looks at: each check says what it found and how to mend it."""

import os
import shutil
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from tempfile import TemporaryDirectory

from signoff.errors import SignoffError
from signoff.results import Result, Row

__all__ = ["Finding", "HealthReport", "check_installation", "check_workspace"]

OLDEST_PYTHON = (3, 11)
LEAST_FREE_BYTES = 2 * 1024**3
EXTRAS = {
    "reports": ("typst", "xlsxwriter"),
    "spark": ("pyspark",),
    "postgres": ("psycopg", "duckdb-extension-postgres-scanner"),
    "s3": ("duckdb-extension-httpfs",),
}


@dataclass(frozen=True)
class Finding:
    """What one check found.

    Attributes:
        check: What was looked at.
        state: "fine", "note" (can be done without), or "wrong".
        found: What was found.
        fix: What to do, where something is to be done.
    """

    check: str
    state: str
    found: str
    fix: str = ""


@dataclass(frozen=True)
class HealthReport(Result):
    """All that was looked at.

    Attributes:
        findings: One for each check.
    """

    findings: tuple[Finding, ...]

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return all(finding.state != "wrong" for finding in self.findings)

    def rows(self) -> list[Row]:
        """Give a row for each check."""
        return [
            {"check": f.check, "state": f.state, "found": f.found, "fix": f.fix}
            for f in self.findings
        ]

    def text(self) -> str:
        """Say in one sentence how things stand."""
        wrong = sum(finding.state == "wrong" for finding in self.findings)
        if not wrong:
            return f"{len(self.findings)} checks, nothing wrong."
        return f"{len(self.findings)} checks, {wrong} wrong."


def check_installation() -> list[Finding]:
    """Look at Python, the libraries, the lake's extensions and the extras.

    Returns:
        One finding for each.

    >>> check_installation()[0].check
    'Python'
    """
    return [_python(), *_libraries(), _trial_lake(), *_extras()]


def check_workspace(folder: Path) -> list[Finding]:
    """Look at one workspace: its key, its disk, its register and its lake.

    Args:
        folder: The workspace.

    Returns:
        One finding for each; a workspace that does not open is one finding.

    >>> with TemporaryDirectory() as empty:
    ...     [finding.state for finding in check_workspace(Path(empty)) if finding.check != "disk"]
    ['wrong', 'wrong']
    """
    return [_key(folder), _disk(folder), *_stores(folder)]


def _python() -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] >= OLDEST_PYTHON:
        return Finding("Python", "fine", found)
    return Finding("Python", "wrong", found, "install Python 3.11 or later")


def _libraries() -> Iterator[Finding]:
    for line in requires("signoff") or ():
        name = _distribution(line)
        if "extra ==" in line:
            continue
        try:
            yield Finding(name, "fine", version(name))
        except PackageNotFoundError:
            yield Finding(name, "wrong", "not installed", f"pip install '{line}'")


def _distribution(requirement: str) -> str:
    name = requirement.split(";", maxsplit=1)[0]
    for mark in "[<>=!~ ":
        name = name.split(mark)[0]
    return name


def _trial_lake() -> Finding:
    """Make a lake in a temporary folder: only so is it known that the extensions load."""
    from signoff.store.lake import current_snapshot
    from signoff.store.settings import Settings
    from signoff.store.workspace import create_workspace

    with TemporaryDirectory() as folder:
        try:
            trial = create_workspace(
                Path(folder) / "trial", settings=Settings(name="trial"), at=datetime.now(UTC)
            )
            current_snapshot(trial)
        except Exception as error:  # noqa: BLE001 (whatever an engine raises is a finding here)
            fix = "install signoff again, so that the engine and its extensions agree"
            return _damage("trial lake", error, fix=fix)
    return Finding("trial lake", "fine", "made and read; the engine's extensions load")


def _extras() -> Iterator[Finding]:
    for extra, names in EXTRAS.items():
        missing = [name for name in names if not _is_installed(name)]
        if missing:
            found = f"without {', '.join(missing)}"
            yield Finding(f"extra {extra}", "note", found, f"pip install 'signoff[{extra}]'")
        else:
            yield Finding(f"extra {extra}", "fine", ", ".join(f"{n} {version(n)}" for n in names))


def _is_installed(name: str) -> bool:
    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True


def _key(folder: Path) -> Finding:
    path = folder / "secret.key"
    if not path.is_file():
        fix = "restore it from a backup: without it no suppression can be checked"
        return Finding("secret.key", "wrong", "missing", fix)
    mode = stat.S_IMODE(path.stat().st_mode)
    if os.name == "posix" and mode & 0o077:
        return Finding(
            "secret.key", "wrong", f"others can read it ({mode:03o})", f"chmod 600 {path}"
        )
    return Finding("secret.key", "fine", f"yours alone ({mode:03o})")


def _disk(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    found = f"{free / 1024**3:,.1f} GB free"
    if free < LEAST_FREE_BYTES:
        fix = "make room: an import needs its files twice for a moment"
        return Finding("disk", "wrong", found, fix)
    return Finding("disk", "fine", found)


def _stores(folder: Path) -> Iterator[Finding]:
    from signoff.store.lake import check_lake
    from signoff.store.register import verify_audit
    from signoff.store.workspace import open_workspace

    try:
        workspace = open_workspace(folder)
        audit = verify_audit(workspace.register)
    except Exception as error:  # noqa: BLE001 (whatever a damaged register raises is a finding)
        yield _damage("register", error, fix="restore the workspace from a backup: signoff restore")
        return
    fix = "" if audit.is_sound else "compare with a backup; find out who wrote to the register"
    yield Finding("register", "fine" if audit.is_sound else "wrong", audit.text(), fix)
    try:
        lake = check_lake(workspace, repair=False)
    except Exception as error:  # noqa: BLE001 (whatever a damaged lake raises is a finding)
        yield _damage("lake", error, fix="signoff lake check --repair; else restore from a backup")
        return
    fix = "" if lake.is_sound else "signoff lake check --repair"
    yield Finding("lake", "fine" if lake.is_sound else "wrong", lake.text(), fix)


def _damage(check: str, error: Exception, *, fix: str) -> Finding:
    if isinstance(error, SignoffError):
        return Finding(check, "wrong", error.fault.what, error.fault.fix)
    return Finding(check, "wrong", f"damaged: {str(error).splitlines()[0]}", fix)
