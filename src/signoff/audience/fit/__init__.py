"""Which accounts resemble those that bought: learnt from deals, tried on a later period."""

from signoff.audience.fit.deals import LEAKS, FitReport, fit_accounts, score_accounts
from signoff.audience.fit.reason import FitCode, FitReason

__all__ = ["LEAKS", "FitCode", "FitReason", "FitReport", "fit_accounts", "score_accounts"]
