from dataclasses import replace
from typing import Any

import pytest

from signoff.brief import Brief, Language
from signoff.venues import plan_venues
from signoff.venues.market.cells import count_cells
from signoff.venues.notes import say_drawn_cells, say_draws
from signoff.venues.sample import sample_brief, sample_engine, sample_tables


def cautions_of(language: str = "en", **tables: list[dict[str, Any]]) -> str:
    brief = Brief.model_validate({**sample_brief().model_dump(), "language": language})
    with sample_engine(**tables) as engine:
        return "\n".join(plan_venues(engine, brief=brief, seed=1).cautions)


def test_write_cautions_leads_name_the_assumption_of_raised_hands_and_its_source() -> None:
    text = cautions_of()
    assert "Raised hands per visit of The Title are assumed, 3 %" in text
    assert "of The Network are assumed, 3.8 % with an interval from 0.4 to 12 %: Unbounce" in text
    assert "se manifeste est supposée, 3,8 %" in cautions_of("fr")


def test_write_cautions_traffic_needs_no_raised_hands() -> None:
    visits = {**sample_brief().objective.model_dump(), "aim": "traffic"}
    brief = Brief.model_validate({**sample_brief().model_dump(), "objective": visits})
    with sample_engine() as engine:
        plan = plan_venues(engine, brief=brief, seed=1)
    assert not any("aised hands" in text for text in plan.cautions)
    assert not any("aised hands" in line.reason for line in plan.lines)


def test_write_cautions_assumptions_are_counted() -> None:
    assert "2 of 2 venues rest on assumptions" in cautions_of()


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "what reached roles add to the 12 % of accounts"),
        ("fr", "ajoutent aux 12 % de comptes qui"),
    ],
)
def test_write_cautions_uplift_says_what_is_not_counted(language: str, told: str) -> None:
    data = sample_brief().model_dump() | {"language": language}
    data["committee"] |= {"approval_rule": "uplift", "base_share": 0.12}
    data["committee"]["roles"][0]["uplift"] = 0.5
    with sample_engine() as engine:
        plan = plan_venues(engine, brief=Brief.model_validate(data), seed=1)
    assert told in "\n".join(plan.cautions)
    assert "uplift" not in cautions_of()


def test_write_cautions_speak_the_briefs_language() -> None:
    assert "2 supports sur 2 reposent sur des hypothèses" in cautions_of("fr")


def test_write_cautions_role_nobody_reaches_is_named() -> None:
    network = [row for row in sample_tables()["venue_audience"] if row["venue_id"] == "network"]
    users = [*network, *({**row, "venue_id": "title"} for row in network)]
    text = cautions_of(venue_audience=users)
    assert "No venue reaches the role decider" in text
    assert "No venue reaches the role approver" in text


def test_write_cautions_reach_that_is_assumed_is_named_with_its_roles() -> None:
    users = [{**sample_tables()["venue_audience"][0], "role": "user"}]
    text = cautions_of(venue_audience=users)
    assert "reach of The Network (user, decider, approver), The Title (decider, approver)" in text
    assert "That any venue reaches the role decider is assumed" in text
    assert "reaches the role user is assumed" not in text
    assert "assumed of such venues" not in cautions_of()


def test_write_cautions_response_that_is_assumed_is_named() -> None:
    ends = ("response_share", "response_low_share", "response_high_share")
    venues = [{**row, **dict.fromkeys(ends)} for row in sample_tables()["venue"][:1]]
    text = cautions_of(venue=[*venues, *sample_tables()["venue"][1:]])
    assert (
        "Visits per exposure of The Title are assumed, 0.2 % with an interval from 0.02 to 1 %: a "
        "guess, since no published number was found." in text
    )
    assert "Visits per exposure of" not in cautions_of()


def test_write_cautions_response_that_is_assumed_names_its_publication() -> None:
    ends = ("response_share", "response_low_share", "response_high_share")
    title, network = sample_tables()["venue"]
    text = cautions_of(venue=[title, {**network, **dict.fromkeys(ends)}])
    assert "ZenABM 2026 LinkedIn Benchmarks Report, reported by Stackmatix: median" in text
    assert "https://www.stackmatix.com/blog/linkedin-ads-benchmarks." in text


def test_write_cautions_too_many_exposures_are_named() -> None:
    assert "The Network: people in its audience would see it" in cautions_of()


def test_write_cautions_region_is_named() -> None:
    venues = [{**row, "region": "Ohio"} for row in sample_tables()["venue"]]
    assert "confined to Ohio" in cautions_of(venue=venues)


def test_write_cautions_measured_duplication_takes_the_assumption_away() -> None:
    assert "How far audiences overlap is assumed" in cautions_of()
    pair = {"venue_id": "network", "other_venue_id": "title", "both_share": 0.05}
    assert "is assumed" not in cautions_of(venue_duplication=[pair])


@pytest.mark.parametrize("language", ["en", "fr"])
def test_say_draws_names_draws_and_seed(language: str) -> None:
    words = say_draws(
        200,
        seed=42,
        language=Brief.model_validate(
            {**sample_brief().model_dump(), "language": language}
        ).language,
    )
    assert "200" in words
    assert "42" in words


def test_say_drawn_cells_names_their_share_and_the_error() -> None:
    with sample_engine() as engine:
        cells = count_cells(engine, roles=("user",), n_kept=0, n_strips=1)
    drawn = replace(cells, drawn_share=0.36, error_share=0.0008)
    (english,) = say_drawn_cells(drawn, language=Language.EN)
    (french,) = say_drawn_cells(drawn, language=Language.FR)
    assert "100,000 different" in english
    assert "36 % of the accounts" in english
    assert "at most 0.08 % of" in english
    assert "100\u202f000 comités" in french
    assert "au plus 0,08 % de" in french
