"""The kinds of jobs that there are; a new one is one line here and its steps in `kinds`."""

from collections.abc import Mapping
from types import MappingProxyType

from signoff.app.jobs.kind import JobKind
from signoff.app.jobs.kinds.backup import BACKUP
from signoff.app.jobs.kinds.duplicates import FIND_DUPLICATES
from signoff.app.jobs.kinds.erasure import ERASE_PERSON
from signoff.app.jobs.kinds.importing import IMPORT_FILE, UNDO_IMPORT
from signoff.app.jobs.kinds.plan import MAKE_PLAN
from signoff.app.jobs.kinds.repetition import REPEAT_PLAN
from signoff.app.jobs.kinds.report import WRITE_REPORT
from signoff.app.jobs.kinds.sample import LOAD_SAMPLE, UNDO_SAMPLE
from signoff.app.jobs.kinds.scenario import ADOPT_SCENARIO, FIT_PLAN, MAKE_SCENARIO
from signoff.app.jobs.kinds.several import IMPORT_FILES
from signoff.errors import MissingError

__all__ = ["KINDS", "find_kind"]

ALL = (
    IMPORT_FILE,
    IMPORT_FILES,
    UNDO_IMPORT,
    MAKE_PLAN,
    REPEAT_PLAN,
    FIT_PLAN,
    MAKE_SCENARIO,
    ADOPT_SCENARIO,
    WRITE_REPORT,
    BACKUP,
    ERASE_PERSON,
    FIND_DUPLICATES,
    LOAD_SAMPLE,
    UNDO_SAMPLE,
)
KINDS: Mapping[str, JobKind] = MappingProxyType({kind.name: kind for kind in ALL})


def find_kind(name: str) -> JobKind:
    """Give a kind of job.

    Args:
        name: Its name.

    Raises:
        MissingError: there is none.

    >>> find_kind("backup").phases
    ('back_up',)
    """
    if name in KINDS:
        return KINDS[name]
    raise MissingError(
        f"there is no kind of job {name[:60]!r}",
        why=f"this version of Signoff has {', '.join(KINDS)}",
        fix="use one of them, or bring the worker to the version that started the job",
    )
