"""Who decides at each account: who is known in each role, and which roles nobody knows yet."""

from signoff.audience.committees.committee import (
    CommitteeStudy,
    RoleGap,
    define_committees,
    list_person_roles,
)
from signoff.audience.committees.coverage import (
    count_coverage,
    coverage_table,
    export_coverage,
    list_coverage,
)
from signoff.audience.committees.defaults import (
    CommitteeDefaults,
    DefaultRole,
    committee_defaults,
)
from signoff.audience.committees.gaps import (
    CoverageStudy,
    NextPerson,
    RoleCoverage,
    study_coverage,
)
from signoff.audience.committees.rule import (
    CommitteeCover,
    RoleCover,
    approval_chance,
    cover_committee,
)

__all__ = [
    "CommitteeCover",
    "CommitteeDefaults",
    "CommitteeStudy",
    "CoverageStudy",
    "DefaultRole",
    "NextPerson",
    "RoleCover",
    "RoleCoverage",
    "RoleGap",
    "approval_chance",
    "committee_defaults",
    "count_coverage",
    "cover_committee",
    "coverage_table",
    "define_committees",
    "export_coverage",
    "list_coverage",
    "list_person_roles",
    "study_coverage",
]
