"""Who decides at each account: who is known in each role, and which roles nobody knows yet."""

from signoff.audience.committees.committee import (
    CommitteeStudy,
    RoleGap,
    define_committees,
    list_person_roles,
)

__all__ = ["CommitteeStudy", "RoleGap", "define_committees", "list_person_roles"]
