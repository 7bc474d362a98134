"""Lists for advertising platforms; whoever is suppressed, or cannot be checked, does not leave."""

from signoff.store.exports.matched import export_matched_audience, preview_matched_audience
from signoff.store.exports.options import ListOptions
from signoff.store.exports.platforms import RULES, ListRules, Platform
from signoff.store.exports.reasons import Reason
from signoff.store.exports.receipt import ExportReceipt, ListPreview
from signoff.store.exports.rows import find_barred, list_client_accounts

__all__ = [
    "RULES",
    "ExportReceipt",
    "ListOptions",
    "ListPreview",
    "ListRules",
    "Platform",
    "Reason",
    "export_matched_audience",
    "find_barred",
    "list_client_accounts",
    "preview_matched_audience",
]
