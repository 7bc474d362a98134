"""What the report says of a plan chosen for its worst draws."""

from dataclasses import replace

from signoff.plan import CampaignPlan, read_plan, write_plan
from signoff.report import compose_report, explain_number
from signoff.report.document import Block, Paragraph, numbers_of
from signoff.report.scribe import Scribe
from signoff.report.sections.caution import write_caution
from signoff.report.wording import read_catalog
from signoff.results import Estimate
from signoff.venues import CautiousResult

CAUTION = CautiousResult(
    share=0.1,
    n_draws=200,
    n_worst=20,
    result=Estimate(2.1, 1.9, 2.3),
    bound=2.2,
    gap_share=0.1 / 2.2,
    expected_plan_worst=Estimate(1.4, 1.1, 1.7),
    expected_plan_result=4.5,
    cost=Estimate(0.3, -0.6, 1.9),
    is_expected_plan=False,
)


def _cautious(plan: CampaignPlan, caution: CautiousResult = CAUTION) -> CampaignPlan:
    return replace(plan, venues=replace(plan.venues, caution=caution))


def _text(blocks: list[Block]) -> str:
    return " ".join(
        "".join(span.text for span in block.line)
        for block in blocks
        if isinstance(block, Paragraph)
    )


def _written(plan: CampaignPlan, language: str = "en") -> str:
    return _text(write_caution(Scribe(plan, read_catalog(language))))


def test_write_caution_of_an_expected_plan_is_silent(plan: CampaignPlan) -> None:
    assert write_caution(Scribe(plan, read_catalog("en"))) == []


def test_write_caution_says_what_the_worst_draws_bring_and_what_caution_costs(
    plan: CampaignPlan,
) -> None:
    text = "".join(_written(_cautious(plan)).split())
    assert "theworst10%of200draws" in text
    assert "theplanbrings2.10(1.90to2.30)onaverage" in text
    assert "bringmoretherethan2.20" in text
    assert "brings1.40(1.10to1.70)initsownworstdraws,and4.5" in text
    assert "Cautioncosts0.3" in text
    assert "prudence" in _written(_cautious(plan), "fr")


def test_write_caution_that_changes_nothing_says_so(plan: CampaignPlan) -> None:
    same = replace(CAUTION, is_expected_plan=True)
    assert "costs nothing" in _written(_cautious(plan, same))


def test_explain_number_of_caution_has_meaning_and_unit_in_both_languages(
    plan: CampaignPlan,
) -> None:
    cautious = _cautious(plan)
    for language in ("en", "fr"):
        report = compose_report(cautious, language=language)
        blocks = [block for section in report.sections for block in section.blocks]
        paths = {number.path for number in numbers_of(tuple(blocks))}
        found = sorted(path for path in paths if path.startswith("venues.caution."))
        assert len(found) >= 9
        for path in found:
            explained = explain_number(cautious, path, language=language, report=report)
            assert explained.meaning
            assert explained.unit


def test_read_plan_keeps_caution_and_earlier_plans_have_none(plan: CampaignPlan) -> None:
    cautious = _cautious(plan)
    assert read_plan(write_plan(cautious)) == cautious
    assert read_plan(write_plan(plan)).venues.caution is None
