"""A plan made again from its run record, and whether it came out the same to the last digit."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from signoff.plan.campaign import CampaignPlan, write_plan
from signoff.plan.record import load_plan, repeat_plan
from signoff.store.workspace import Workspace

__all__ = ["Difference", "Repetition", "check_repetition", "list_differences"]

MOST_DIFFERENCES = 50


@dataclass(frozen=True)
class Difference:
    """One place at which two plans differ.

    Attributes:
        path: The place.
        kept: What the kept plan has there, as text.
        made: What the plan made again has there.
    """

    path: str
    kept: str
    made: str


@dataclass(frozen=True)
class Repetition:
    """What came of making a plan again.

    Attributes:
        run_id: The run of the plan.
        n_differences: Places at which the two differ.
        differences: The first of them.
    """

    run_id: str
    n_differences: int
    differences: tuple[Difference, ...]

    @property
    def is_equal(self) -> bool:
        """Whether it came out the same to the last digit."""
        return not self.n_differences


def check_repetition(workspace: Workspace, *, run_id: str) -> Repetition:
    """Make a plan again from its run record and compare it with the kept one.

    Args:
        workspace: The workspace.
        run_id: The run, or the first characters of its id.

    Returns:
        Whether both are equal to the last digit, and where they are not.

    Raises:
        DataError: there is no such run, or its snapshot is gone.

    Call it so: `check_repetition(workspace, run_id="7f3a09c2").is_equal`.
    """
    kept = load_plan(workspace, run_id=run_id)
    found = list_differences(kept, repeat_plan(workspace, run_id=kept.run_id))
    return Repetition(kept.run_id, len(found), tuple(found[:MOST_DIFFERENCES]))


def list_differences(plan: CampaignPlan, made: CampaignPlan) -> list[Difference]:
    """Name every place at which two plans differ.

    Args:
        plan: The kept plan.
        made: The plan made again.

    Returns:
        The places in the order of the plan.

    Call it so: `list_differences(load_plan(workspace), repeat_plan(workspace, run_id=run_id))`.
    """
    one, two = json.loads(write_plan(plan)), json.loads(write_plan(made))
    return list(_differing(one, two, ""))


def _differing(one: Any, two: Any, path: str) -> Iterator[Difference]:
    if one == two:
        return
    if isinstance(one, dict) and isinstance(two, dict):
        for name in dict.fromkeys((*one, *two)):
            yield from _differing(one.get(name), two.get(name), f"{path}.{name}".lstrip("."))
    elif isinstance(one, list) and isinstance(two, list) and len(one) == len(two):
        for place, (left, right) in enumerate(zip(one, two, strict=True)):
            yield from _differing(left, right, f"{path}[{place}]")
    else:
        yield Difference(path, _short(one), _short(two))


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 200 else f"{text[:199]}…"
