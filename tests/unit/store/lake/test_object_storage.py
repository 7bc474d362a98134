"""A lake in a bucket: who may enter, what is said when nobody answers, and what is left behind."""

import logging
import socket
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from signoff.errors import DataError
from signoff.store.engines import Statement
from signoff.store.imports import ImportOptions, import_file
from signoff.store.lake import (
    check_lake,
    data_path,
    duckdb_engine,
    open_lake,
    publish,
    write_parquet,
)
from signoff.store.lake.bucket import read_access
from signoff.store.lake.objects import ObjectPath
from signoff.store.lake.storage import copy_files, present_files
from signoff.store.register.ledger import ImportState, list_imports
from signoff.store.workspace import Workspace

AT = datetime(2026, 1, 2, tzinfo=UTC)
KEYS = {"AWS_ACCESS_KEY_ID": "canary-key", "AWS_SECRET_ACCESS_KEY": "canary-secret"}
NAMES = Statement("names", "SELECT name FROM account ORDER BY name", ("account",))
Bring = Callable[..., str]
only_bucket = pytest.mark.parametrize("lake_data", ["bucket"], indirect=True)


def names(workspace: Workspace) -> list[str]:
    with duckdb_engine(workspace) as engine:
        return [row["name"] for row in engine.rows(NAMES)]


def _nobodys_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def shut(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Give what makes the object storage answer no more."""

    def shut() -> None:
        monkeypatch.setenv("SIGNOFF_S3_ENDPOINT", f"http://127.0.0.1:{_nobodys_port()}")

    return shut


@pytest.mark.parametrize(
    ("environ", "endpoint", "uses_tls", "region"),
    [
        ({}, "", True, "us-east-1"),
        ({"AWS_REGION": "eu-west-3"}, "", True, "eu-west-3"),
        ({"AWS_ENDPOINT_URL_S3": "https://storage.example"}, "storage.example", True, "us-east-1"),
        ({"AWS_ENDPOINT_URL_S3": "http://h:9", "AWS_DEFAULT_REGION": "x"}, "h:9", False, "x"),
        ({"AWS_ENDPOINT_URL_S3": "http://h:9", "SIGNOFF_S3_ENDPOINT": "g"}, "g", True, "us-east-1"),
    ],
)
def test_read_access_follows_the_endpoint(
    environ: dict[str, str], endpoint: str, uses_tls: bool, region: str
) -> None:
    access = read_access(KEYS | environ)
    assert (access.endpoint, access.uses_tls, access.region) == (endpoint, uses_tls, region)


@pytest.mark.parametrize("missing", list(KEYS))
def test_read_access_without_a_key_names_the_variable(missing: str) -> None:
    with pytest.raises(DataError, match=f"{missing} not set") as caught:
        read_access({name: value for name, value in KEYS.items() if name != missing})
    assert "canary" not in str(caught.value)


@pytest.mark.parametrize(
    "endpoint", ["ftp://h", "http://u:canary-p@h", "http://h/x?k=v", "http://"]
)
def test_read_access_odd_endpoint_is_refused_and_not_repeated(endpoint: str) -> None:
    with pytest.raises(DataError, match="no address of a server") as caught:
        read_access(KEYS | {"SIGNOFF_S3_ENDPOINT": endpoint})
    assert "canary" not in str(caught.value)


def test_read_access_shows_no_key() -> None:
    assert "canary" not in repr(read_access(KEYS | {"AWS_SESSION_TOKEN": "canary-token"}))


@only_bucket
def test_open_lake_without_keys_says_which_to_set(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    with pytest.raises(DataError, match="AWS_SECRET_ACCESS_KEY not set"), open_lake(workspace):
        pass


@only_bucket
def test_keys_stand_in_no_session_file_error_or_log(
    workspace: Workspace, bring: Bring, shut: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    bring("account", [{"account_id": "a", "name": "One"}])
    with open_lake(workspace) as lake:
        told = str(lake.rows("SELECT secret_string FROM duckdb_secrets()")) + repr(lake)
        settings = str(lake.rows("SELECT name, value FROM duckdb_settings()"))
    shut()
    with pytest.raises(DataError) as caught:
        names(workspace)
    error: BaseException | None = caught.value
    while error is not None:
        told += str(error)
        error = error.__cause__
    written = b"".join(path.read_bytes() for path in workspace.path.rglob("*") if path.is_file())
    assert "canary-secret" not in told + settings + caplog.text
    assert b"canary" not in written


@only_bucket
def test_storage_that_does_not_answer_is_named_and_nothing_is_lost(
    workspace: Workspace, bring: Bring, shut: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bring("account", [{"account_id": "a", "name": "One"}])
    (tmp_path / "more.csv").write_text("external_id,name\nb,Two\n")
    options = ImportOptions(by="ann", at=AT)
    with monkeypatch.context() as patched:
        patched.setenv("SIGNOFF_S3_ENDPOINT", f"http://127.0.0.1:{_nobodys_port()}")
        for act in (
            lambda: names(workspace),
            lambda: check_lake(workspace, repair=False),
            lambda: import_file(workspace, tmp_path / "more.csv", options=options),
        ):
            with pytest.raises(
                DataError, match=r"object storage did not.*Fix: see that the server"
            ):
                act()
    assert names(workspace) == ["One"]
    receipt = import_file(workspace, tmp_path / "more.csv", options=options)
    assert receipt.is_new
    assert names(workspace) == ["One", "Two"]
    states = {entry.state for entry in list_imports(workspace.register)}
    assert states <= {ImportState.LIVE, ImportState.FAILED}
    assert check_lake(workspace, repair=True).is_sound


def test_bucket_that_is_not_there_is_named(make_bucket: Callable[[], str], tmp_path: Path) -> None:
    missing = ObjectPath(f"{make_bucket()}-not-there") / "x"
    with pytest.raises(DataError, match="see that the bucket is there"):
        copy_files([(missing, tmp_path / "x")])


@only_bucket
def test_query_that_fails_halfway_leaves_no_object_after_the_check(workspace: Workspace) -> None:
    path = data_path(workspace, "account", "half", 0)
    fails = "CASE WHEN range = 2999999 THEN error('halfway') ELSE md5(CAST(range AS VARCHAR)) END"
    with open_lake(workspace) as lake, pytest.raises(Exception, match="halfway"):
        write_parquet(lake, f"SELECT {fails} AS name FROM range(3000000)", path)
    assert check_lake(workspace, repair=True).is_sound
    assert present_files(workspace) == frozenset()


@only_bucket
def test_publish_of_an_object_elsewhere_is_refused(workspace: Workspace) -> None:
    for address in ("s3://other/x.parquet", f"{workspace.settings.lake_data}/../x.parquet"):
        with pytest.raises(DataError, match="does not lie in the lake's data folder"):
            publish(workspace, {"account": [ObjectPath(address)]}, import_id="x")


def test_copy_files_to_a_bucket_and_back_keeps_every_byte(
    make_bucket: Callable[[], str], tmp_path: Path
) -> None:
    content = bytes(range(256)) * 40_000
    (tmp_path / "a'b").write_bytes(content)
    there = ObjectPath(make_bucket()) / "deep" / "a'b"
    copy_files([(tmp_path / "a'b", there)])
    copy_files([(there, tmp_path / "new" / "copy")])
    assert (tmp_path / "new" / "copy").read_bytes() == content
