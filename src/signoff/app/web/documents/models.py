"""What members have typed and not saved yet."""

from typing import ClassVar

from django.conf import settings
from django.db import models

__all__ = ["Draft"]


class Draft(models.Model):
    """What one member has typed into the form of one document; gone once it is saved."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    kind = models.CharField(max_length=60)
    name = models.CharField(max_length=400)
    base_version = models.PositiveIntegerField(default=0)
    typed = models.JSONField(default=dict)
    kept_at = models.DateTimeField()

    class Meta:
        """One for each member and document."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["member", "kind", "name"], name="one_draft_each")
        ]

    def __str__(self) -> str:
        """Give kind and name."""
        return f"{self.kind}/{self.name}"
