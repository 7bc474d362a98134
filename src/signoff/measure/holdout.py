"""The holdout: which accounts are left without advertising, and what that lets one see."""

import math
from collections.abc import Sequence

import numpy as np

from signoff.errors import Fault, ModelError
from signoff.measure.arms import Arms
from signoff.measure.design import HoldoutDesign, HoldoutOptions, StageReading, StageShare

__all__ = ["ASSUMED_BASELINE_SHARE", "design_holdout", "draw_holdout"]

ASSUMED_BASELINE_SHARE = 0.05
"""Taken where the brief gives none; the design says that it is an assumption."""

TOLERANCE = 1e-9
DIFFERENCES = (0.01, 0.02, 0.03, 0.05, 0.1, 0.2)
STAGE_LADDER = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5)


def design_holdout(n_accounts: int, *, options: HoldoutOptions) -> HoldoutDesign:
    """Plan how many accounts to leave out, and say what that will let one see.

    Args:
        n_accounts: Accounts of the market, at least 1.
        options: Shares, error chances and what is expected.

    Returns:
        One design; `can_be_seen` is False where the expected rise would stay hidden.

    Raises:
        ModelError: with everything that is outside its range.

    Source: Cohen (1988) with Kish's design effect; Fisher's exact test up to 400 accounts.

    >>> design = design_holdout(85, options=HoldoutOptions(baseline_share=0.05))
    >>> design.n_holdout, design.can_be_seen
    (8, False)
    """
    _check_options(n_accounts, options)
    arms = Arms.of(n_accounts, options)
    baseline = ASSUMED_BASELINE_SHARE if options.baseline_share is None else options.baseline_share
    expected = options.expected_difference_share
    wanted = min(baseline, 1 - baseline) if expected is None else expected
    visible = arms.smallest_difference(baseline)
    times = min(1.0, wanted / baseline)
    stages = tuple(_read_stage(arms, stage, times=times) for stage in options.stages)
    is_visible = visible is not None and visible <= wanted + TOLERANCE
    return HoldoutDesign(
        n_accounts=n_accounts,
        n_holdout=arms.n_holdout,
        n_treated=arms.n_treated,
        holdout_share=options.holdout_share,
        alpha=options.alpha,
        power=options.power,
        baseline_share=baseline,
        is_baseline_assumed=options.baseline_share is None,
        people_per_account=options.people_per_account,
        design_effect=arms.effect,
        is_exact=arms.is_exact,
        smallest_pvalue=arms.smallest_pvalue,
        smallest_visible_difference_share=visible,
        smallest_visible_even_share=arms.even().smallest_difference(baseline),
        expected_difference_share=wanted,
        is_expected_assumed=expected is None,
        n_needed_for_expected=arms.n_needed(baseline, wanted),
        n_needed_by_difference=tuple((d, arms.n_needed(baseline, d)) for d in DIFFERENCES),
        earlier_stage=None
        if is_visible
        else _earlier_stage(arms, options.stages, above=baseline, times=times),
        stages=stages,
        verdict="no_holdout" if arms.is_empty else "visible" if is_visible else "not_visible",
    )


def draw_holdout(
    account_ids: Sequence[str], *, n_holdout: int, rng: np.random.Generator
) -> tuple[str, ...]:
    """Draw which accounts are left without advertising.

    Args:
        account_ids: Accounts of the market, in any order, each once.
        n_holdout: How many to leave out.
        rng: Source of chance; the same state gives the same accounts.

    Returns:
        Their ids, sorted.

    Raises:
        ModelError: more are asked for than there are, or an account stands twice.

    >>> draw_holdout(["b", "a", "c"], n_holdout=1, rng=np.random.default_rng(7))
    ('c',)
    """
    ordered = sorted(account_ids)
    if len(set(ordered)) != len(ordered):
        raise ModelError(
            "an account stands twice in the list",
            why="it could be advertised to and left out at once",
            fix="give each account once",
        )
    if not 0 <= n_holdout <= len(ordered):
        raise ModelError(
            f"{n_holdout} of {len(ordered)} accounts are to be left out",
            why="no more can be left out than there are",
            fix=f"give n_holdout from 0 to {len(ordered)}",
        )
    drawn = rng.choice(len(ordered), size=n_holdout, replace=False)
    return tuple(ordered[index] for index in sorted(drawn.tolist()))


def _read_stage(arms: Arms, stage: StageShare, *, times: float) -> StageReading:
    visible = arms.smallest_difference(stage.baseline_share)
    rise = min(stage.baseline_share * times, 1 - stage.baseline_share)
    return StageReading(
        name=stage.name,
        baseline_share=stage.baseline_share,
        smallest_visible_difference_share=visible,
        wanted_difference_share=rise,
        holdout_share=arms.options.holdout_share,
        can_be_seen=visible is not None and visible <= rise + TOLERANCE,
    )


def _earlier_stage(
    arms: Arms, stages: Sequence[StageShare], *, above: float, times: float
) -> StageReading | None:
    ladder = stages or [StageShare("", share) for share in STAGE_LADDER if share > above]
    tried = (
        _read_stage(split, stage, times=times) for split in (arms, arms.even()) for stage in ladder
    )
    return next((reading for reading in tried if reading.can_be_seen), None)


def _check_options(n_accounts: int, options: HoldoutOptions) -> None:
    found = [
        Fault(f"{name} is {value}", why, f"give a value {wanted}", name)
        for name, value, is_right, why, wanted in (
            ("n_accounts", n_accounts, n_accounts >= 1, "there is nobody to leave out", "from 1"),
            *_option_ranges(options),
        )
        if not is_right
    ]
    if found:
        raise ModelError(
            "the holdout cannot be designed",
            why=f"{len(found)} of its numbers are outside their range",
            fix="mend each of them",
            faults=found,
        )


def _option_ranges(options: HoldoutOptions) -> list[tuple[str, float, bool, str, str]]:
    chance = "it is a chance"
    ranges = [
        (
            "holdout_share",
            options.holdout_share,
            0 <= options.holdout_share <= 0.5,
            "leaving out more than half shows less and costs more",
            "from 0 to 0.5",
        ),
        ("alpha", options.alpha, 0 < options.alpha < 1, chance, "between 0 and 1"),
        ("power", options.power, 0 < options.power < 1, chance, "between 0 and 1"),
        (
            "people_per_account",
            options.people_per_account,
            1 <= options.people_per_account < math.inf,
            "an account that is measured has at least one person",
            "from 1",
        ),
        (
            "intra_account_correlation",
            options.intra_account_correlation,
            0 <= options.intra_account_correlation <= 1,
            "it is a correlation of colleagues",
            "from 0 to 1",
        ),
    ]
    baseline = options.baseline_share
    if baseline is not None:
        ranges.append(
            ("baseline_share", baseline, 0 < baseline < 1, "it is a share", "between 0 and 1")
        )
    wanted = options.expected_difference_share
    if wanted is not None:
        ceiling = 1 - (ASSUMED_BASELINE_SHARE if baseline is None else baseline)
        ranges.append(
            (
                "expected_difference_share",
                wanted,
                0 < wanted <= ceiling + TOLERANCE,
                "it is a rise above the baseline, and no share is above 1",
                f"above 0, to {ceiling:g}",
            )
        )
    ranges += [
        (
            f"stages: {stage.name}",
            stage.baseline_share,
            0 <= stage.baseline_share <= 1,
            "it is a share",
            "from 0 to 1",
        )
        for stage in options.stages
    ]
    return ranges
