"""Migrations of the people of a workspace."""
