"""What the report says of limits, of what to learn, and of the present."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from signoff.plan import CampaignPlan, SourceNote
from signoff.report import explain_number
from signoff.report.document import numbers_of
from signoff.report.scribe import Scribe
from signoff.report.sections.study import write_study
from signoff.report.wording import read_catalog
from signoff.results import Estimate
from signoff.venues import Learning, LimitCosts, LimitKind, PresentComparison, Research, VenueStudy
from signoff.venues.advice import LearningValue, LimitCost, PresentLine

UNIT = {"currency": "EUR", "objective": "leads", "result_unit": "weighted_accounts"}


def _limit(kind: LimitKind, name: str, gain: float) -> LimitCost:
    money = Decimal("500.00")
    return LimitCost(kind, name, name, money, money, is_tight=gain > 0, gain=gain, per_1000=0.02)


def _learned(name: str, *, is_clear: bool) -> LearningValue:
    worth = Decimal(900)
    return LearningValue(name, name, Research.SURVEY, 0.04, 0.01, is_clear, worth, None)


@pytest.fixture
def studied(plan: CampaignPlan) -> CampaignPlan:
    limits = (
        _limit(LimitKind.BUDGET, "", 0.3),
        _limit(LimitKind.FLOOR, "Weekly", 0.1),
        _limit(LimitKind.CEILING, "Daily", 0.0),
    )
    values = (_learned("Weekly", is_clear=True), _learned("Daily", is_clear=False))
    present = PresentComparison(
        lines=(PresentLine("w", "Weekly", Decimal(800), 2, Decimal(900), 3),),
        starts_on=date(2026, 7, 1),
        ends_on=date(2026, 9, 30),
        plan_id="",
        spend=Decimal("800.00"),
        plan_spend=Decimal("900.00"),
        unplaced=("Elsewhere",),
        unplaced_spend=Decimal("50.00"),
        present_result=Estimate(1.0, 0.5, 1.5),
        plan_result=Estimate(2.0, 1.5, 2.5),
        difference=Estimate(1.0, 0.2, 1.8),
        chance_share=0.97,
        n_draws=200,
        **UNIT,
    )
    study = VenueStudy(
        limits=LimitCosts(limits, **UNIT, n_unpriced=1),
        learning=Learning(values, 0.05, **UNIT, n_schedules=9, n_draws=200),
        present=present,
    )
    note = SourceNote("study", "How the study was made.", ("spend",))
    return replace(plan, study=study, sources=(*plan.sources, note))


def _said(plan: CampaignPlan, language: str) -> str:
    return repr(write_study(Scribe(plan, read_catalog(language))))


def test_write_study_names_what_costs_and_what_to_learn(studied: CampaignPlan) -> None:
    said = _said(studied, "en")
    for words in ("least spend", "survey: who is in the audience", "What to learn next", "97"):
        assert words in said
    assert "Daily" not in said  # a limit that costs nothing, and research that is not clear
    assert "most spend" not in said


def test_write_study_speaks_french(studied: CampaignPlan) -> None:
    said = _said(studied, "fr")
    assert "dépense minimale" in said
    assert "Ce qu’il faut apprendre ensuite" in said


def test_write_study_of_an_earlier_plan_is_nothing(plan: CampaignPlan) -> None:
    assert write_study(Scribe(plan, read_catalog("en"))) == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_number_of_the_study_is_explained(studied: CampaignPlan, language: str) -> None:
    blocks = write_study(Scribe(studied, read_catalog(language)))
    for number in numbers_of(tuple(blocks)):
        found = explain_number(studied, number.path, language=language)
        assert found.meaning
        assert found.unit
        assert found.part != "study"


def test_write_study_without_limits_or_clear_research_says_so(studied: CampaignPlan) -> None:
    assert studied.study is not None
    limits = replace(studied.study.limits, limits=studied.study.limits.limits[:1], n_unpriced=0)
    learning = replace(studied.study.learning, values=())
    bare = replace(studied, study=VenueStudy(limits, learning, None))
    said = _said(bare, "en")
    assert "costs anything" in said
    assert "No single survey or test" in said
