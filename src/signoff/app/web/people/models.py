"""The people who work in a workspace; contacts at accounts are not here but in the register."""

from enum import StrEnum
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from signoff.app.web.rights import Role

__all__ = [
    "FACTOR_RULES",
    "LINK_STATES",
    "ROLES",
    "AccessLink",
    "Attempts",
    "FactorRule",
    "Member",
    "MemberManager",
    "MemberSession",
    "Policy",
    "Purpose",
]

ROLES = [
    (Role.VIEWER.value, _("viewer")),
    (Role.PLANNER.value, _("planner")),
    (Role.OWNER.value, _("owner")),
]


class Purpose(StrEnum):
    """What a link that lets somebody in is for."""

    FIRST_OWNER = "first_owner"
    INVITATION = "invitation"
    NEW_PASSWORD = "new_password"  # noqa: S105 - the name of a purpose


class FactorRule(StrEnum):
    """Of whom a second factor is asked."""

    NOBODY = "nobody"
    OWNERS = "owners"
    EVERYBODY = "everybody"


PURPOSES = [
    (Purpose.FIRST_OWNER.value, _("the owner's account")),
    (Purpose.INVITATION.value, _("an invitation")),
    (Purpose.NEW_PASSWORD.value, _("a new password")),
]
FACTOR_RULES = [
    (FactorRule.NOBODY.value, _("Nobody: each member chooses")),
    (FactorRule.OWNERS.value, _("Owners")),
    (FactorRule.EVERYBODY.value, _("Everybody")),
]

LINK_STATES = [
    ("open", pgettext_lazy("link", "open")),
    ("used", pgettext_lazy("link", "used")),
    ("revoked", pgettext_lazy("link", "taken back")),
    ("expired", pgettext_lazy("link", "expired")),
]


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
    role = models.CharField(max_length=10, choices=ROLES)
    language = models.CharField(max_length=2, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now)
    reset_asked_at = models.DateTimeField(null=True, blank=True)

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


class MemberSession(AbstractBaseSession):
    """One browser that somebody is signed in with; of its key only a hash is kept."""

    member = models.ForeignKey(Member, null=True, on_delete=models.CASCADE, related_name="sessions")
    browser = models.CharField(max_length=60, blank=True)
    began_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)


class AccessLink(models.Model):
    """A link that lets one person in once; of its token only a hash is kept."""

    purpose = models.CharField(max_length=12, choices=PURPOSES)
    token_hash = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    role = models.CharField(max_length=10, choices=ROLES, blank=True)
    member = models.ForeignKey(Member, null=True, on_delete=models.CASCADE, related_name="links")
    created_by = models.CharField(max_length=254, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        """Newest first."""

        ordering: ClassVar[list[str]] = ["-created_at", "-pk"]

    def __str__(self) -> str:
        """Give what it is for and for whom."""
        return f"{self.purpose} {self.label}".strip()

    @property
    def state(self) -> str:
        """Say what became of it: open, used, revoked or expired."""
        if self.used_at:
            return "used"
        if self.revoked_at:
            return "revoked"
        return "open" if self.expires_at > timezone.now() else "expired"


class Policy(models.Model):
    """What the owners ask of the members; one row."""

    only = models.PositiveSmallIntegerField(primary_key=True, default=1)
    second_factor = models.CharField(
        max_length=10, choices=FACTOR_RULES, default=FactorRule.NOBODY.value
    )

    def __str__(self) -> str:
        """Give of whom a second factor is asked."""
        return str(self.second_factor)


class Attempts(models.Model):
    """How often something was tried in vain lately; who and what stand there as one hash."""

    key_hash = models.CharField(max_length=64, primary_key=True)
    n_failed = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        """Give the number of failures."""
        return str(self.n_failed)
