"""Deals drawn with a known truth, and none."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

Tables = dict[str, list[dict[str, Any]]]


@pytest.fixture
def drawn_deals() -> Callable[..., Tables]:
    """Give a maker of accounts and deals, won with odds that rise with the employees."""

    def make(*, slope: float, n_deals: int = 1200, n_accounts: int = 80, seed: int = 1) -> Tables:
        chance = np.random.default_rng(seed)
        size = chance.normal(4, 1.5, n_accounts)
        accounts = [
            {
                "account_id": f"a{n:03d}",
                "name": f"Firm {n}",
                "country": "FR",
                "employees": int(np.exp(size[n])),
                "industry_scheme": "own",
                "industry_code": ["steel", "paper"][n % 2],
            }
            for n in range(n_accounts)
        ]
        buyer = chance.integers(0, n_accounts, n_deals)
        won = chance.random(n_deals) < 1 / (1 + np.exp(-slope * (size[buyer] - 4)))
        days = np.sort(chance.integers(0, 700, n_deals))
        deals = [
            {
                "opportunity_id": f"o{n:05d}",
                "account_id": f"a{buyer[n]:03d}",
                "product": "PQ"[n % 2],
                "stage": "won" if won[n] else "lost",
                "began_on": date(2023, 1, 1) + timedelta(int(days[n])),
                "closed_on": date(2023, 1, 15) + timedelta(int(days[n])),
            }
            for n in range(n_deals)
        ]
        return {"account": accounts, "opportunity": deals}

    return make
