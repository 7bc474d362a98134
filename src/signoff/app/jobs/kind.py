"""What kinds of jobs there are: each a few steps, each step taking effect once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from signoff.app.jobs.progress import Progress
from signoff.errors import DataError
from signoff.store.workspace import Workspace

__all__ = ["JobKind", "Result", "Step", "Work"]

Result: TypeAlias = Mapping[str, str | int | bool | None]


@dataclass(frozen=True)
class Work:
    """What a step is given.

    Attributes:
        workspace: The workspace.
        job_id: The job; what a step makes is named after it, so that a step cut off and begun
            anew finds its own work and makes no second one.
        by: Who asked for it.
        asked_at: When, UTC; the same each time a step is begun anew.
        inputs: Ids and choices that the job was started with.
        found: What the steps before this one gave.
        tell: Told the phase and how many rows are done; it ends the step when the job was
            cancelled or the worker is to stop.
    """

    workspace: Workspace
    job_id: str
    by: str
    asked_at: datetime
    inputs: Mapping[str, str]
    found: Result
    tell: Progress


@dataclass(frozen=True)
class Step:
    """One step: it runs to its end once, whatever is killed meanwhile.

    Attributes:
        name: A key; pages translate it.
        run: Does the work and gives ids and counts, never anything personal.
        phases: Names of the phases that it tells, in their order; without any it is one itself.
    """

    name: str
    run: Callable[[Work], Result]
    phases: tuple[str, ...] = ()


@dataclass(frozen=True)
class JobKind:
    """One kind of job.

    Attributes:
        name: A key; pages translate it.
        steps: What it does, in order.
        inputs: Names of the inputs that it needs.
        optional: Names of inputs that may be left out.
    """

    name: str
    steps: tuple[Step, ...]
    inputs: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()

    @property
    def phases(self) -> tuple[str, ...]:
        """Names of all phases, in order, as pages list them."""
        return tuple(name for step in self.steps for name in step.phases or (step.name,))

    def check(self, inputs: Mapping[str, str]) -> None:
        """Refuse inputs that this kind does not take, or that it lacks.

        Raises:
            DataError: all that is wrong with them at once.

        >>> JobKind("undo_import", (), inputs=("import_id",)).check({"import_id": "7f3a"})
        """
        known = {*self.inputs, *self.optional}
        wrong = sorted(set(inputs) - known)
        lacking = [name for name in self.inputs if not inputs.get(name)]
        if wrong or lacking:
            said = [f"it lacks {', '.join(lacking)}"] * bool(lacking)
            said += [f"it takes no {', '.join(wrong)}"] * bool(wrong)
            raise DataError(
                f"a job {self.name} cannot be started like this",
                why="; ".join(said),
                fix=f"give {', '.join(self.inputs) or 'no inputs'}",
                where="inputs",
            )
