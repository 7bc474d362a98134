"""How many accounts to leave out, and what that shows."""

from typing import Any

import numpy as np
import pytest
from pydantic import TypeAdapter

from signoff.errors import ModelError
from signoff.measure import (
    HoldoutDesign,
    HoldoutOptions,
    StageShare,
    design_holdout,
    draw_holdout,
)
from signoff.stats.power import exact_power_share, n_per_arm

FEW = HoldoutOptions(baseline_share=0.05)


def test_design_holdout_of_few_accounts_says_that_nothing_can_be_seen() -> None:
    design = design_holdout(85, options=FEW)
    assert (design.n_holdout, design.n_treated) == (8, 77)
    assert design.is_exact
    assert not design.can_be_seen
    assert "cannot be seen" in design.text()


def test_design_holdout_smallest_difference_has_just_the_power_asked_for() -> None:
    design = design_holdout(85, options=FEW)
    smallest = design.smallest_visible_difference_share
    assert smallest is not None
    reached, missed = (
        exact_power_share(0.05 + rise, other_share=0.05, n=77, n_other=8, alpha=0.05)
        for rise in (smallest, smallest - 0.001)
    )
    assert missed < 0.8 <= reached


def test_design_holdout_of_many_accounts_sees_a_doubling() -> None:
    design = design_holdout(20_000, options=FEW)
    assert design.verdict == "visible"
    assert design.earlier_stage is None
    assert "can be seen" in design.text()


def test_design_holdout_of_even_split_needs_twice_the_known_size() -> None:
    # 2 to 3 % account wins: 3,788 accounts an arm, docs/explanation/holdout.md; rounded up
    options = HoldoutOptions(holdout_share=0.5, baseline_share=0.02)
    design = design_holdout(1000, options=options)
    needed = dict(design.n_needed_by_difference)[0.01]
    assert needed == 7577
    assert needed == np.ceil(2 * n_per_arm(0.03, other_share=0.02, alpha=0.05, power=0.8))


def test_design_holdout_with_people_in_accounts_needs_fewer_accounts() -> None:
    # 10 to 15 % response: 170 accounts an arm with 6 people each, correlation .1, the same page
    options = HoldoutOptions(
        holdout_share=0.5, baseline_share=0.1, people_per_account=6, intra_account_correlation=0.1
    )
    design = design_holdout(1000, options=options)
    assert dict(design.n_needed_by_difference)[0.05] == pytest.approx(2 * 170, abs=1)
    assert not design.is_exact


def test_design_holdout_offers_a_known_earlier_stage() -> None:
    stages = (StageShare("contract sent", 0.03), StageShare("first meeting", 0.3))
    options = HoldoutOptions(baseline_share=0.02, stages=stages)
    design = design_holdout(700, options=options)
    assert design.earlier_stage is not None
    assert design.earlier_stage.name == "first meeting"
    assert [stage.can_be_seen for stage in design.stages] == [False, True]
    assert "'first meeting'" in design.text()


@pytest.mark.parametrize(
    ("n_accounts", "words"),
    [(85, "cannot be seen"), (20_000, "can be seen"), (2, "whatever its size"), (1, "No account")],
)
def test_verdict_text_says_it_in_one_sentence(n_accounts: int, words: str) -> None:
    text = design_holdout(n_accounts, options=FEW).verdict_text()
    assert words in text


def test_design_holdout_offers_half_left_out_where_only_that_helps() -> None:
    same = design_holdout(600, options=FEW).earlier_stage
    assert same is not None
    assert same.holdout_share == FEW.holdout_share
    even = design_holdout(40, options=HoldoutOptions(baseline_share=0.05))
    assert even.earlier_stage is not None
    assert even.earlier_stage.holdout_share == 0.5
    assert "half of the accounts left out" in even.text()


def test_design_holdout_of_two_accounts_sees_nothing() -> None:
    design = design_holdout(2, options=FEW)
    assert design.smallest_visible_difference_share is None
    assert design.smallest_pvalue == 0.5
    assert "whatever its size" in design.text()


@pytest.mark.parametrize(("n_accounts", "share"), [(1, 0.1), (100, 0.0)])
def test_design_holdout_without_holdout_says_so(n_accounts: int, share: float) -> None:
    design = design_holdout(n_accounts, options=HoldoutOptions(holdout_share=share))
    assert design.verdict == "no_holdout"
    assert design.n_holdout == 0
    assert design.text(language="fr").startswith("Aucun compte")


def test_design_holdout_uses_the_expected_difference_when_there_is_one() -> None:
    options = HoldoutOptions(baseline_share=0.05, expected_difference_share=0.6)
    design = design_holdout(85, options=options)
    assert design.can_be_seen
    assert "doubling" not in design.text()


def test_design_holdout_marks_the_assumed_baseline() -> None:
    design = design_holdout(500, options=HoldoutOptions())
    assert design.is_baseline_assumed
    assert "assumption" in design.text()
    assert "hypothèse" in design.text(language="fr")


