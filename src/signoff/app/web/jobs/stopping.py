"""Who may stop a job and set it going again: planners, and of what owners alone ask for, owners."""

from django.core.exceptions import PermissionDenied

from signoff.app.jobs import JobView
from signoff.app.web.rights import Right, Role, has_right

__all__ = ["may_stop", "require_stopping"]

OF_OWNERS = frozenset({"erase_person"})


def may_stop(role: Role | None, job: JobView) -> bool:
    """Say whether a role may cancel a job, or go on with it.

    Args:
        role: The member's role.
        job: The job.
    """
    return has_right(role, Right.MANAGE if job.kind in OF_OWNERS else Right.PLAN)


def require_stopping(role: Role | None, job: JobView) -> None:
    """Refuse who may not cancel a job, nor go on with it.

    Args:
        role: The member's role.
        job: The job.

    Raises:
        PermissionDenied: the role does not allow it.
    """
    if not may_stop(role, job):
        raise PermissionDenied
