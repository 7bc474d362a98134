import numpy as np
import pytest

from signoff.errors import BriefError
from signoff.venues.exposures.approval import RULES, Approval

REACHED = np.array([0.5, 0.2, 0.9])
ALL = np.ones(3, dtype=bool)
RULE = {
    "any": Approval("any"),
    "mean": Approval("mean"),
    "quorum": Approval("quorum", quorum=2),
    "every_level": Approval("every_level", levels=(1, 2, 1)),
    "uplift": Approval("uplift", base_share=0.1, lifts=(1.0, 0.5, 0.2)),
}


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("any", 1 - 0.5 * 0.8 * 0.1),
        ("mean", (0.5 + 0.2 + 0.9) / 3),
        # two of three: 1 and 2 not 3, 1 and 3 not 2, 2 and 3 not 1, all
        ("quorum", 0.5 * 0.2 * 0.1 + 0.5 * 0.8 * 0.9 + 0.5 * 0.2 * 0.9 + 0.5 * 0.2 * 0.9),
        ("every_level", (1 - 0.5 * 0.1) * 0.2),
        ("uplift", 0.1 * (1.5 * 1.1 * 1.18 - 1)),
    ],
)
def test_share_of_three_roles_is_what_is_reckoned_by_hand(rule: str, expected: float) -> None:
    assert float(RULE[rule].share(REACHED, ALL)) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [("any", 1 - 0.8 * 0.1), ("mean", 0.55), ("quorum", 0.2 * 0.9), ("every_level", 0.2 * 0.9)],
)
def test_share_without_a_role_passes_it(rule: str, expected: float) -> None:
    held = np.array([False, True, True])
    assert float(RULE[rule].share(REACHED, held)) == pytest.approx(expected, abs=1e-12)


def test_share_passes_levels_without_roles() -> None:
    assert float(RULE["every_level"].share(REACHED, np.array([True, False, False]))) == 0.5


def test_share_account_with_fewer_roles_than_the_quorum_is_never_covered() -> None:
    one = np.array([False, True, False])
    assert float(RULE["quorum"].share(np.ones(3), one)) == 0.0
    assert RULE["quorum"].slopes(np.ones(3), one).tolist() == [0.0, 0.0, 0.0]


@pytest.mark.parametrize("rule", RULES)
def test_share_without_any_role_is_nothing(rule: str) -> None:
    assert float(RULE[rule].share(REACHED, np.zeros(3, dtype=bool))) == 0.0


@pytest.mark.parametrize("rule", RULES)
def test_slopes_equal_differences(rule: str) -> None:
    rng = np.random.default_rng(3)
    reached, held = rng.random((20, 3)), rng.random((20, 3)) < 0.8
    slopes = RULE[rule].slopes(reached, held)
    for role in range(3):
        step = np.zeros(3)
        step[role] = 1e-6
        higher, lower = (RULE[rule].share(reached + s * step, held) for s in (1, -1))
        assert slopes[:, role] == pytest.approx((higher - lower) / 2e-6, abs=1e-8)


def test_quorum_of_all_roles_equals_a_level_for_each() -> None:
    every = Approval("every_level", levels=(0, 1, 2)).share(REACHED, ALL)
    assert float(Approval("quorum", quorum=3).share(REACHED, ALL)) == pytest.approx(float(every))


@pytest.mark.parametrize(
    ("approval", "where"),
    [
        (Approval("quorum", quorum=4), "approval.quorum"),
        (Approval("every_level", levels=(1,)), "approval.levels"),
        (Approval("uplift", base_share=0.1, lifts=(0.0, 0.0, 0.0)), "approval.lifts"),
        (Approval("uplift", base_share=0.5, lifts=(1.0, 1.0, 1.0)), "approval.base_share"),
        (Approval("most"), "approval.rule"),  # type: ignore[arg-type]
    ],
)
def test_check_unusable_rule_is_refused(approval: Approval, where: str) -> None:
    with pytest.raises(BriefError) as refused:
        approval.check(n_roles=3)
    assert [fault.where for fault in refused.value.faults] == [where]
