"""Every number of a report says what it is, in which unit, and what it rests on."""

from dataclasses import replace

import pytest

from signoff.errors import MissingError
from signoff.plan import CampaignPlan
from signoff.report import compose_report, explain_number
from signoff.report.document import Document, numbers_of
from signoff.report.explanation import generic_path

BOTH = pytest.mark.parametrize("language", ["en", "fr"])


def _first_of_each(report: Document) -> dict[str, str]:
    found: dict[str, str] = {}
    for section in report.sections:
        for number in numbers_of(section.blocks):
            found.setdefault(generic_path(number.path), number.path)
    return found


@BOTH
def test_explain_number_every_number_has_meaning_unit_and_note(
    plan: CampaignPlan, language: str
) -> None:
    report = compose_report(plan, language=language)
    for path in _first_of_each(report).values():
        told = explain_number(plan, path, language=language, report=report)
        assert told.meaning, path
        assert told.unit, path
        assert told.note, path
        assert told.tables, path


def test_explain_number_of_a_venue_names_it_with_unit_basis_reason_and_sources(
    plan: CampaignPlan,
) -> None:
    told = explain_number(plan, "venues.lines[2].unit_price", language="en")
    assert (told.value, told.shown, told.unit) == ("18500", "€18,500", "EUR")
    assert (told.subject, told.basis) == ("EuroCIS", "wide prior")
    assert told.remarks[0].startswith("In the plan because")
    assert [c.kind for c in told.citations] == ["source", "price_source"]


def test_explain_number_follows_no_address_that_runs(plan: CampaignPlan) -> None:
    told = explain_number(plan, "venues.lines[0].spend", language="en")
    assert [citation.address for citation in told.citations] == ["https://weekly.example/kit", None]


def test_explain_number_of_an_estimate_shows_its_interval_and_draws(plan: CampaignPlan) -> None:
    told = explain_number(plan, "venues.result.value", language="fr")
    assert told.value == "4.2134567890123"
    assert [number.text for number in told.interval] == ["2,0", "7,9", "90\u202f%"]
    assert told.remarks == (plan.venues.draws_note,)


@pytest.mark.parametrize(
    "path", ["brief.__class__.__name__", "seed", "venues.lines[99].spend", "", "len(cautions)"]
)
def test_explain_number_of_what_the_report_does_not_show_is_refused(
    plan: CampaignPlan, path: str
) -> None:
    with pytest.raises(MissingError, match="shows no number"):
        explain_number(plan, path, language="en")


def test_explain_number_result_of_visits_is_counted_in_visits(plan: CampaignPlan) -> None:
    visits = replace(plan, venues=replace(plan.venues, result_unit="people"))
    assert explain_number(visits, "venues.result.value", language="en").unit == "visits"
