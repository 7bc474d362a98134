"""`signoff audience`: who decides, at which businesses; and whom to leave alone."""

from signoff.app.cli.audience.group import audience

__all__ = ["audience"]
