"""The whole report: traced, explained, escaped, self-contained, in both languages and forms."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from pypdf import PdfReader

from signoff.audience import FitCode, FitReason
from signoff.brief import ApprovalRule
from signoff.errors import DataError
from signoff.plan import CampaignPlan, read_plan, write_plan
from signoff.report import PageReading, compose_report, look_up, read_page, render_html, render_pdf
from signoff.report.document import numbers_of
from signoff.report.trace import canonical_text, explain_path
from signoff.results import Estimate
from signoff.units import Objective

BOTH = pytest.mark.parametrize("language", ["en", "fr"])


@pytest.fixture(scope="module")
def pages(plan: CampaignPlan) -> dict[str, str]:
    return {language: render_html(plan, language=language) for language in ("en", "fr")}


@pytest.fixture(scope="module")
def readings(pages: dict[str, str]) -> dict[str, PageReading]:
    return {language: read_page(page) for language, page in pages.items()}


@BOTH
def test_render_html_every_number_stands_in_the_plan(
    plan: CampaignPlan, readings: dict[str, PageReading], language: str
) -> None:
    numbers = readings[language].numbers
    assert len(numbers) > 200
    assert [n for n in numbers if canonical_text(look_up(plan, n.path)) != n.value] == []


@BOTH
def test_render_html_every_number_survives_the_stored_plan(
    plan: CampaignPlan, readings: dict[str, PageReading], language: str
) -> None:
    stored = read_plan(write_plan(plan))
    numbers = readings[language].numbers
    assert [n for n in numbers if canonical_text(look_up(stored, n.path)) != n.value] == []


@BOTH
def test_render_html_says_no_number_outside_the_traced_ones(
    readings: dict[str, PageReading], language: str
) -> None:
    assert readings[language].loose == ()


@BOTH
def test_render_html_every_number_is_explained_by_a_source_note(
    plan: CampaignPlan, readings: dict[str, PageReading], language: str
) -> None:
    paths = {number.path for number in readings[language].numbers}
    assert [path for path in paths if explain_path(path, plan.sources) is None] == []


@BOTH
def test_render_html_script_in_names_stays_text(pages: dict[str, str], language: str) -> None:
    assert "<script" not in pages[language].lower()
    assert '<script>alert("x")</script>' in unescape(pages[language])


@BOTH
def test_render_html_loads_nothing_and_links_to_the_web_or_itself_alone(
    readings: dict[str, PageReading], pages: dict[str, str], language: str
) -> None:
    reading = readings[language]
    assert {a.partition(":")[0] for a in reading.addresses if not a.startswith("#")} == {"https"}
    assert "javascript:" not in " ".join(reading.addresses)
    assert not reading.elements.keys() & {"script", "link", "iframe", "object", "img", "base"}
    assert not re.search(r"@import|url\(\s*[\"']?(?!#)", pages[language])
    assert not re.search(r"\son\w+=", re.sub(r">[^<]*<", "><", pages[language]))


@BOTH
def test_render_html_places_are_unique_and_every_inner_link_arrives(
    readings: dict[str, PageReading], language: str
) -> None:
    anchors = readings[language].anchors
    assert len(anchors) == len(set(anchors))
    inner = {address[1:] for address in readings[language].addresses if address.startswith("#")}
    assert inner - set(anchors) == set()


@BOTH
def test_render_html_tables_have_captions_and_scopes(pages: dict[str, str], language: str) -> None:
    page = pages[language]
    assert page.count("<table") == page.count("<caption")
    assert all("scope=" in head for head in re.findall(r"<th[ >][^>]*", page))


def test_render_html_is_in_the_language_asked_for(
    plan: CampaignPlan, pages: dict[str, str]
) -> None:
    assert '<html lang="fr">' in pages["fr"]
    assert "120\u202f000\u00a0€" in pages["fr"]
    assert "€120,000" in pages["en"]
    assert render_html(plan) == pages["en"]


def test_render_html_twice_is_the_same(plan: CampaignPlan, pages: dict[str, str]) -> None:
    assert render_html(plan, language="fr") == pages["fr"]


def test_render_html_unknown_language_says_which_there_are(plan: CampaignPlan) -> None:
    with pytest.raises(DataError, match="en, fr"):
        render_html(plan, language="de")


def test_render_html_shows_both_sides_of_a_chart(pages: dict[str, str]) -> None:
    assert pages["en"].count('role="img"') == 2 * pages["en"].count("<figure")


def _untried(plan: CampaignPlan, reason: FitReason) -> CampaignPlan:
    fit = replace(plan.audience.fit, auc=None, reason=reason)
    return replace(plan, audience=replace(plan.audience, fit=fit))


def _with_aim(plan: CampaignPlan, aim: Objective) -> CampaignPlan:
    objective = plan.brief.objective.model_copy(update={"aim": aim})
    return replace(plan, brief=plan.brief.model_copy(update={"objective": objective}))


def _with_rule(plan: CampaignPlan, rule: ApprovalRule) -> CampaignPlan:
    return replace(plan, venues=replace(plan.venues, rule=rule.value))


def _with_committee(plan: CampaignPlan, rule: ApprovalRule, **terms: Any) -> CampaignPlan:
    committee = plan.brief.committee.model_copy(update={"approval_rule": rule, **terms})
    brief = plan.brief.model_copy(update={"committee": committee})
    return _with_rule(replace(plan, brief=brief), rule)


def _with_result(plan: CampaignPlan, result: Estimate) -> CampaignPlan:
    return replace(plan, venues=replace(plan.venues, result=result))


CHANGES: dict[str, Callable[[CampaignPlan], CampaignPlan]] = {
    "leads": lambda plan: _with_aim(plan, Objective.LEADS),
    "traffic": lambda plan: _with_aim(plan, Objective.TRAFFIC),
    "any": lambda plan: _with_rule(plan, ApprovalRule.ANY),
    "mean": lambda plan: _with_rule(plan, ApprovalRule.MEAN),
    "quorum": lambda plan: _with_committee(plan, ApprovalRule.QUORUM, quorum_roles=2),
    "uplift": lambda plan: _with_committee(plan, ApprovalRule.UPLIFT, base_share=0.1),
    "certain": lambda plan: _with_result(plan, Estimate(4.0, 4.0, 4.0)),
    "zero": lambda plan: _with_result(plan, Estimate(0.0, 0.0, 0.0)),
    "above": lambda plan: _with_result(plan, Estimate(40.0, 30.0, 50.0)),
    "inside": lambda plan: _with_result(plan, Estimate(9.0, 5.0, 15.0)),
    "few_deals": lambda plan: _untried(plan, FitReason(FitCode.FEW_DEALS, 1, n_needed=200)),
    "few_later": lambda plan: _untried(
        plan, FitReason(FitCode.FEW_LATER, n_won=3, n_lost=90, n_needed=20)
    ),
    "few_accounts": lambda plan: _untried(
        plan, FitReason(FitCode.FEW_ACCOUNTS, n_accounts=6, n_needed=10)
    ),
    "nothing_varies": lambda plan: _untried(plan, FitReason(FitCode.NOTHING_VARIES)),
    "usable": lambda plan: replace(
        plan,
        audience=replace(
            plan.audience,
            fit=replace(plan.audience.fit, usable=True),
            accounts=tuple(replace(a, win_share=0.4) for a in plan.audience.accounts),
        ),
    ),
    "few": lambda plan: replace(
        plan,
        audience=replace(plan.audience, accounts=plan.audience.accounts[:1], n_unlisted=0),
        owners=(),
        cautions=(),
    ),
    "complete": lambda plan: replace(
        plan,
        audience=replace(
            plan.audience,
            committees=replace(
                plan.audience.committees,
                gaps=tuple(replace(g, n_missing=0) for g in plan.audience.committees.gaps),
            ),
        ),
    ),
    "all_bought": lambda plan: replace(
        plan, venues=replace(plan.venues, lines=plan.venues.lines[:3], reach_by_role_venue=())
    ),
    "one_bought": lambda plan: replace(
        plan, venues=replace(plan.venues, lines=plan.venues.lines[2:])
    ),
    "no_holdout": lambda plan: replace(plan, holdout=replace(plan.holdout, verdict="no_holdout")),
    "visible": lambda plan: replace(
        plan,
        holdout=replace(plan.holdout, verdict="visible", smallest_visible_difference_share=0.03),
    ),
    "never_visible": lambda plan: replace(
        plan, holdout=replace(plan.holdout, smallest_visible_difference_share=None)
    ),
    "no_messages": lambda plan: replace(plan, messages=replace(plan.messages, messages=())),
}


@BOTH
@pytest.mark.parametrize("change", CHANGES)
def test_compose_report_in_every_state_is_traced(
    plan: CampaignPlan, change: str, language: str
) -> None:
    changed = CHANGES[change](plan)
    report = compose_report(changed, language=language)
    numbers = [n for section in report.sections for n in numbers_of(section.blocks)]
    assert [n for n in numbers if canonical_text(look_up(changed, n.path)) != n.value] == []


@pytest.mark.parametrize(
    ("change", "language", "told"),
    [
        ("quorum", "en", "counts when 2 or more roles of its committee are reached"),
        ("quorum", "fr", "quand 2 rôles de son comité ou plus sont touchés"),
        ("uplift", "en", "a chance of 10% even if nobody is reached"),
        ("uplift", "en", "Expect the reached roles to add the approval of"),
        ("uplift", "en", "Buying accounts added"),
        ("uplift", "fr", "augmente ces chances de sa part"),
        ("uplift", "fr", "Comptes acheteurs ajoutés"),
    ],
)
def test_render_html_says_the_rule_with_its_numbers(
    plan: CampaignPlan, change: str, language: str, told: str
) -> None:
    page = render_html(CHANGES[change](plan), language=language)
    text = " ".join(unescape(re.sub(r"<[^>]+>", "", page)).split())
    assert told in text


@BOTH
def test_compose_report_untried_deals_trace_what_there_is_too_little_of(
    plan: CampaignPlan, language: str
) -> None:
    report = compose_report(CHANGES["few_later"](plan), language=language)
    paths = {n.path for section in report.sections for n in numbers_of(section.blocks)}
    wanted = {f"audience.fit.reason.{name}" for name in ("n_won", "n_lost", "n_needed")}
    assert wanted <= paths


def test_compose_report_usable_signal_shows_the_chance_to_win(plan: CampaignPlan) -> None:
    report = compose_report(CHANGES["usable"](plan), language="en")
    paths = {n.path for section in report.sections for n in numbers_of(section.blocks)}
    assert "audience.accounts[0].win_share" in paths


@BOTH
def test_render_pdf_is_tagged_and_says_what_the_page_says(
    plan: CampaignPlan, language: str
) -> None:
    pdf = PdfReader(io.BytesIO(render_pdf(plan, language=language)))
    root = pdf.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == (language, True)
    assert pdf.xmp_metadata is not None
    assert "pdfuaid" in pdf.xmp_metadata.rdf_root.toxml()
    text = " ".join(page.extract_text() for page in pdf.pages)
    assert 'eval("1+1")' in text
    assert "EuroCIS" in text


def test_render_pdf_twice_is_the_same(plan: CampaignPlan) -> None:
    assert render_pdf(plan, language="en") == render_pdf(plan, language="en")


def test_render_pdf_links_lead_to_the_web_or_into_itself_alone(plan: CampaignPlan) -> None:
    pdf = PdfReader(io.BytesIO(render_pdf(plan, language="en")))
    notes = [note.get_object() for page in pdf.pages for note in page.get("/Annots", [])]
    addresses = [note["/A"]["/URI"] for note in notes if "/URI" in note.get("/A", {})]
    assert addresses
    assert {str(address).partition(":")[0] for address in addresses} == {"https"}


def test_render_pdf_name_without_a_font_still_gives_a_pdf(plan: CampaignPlan) -> None:
    first = replace(plan.audience.accounts[0], name="\U00013000 \ue000")
    accounts = (first, *plan.audience.accounts[1:])
    changed = replace(plan, audience=replace(plan.audience, accounts=accounts))
    assert render_pdf(changed, language="en").startswith(b"%PDF")


def test_report_total_is_the_sum_of_its_lines(plan: CampaignPlan) -> None:
    assert look_up(plan, "sum(venues.lines[*].spend)") == Decimal("80703.00")
    assert look_up(plan, "venues.total_spend") == Decimal("80703.00")


def test_render_html_marks_the_language_of_the_plans_own_sentences(
    plan: CampaignPlan, pages: dict[str, str]
) -> None:
    assert str(plan.brief.language) == "en"
    assert '<span class="verbatim" lang="en">' in pages["fr"]
    assert '<span class="verbatim">' in pages["en"]
    assert 'class="verbatim" lang' not in pages["en"]


@BOTH
@pytest.mark.parametrize("hostile", ["=cmd|' /C calc'!A0", "<img src=x onerror=alert(1)>", "a & b"])
def test_render_html_hostile_names_stay_text(
    plan: CampaignPlan, language: str, hostile: str
) -> None:
    lines = tuple(replace(line, name=hostile, reason=hostile) for line in plan.venues.lines)
    page = render_html(replace(plan, venues=replace(plan.venues, lines=lines)), language=language)
    assert "<img" not in page
    assert hostile in unescape(page)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "file:///etc"])
def test_render_html_source_that_is_no_web_address_is_no_link(
    plan: CampaignPlan, address: str
) -> None:
    lines = tuple(replace(line, source_url=address) for line in plan.venues.lines)
    page = render_html(replace(plan, venues=replace(plan.venues, lines=lines)))
    assert not any(found.startswith(address) for found in read_page(page).addresses)
