"""Access to the object storage that holds a lake's files: who we are there, and what it says."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from signoff.errors import DataError
from signoff.store.lake.extensions import load_extension
from signoff.store.lake.objects import SCHEME, LakePath, ObjectPath

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["Access", "let_in", "read_access", "storage_fault", "telling", "without_secrets"]

ENDPOINTS = ("SIGNOFF_S3_ENDPOINT", "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
REGIONS = ("AWS_REGION", "AWS_DEFAULT_REGION")
HOME_REGION = "us-east-1"  # servers of one's own take any region, and this one by default
SECRETS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")
FIXES = {
    403: "check the keys, and that they may list, read, write and delete in this bucket",
    404: "see that the bucket is there; signoff lake check names the files that are gone",
}


@dataclass(frozen=True)
class Access:
    """How an object storage is reached.

    Attributes:
        key_id: Whom it knows us as.
        secret: What proves it.
        token: What a passing key needs besides; empty for a lasting one.
        region: Region of the bucket.
        endpoint: Host and port of a server that is not Amazon's; empty for Amazon's.
        uses_tls: Whether it is spoken to under TLS.
    """

    key_id: str = field(repr=False)
    secret: str = field(repr=False)
    token: str = field(repr=False)
    region: str
    endpoint: str
    uses_tls: bool


def read_access(environ: Mapping[str, str]) -> Access:
    """Read from the environment how the object storage is reached.

    Args:
        environ: The variables: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN,
            AWS_REGION, and SIGNOFF_S3_ENDPOINT or AWS_ENDPOINT_URL_S3 for a server that is not
            Amazon's (http://host:port or https://host).

    Returns:
        The access.

    Raises:
        DataError: a key is missing, or the endpoint is no address of a server.

    >>> keys = {"AWS_ACCESS_KEY_ID": "k", "AWS_SECRET_ACCESS_KEY": "s"}
    >>> read_access(keys | {"SIGNOFF_S3_ENDPOINT": "http://127.0.0.1:9000"}).uses_tls
    False
    """
    missing = [name for name in SECRETS[:2] if not environ.get(name)]
    if missing:
        raise DataError(
            f"the object storage cannot be reached: {' and '.join(missing)} not set",
            why="lake_data names a bucket, and keys are read from the environment alone",
            fix=f"set {' and '.join(missing)} where signoff runs, never in signoff.toml",
            where="signoff.toml: lake_data",
        )
    named = next((environ[name] for name in ENDPOINTS if environ.get(name)), "")
    host, uses_tls = _read_endpoint(named)
    return Access(
        key_id=environ[SECRETS[0]],
        secret=environ[SECRETS[1]],
        token=environ.get(SECRETS[2], ""),
        region=next((environ[name] for name in REGIONS if environ.get(name)), HOME_REGION),
        endpoint=host,
        uses_tls=uses_tls,
    )


def let_in(session: "DuckDBPyConnection", place: ObjectPath) -> None:
    """Let a session read and write the bucket that an object lies in.

    The keys stay in the memory of this session: they are bound, so that they stand in no
    statement.

    Args:
        session: A session of DuckDB.
        place: An object, or a folder of them.

    Raises:
        DataError: a key is missing, or the extension httpfs is not installed.
    """
    access = read_access(os.environ)
    load_extension(session, "httpfs")
    for setting in ("s3_access_key_id", "s3_secret_access_key", "s3_session_token"):
        session.execute(f"SET {setting} = ''")  # httpfs shows the environment's keys there
    given = {
        "KEY_ID": access.key_id,
        "SECRET": access.secret,
        "REGION": access.region,
        **({"SESSION_TOKEN": access.token} if access.token else {}),
        **({"ENDPOINT": access.endpoint} if access.endpoint else {}),
    }
    style = "path" if access.endpoint else "vhost"
    said = ", ".join(f"{name} ?" for name in given)
    session.execute(
        f"CREATE OR REPLACE SECRET signoff_lake (TYPE s3, {said}, URL_STYLE '{style}', "
        f"USE_SSL {access.uses_tls}, SCOPE 's3://{place.parts[0]}/')",
        list(given.values()),
    )


def without_secrets(text: str) -> str:
    """Take the keys of the object storage out of a message, should a server have repeated them.

    >>> without_secrets("nothing to hide")
    'nothing to hide'
    """
    for name in SECRETS:
        value = os.environ.get(name, "")
        text = text.replace(value, "[hidden]") if value else text
    return text


@contextmanager
def telling(place: LakePath) -> Iterator[None]:
    """Tell in plain words what an object storage refuses.

    Args:
        place: What is read or written there.

    Raises:
        DataError: the storage cannot be reached, or refuses.
    """
    from duckdb import IOException

    try:
        yield
    except IOException as error:
        if isinstance(place, ObjectPath) and "HTTP" in str(error):
            raise storage_fault(error, place=place) from None  # the cause may repeat a key
        raise


def storage_fault(error: BaseException, *, place: ObjectPath) -> DataError:
    """Give the fault for what DuckDB says of an object storage.

    >>> storage_fault(OSError("HTTP 403"), place=ObjectPath("s3://acme/lake")).fault.where
    's3://acme'
    """
    said = [line.strip() for line in without_secrets(str(error)).splitlines() if line.strip()]
    told = "; ".join(line for line in said[:2] if not line.startswith("LINE"))
    return DataError(
        "the object storage did not do what was asked",
        why=told or type(error).__name__,
        fix=FIXES.get(
            getattr(error, "status_code", 0),
            "see that the server runs, check the endpoint, and try again",
        ),
        where=f"{SCHEME}{place.parts[0]}",
    )


def _read_endpoint(named: str) -> tuple[str, bool]:
    """Give host with port, and whether it speaks TLS; an address without scheme does."""
    if not named:
        return "", True
    parts = urlsplit(named if "://" in named else f"https://{named}")
    is_plain = not parts.path.strip("/") and not parts.query and "@" not in parts.netloc
    if parts.scheme not in {"http", "https"} or not parts.hostname or not is_plain:
        raise DataError(
            "the endpoint of the object storage is no address of a server",
            why="it is host and port, with http:// or https:// before them, and nothing else",
            fix=f"set {ENDPOINTS[0]} to an address such as https://storage.example:9000",
            where=ENDPOINTS[0],
        )
    return parts.netloc, parts.scheme == "https"
