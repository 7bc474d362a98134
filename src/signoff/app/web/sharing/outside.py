"""A plan as people outside may see it: without the names of accounts, unless the link says so."""

from dataclasses import replace

from signoff.plan import CampaignPlan

__all__ = ["ACCOUNT_WORDS", "without_account_names"]

ACCOUNT_WORDS = {"en": "Account", "fr": "Compte"}


def without_account_names(plan: CampaignPlan, *, language: str) -> CampaignPlan:
    """Give a plan whose accounts are numbered instead of named.

    Persons are in no plan. What the brief says in its author's own words stays as it is.

    Args:
        plan: The plan.
        language: "en" or "fr".
    """
    word = ACCOUNT_WORDS[language]
    numbered = tuple(
        replace(account, name=f"{word} {place}", account_id=f"{word} {place}")
        for place, account in enumerate(plan.audience.accounts, start=1)
    )
    audience = replace(plan.audience, accounts=numbered)
    return replace(plan, audience=audience, holdout_account_ids=())