def test_design_holdout_names_all_wrong_options_at_once() -> None:
    options = HoldoutOptions(holdout_share=0.9, alpha=0, power=2, baseline_share=1.5)
    with pytest.raises(ModelError) as caught:
        design_holdout(0, options=options)
    places = [fault.where for fault in caught.value.faults]
    assert places == ["n_accounts", "holdout_share", "alpha", "power", "baseline_share"]


def test_design_holdout_through_json_is_equal() -> None:
    design = design_holdout(85, options=FEW)
    adapter = TypeAdapter(HoldoutDesign)
    assert adapter.validate_json(adapter.dump_json(design)) == design


def test_design_holdout_rows_give_accounts_by_difference() -> None:
    rows = design_holdout(85, options=FEW).rows()
    needed = [row["n_accounts_needed"] for row in rows]
    assert needed == sorted(needed, reverse=True)  # type: ignore[type-var]


def test_draw_holdout_does_not_depend_on_order() -> None:
    ids = [f"a{index:03}" for index in range(200)]
    one = draw_holdout(ids, n_holdout=20, rng=np.random.default_rng(3))
    other = draw_holdout(ids[::-1], n_holdout=20, rng=np.random.default_rng(3))
    assert one == other
    assert len(set(one)) == 20


def test_draw_holdout_draws_each_account_alike() -> None:
    rng = np.random.default_rng(11)
    counts = dict.fromkeys("abcde", 0)
    for _ in range(5000):
        for account_id in draw_holdout("abcde", n_holdout=2, rng=rng):
            counts[account_id] += 1
    assert all(abs(count - 2000) < 5 * np.sqrt(5000 * 0.4 * 0.6) for count in counts.values())


@pytest.mark.parametrize("ids", [["a"], ["a", "a", "b"]])
def test_draw_holdout_of_wrong_input_raises(ids: list[str]) -> None:
    with pytest.raises(ModelError):
        draw_holdout(ids, n_holdout=2, rng=np.random.default_rng(1))


@pytest.mark.parametrize("n_accounts", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("share", [0.0, 0.1, 0.5])
def test_design_holdout_of_a_handful_sees_nothing_and_says_so(
    n_accounts: int, share: float
) -> None:
    options = HoldoutOptions(holdout_share=share, baseline_share=0.05)
    design = design_holdout(n_accounts, options=options)
    assert design.n_holdout + design.n_treated == n_accounts
    assert design.n_holdout == (
        0 if share == 0 or n_accounts == 1 else max(1, n_accounts // 2 if share == 0.5 else 1)
    )
    assert not design.can_be_seen
    assert all(design.text(language=language) for language in ("en", "fr"))


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"baseline_share": 0.0}, "baseline_share"),
        ({"baseline_share": 1.0}, "baseline_share"),
        ({"baseline_share": float("nan")}, "baseline_share"),
        ({"people_per_account": float("inf")}, "people_per_account"),
        ({"expected_difference_share": 0.0}, "expected_difference_share"),
        ({"expected_difference_share": -0.1}, "expected_difference_share"),
        ({"expected_difference_share": 2.0}, "expected_difference_share"),
        ({"stages": (StageShare("visit", 1.5),)}, "stages: visit"),
    ],
)
def test_design_holdout_names_the_option_outside_its_range(
    changes: dict[str, Any], where: str
) -> None:
    with pytest.raises(ModelError) as caught:
        design_holdout(100, options=HoldoutOptions(**changes))
    assert [fault.where for fault in caught.value.faults or [caught.value.fault]] == [where]


@pytest.mark.parametrize(("n_accounts", "share"), [(44, 0.5), (51, 0.3), (58, 0.3), (93, 0.1)])
def test_design_holdout_never_asks_for_fewer_accounts_than_cannot_show_it(
    n_accounts: int, share: float
) -> None:
    for expected in (0.1, 0.3):
        options = HoldoutOptions(
            holdout_share=share, baseline_share=0.02, expected_difference_share=expected
        )
        design = design_holdout(n_accounts, options=options)
        assert design.n_needed_for_expected is not None
        assert (design.n_needed_for_expected <= n_accounts) == design.can_be_seen


def test_design_holdout_with_more_accounts_sees_smaller_differences() -> None:
    options = HoldoutOptions(holdout_share=0.5, baseline_share=0.1)
    seen = [
        design_holdout(n, options=options).smallest_visible_difference_share
        for n in (20, 40, 80, 160, 320, 640, 1280)
    ]
    assert seen == sorted(seen, reverse=True)  # type: ignore[type-var]


def test_draw_holdout_draws_every_pair_alike() -> None:
    # uniform over sets, not only over members: 10 pairs of 5, chi-square with 9 degrees below 27.9
    rng = np.random.default_rng(5)
    counts: dict[tuple[str, ...], int] = {}
    for _ in range(5000):
        drawn = draw_holdout("ecdab", n_holdout=2, rng=rng)
        counts[drawn] = counts.get(drawn, 0) + 1
    assert len(counts) == 10
    assert sum((count - 500) ** 2 / 500 for count in counts.values()) < 27.9
