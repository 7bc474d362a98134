"""What the parts of a report say, in full sentences."""

from dataclasses import replace

import pytest

from signoff.measure import HoldoutOptions, design_holdout
from signoff.measure.design import StageReading
from signoff.plan import CampaignPlan
from signoff.report.document import Block, Bullets, Facts, Folded, Line, Notice, Paragraph, Table
from signoff.report.document import Figure as Chart
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
)
from signoff.report.wording import read_catalog
from signoff.results import Estimate


def _scribe(plan: CampaignPlan, language: str = "en") -> Scribe:
    return Scribe(plan, read_catalog(language))


def _text(line: Line) -> str:
    return "".join(span.text for span in line)


def _sentences(blocks: tuple[Block, ...]) -> list[str]:
    said: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            said.append(_text(block.line))
        elif isinstance(block, Bullets | Notice):
            said += [_text(line) for line in block.lines]
        elif isinstance(block, Folded):
            said += [_text(block.summary), *_sentences(block.blocks)]
    return said


def _tables(blocks: tuple[Block, ...]) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for block in blocks:
        table = block.table if isinstance(block, Chart) else block
        if isinstance(table, Table):
            found[table.anchor] = [[_text(cell) for cell in row] for row in table.rows]
        elif isinstance(table, Folded):
            found |= _tables(table.blocks)
    return found


def test_write_summary_says_what_to_whom_for_how_much_and_what_to_expect(
    plan: CampaignPlan,
) -> None:
    said = _sentences(write_summary(_scribe(plan)).blocks)
    assert said[0] == (
        "GTX & Sons plans to win buyers for GTX Plus at 34 accounts. In each of them the plan "
        "speaks to the people who have to sign: user, approver and decider."
    )
    assert said[1].startswith(
        "It spends €80,703 of a budget of €120,000 at 3 venues between 11 January 2027 and "
        "27 June 2027: =HYPERLINK"
    )
    assert said[2] == (
        "Expect 4.2 accounts that are buying now and whose committee the plan covers; with 90% "
        "certainty between 2.0 and 7.9. The target of 10 lies above that whole range: this budget "
        "is not expected to reach it."
    )
    assert said[3] == (
        "By 27 June 2027, the last day of the brief, 3.6 (1.7 to 6.9) have come; 0.61 (0.20 to "
        "1.40) come after it, 15% (8% to 21%) of the whole, and are part of the expected result."
    )
    assert said[4].startswith("No plan for this money can bring more than 4.6")


def test_write_summary_names_the_venue_where_money_does_most(plan: CampaignPlan) -> None:
    said = _sentences(write_summary(_scribe(plan)).blocks)
    assert "money for Trade Weekly" in said[4]
    assert "there the next thousand EUR would bring 0.0312 more." in said[4]


def test_write_summary_says_what_half_and_twice_the_money_would_bring(plan: CampaignPlan) -> None:
    said = _sentences(write_summary(_scribe(plan)).blocks)
    assert said[4].endswith(
        "With a budget of €60,000 the best plan found would bring 2.1. With a budget of €240,000 "
        "the best plan found would bring 8.4."
    )


def test_write_summary_no_gain_left_says_nothing_of_it(plan: CampaignPlan) -> None:
    lines = tuple(replace(line, marginal_result_per_1000=None) for line in plan.venues.lines)
    changed = replace(plan, venues=replace(plan.venues, lines=lines))
    assert "thousand" not in " ".join(_sentences(write_summary(_scribe(changed)).blocks))


def test_write_summary_french_writes_numbers_as_french_does(plan: CampaignPlan) -> None:
    said = _sentences(write_summary(_scribe(plan, "fr")).blocks)
    assert said[1].startswith(
        "Il dépense 80\u202f703\u00a0€ sur un budget de 120\u202f000\u00a0€, dans 3 supports, "
        "du 11 janvier 2027 au 27 juin 2027\u00a0: "
    )
    assert "entre 2,0 et 7,9" in said[2]


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (Estimate(40.0, 30.0, 50.0), "below that whole range"),
        (Estimate(9.0, 5.0, 15.0), "within that range"),
        (Estimate(4.0, 2.0, 8.0), "above that whole range"),
    ],
)
def test_write_summary_compares_the_target_with_the_interval(
    plan: CampaignPlan, result: Estimate, words: str
) -> None:
    changed = replace(plan, venues=replace(plan.venues, result=result))
    assert words in _sentences(write_summary(_scribe(changed)).blocks)[2]


def test_write_summary_prints_cautions_and_limits(plan: CampaignPlan) -> None:
    said = _sentences(write_summary(_scribe(plan)).blocks)
    assert set(plan.cautions) | set(plan.brief.demo_limits) | set(plan.brief.notes) <= set(said)


def test_write_accounts_without_signal_says_they_rank_by_fit_alone(plan: CampaignPlan) -> None:
    said = _sentences(write_accounts(_scribe(plan)).blocks)
    assert said[1].startswith(
        "The won and lost deals carry no usable signal, so accounts are ranked by market fit "
        "alone. Learned from 4,698 deals and tried on 2,013 later ones"
    )


