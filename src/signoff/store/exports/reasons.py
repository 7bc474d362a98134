"""Why somebody is not on a list."""

from enum import StrEnum

__all__ = ["Reason"]


class Reason(StrEnum):
    """Why an account or a contact does not leave."""

    SUPPRESSED = "on the suppression list"
    REFUSED = "consent refused or withdrawn"
    NO_BASIS = "no recorded basis: consent, contract or legitimate interest"
    NO_ADDRESS = "no e-mail address, so the suppression list cannot be checked"
    NO_DOMAIN = "no web domain, so suppressed domains cannot be checked"
    NO_NAME = "no name that the suppression list could be checked by"
    SAME = "the same address twice"
    GENERATED = "generated for a demonstration, no real person"
    OTHER_RELATIONSHIP = "accounts of another relationship, or of an unknown one"
