"""The people who work in a workspace; contacts at accounts are not here but in the register."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from signoff.app.web.rights import Role

__all__ = ["Member", "MemberManager"]


class MemberManager(BaseUserManager["Member"]):
    """Makes and finds members."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Member":
        """Make a member; without a password they can only come in by an invitation."""
        member = self.model(email=self.normalize_email(email).lower(), **fields)
        member.set_password(password)
        member.full_clean(exclude=["password"])
        member.save(using=self._db)
        return member

    def get_by_natural_key(self, username: str | None) -> "Member":
        """Find a member by address, however it is written."""
        return self.get(email__iexact=username or "")


class Member(AbstractBaseUser):
    """One person with an account in the workspace."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=10, choices=[(role.value, role.value) for role in Role])
    language = models.CharField(max_length=2, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[MemberManager] = MemberManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "role"]

    class Meta:
        """Listed by name."""

        ordering: ClassVar[list[str]] = ["name", "email"]

    def __str__(self) -> str:
        """Give the name."""
        return self.name
