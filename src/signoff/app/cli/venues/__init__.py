"""`signoff venues`: where the committees can be reached, for which money."""

from signoff.app.cli.venues.group import venues

__all__ = ["venues"]
