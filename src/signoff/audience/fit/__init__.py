"""Which accounts resemble those that bought: learnt from deals, tried on a later period."""

from signoff.audience.fit.account_reasons import TraitReason, explain_account, explain_traits
from signoff.audience.fit.deals import LEAKS, FitReport, fit_accounts, score_accounts
from signoff.audience.fit.history import fit_history
from signoff.audience.fit.history_file import read_history_file
from signoff.audience.fit.history_result import HistoryFit, RowScore
from signoff.audience.fit.leaks import Leak
from signoff.audience.fit.reason import FitCode, FitReason

__all__ = [
    "LEAKS",
    "FitCode",
    "FitReason",
    "FitReport",
    "HistoryFit",
    "Leak",
    "RowScore",
    "TraitReason",
    "explain_account",
    "explain_traits",
    "fit_accounts",
    "fit_history",
    "read_history_file",
    "score_accounts",
]
