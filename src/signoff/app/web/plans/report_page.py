"""The report of a plan inside a page of ours: made once for each plan, language and set of links.

What is kept in memory is found by the plan's own text, so that a plan from which somebody was
erased is never shown as it was before.
"""

import json
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from signoff.app.web.place import current_workspace
from signoff.plan import CampaignPlan, read_plan, write_plan
from signoff.report import LANGUAGES, BodyLinks, compose_report
from signoff.report.document import Document
from signoff.report.html import NO_LINKS, body_of
from signoff.store.register import load_document, load_run

__all__ = ["kept_text", "plan_of", "reader_language", "render_report_body", "report_of"]


def render_report_body(
    plan: CampaignPlan, language: str, *, links: BodyLinks = NO_LINKS
) -> SafeString:
    """Give the report of a plan for a page that loads plans/report.css.

    Args:
        plan: The plan.
        language: "en" or "fr".
        links: Where its numbers and tables lead to; nowhere for whoever is not signed in.

    Returns:
        Markup by classes alone: no style, no script, no person.
    """
    return body_of_text(write_plan(plan), language, links=links)


def kept_text(run_id: str) -> str:
    """Give a kept plan as JSON.

    Args:
        run_id: Its run, or the first characters of the id.

    Raises:
        MissingError: there is no such plan.
    """
    register = current_workspace().register
    run = load_run(register, run_id)
    return json.dumps(load_document(register, kind="plan", name=run.run_id).body)


@lru_cache(maxsize=12)
def plan_of(text: str) -> CampaignPlan:
    """Read a plan from JSON; a few stay in memory."""
    return read_plan(text)


@lru_cache(maxsize=12)
def report_of(text: str, language: str) -> Document:
    """Give the report of a plan; a few stay in memory."""
    return compose_report(plan_of(text), language=language)


@lru_cache(maxsize=24)
def _markup(text: str, language: str, links: BodyLinks) -> str:
    return body_of(report_of(text, language), links=links)


def body_of_text(text: str, language: str, *, links: BodyLinks) -> SafeString:
    """Give the report of a plan that is at hand as JSON."""
    return mark_safe(_markup(text, language, links))  # noqa: S308 - the template escapes all data


def reader_language(wanted: str = "") -> str:
    """Give the language that a report is written in: the one asked for, else the reader's.

    >>> reader_language("fr")
    'fr'
    """
    chosen = wanted or get_language() or LANGUAGES[0]
    return chosen if chosen in LANGUAGES else LANGUAGES[0]
