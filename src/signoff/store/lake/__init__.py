"""The lake: bulk facts under random ids, in Parquet files that a catalog knows."""

from signoff.store.lake.current import duckdb_engine
from signoff.store.lake.place import data_path
from signoff.store.lake.publication import has_import, publish, retract, write_parquet
from signoff.store.lake.session import LakeConnection, current_snapshot, open_lake

__all__ = [
    "LakeConnection",
    "current_snapshot",
    "data_path",
    "duckdb_engine",
    "has_import",
    "open_lake",
    "publish",
    "retract",
    "write_parquet",
]
