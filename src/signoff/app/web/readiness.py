"""What must stand before the first visitor comes: tables of the people, static files."""

import shutil
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from filelock import FileLock

from signoff import __version__
from signoff.app.web.place import current_workspace

__all__ = ["make_ready"]

STAMP = "made-by.txt"


def make_ready() -> None:
    """Bring the tables of the people up to date and collect the static files, once per version.

    Several processes may start at once: they take turns.
    """
    workspace = current_workspace()
    # Django writes large uploads there before any view of ours runs
    Path(settings.FILE_UPLOAD_TEMP_DIR).mkdir(mode=0o700, exist_ok=True)
    with FileLock(workspace.locks_dir / "web.lock"):
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        collect_static(Path(settings.STATIC_ROOT))


def collect_static(root: Path) -> None:
    """Collect the static files where whitenoise serves them from, unless they are there already.

    Args:
        root: Folder for them.
    """
    made_by = f"{__version__} {_newest_source()}"
    stamp = root / STAMP
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == made_by:
        return
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(made_by, encoding="utf-8")


def _newest_source() -> int:
    """Give when the newest static file of ours was changed, so that work on them shows."""
    here = Path(__file__).parent
    return max(path.stat().st_mtime_ns for path in here.rglob("static/**/*") if path.is_file())
