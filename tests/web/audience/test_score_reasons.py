"""What the page of an account says of its score."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from signoff.app.web.audience import account
from signoff.app.web.audience.aim import Aim, newest_aim
from signoff.app.web.audience.score_reasons import say_trait, tell_score
from signoff.audience import FitReport, TraitReason
from signoff.audience.fit.win_model import Encoding, Feature, Mix, WinModel
from signoff.stats.calibration import Calibration
from signoff.stats.logistic import LogisticFit
from signoff.store.workspace import Workspace

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]
MODEL = WinModel(
    Encoding((Feature("had_bought", "", 0.5, 0.5),), kept={}),
    LogisticFit(0.0, (0.4,)),
    Calibration(0.0, 1.0),
    (Mix("?", "?", 1),),
    "EUR",
)


def page_of(client: Client) -> str:
    listed = client.get("/accounts").content.decode()
    found = re.search(r'href="(/accounts/[0-9a-f]{20})"', listed)
    assert found
    return client.get(found[1]).content.decode()


def usable(fit: FitReport | None) -> FitReport:
    assert fit
    return replace(fit, usable=True, model=MODEL)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "No usable signal: there are 0 resolved deals, and at least 200 are needed."),
        ("fr", "Aucun signal utilisable\u00a0: affaires gagnées ou perdues\u00a0: 0"),
    ],
)
def test_account_page_without_a_signal_says_why(
    filled_workspace: Workspace, client_of: ClientOf, language: str, said: str
) -> None:
    assert said in page_of(client_of("viewer", language=language))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", r"(Has bought before: raises|Has not bought before: lowers) the odds by"),
        ("fr", "(A déjà acheté\u00a0: augmente|N’a jamais acheté\u00a0: diminue) la cote de"),
    ],
)
def test_account_page_with_a_signal_gives_the_reasons(
    filled_workspace: Workspace,
    client_of: ClientOf,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    said: str,
) -> None:
    aim = newest_aim()
    changed = replace(aim, fit=usable(aim.fit))
    monkeypatch.setattr(account, "newest_aim", lambda: changed)
    page = page_of(client_of("viewer", language=language))
    assert re.search(said, page)


def test_account_page_without_a_plan_says_nothing_of_a_score() -> None:
    unused: Any = None
    day = date(2026, 1, 5)
    assert tell_score(unused, Aim(), account_id="a", facts={}, today=day) is None


def test_say_trait_gives_the_numbers_of_a_band() -> None:
    with override("en"):
        assert say_trait(TraitReason("employees_band", "9", 2.0), currency="EUR") == (
            "Employees from 90 to 147"
        )
        assert say_trait(TraitReason("revenue_band", "-1", 2.0), currency="EUR") == (
            "Revenue not known"
        )
        assert say_trait(TraitReason("industry", "62", 2.0), currency="") == "Industry 62"
