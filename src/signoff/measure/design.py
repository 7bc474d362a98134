"""What a holdout is meant to show, and what it can show."""

from collections.abc import Sequence
from dataclasses import dataclass

from signoff.measure.wording import percent, points, say
from signoff.results import Result, Row
from signoff.units import number_text

__all__ = ["HoldoutDesign", "HoldoutOptions", "StageReading", "StageShare"]


@dataclass(frozen=True)
class StageShare:
    """An earlier stage that could be measured instead.

    Attributes:
        name: What the account does, such as "first meeting".
        baseline_share: Share of accounts that do it without advertising, 0 to 1.
    """

    name: str
    baseline_share: float


@dataclass(frozen=True)
class HoldoutOptions:
    """How the holdout is meant.

    Attributes:
        holdout_share: Share of the accounts left without advertising, 0 to 0.5.
        alpha: Two-sided chance of seeing an effect that is not there.
        power: Chance of seeing an effect that is there.
        baseline_share: Share of accounts that do what is measured without advertising; None where
            nobody knows.
        people_per_account: People measured in each account; 1 when the account itself is.
        intra_account_correlation: How alike colleagues answer, 0 to 1.
        expected_difference_share: Difference that the plan expects; None where it expects none,
            then a doubling of the baseline is what should be seen.
        stages: Earlier stages with their known shares, latest first.
    """

    holdout_share: float = 0.1
    alpha: float = 0.05
    power: float = 0.8
    baseline_share: float | None = None
    people_per_account: float = 1
    intra_account_correlation: float = 0.1
    expected_difference_share: float | None = None
    stages: tuple[StageShare, ...] = ()


@dataclass(frozen=True)
class StageReading:
    """What could be seen at an earlier stage.

    Attributes:
        name: The stage; empty for a share that no known stage stands for.
        baseline_share: Share of accounts that reach it without advertising.
        smallest_visible_difference_share: Smallest rise that would be seen; None for no rise.
        wanted_difference_share: Rise to be seen there: as many times its share as hoped for at
            the objective, at most a doubling.
        holdout_share: Share of the accounts that must be left out for it.
        can_be_seen: Whether that rise would be seen.
    """

    name: str
    baseline_share: float
    smallest_visible_difference_share: float | None
    wanted_difference_share: float
    holdout_share: float
    can_be_seen: bool


@dataclass(frozen=True)
class HoldoutDesign(Result):
    """Which accounts are left out and what that lets one see.

    Attributes:
        n_accounts: Accounts of the market.
        n_holdout: Accounts left without advertising.
        n_treated: Accounts that are advertised to.
        holdout_share: Share asked for.
        alpha: Two-sided chance of a false alarm.
        power: Chance of seeing what is there.
        baseline_share: Share without advertising that was reckoned with.
        is_baseline_assumed: Whether nobody gave that share.
        people_per_account: People measured in each account.
        design_effect: How many times more people colleagues' likeness costs.
        is_exact: Whether small numbers were counted exactly rather than approximated.
        smallest_pvalue: Smallest p-value that permuting accounts can give.
        smallest_visible_difference_share: Smallest rise above the baseline that would be seen;
            None when no rise would be.
        smallest_visible_even_share: The same with half of the accounts left out.
        expected_difference_share: The rise that should be seen.
        is_expected_assumed: Whether that rise is only the doubling of the baseline.
        n_needed_for_expected: Accounts that the rise to be seen takes with this split.
        n_needed_by_difference: For each difference, how many accounts it takes in all with this
            split; None when that rise is impossible or nothing is left out.
        earlier_stage: An earlier stage at which the like rise would be seen, if there is one; with
            half of the accounts left out if it takes that.
        stages: What could be seen at each earlier stage that was offered.
        verdict: "visible", "not_visible" or "no_holdout".
    """

    n_accounts: int
    n_holdout: int
    n_treated: int
    holdout_share: float
    alpha: float
    power: float
    baseline_share: float
    is_baseline_assumed: bool
    people_per_account: float
    design_effect: float
    is_exact: bool
    smallest_pvalue: float | None
    smallest_visible_difference_share: float | None
    smallest_visible_even_share: float | None
    expected_difference_share: float
    is_expected_assumed: bool
    n_needed_for_expected: int | None
    n_needed_by_difference: tuple[tuple[float, int | None], ...]
    earlier_stage: StageReading | None
    stages: tuple[StageReading, ...]
    verdict: str

    @property
    def can_be_seen(self) -> bool:
        """Whether the rise that is expected would be seen."""
        return self.verdict == "visible"

    def rows(self) -> Sequence[Row]:
        """Give one row for each difference: how many accounts it takes."""
        return [
            {"difference_share": difference, "n_accounts_needed": needed}
            for difference, needed in self.n_needed_by_difference
        ]

    def verdict_text(self, *, language: str = "en") -> str:
        """Say in one sentence whether the effect can be seen.

        Args:
            language: "en" or "fr".
        """
        key = self.verdict
        if key == "not_visible" and self.smallest_visible_difference_share is None:
            key = "never_visible"
        return say(key, self._values(language), language=language)

    def text(self, *, language: str = "en") -> str:
        """Say in plain words what the holdout can and cannot show.

        Args:
            language: "en" or "fr".
        """
        if self.verdict == "no_holdout":
            return say("no_holdout", {}, language=language)
        keys = ["left_out", "baseline_assumed" if self.is_baseline_assumed else "baseline"]
        keys += self._verdict_keys()
        values = self._values(language)
        sentences = [say(key, values, language=language) for key in keys]
        return " ".join(sentences)

    def _verdict_keys(self) -> list[str]:
        if self.verdict == "visible":
            return ["visible", *self._doubling_key(), *self._permute_key()]
        keys = ["never_visible"]
        if self.smallest_visible_difference_share is not None:
            keys = ["not_visible", *self._doubling_key()]
        if self.n_needed_for_expected is not None:
            keys.append("needed")
        if self.smallest_visible_even_share is not None:
            keys.append("even")
        if self.earlier_stage is None:
            keys.append("no_stage")
        else:
            keys.append("stage" if self.earlier_stage.name else "stage_unnamed")
            if self.earlier_stage.holdout_share > self.holdout_share:
                keys.append("even_stage")
        return [*keys, *self._permute_key()]

    def _doubling_key(self) -> list[str]:
        return ["doubling"] if self.is_expected_assumed else []

    def _permute_key(self) -> list[str]:
        return ["permute"] if self.is_exact else []

    def _values(self, language: str) -> dict[str, object]:
        stage = self.earlier_stage
        return {
            "holdout": number_text(self.n_holdout, language=language),
            "treated": number_text(self.n_treated, language=language),
            "total": number_text(self.n_accounts, language=language),
            "needed": number_text(self.n_needed_for_expected or 0, language=language),
            "name": stage.name if stage else "",
            "baseline": percent(self.baseline_share, language=language),
            "power": percent(self.power, language=language),
            "alpha": percent(self.alpha, language=language),
            "share": percent(stage.baseline_share if stage else 0, language=language),
            "wanted": points(self.expected_difference_share, language=language),
            "smallest": points(self.smallest_visible_difference_share or 0, language=language),
            "even": points(self.smallest_visible_even_share or 0, language=language),
            "rise": points(
                (stage.smallest_visible_difference_share if stage else 0) or 0, language=language
            ),
        }
