"""The report of a campaign plan, as a page and as a PDF."""

from signoff.plan import CampaignPlan
from signoff.report.document import Document, Line, Verbatim
from signoff.report.html import NO_LINKS, BodyLinks, body_of, page_of
from signoff.report.pdf import pdf_of
from signoff.report.pptx import pptx_of
from signoff.report.scribe import Scribe
from signoff.report.sections import (
    write_accounts,
    write_committees,
    write_measurement,
    write_messages,
    write_origins,
    write_run,
    write_summary,
    write_venues,
    write_weeks,
)
from signoff.report.wording import read_catalog

__all__ = ["compose_report", "render_body", "render_html", "render_pdf", "render_pptx"]

FRAME = ("contents", "skip", "data_behind", "sources", "page")


def compose_report(plan: CampaignPlan, *, language: str | None = None) -> Document:
    """Write the report of a plan, before it takes a form.

    Args:
        plan: The plan.
        language: "en" or "fr"; None: the language of the brief.

    Returns:
        The report: every number in it is traced to its path in the plan.

    Raises:
        DataError: a language that reports are not written in.

    Call it with a kept plan: `compose_report(load_plan(workspace), language="fr")`.
    """
    scribe = Scribe(plan, read_catalog(str(language or plan.brief.language)))
    weeks = write_weeks(scribe)
    return Document(
        language=scribe.catalog.forms.language,
        language_of_brief=str(plan.brief.language),
        title=scribe.word("frame.title"),
        kicker=(Verbatim(plan.brief.advertiser.name),),
        standfirst=_standfirst(scribe),
        sections=(
            write_summary(scribe),
            write_accounts(scribe),
            write_committees(scribe),
            write_venues(scribe),
            *((weeks,) if weeks else ()),
            write_messages(scribe),
            write_measurement(scribe),
            write_origins(scribe),
            write_run(scribe),
        ),
        colophon=scribe.say(
            "frame.colophon", at=scribe.moment(plan.made_at), run=Verbatim(plan.run_id)
        ),
        labels={key: scribe.word(f"frame.{key}") for key in FRAME},
    )


def render_html(plan: CampaignPlan, *, language: str | None = None) -> str:
    """Give the report of a plan as one HTML file that needs nothing else.

    Args:
        plan: The plan.
        language: "en" or "fr"; None: the language of the brief.

    Returns:
        The page: no script, no outside address to load, light and dark, fit for print. Each number
        of the plan stands in `<data value="…" data-path="…">`.

    Raises:
        DataError: a language that reports are not written in.

    Call it with a kept plan: `render_html(load_plan(workspace), language="fr")`.
    """
    return page_of(compose_report(plan, language=language))


def render_body(
    plan: CampaignPlan, *, language: str | None = None, links: BodyLinks = NO_LINKS
) -> str:
    """Give the report of a plan as the body of a page that has a heading and a style of its own.

    Args:
        plan: The plan.
        language: "en" or "fr"; None: the language of the brief.
        links: Where its numbers and tables lead to.

    Returns:
        The same report as `render_html`, by classes alone: no style, no script. It names accounts
        and roles, never a person.

    Raises:
        DataError: a language that reports are not written in.

    Call it with a kept plan: `render_body(load_plan(workspace), links=BodyLinks(why="/why"))`.
    """
    return body_of(compose_report(plan, language=language), links=links)


def render_pdf(plan: CampaignPlan, *, language: str | None = None) -> bytes:
    """Give the report of a plan as a tagged PDF.

    Args:
        plan: The plan.
        language: "en" or "fr"; None: the language of the brief.

    Returns:
        The same report as the page; folded parts stand open.

    Raises:
        DataError: typst is not installed, or a language that reports are not written in.

    Call it with a kept plan: `render_pdf(load_plan(workspace), language="fr")`.
    """
    return pdf_of(compose_report(plan, language=language), made_at=plan.made_at)


def render_pptx(plan: CampaignPlan, *, language: str | None = None) -> bytes:
    """Give the report of a plan as slides.

    Args:
        plan: The plan.
        language: "en" or "fr"; None: the language of the brief.

    Returns:
        A PPTX file: the plan in words, its money, accounts, committees, messages, measurement,
        cautions and sources, with native tables and charts that have a text beside them.

    Raises:
        DataError: python-pptx is not installed, or a language that reports are not written in.

    Call it with a kept plan: `render_pptx(load_plan(workspace), language="fr")`.
    """
    return pptx_of(compose_report(plan, language=language), made_at=plan.made_at)


def _standfirst(scribe: Scribe) -> Line:
    brief = scribe.plan.brief
    return scribe.say(
        "frame.standfirst",
        offering=Verbatim(brief.offering.name),
        starts=scribe.day(brief.period.starts_on),
        ends=scribe.day(brief.period.ends_on),
        countries=Verbatim(", ".join(brief.market.countries)),
    )
