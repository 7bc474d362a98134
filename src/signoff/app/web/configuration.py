"""How Django is set up for one workspace: a laptop's, or a team's behind a proxy."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.contrib.messages.constants import ERROR, SUCCESS, WARNING

from signoff.app.web.areas import AREAS
from signoff.app.web.logs import LOGGING
from signoff.app.web.security import SECURITY_SETTINGS, secure_settings
from signoff.errors import DataError
from signoff.store.settings import SETTINGS_FILE, read_settings
from signoff.store.workspace import read_key

__all__ = ["Profile", "compose_settings", "read_profile"]

HERE = Path(__file__).parent
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True)
class Profile:
    """What the settings depend on.

    Attributes:
        workspace: Folder of the workspace.
        language: Language of visitors whose own is not known: en or fr.
        secret: Secret of sessions and tokens, made from the workspace's key.
        database: Address of the server that keeps users; empty for web.db in the workspace.
        address: Address under which people reach the application, as https://signoff.example.com;
            empty for this machine alone.
        static: Folder of the collected static files.
    """

    workspace: Path
    language: str
    secret: str = field(repr=False)
    database: str = field(default="", repr=False)
    address: str = ""
    static: Path = Path()

    @property
    def is_secure(self) -> bool:
        """Whether people reach it over https."""
        return self.address.startswith("https://")


def read_profile(environ: Mapping[str, str]) -> Profile:
    """Read the profile from the workspace that the environment names.

    Args:
        environ: SIGNOFF_WORKSPACE, and SIGNOFF_ADDRESS where others reach this machine.

    Returns:
        The profile.

    Raises:
        DataError: no workspace is named, or it cannot be read.

    >>> read_profile({})
    Traceback (most recent call last):
    signoff.errors.DataError: no workspace is named. Why: ...
    """
    named = environ.get("SIGNOFF_WORKSPACE", "")
    if not named:
        raise DataError(
            "no workspace is named",
            why="the web application serves one workspace",
            fix="start it with signoff serve, or set SIGNOFF_WORKSPACE to the folder",
        )
    path = Path(named).resolve()
    settings = read_settings(path / SETTINGS_FILE)
    key = read_key(path)
    return Profile(
        workspace=path,
        language=settings.language,
        secret=hmac.new(key, b"web sessions", hashlib.sha256).hexdigest(),
        database=settings.register_address,
        address=environ.get("SIGNOFF_ADDRESS", "").rstrip("/"),
        static=path / "web" / "static",
    )


def compose_settings(profile: Profile) -> dict[str, Any]:
    """Give Django's settings for a profile.

    Args:
        profile: Workspace, secret, database and address.

    Returns:
        The settings by name.
    """
    return {
        "SIGNOFF_WORKSPACE": profile.workspace,
        "SIGNOFF_ADDRESS": profile.address,
        "SECRET_KEY": profile.secret,
        "DEBUG": False,
        "ALLOWED_HOSTS": _hosts(profile),
        "CSRF_TRUSTED_ORIGINS": [profile.address] if profile.address else [],
        "ROOT_URLCONF": "signoff.app.web.urls",
        "DATABASES": {"default": _database(profile)},
        "CACHES": {
            "default": {
                "BACKEND": "django.core.cache.backends.db.DatabaseCache",
                "LOCATION": "web_cache",
                # by default 300: strangers could push out which codes were used already
                "OPTIONS": {"MAX_ENTRIES": 100_000},
            }
        },
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "INSTALLED_APPS": _apps(),
        "MIDDLEWARE": _middleware(),
        "TEMPLATES": [_templates()],
        "STATIC_URL": "/static/",
        "STATIC_ROOT": profile.static,
        # what people upload may name persons: it is written where erasing looks, and nowhere else
        "FILE_UPLOAD_TEMP_DIR": profile.workspace / "uploads",
        "FILE_UPLOAD_HANDLERS": [
            "django.core.files.uploadhandler.MemoryFileUploadHandler",
            "signoff.app.web.imports.receiving.UploadReceiver",
        ],
        "STORAGES": {
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
        },
        "LANGUAGE_CODE": profile.language,
        "LANGUAGES": [("en", "English"), ("fr", "Français")],
        "LOCALE_PATHS": [HERE / "locale"],
        "USE_I18N": True,
        "USE_TZ": True,
        "TIME_ZONE": "UTC",
        "LANGUAGE_COOKIE_NAME": "signoff_language",
        "MESSAGE_TAGS": {SUCCESS: "good", WARNING: "caution", ERROR: "bad"},
        "LOGGING": LOGGING,
        **SECURITY_SETTINGS,
        **secure_settings(is_secure=profile.is_secure),
    }


def _hosts(profile: Profile) -> list[str]:
    named = urlsplit(profile.address).hostname if profile.address else None
    return [*LOCAL_HOSTS, named] if named else list(LOCAL_HOSTS)


def _apps() -> list[str]:
    ours = [f"signoff.app.web.{area}" for area in AREAS]
    return [
        "signoff.app.web",
        "signoff.app.web.forms",
        *ours,
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
        "django.contrib.staticfiles",
        "allauth",
        "allauth.account",
        "allauth.mfa",
        "axes",
        "csp",
    ]


def _middleware() -> list[str]:
    return [
        "django.middleware.security.SecurityMiddleware",
        "signoff.app.web.headers.HeaderMiddleware",
        "whitenoise.middleware.WhiteNoiseMiddleware",
        "csp.middleware.CSPMiddleware",
        "signoff.app.web.compression.PageCompressionMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "signoff.app.web.reader.ReaderMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
        "allauth.account.middleware.AccountMiddleware",
        "signoff.app.web.failures.FailureMiddleware",
        "axes.middleware.AxesMiddleware",
        "signoff.app.web.people.membership.MembershipMiddleware",
    ]


def _templates() -> dict[str, Any]:
    return {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "signoff.app.web.shell.describe_shell",
            ],
            "builtins": ["signoff.app.web.templatetags.signoff", "django.templatetags.i18n"],
        },
    }


def _database(profile: Profile) -> dict[str, Any]:
    if not profile.database:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": profile.workspace / "web.db",
            "OPTIONS": {
                "timeout": 60,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;"
                " PRAGMA secure_delete = ON;",
            },
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        **read_address(profile.database),
    }


def read_address(address: str) -> dict[str, Any]:
    """Read a PostgreSQL address as Django wants it; a parameter goes before the same in front.

    Args:
        address: As in signoff.toml: postgresql://user@host/database?host=folder.

    Returns:
        NAME, USER, PASSWORD, HOST, PORT, and what libpq is told besides as OPTIONS.

    >>> read_address("postgresql://ann@db.example:5433/signoff?sslmode=require")["HOST"]
    'db.example'
    >>> read_address("postgresql://ann@/signoff?host=/run/postgresql")["HOST"]
    '/run/postgresql'
    """
    found = urlsplit(address)
    said = dict(parse_qsl(found.query))
    return {
        "NAME": unquote(said.pop("dbname", found.path.lstrip("/"))),
        "USER": unquote(said.pop("user", found.username or "")),
        "PASSWORD": unquote(said.pop("password", found.password or "")),
        "HOST": unquote(said.pop("host", found.hostname or "")),
        "PORT": said.pop("port", str(found.port or "")),
        "OPTIONS": said,
    }