def test_write_accounts_folds_those_that_follow_and_counts_the_rest(plan: CampaignPlan) -> None:
    section = write_accounts(_scribe(plan))
    tables = _tables(section.blocks)
    assert (len(tables["accounts_first"]), len(tables["accounts_next"])) == (20, 10)
    assert "4 more accounts of the market rank after those listed here" in " ".join(
        _sentences(section.blocks)
    )


def test_write_accounts_marks_who_is_left_out_and_who_is_missing(plan: CampaignPlan) -> None:
    rows = _tables(write_accounts(_scribe(plan)).blocks)["accounts_first"]
    assert rows[4][-1] == "left out to measure"
    assert [row[-2] for row in rows[:3]] == ["none", "user", "user, approver"]


def test_write_accounts_shows_steps_that_were_asked_alone(plan: CampaignPlan) -> None:
    rows = _tables(write_accounts(_scribe(plan)).blocks)["steps"]
    assert rows == [["Suppressed", "0", "0", "41"], ["Country", "7", "2", "34"]]


def test_write_accounts_owners_of_any_group_are_all(plan: CampaignPlan) -> None:
    rows = _tables(write_accounts(_scribe(plan)).blocks)["owners"]
    assert [row[0] for row in rows] == ["Female", "all", "Female, Asian"]


def test_write_committees_names_the_widest_gap(plan: CampaignPlan) -> None:
    said = _sentences(write_committees(_scribe(plan)).blocks)
    assert said[-1].startswith("The widest gap is the approver: at 21 of 34 accounts nobody")


def test_write_committees_says_that_contacts_are_generated(plan: CampaignPlan) -> None:
    said = _sentences(write_committees(_scribe(plan)).blocks)
    assert said[1].startswith("128 of these people are generated for a demonstration")


def test_write_committees_real_contacts_need_no_notice(plan: CampaignPlan) -> None:
    real = replace(plan.audience.committees, n_generated=0)
    changed = replace(plan, audience=replace(plan.audience, committees=real))
    said = " ".join(_sentences(write_committees(_scribe(changed)).blocks))
    assert "generated" not in said


def test_write_venues_lists_what_is_bought_by_falling_spend(plan: CampaignPlan) -> None:
    rows = _tables(write_venues(_scribe(plan)).blocks)["bought"]
    assert [row[5] for row in rows] == ["€37,000", "€25,203", "€18,500"]
    assert rows[1][2:5] == ["6", "insertions", "€4,200.50"]
    assert [row[-1] for row in rows] == ["wide prior", "measured", "wide prior"]


def test_write_venues_says_why_a_venue_is_left_out(plan: CampaignPlan) -> None:
    rows = _tables(write_venues(_scribe(plan)).blocks)["left_out"]
    assert rows[0][2] == plan.venues.lines[3].reason


def test_write_venues_reach_stands_with_its_interval(plan: CampaignPlan) -> None:
    rows = _tables(write_venues(_scribe(plan)).blocks)["reach"]
    assert rows[0] == ["user", "90", "72% (55% to 84%)", "21.6 (16.5 to 25.2)"]


def test_write_venues_dot_stands_on_the_curve_at_the_budget(plan: CampaignPlan) -> None:
    blocks = write_venues(_scribe(plan)).blocks
    curve = next(b for b in blocks if isinstance(b, Chart) and b.anchor == "chart-curve")
    _, line, dot = (layer["data"]["values"] for layer in curve.spec["layer"])
    assert dot[0] in [{key: point[key] for key in ("budget", "result")} for point in line]


def test_write_venues_does_not_repeat_cautions_of_the_summary(plan: CampaignPlan) -> None:
    changed = replace(plan, cautions=plan.venues.cautions)
    assert plan.venues.cautions[0] in _sentences(write_venues(_scribe(plan)).blocks)
    assert plan.venues.cautions[0] not in _sentences(write_venues(_scribe(changed)).blocks)


def test_write_messages_has_words_for_each_role_and_venue(plan: CampaignPlan) -> None:
    tables = _tables(write_messages(_scribe(plan)).blocks)
    for role in ("user", "approver", "decider"):
        venues = {row[0] for row in tables[f"words-{role}"]}
        assert venues == {line.name for line in plan.venues.lines if line.in_plan}


def test_write_messages_every_text_stands_with_its_limit(plan: CampaignPlan) -> None:
    rows = _tables(write_messages(_scribe(plan)).blocks)["words-user"]
    assert rows[0][1:] == ["headline", "Save 3 hours per workstation", "5 of 12 words", "fits"]


def test_write_measurement_says_what_cannot_be_seen(plan: CampaignPlan) -> None:
    said = _sentences(write_measurement(_scribe(plan)).blocks)
    assert said[0].startswith("3 of 30 accounts, drawn at random, see no advertising; the other 27")
    assert said[1].startswith("Only a rise of ")
    assert "its effect cannot be seen with these accounts, and no proof is promised" in said[1]


