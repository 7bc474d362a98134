"""Every error Signoff raises: what went wrong, why, and how to mend it.

SignoffError
├── UserError            the user can mend it; shown without a traceback
│   ├── BriefError       the brief contradicts itself or lacks something
│   ├── DataError        a file, a table or a row cannot be used as it is
│   │   ├── MissingError what was named is not there; a page answers 404
│   │   └── ConflictError somebody else changed it meanwhile; a page answers 409
│   └── ModelError       a model or a formula was given what it cannot digest
└── ConnectorError       an outside service failed; `permanent` says whether to try again
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

__all__ = [
    "BriefError",
    "ConflictError",
    "ConnectorError",
    "DataError",
    "Fault",
    "MissingError",
    "ModelError",
    "SignoffError",
    "UserError",
]


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, in one place.

    Attributes:
        what: What is wrong, with the offending value.
        why: Why it cannot be used.
        fix: What to do about it.
        where: The place: a field path ("money.budget"), or a file with line and column.
    """

    what: str
    why: str
    fix: str
    where: str = ""

    def text(self) -> str:
        """Give the fault as one paragraph.

        >>> Fault("the budget is 0", "nothing can be bought", "set money.budget", "money").text()
        'money: the budget is 0. Why: nothing can be bought. Fix: set money.budget.'
        """
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.what}. Why: {self.why}. Fix: {self.fix}."


class SignoffError(Exception):
    """Anything Signoff says went wrong; carries all its faults as fields.

    Args:
        what: What went wrong.
        why: Why it is wrong.
        fix: What to do.
        where: The place, if there is one.
        faults: All the faults, when there are several; `what` then sums them up.
    """

    exit_code = 2

    def __init__(
        self, what: str, *, why: str, fix: str, where: str = "", faults: Sequence[Fault] = ()
    ) -> None:
        self.fault = Fault(what=what, why=why, fix=fix, where=where)
        self.faults: tuple[Fault, ...] = tuple(faults) or (self.fault,)
        super().__init__(self.text())

    def text(self) -> str:
        """Give the whole message: the summary, then a line for each fault."""
        if self.faults == (self.fault,):
            return self.fault.text()
        return "\n".join([self.fault.text(), *(f"- {fault.text()}" for fault in self.faults)])

    def as_json(self) -> dict[str, object]:
        """Give the message as fields, the same for the command line, the API and the pages."""
        return {
            "error": type(self).__name__,
            **asdict(self.fault),
            "faults": [asdict(fault) for fault in self.faults],
        }


class UserError(SignoffError):
    """Something the user can mend; shown without a traceback, exit code 2."""


class BriefError(UserError):
    """The brief cannot be planned from as it stands."""


class DataError(UserError):
    """A file, a table or a row cannot be used as it is."""


class MissingError(DataError):
    """What was named (a document, a run, an import, an account) is not there."""


class ConflictError(DataError):
    """What was to be changed is no longer as it was when the change began; nothing was lost."""


class ModelError(UserError):
    """A model or a formula was given values outside its range."""


class ConnectorError(SignoffError):
    """An outside service failed.

    Attributes:
        permanent: True when trying again cannot help.
    """

    def __init__(self, what: str, *, why: str, fix: str, permanent: bool, where: str = "") -> None:
        super().__init__(what, why=why, fix=fix, where=where)
        self.permanent = permanent
