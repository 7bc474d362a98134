"""The lake: bulk facts under random ids, in Parquet files that a catalog knows."""

from signoff.store.lake.check import LakeCheck, LakeFinding, check_lake
from signoff.store.lake.compaction import Compaction, compact_lake
from signoff.store.lake.current import LakeEngine, duckdb_engine
from signoff.store.lake.export import ExportedTable, Manifest, export_lake
from signoff.store.lake.persons import delete_person_facts
from signoff.store.lake.place import data_path
from signoff.store.lake.pool import LakePool
from signoff.store.lake.pooled import PooledEngine
from signoff.store.lake.publication import has_import, publish, retract, write_parquet
from signoff.store.lake.session import LakeConnection, current_snapshot, open_lake

__all__ = [
    "Compaction",
    "ExportedTable",
    "LakeCheck",
    "LakeConnection",
    "LakeEngine",
    "LakeFinding",
    "LakePool",
    "Manifest",
    "PooledEngine",
    "check_lake",
    "compact_lake",
    "current_snapshot",
    "data_path",
    "delete_person_facts",
    "duckdb_engine",
    "export_lake",
    "has_import",
    "open_lake",
    "publish",
    "retract",
    "write_parquet",
]
