"""Engines that run the portable SQL: DuckDB on one machine, Spark where one machine ends."""

from signoff.store.engines.duck import DuckEngine, duckdb_engine_on
from signoff.store.engines.engine import Engine, Relation, Statement, Value
from signoff.store.engines.folding import fold_text
from signoff.store.engines.prepared import PreparedTable, prepare_table
from signoff.store.engines.spark import SparkEngine, local_spark, spark_engine, spark_engine_on

__all__ = [
    "DuckEngine",
    "Engine",
    "PreparedTable",
    "Relation",
    "SparkEngine",
    "Statement",
    "Value",
    "duckdb_engine_on",
    "fold_text",
    "local_spark",
    "prepare_table",
    "spark_engine",
    "spark_engine_on",
]
