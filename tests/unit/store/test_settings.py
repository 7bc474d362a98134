"""The settings of a workspace."""

from pathlib import Path

import pytest

from signoff.errors import DataError
from signoff.store.settings import Settings, read_settings, write_settings


def test_write_settings_reads_back_equal(tmp_path: Path) -> None:
    settings = Settings(name='Acme "é"', language="fr", currency="USD", register="postgresql://a/b")
    write_settings(settings, path=tmp_path / "signoff.toml")
    assert read_settings(tmp_path / "signoff.toml") == settings
    assert "PGPASSWORD" in (tmp_path / "signoff.toml").read_text()


def test_read_settings_all_faults_are_named_at_once(tmp_path: Path) -> None:
    path = tmp_path / "signoff.toml"
    path.write_text('name = ""\nlanguage = "de"\ncurrency = "euro"\ncolour = 1\n')
    with pytest.raises(DataError) as caught:
        read_settings(path)
    assert {fault.where for fault in caught.value.faults} == {
        "name",
        "language",
        "currency",
        "colour",
    }


@pytest.mark.parametrize("content", [b"name = ", b"\xff\xfe\x00"])
def test_read_settings_no_toml_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "signoff.toml").write_bytes(content)
    with pytest.raises(DataError, match="is not TOML"):
        read_settings(tmp_path / "signoff.toml")


def test_read_settings_wrong_value_that_may_hold_a_password_is_not_repeated(
    tmp_path: Path,
) -> None:
    path = tmp_path / "signoff.toml"
    path.write_text('name = "Acme"\npassword = "s3same"\ncatalog = ["postgresql://a:s3same@h"]\n')
    with pytest.raises(DataError) as caught:
        read_settings(path)
    assert "s3same" not in caught.value.text()
    assert {fault.where for fault in caught.value.faults} == {"password", "catalog"}


@pytest.mark.parametrize(
    ("lake_data", "kept"),
    [("", ""), ("../facts", "../facts"), ("s3://acme-1.x/Lake_2/a.b/", "s3://acme-1.x/Lake_2/a.b")],
)
def test_settings_lake_data_may_be_a_folder_or_a_bucket(lake_data: str, kept: str) -> None:
    assert Settings(name="Acme", lake_data=lake_data).lake_data == kept


@pytest.mark.parametrize(
    "lake_data",
    [
        "s3://",
        "s3://a",
        "s3://Acme/x",
        "s3://acme/../x",
        "s3://acme//x",
        "s3://acme/*",
        "s3://acme/a?s3_secret_access_key=canary",
        "s3://key:canary@acme/x",
        "gs://acme/x",
        "https://acme/x",
    ],
)
def test_read_settings_odd_bucket_is_refused_and_not_repeated(
    lake_data: str, tmp_path: Path
) -> None:
    path = tmp_path / "signoff.toml"
    path.write_text(f'name = "Acme"\nlake_data = "{lake_data}"\n')
    with pytest.raises(DataError, match="give a folder, or s3://bucket/folder") as caught:
        read_settings(path)
    assert "canary" not in str(caught.value)
