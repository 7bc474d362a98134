"""Spark reads what the lake exports, or says what is lacking."""

from pathlib import Path

import pytest

from signoff.errors import DataError
from signoff.store.engines import spark_engine


def test_spark_engine_on_a_folder_without_tables_is_refused(tmp_path: Path) -> None:
    (tmp_path / "holiday").mkdir()
    with pytest.raises(DataError, match="holds no exported lake"), spark_engine(tmp_path):
        pass
