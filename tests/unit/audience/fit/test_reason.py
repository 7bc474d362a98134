"""Every reason of the win model is said in both languages, with its counts."""

import pytest

from signoff.audience import FitCode, FitReason
from signoff.audience.fit.reason import WORDS

FULL = {"n_deals": 8500, "n_won": 3, "n_lost": 1200, "n_accounts": 6, "n_needed": 20}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("code", FitCode)
def test_text_each_code_fills_every_gap(code: FitCode, language: str) -> None:
    said = FitReason(code, **FULL).text(language=language)
    assert "{" not in said
    assert said[0].islower()
    assert said[-1] != "."


def test_text_writes_thousands_as_the_language_does() -> None:
    reason = FitReason(FitCode.FEW_LATER, n_won=3, n_lost=1200, n_needed=20)
    assert "1,200 lost" in reason.text()
    assert "1\u00a0200 perdues" in reason.text(language="fr")


def test_text_of_one_account_is_singular() -> None:
    reason = FitReason(FitCode.FEW_ACCOUNTS, n_accounts=1, n_needed=10)
    assert "of 1 account," in reason.text()
    assert "de 1 compte," in reason.text(language="fr")


def test_words_are_the_same_in_both_languages() -> None:
    assert WORDS["en"].keys() == WORDS["fr"].keys()
    assert set(FitCode) <= WORDS["en"].keys()
