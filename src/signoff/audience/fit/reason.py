"""Why past deals tell who will buy, or do not: a code with its counts, said in both languages."""

from dataclasses import dataclass
from enum import StrEnum

from signoff.units import french_spaces, number_text

__all__ = ["FitCode", "FitReason"]


class FitCode(StrEnum):
    """What the trial of the win model came to."""

    BETTER_THAN_CHANCE = "better_than_chance"
    LIKE_CHANCE = "like_chance"
    FEW_DEALS = "few_deals"
    FEW_EARLIER = "few_earlier"
    FEW_LATER = "few_later"
    FEW_ACCOUNTS = "few_accounts"
    NOTHING_VARIES = "nothing_varies"


@dataclass(frozen=True)
class FitReason:
    """Why there is a usable signal or none, with the counts that decided.

    Attributes:
        code: What the trial came to.
        n_deals: Resolved deals; with few_deals.
        n_won: Won deals of the period that has too few; with few_earlier and few_later.
        n_lost: Lost deals of that period; with the same.
        n_accounts: Accounts of the later period; with few_accounts.
        n_needed: How many of what is too few are needed.
    """

    code: FitCode
    n_deals: int | None = None
    n_won: int | None = None
    n_lost: int | None = None
    n_accounts: int | None = None
    n_needed: int | None = None

    def text(self, *, language: str = "en") -> str:
        """Say it as a clause, without capital and full stop.

        Args:
            language: "en" or "fr".

        >>> FitReason(FitCode.FEW_DEALS, n_deals=12, n_needed=200).text()
        'there are 12 resolved deals, and at least 200 are needed'
        """
        counts = {
            name: number_text(count, language=language)
            for name, count in vars(self).items()
            if isinstance(count, int)
        }
        key = f"{self.code}.one" if self.n_accounts == 1 else self.code
        return french_spaces(WORDS[language][key], language=language).format(**counts)


WORDS = {
    "en": {
        "better_than_chance": "deals of a later period are ranked better than chance",
        "like_chance": "on a later period the ranking cannot be told from chance",
        "few_deals": "there are {n_deals} resolved deals, and at least {n_needed} are needed",
        "few_earlier": "the earlier period has {n_won} won and {n_lost} lost deals, and at least "
        "{n_needed} of each are needed",
        "few_later": "the later period has {n_won} won and {n_lost} lost deals, and at least "
        "{n_needed} of each are needed",
        "few_accounts": "the later period has deals of {n_accounts} accounts, and at least "
        "{n_needed} are needed",
        "few_accounts.one": "the later period has deals of {n_accounts} account, and at least "
        "{n_needed} are needed",
        "nothing_varies": "nothing that is known of the accounts and deals differs between them, "
        "so there is nothing to learn from",
    },
    "fr": {
        "better_than_chance": "les affaires d’une période ultérieure sont classées mieux qu’au "
        "hasard",
        "like_chance": "sur une période ultérieure, le classement ne se distingue pas du hasard",
        "few_deals": "affaires gagnées ou perdues : {n_deals}, il en faut au moins {n_needed}",
        "few_earlier": "affaires de la première période : {n_won} gagnées et {n_lost} perdues, il "
        "en faut au moins {n_needed} de chaque sorte",
        "few_later": "affaires de la seconde période : {n_won} gagnées et {n_lost} perdues, il en "
        "faut au moins {n_needed} de chaque sorte",
        "few_accounts": "la seconde période a des affaires de {n_accounts} comptes, il en faut au "
        "moins {n_needed}",
        "few_accounts.one": "la seconde période a des affaires de {n_accounts} compte, il en faut "
        "au moins {n_needed}",
        "nothing_varies": "rien de ce que l’on sait des comptes et des affaires ne les "
        "distingue : il n’y a rien à apprendre",
    },
}
