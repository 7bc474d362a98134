"""Two arms of accounts, and which difference between them would be seen."""

import math
from dataclasses import dataclass, replace

from signoff.measure.design import HoldoutOptions
from signoff.stats.power import (
    design_effect,
    exact_power_share,
    n_per_arm,
    smallest_permutation_pvalue,
    visible_share,
)

__all__ = ["EXACT_UP_TO", "Arms"]

EXACT_UP_TO = 400
"""Accounts up to which power is counted exactly instead of approximated."""


@dataclass(frozen=True)
class Arms:
    """Two arms of accounts and how a difference between them is judged.

    Attributes:
        n_treated: Accounts advertised to.
        n_holdout: Accounts left out.
        options: Error chances, people per account and their likeness.
    """

    n_treated: int
    n_holdout: int
    options: HoldoutOptions

    @classmethod
    def of(cls, n_accounts: int, options: HoldoutOptions) -> "Arms":
        """Split the accounts of a market as the options ask."""
        n_holdout = math.floor(options.holdout_share * n_accounts)
        if options.holdout_share > 0 and n_accounts > 1:
            n_holdout = max(1, n_holdout)
        return cls(n_accounts - n_holdout, n_holdout, options)

    @property
    def is_empty(self) -> bool:
        """Whether one arm has nobody."""
        return self.n_holdout == 0 or self.n_treated == 0

    @property
    def effect(self) -> float:
        """How many times more people the likeness of colleagues costs."""
        return design_effect(
            self.options.people_per_account,
            intra_cluster_correlation=self.options.intra_account_correlation,
        )

    @property
    def units_per_account(self) -> float:
        """Independent answers that one account is worth."""
        return self.options.people_per_account / self.effect

    @property
    def is_exact(self) -> bool:
        """Whether the accounts are few enough to count every outcome."""
        few = self.n_treated + self.n_holdout <= EXACT_UP_TO
        return few and self.options.people_per_account == 1 and not self.is_empty

    @property
    def smallest_pvalue(self) -> float | None:
        """Smallest p-value that permuting accounts can give."""
        if self.is_empty:
            return None
        return smallest_permutation_pvalue(self.n_treated, n_control=self.n_holdout)

    def even(self) -> "Arms":
        """The same accounts, half of them left out."""
        total = self.n_treated + self.n_holdout
        options = replace(self.options, holdout_share=0.5)
        return Arms(total - total // 2, total // 2, options)

    def smallest_difference(self, baseline_share: float) -> float | None:
        """Give the smallest rise above a baseline that would be seen; None for no rise."""
        if self.is_empty:
            return None
        if self.is_exact:
            return self._exact_difference(baseline_share)
        share = visible_share(
            baseline_share,
            n_treated=self.n_treated * self.units_per_account,
            n_control=self.n_holdout * self.units_per_account,
            alpha=self.options.alpha,
            power=self.options.power,
        )
        return None if share is None else share - baseline_share

    def _exact_difference(self, baseline_share: float) -> float | None:
        """Search the smallest rise whose exact power suffices, to a thousandth."""
        low, high = 0, math.floor(1000 * (1 - baseline_share))
        if not self.suffices(baseline_share, baseline_share + high / 1000):
            return None
        while high - low > 1:
            middle = (low + high) // 2
            if self.suffices(baseline_share, baseline_share + middle / 1000):
                high = middle
            else:
                low = middle
        return high / 1000

    def suffices(self, baseline_share: float, share: float) -> bool:
        """Say whether a share is told from the baseline with the power asked for, exactly."""
        power = exact_power_share(
            min(share, 1.0),
            other_share=baseline_share,
            n=self.n_treated,
            n_other=self.n_holdout,
            alpha=self.options.alpha,
        )
        return power >= self.options.power

    def n_needed(self, baseline_share: float, difference_share: float) -> int | None:
        """Give how many accounts show the difference when the split stays as it is."""
        share = baseline_share + difference_share
        if self.is_empty or share > 1:
            return None
        each = n_per_arm(
            share,
            other_share=baseline_share,
            alpha=self.options.alpha,
            power=self.options.power,
        )
        part = self.n_holdout / (self.n_holdout + self.n_treated)
        needed = math.ceil(each / (2 * part * (1 - part)) / self.units_per_account)
        if self.options.people_per_account != 1 or needed > EXACT_UP_TO:
            return needed
        return self._exact_needed(baseline_share, share, needed)

    def _exact_needed(self, baseline_share: float, share: float, least: int) -> int:
        """Search upward, in steps of 6 %, the accounts whose exact power suffices."""
        total = self.n_treated + self.n_holdout
        if self.is_exact:
            if self.suffices(baseline_share, share):
                return min(least, total)
            least = max(least, total + 1)
        needed = least
        while needed <= EXACT_UP_TO:
            arms = Arms.of(needed, self.options)
            if not arms.is_empty and arms.suffices(baseline_share, share):
                return needed
            needed = max(needed + 1, round(needed * 1.06))
        return needed
