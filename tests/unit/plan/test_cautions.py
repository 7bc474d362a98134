"""What a reader must know before believing a plan, in the language of the brief."""

from dataclasses import replace
from pathlib import Path

import pytest

from signoff.brief import Language
from signoff.plan import CampaignPlan, PlanOptions, make_plan
from signoff.plan.cautions import WORDS, list_cautions
from signoff.store.workspace import Workspace


@pytest.fixture(scope="module")
def plan(workspace: Workspace, brief_path: Path, options: PlanOptions) -> CampaignPlan:
    return make_plan(workspace, brief=brief_path, options=options)


def test_list_cautions_begins_with_the_missing_signal_and_its_reason(plan: CampaignPlan) -> None:
    first = list_cautions(audience=plan.audience, venues=plan.venues, holdout=plan.holdout)[0]
    assert f"({plan.audience.fit.reason.text()})" in first


def test_list_cautions_french_gives_the_reason_in_french(plan: CampaignPlan) -> None:
    told = list_cautions(
        audience=plan.audience, venues=plan.venues, holdout=plan.holdout, language=Language.FR
    )
    assert "aucun signal exploitable" in told[0]
    assert f"({plan.audience.fit.reason.text(language='fr')})" in told[0]


def test_list_cautions_usable_signal_needs_no_caution(plan: CampaignPlan) -> None:
    usable = replace(plan.audience, fit=replace(plan.audience.fit, usable=True))
    told = list_cautions(audience=usable, venues=plan.venues, holdout=plan.holdout)
    assert not any("usable signal" in caution for caution in told)


@pytest.mark.parametrize(("language", "word"), [(Language.EN, "not real"), (Language.FR, "vraies")])
def test_list_cautions_generated_contacts_are_said(
    plan: CampaignPlan, language: Language, word: str
) -> None:
    drawn = replace(plan.audience, n_generated_contacts=12)
    told = list_cautions(
        audience=drawn, venues=plan.venues, holdout=plan.holdout, language=language
    )
    (said,) = [caution for caution in told if caution.startswith("12 ")]
    assert word in said


def test_list_cautions_ends_with_those_of_the_venues(plan: CampaignPlan) -> None:
    told = list_cautions(audience=plan.audience, venues=plan.venues, holdout=plan.holdout)
    assert plan.venues.cautions
    assert told[-len(plan.venues.cautions) :] == plan.venues.cautions


def test_words_are_the_same_in_both_languages() -> None:
    assert WORDS["en"].keys() == WORDS["fr"].keys()