def test_write_measurement_many_accounts_say_what_can_be_seen(plan: CampaignPlan) -> None:
    options = HoldoutOptions(holdout_share=0.5, baseline_share=0.1)
    changed = replace(plan, holdout=design_holdout(5000, options=options))
    said = _sentences(write_measurement(_scribe(changed)).blocks)
    assert said[1].startswith("A rise of ")
    assert "Without advertising 10% of accounts are expected to respond" in said[2]


def test_write_measurement_named_stage_is_offered(plan: CampaignPlan) -> None:
    stage = StageReading("first meeting", 0.4, 0.2, 0.2, 0.5, can_be_seen=True)
    changed = replace(plan, holdout=replace(plan.holdout, earlier_stage=stage))
    said = _sentences(write_measurement(_scribe(changed)).blocks)
    assert any("at first meeting, which 40% of accounts reach, a rise of 20" in s for s in said)


def test_write_measurement_no_stage_is_admitted(plan: CampaignPlan) -> None:
    changed = replace(plan, holdout=replace(plan.holdout, earlier_stage=None))
    said = _sentences(write_measurement(_scribe(changed)).blocks)
    assert any(s.startswith("No earlier stage would show it either.") for s in said)


def test_write_origins_gives_every_note_a_place_to_link_to(plan: CampaignPlan) -> None:
    blocks = write_origins(_scribe(plan)).blocks
    facts = next(block for block in blocks if isinstance(block, Facts)).facts
    assert [fact.anchor for fact in facts] == [f"source-{n}" for n in range(len(plan.sources))]
    assert _text(facts[0].line) == "How brief was made. Made from: account."


def test_write_origins_french_has_notes_of_its_own(plan: CampaignPlan) -> None:
    blocks = write_origins(_scribe(plan, "fr")).blocks
    facts = next(block for block in blocks if isinstance(block, Facts)).facts
    assert _text(facts[0].line).startswith("Écrit dans le brief.")


def test_write_run_names_all_that_a_repetition_needs(plan: CampaignPlan) -> None:
    blocks = write_run(_scribe(plan)).blocks
    facts = next(block for block in blocks if isinstance(block, Facts)).facts
    said = {_text(fact.term): _text(fact.line) for fact in facts}
    assert said["Run"] == plan.run_id
    assert (said["Snapshot of the lake"], said["Seed of all chance"]) == ("7", "1")
    assert said["Made at"] == "23 November 2026, 09:05 UTC"


def test_sections_link_to_the_notes_of_their_own_numbers(plan: CampaignPlan) -> None:
    sources = {_text((span,)) for span in write_measurement(_scribe(plan)).sources}
    assert sources == {"Design of the measurement"}


@pytest.mark.parametrize(("language", "said"), [("fr", "restent en anglais"), ("en", "")])
def test_write_summary_says_why_sentences_are_in_another_language(
    plan: CampaignPlan, language: str, said: str
) -> None:
    text = " ".join(_sentences(write_summary(_scribe(plan, language)).blocks))
    assert (said in text) if said else "the language of the brief" not in text


@pytest.mark.parametrize("language", ["en", "fr"])
def test_write_committees_all_titles_read_needs_no_count_of_others(
    plan: CampaignPlan, language: str
) -> None:
    committees = replace(plan.audience.committees, n_unread=0)
    read = replace(plan, audience=replace(plan.audience, committees=committees))
    first = _sentences(write_committees(_scribe(read, language)).blocks)[0]
    assert ("could be read" if language == "en" else "a pu être lu") in first


@pytest.mark.parametrize("language", ["en", "fr"])
def test_write_committees_nobody_known_says_what_to_import(
    plan: CampaignPlan, language: str
) -> None:
    committees = replace(plan.audience.committees, n_people=0, n_unread=0)
    empty = replace(plan, audience=replace(plan.audience, committees=committees))
    first = _sentences(write_committees(_scribe(empty, language)).blocks)[0]
    assert ("Import your contacts" if language == "en" else "Importez vos contacts") in first


def test_write_venues_one_exposure_is_one_time(plan: CampaignPlan) -> None:
    once = replace(plan, venues=replace(plan.venues, exposures_needed=1))
    first = _sentences(write_venues(_scribe(once)).blocks)[0]
    assert first.endswith("after seeing the advertisement 1 time.")


def test_write_venues_assumed_venue_is_marked_with_caution(plan: CampaignPlan) -> None:
    lines = tuple(replace(line, basis="prior") for line in plan.venues.lines)
    assumed = replace(plan, venues=replace(plan.venues, lines=lines))
    rows = _tables(write_venues(_scribe(assumed)).blocks)["bought"]
    assert {row[-1] for row in rows} == {"wide prior"}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_write_accounts_table_has_no_column_that_pushes_others_out(
    plan: CampaignPlan, language: str
) -> None:
    blocks = write_accounts(_scribe(plan, language)).blocks
    (table,) = [b for b in blocks if isinstance(b, Table) and b.anchor == "accounts_first"]
    assert not any(column.broad for column in table.columns)
