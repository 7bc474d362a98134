"""The ways in: commands now, pages and jobs later."""
