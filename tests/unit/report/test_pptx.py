"""The deck: native text and tables, charts with a text beside them, nothing that runs."""

import io
from dataclasses import replace

import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from signoff.plan import CampaignPlan
from signoff.report import compose_report, render_pptx
from signoff.report.deck import Slide, deck_of
from signoff.report.document import Figure

BOTH = pytest.mark.parametrize("language", ["en", "fr"])
WIDTH_EMU, HEIGHT_EMU = 12192000, 6858000


@pytest.fixture(scope="module")
def decks(plan: CampaignPlan) -> dict[str, Presentation]:
    return {
        language: Presentation(io.BytesIO(render_pptx(plan, language=language)))
        for language in ("en", "fr")
    }


def words(deck: Presentation) -> str:
    frames = [s.text_frame for page in deck.slides for s in page.shapes if s.has_text_frame]
    cells = [
        cell.text_frame
        for page in deck.slides
        for shape in page.shapes
        if shape.has_table
        for row in shape.table.rows
        for cell in row.cells
    ]
    return "\n".join(frame.text for frame in [*frames, *cells])


@BOTH
def test_render_pptx_every_slide_has_a_title(decks: dict[str, Presentation], language: str) -> None:
    titles = [page.shapes.title.text for page in decks[language].slides]
    assert len(titles) > 10
    assert all(titles)


@BOTH
def test_render_pptx_every_chart_is_a_picture_with_a_text_and_a_native_table(
    plan: CampaignPlan, decks: dict[str, Presentation], language: str
) -> None:
    report = compose_report(plan, language=language)
    figures = [block for part in report.sections for block in part.blocks if _is_figure(block)]
    pages = [
        page
        for page in decks[language].slides
        if any(shape.shape_type == MSO_SHAPE_TYPE.PICTURE for shape in page.shapes)
    ]
    assert len(pages) == len(figures)
    for page in pages:
        (picture,) = (s for s in page.shapes if s.shape_type == MSO_SHAPE_TYPE.PICTURE)
        assert len(picture._element._nvXxPr.cNvPr.get("descr")) > 40
        assert any(shape.has_table for shape in page.shapes)


@BOTH
def test_render_pptx_nothing_stands_outside_its_slide(
    decks: dict[str, Presentation], language: str
) -> None:
    for page in decks[language].slides:
        for shape in page.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= WIDTH_EMU + 2000
            assert shape.top + shape.height <= HEIGHT_EMU + 2000


def test_render_pptx_text_from_data_stays_text(
    plan: CampaignPlan, decks: dict[str, Presentation]
) -> None:
    told = words(decks["en"])
    assert plan.venues.lines[0].name in told
    assert '=HYPERLINK("http://evil.example","click")' in told
    links = [
        run.hyperlink.address or ""
        for page in decks["en"].slides
        for shape in page.shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
    ]
    assert not any(address.startswith("javascript") for address in links)


def test_render_pptx_signs_that_xml_forbids_do_no_harm(plan: CampaignPlan) -> None:
    ill = replace(plan, cautions=("a\x00b\x1bc\ud800 d",))
    deck = Presentation(io.BytesIO(render_pptx(ill)))
    assert "d" in words(deck)


def test_render_pptx_speaks_the_language_asked_for(decks: dict[str, Presentation]) -> None:
    assert "Le plan en bref" in words(decks["fr"])
    run = decks["fr"].slides[1].shapes.title.text_frame.paragraphs[0].runs[0]
    assert run._r.rPr.get("lang") == "fr-FR"


@BOTH
def test_deck_of_shows_what_a_director_asks_for(plan: CampaignPlan, language: str) -> None:
    report = compose_report(plan, language=language)
    parts = {section.anchor: section.title for section in report.sections}
    titles = " | ".join(slide.title for slide in deck_of(report))
    for anchor in ("summary", "messages", "measurement", "origins", "run"):
        assert parts[anchor] in titles
    assert any(slide.is_listed for slide in deck_of(report))


def test_deck_of_long_texts_and_tables_go_on_over_several_slides(plan: CampaignPlan) -> None:
    long = replace(plan, cautions=tuple(f"A caution. {'word ' * 90}" for _ in range(12)))
    slides = [s for s in deck_of(compose_report(long)) if s.title.startswith("Before you rely")]
    assert len(slides) > 1
    assert sum(len(slide.lines) for slide in slides) == 12
    assert all(slide.size >= 14 for slide in slides)


def test_deck_of_a_plan_without_venues_still_has_all_its_parts(plan: CampaignPlan) -> None:
    bare = replace(plan, venues=replace(plan.venues, lines=plan.venues.lines[3:], curve=()))
    assert all(isinstance(slide, Slide) for slide in deck_of(compose_report(bare)))


def _is_figure(block: object) -> bool:
    return isinstance(block, Figure)
