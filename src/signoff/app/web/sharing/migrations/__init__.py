"""Migrations of the links to plans."""
