"""Engines that run the portable SQL: DuckDB on one machine, Spark where one machine ends."""

from signoff.store.engines.duck import duckdb_engine_on
from signoff.store.engines.engine import Engine, Relation, Statement, Value

__all__ = ["Engine", "Relation", "Statement", "Value", "duckdb_engine_on"]
