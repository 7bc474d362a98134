"""Links by which people outside see one plan."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

__all__ = ["ShareLink"]


class ShareLink(models.Model):
    """One link to one plan; of its token only a hash is kept."""

    name = models.CharField(max_length=120)
    token_hash = models.CharField(max_length=64, unique=True)
    run_id = models.CharField(max_length=64, db_index=True)
    shows_accounts = models.BooleanField(default=False)
    password = models.CharField(max_length=128, blank=True)
    created_by = models.CharField(max_length=254)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    n_views = models.PositiveIntegerField(default=0)
    last_viewed_at = models.DateTimeField(null=True)

    class Meta:
        """Newest first."""

        ordering: ClassVar[list[str]] = ["-created_at", "-pk"]

    def __str__(self) -> str:
        """Give the name."""
        return self.name

    @property
    def state(self) -> str:
        """Say whether it shows anything: open, revoked or expired."""
        if self.revoked_at:
            return "revoked"
        return "open" if self.expires_at > timezone.now() else "expired"
