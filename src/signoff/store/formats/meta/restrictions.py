"""Which accounts say something of people's health or money, as Meta's terms see it."""

from signoff.units import OrganisationKind

__all__ = ["LARGEST_SENSITIVE_SHARE", "restricted_branch"]

LARGEST_SENSITIVE_SHARE = 0.5
"""At this share of one branch and above a list says of everybody on it what the branch says.

Meta names no share; half is Signoff's choice.
"""

NACE: dict[str, tuple[str, ...]] = {"health": ("86", "87", "88"), "finance": ("64", "65", "66")}
CODES: dict[str, dict[str, tuple[str, ...]]] = {
    "naics": {"health": ("62",), "finance": ("52",)},
    "nace": NACE,
    "naf": NACE,  # its first four digits are those of NACE
}
WORDS = {
    "health": ("health", "hospital", "medic", "clinic", "pharma", "sante", "santé", "hôpital"),
    "finance": ("financ", "bank", "insur", "credit", "banque", "assurance", "crédit"),
}


def restricted_branch(*, kind: str | None, scheme: str | None, code: str | None) -> str:
    """Say whether an account is of health or of finance.

    Args:
        kind: Kind of organisation.
        scheme: naics, nace, naf or own.
        code: Industry in that scheme; a label in the firm's own words for `own`.

    Returns:
        "health", "finance" or "".

    Source: Meta for Developers, reference of custom audiences (API 24): from 2 September 2025 an
    audience that suggests health conditions or financial status is flagged and cannot be used for
    new campaigns. Read as a stored copy, 2026-11.

    >>> restricted_branch(kind="hospital", scheme=None, code=None)
    'health'
    >>> restricted_branch(kind="company", scheme="naf", code="64.19Z")
    'finance'
    """
    if kind == OrganisationKind.HOSPITAL:
        return "health"
    text = (code or "").strip().lower()
    starts = CODES.get(scheme or "", {})
    digits = text.lstrip("abcdefghijklmnopqrstu ")  # NACE may have its section's letter before
    for branch, codes in starts.items():
        if digits.startswith(codes):
            return branch
    if not starts:
        for branch, words in WORDS.items():
            if any(word in text for word in words):
                return branch
    return ""
