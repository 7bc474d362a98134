from itertools import product
from typing import Any

import numpy as np
import pytest

from signoff.brief import ApprovalRule
from signoff.units import Objective
from signoff.venues.solver.objective import ResultModel

RULES = list(ApprovalRule)
CASES = [
    *({"rule": rule, "exposures_needed": f} for rule, f in product(RULES, (1, 2, 3))),
    {"objective": Objective.LEADS},
    {"objective": Objective.TRAFFIC},
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_gradient_every_objective_equals_finite_differences(drawn: Any, case: Any) -> None:
    model = ResultModel(drawn(1, **case))
    units = np.array([0.5, 2.0, 0.0, 1.3, 3.0])
    _, gradient = model.gradient(units)
    for venue in range(5):
        step = np.zeros(5)
        step[venue] = 1e-6
        low = units - step if units[venue] > 0 else units
        change = model.value(units + step) - model.value(low)
        assert gradient[venue] == pytest.approx(
            change / (units + step - low).sum(), rel=1e-4, abs=1e-6
        )


@pytest.mark.parametrize("case", CASES, ids=str)
def test_value_after_two_changes_equals_value_from_scratch(drawn: Any, case: Any) -> None:
    model = ResultModel(drawn(2, **case))
    standing = model.stand(np.array([1.0, 2.0, 0.0, 3.0, 0.0]))
    changed = model.value_after(standing, {1: 0, 4: 3})
    assert changed == pytest.approx(model.value(np.array([1.0, 0.0, 0.0, 3.0, 3.0])), rel=1e-10)


def test_value_nothing_bought_is_zero(drawn: Any) -> None:
    assert ResultModel(drawn(3)).value(np.zeros(5)) == pytest.approx(0.0, abs=1e-12)
