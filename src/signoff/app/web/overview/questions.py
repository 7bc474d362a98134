"""The six questions, each with the answer there is so far in one line."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from signoff.app.web.cells import money, number
from signoff.app.web.place import lake_engine
from signoff.app.web.plans.whereabouts import first_address
from signoff.digital import list_sessions_by_month
from signoff.plan import CampaignPlan
from signoff.report.forms import reader_forms

__all__ = ["Question", "list_questions"]


@dataclass(frozen=True)
class Question:
    """One question with its answer.

    Attributes:
        icon: Picture of the area that answers.
        title: The question.
        answer: The answer so far, or what is missing for one.
        address: The page that tells more; empty where there is none.
    """

    icon: str
    title: str
    answer: str
    address: str


def list_questions(plan: CampaignPlan | None, *, language: str) -> list[Question]:
    """Give the six questions in the order in which they are asked.

    Args:
        plan: The newest plan, if there is one.
        language: The reader's.
    """
    answers = _answers(plan, language=language)
    asked = (
        ("audience", _("Who decides, at which businesses?"), "audience:accounts"),
        ("research", _("What do they read, need and doubt?"), "research:reading"),
        ("messages", _("What do we tell them?"), "messages:house"),
        ("venues", _("Where do we reach them for the money?"), "venues:venues"),
        ("digital", _("Can they find us?"), "digital:digital"),
        ("measure", _("Did it work?"), "measure:measure"),
    )
    return [
        Question(icon, title, answers[icon], first_address((page, [])))
        for icon, title, page in asked
    ]


def _answers(plan: CampaignPlan | None, *, language: str) -> dict[str, str]:
    none = _("No answer yet: it comes with a plan.")
    answers = dict.fromkeys(("audience", "messages", "venues", "measure"), none)
    answers["research"] = _("Surveys are not built into this version yet.")
    answers["digital"] = next(_digital(language), _("No sessions of the site are imported yet."))
    if plan:
        answers |= _planned(plan, language=language)
    return answers


def _planned(plan: CampaignPlan, *, language: str) -> dict[str, str]:
    n, bought = plan.audience.n_accounts, [line for line in plan.venues.lines if line.in_plan]
    n_gaps = len(plan.house.gaps) + len(plan.messages.cautions)
    return {
        "audience": ngettext(
            "%(n)s account of the market, %(people)s people known.",
            "%(n)s accounts of the market, %(people)s people known.",
            n,
        )
        % {"n": number(n), "people": number(plan.audience.committees.n_people)},
        "messages": _("%(n)s messages by role and venue; %(gaps)s gaps in what the brief gives.")
        % {"n": number(len(plan.messages.messages)), "gaps": number(n_gaps)},
        "venues": ngettext("%(n)s venue for %(spend)s.", "%(n)s venues for %(spend)s.", len(bought))
        % {
            "n": number(len(bought)),
            "spend": money(plan.venues.total_spend, plan.venues.currency),
        },
        "measure": _measure(plan, language=language),
    }


def _measure(plan: CampaignPlan, *, language: str) -> str:
    share = plan.holdout.smallest_visible_difference_share
    if plan.holdout.verdict == "no_holdout":
        return _("No account is left out, so an effect could not be told from chance.")
    if share is None:
        return _("Too few accounts are left out for any rise to be seen.")
    points = reader_forms(language).points(share)
    if plan.holdout.can_be_seen:
        return _("A rise of %(points)s points or more would be seen.") % {"points": points}
    return _("Only a rise of %(points)s points or more would be seen: too few accounts.") % {
        "points": points
    }


def _digital(language: str) -> Iterator[str]:
    with lake_engine() as engine:
        months: list[dict[str, Any]] = list_sessions_by_month(engine)
    if months:
        newest = months[-1]
        month = newest["month"]
        name = reader_forms(language).months.split()[month.month - 1]
        yield _("%(n)s sessions in %(month)s, counted by %(tool)s.") % {
            "n": number(newest["sessions"]),
            "month": f"{name} {month.year}",
            "tool": newest["tool"],
        }
