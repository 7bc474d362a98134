"""Every word of every page in French: a missing one fails here."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

from signoff.app.web.areas import AREAS

WEB = Path(__file__).resolve().parents[2] / "src" / "signoff" / "app" / "web"
TESTS = Path(__file__).resolve().parents[1]
PLACES = [".", "forms", *AREAS]


def catalog(folder: Path) -> dict[Any, Any]:
    """Read a catalog as msgid (or singular and plural) to its French."""
    words = folder / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    if not words.is_file():
        return {}
    with words.open("rb") as file:
        return {message.id: message for message in read_po(file) if message.id}


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Collect all words anew, in a copy of the application."""
    if shutil.which("xgettext") is None:
        reason = "GNU gettext is not installed: apt-get install gettext"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    copy = tmp_path_factory.mktemp("words") / "web"
    shutil.copytree(WEB, copy, ignore=shutil.ignore_patterns("__pycache__", "static"))
    subprocess.run(
        [
            *(sys.executable, "-m", "django", "makemessages", "--locale", "fr", "--no-location"),
            *("--no-wrap", "--no-obsolete", "--extension", "html,txt,py", "--verbosity", "0"),
        ],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(TESTS), "DJANGO_SETTINGS_MODULE": "web_settings"},
        check=True,
        capture_output=True,
    )
    return copy


@pytest.mark.parametrize("place", PLACES)
def test_every_word_of_an_area_has_its_french(collected: Path, place: str) -> None:
    used, kept = catalog(collected / place), catalog(WEB / place)
    missing = [str(word) for word in used if word not in kept]
    assert missing == [], "run scripts/messages.sh and fill in the French"
    empty = [str(word) for word, said in kept.items() if not _texts(said) or said.fuzzy]
    assert empty == []


def _texts(message: Any) -> bool:
    """Say whether every form of a message has its French."""
    said = message.string if isinstance(message.string, list | tuple) else [message.string]
    return all(said)


@pytest.mark.parametrize("place", PLACES)
def test_compiled_french_is_that_of_the_source(place: str, tmp_path: Path) -> None:
    words = WEB / place / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    if not words.is_file():
        return
    if shutil.which("msgfmt") is None:
        pytest.skip("GNU gettext is not installed: apt-get install gettext")
    subprocess.run(["msgfmt", "-o", str(tmp_path / "made.mo"), str(words)], check=True)
    assert (tmp_path / "made.mo").read_bytes() == words.with_suffix(".mo").read_bytes()
