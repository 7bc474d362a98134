"""Engines that run the portable SQL: DuckDB on one machine, Spark where one machine ends."""
