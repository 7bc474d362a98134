"""Django's settings for the tests: a workspace of this process, users in memory or on a server."""

import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from signoff.app.web.configuration import Profile, compose_settings
from signoff.store.settings import Settings
from signoff.store.workspace import create_workspace

# a browser's driver keeps an event loop in the worker in which other tests use the database
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
FOLDER = Path(tempfile.mkdtemp(prefix="signoff-web-")) / "workspace"
create_workspace(FOLDER, settings=Settings(name="Acme"), at=datetime(2026, 1, 5, tzinfo=UTC))
(FOLDER / "web" / "static").mkdir(parents=True)

globals().update(
    compose_settings(
        Profile(
            workspace=FOLDER,
            language="en",
            secret="a secret for tests alone, which guards nothing at all",
            # set to a server's address, the same tests run as a team's
            database=os.environ.get("SIGNOFF_TEST_DATABASE", ""),
            static=FOLDER / "web" / "static",
        )
    )
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
WHITENOISE_AUTOREFRESH = True
