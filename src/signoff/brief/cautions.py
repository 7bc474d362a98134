"""What a reader of the plan should keep in mind, though nothing in the brief is wrong."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from signoff.brief.model import Brief, Language
from signoff.units import Objective, french_spaces, number_text

__all__ = ["brief_cautions"]

DAYS_PER_MONTH = 30.4375

_Values = dict[str, object]

TEXTS = {
    "over": {
        "en": "The period ended on {ends_on}: nothing of this plan can be booked any more.",
        "fr": "La période s’est achevée le {ends_on} : rien de ce plan ne peut plus être réservé.",
    },
    "begun": {
        "en": "The period began on {starts_on}: bookings for the days gone by are no longer "
        "possible.",
        "fr": "La période a commencé le {starts_on} : les jours passés ne peuvent plus être "
        "réservés.",
    },
    "slow": {
        "en": "A purchase takes {months} months and the period {period}: most purchases that "
        "the campaign sets off will be signed after it, so judge it by an earlier stage.",
        "fr": "Un achat prend {months} mois et la période en dure {period} : la plupart des "
        "achats déclenchés seront signés après ; jugez la campagne sur une étape antérieure.",
    },
    "dear": {
        "en": "The budget is above the value of all the sales aimed at ({value} {currency}).",
        "fr": "Le budget dépasse la valeur de toutes les ventes visées ({value} {currency}).",
    },
    "price": {
        "en": "One sale is said to be worth less than the price of one unit: check deal_value.",
        "fr": "Une vente vaudrait moins que le prix d’une unité : vérifiez deal_value.",
    },
    "below": {
        "en": "The {role} has to sign above {amount} {currency}, and one sale is worth {value} "
        "{currency}: the plan reaches for this role all the same; take it out of the committee if "
        "it has no say in such a purchase.",
        "fr": "Le rôle « {role} » doit signer au-delà de {amount} {currency}, et une vente vaut "
        "{value} {currency} : le plan le vise quand même ; retirez-le du comité s’il n’a pas son "
        "mot à dire dans un tel achat.",
    },
    "holdout": {
        "en": "No account is held out, so what the campaign adds cannot be told from what would "
        "have happened without it.",
        "fr": "Aucun compte n’est mis à l’écart : l’apport de la campagne ne pourra pas être "
        "distingué de ce qui serait arrivé sans elle.",
    },
    "in_market": {
        "en": "That {percent}% of the accounts are buying in the period is an assumption "
        "(Dawes 2021), not a measurement.",
        "fr": "Que {percent}\u00a0% des comptes achètent pendant la période est une hypothèse "
        "(Dawes 2021), pas une mesure.",
    },
    "exposures": {
        "en": "That {count} exposures make a person count as reached is an assumption "
        "(Krugman 1972), not a measurement.",
        "fr": "Qu’une personne soit touchée après {count} expositions est une hypothèse "
        "(Krugman 1972), pas une mesure.",
    },
    "unproved": {
        "en": "No proof is given for: {claims}.",
        "fr": "Aucune preuve n’est donnée pour : {claims}.",
    },
}


def brief_cautions(
    brief: Brief, *, today: date, language: Language | str | None = None
) -> tuple[str, ...]:
    """Say what limits a plan made from this brief: assumptions, dates, missing proofs.

    Args:
        brief: A brief without faults.
        today: The day of planning.
        language: "en" or "fr"; the brief's own when left out.

    Returns:
        One sentence for each caution.

    >>> from signoff.brief.file import read_brief
    >>> from signoff.brief.starter import starter_brief
    >>> brief_cautions(read_brief(starter_brief()), today=date(2026, 11, 23))[-1]
    'No proof is given for: Pay for payslips, not for overtime.'
    """
    words = str(language or brief.language)
    found = (*_about_time(brief, today), *_about_money(brief), *_about_assumptions(brief))
    return tuple(
        french_spaces(TEXTS[key][words], language=words).format(
            **{name: _written(item, words) for name, item in values.items()}
        )
        for key, values in found
    )


def _written(item: object, language: str) -> str:
    """Write numbers in the reader's form, to a tenth."""
    if isinstance(item, bool) or not isinstance(item, int | float | Decimal):
        return str(item)
    return number_text(Decimal(f"{item:.1f}".removesuffix(".0")), language=language)


def _about_time(brief: Brief, today: date) -> Iterator[tuple[str, _Values]]:
    period = brief.period
    if period.ends_on < today:
        yield "over", {"ends_on": period.ends_on}
    elif period.starts_on < today:
        yield "begun", {"starts_on": period.starts_on}
    months = ((period.ends_on - period.starts_on).days + 1) / DAYS_PER_MONTH
    if brief.committee.purchase_months > months:
        yield "slow", {"months": brief.committee.purchase_months, "period": months}


def _about_money(brief: Brief) -> Iterator[tuple[str, _Values]]:
    if brief.objective.aim == Objective.CONVERSIONS:
        value = brief.objective.target * brief.offering.deal_value
        if value < brief.money.budget:
            yield "dear", {"value": value, "currency": brief.money.currency}
    if brief.offering.deal_value < brief.offering.price:
        yield "price", {}
    for part in brief.committee.roles:
        if part.amount_above is not None and part.amount_above >= brief.offering.deal_value:
            yield (
                "below",
                {
                    "role": part.role,
                    "amount": part.amount_above,
                    "value": brief.offering.deal_value,
                    "currency": brief.money.currency,
                },
            )


def _about_assumptions(brief: Brief) -> Iterator[tuple[str, _Values]]:
    if brief.measurement.holdout_share == 0:
        yield "holdout", {}
    if "in_market_share" not in brief.market.model_fields_set:
        yield "in_market", {"percent": 100 * brief.market.in_market_share}
    if "exposures_needed" not in brief.committee.model_fields_set:
        yield "exposures", {"count": brief.committee.exposures_needed}
    unproved = [item.claim for item in brief.message.propositions if not item.proof]
    if unproved:
        yield "unproved", {"claims": "; ".join(unproved)}
