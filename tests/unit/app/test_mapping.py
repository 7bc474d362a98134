"""The file of column pairs."""

from pathlib import Path

import pytest

from signoff.app.cli.mapping import read_mapping
from signoff.errors import DataError


def test_read_mapping_from_json_with_table_gives_pairs(tmp_path: Path) -> None:
    path = tmp_path / "mapping.json"
    path.write_text('{"mapping": {"Société": "name"}}', "utf-8-sig")
    assert read_mapping(path) == {"Société": "name"}


@pytest.mark.parametrize("text", ["not toml", '"a" = 3', "[a]\nb = 'c'"])
def test_read_mapping_that_is_none_says_what_one_is(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mapping.toml"
    path.write_text(text)
    with pytest.raises(DataError) as caught:
        read_mapping(path)
    assert "column of the table" in caught.value.fault.fix
    assert caught.value.fault.where == str(path)
