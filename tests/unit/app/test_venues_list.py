"""What is told of rate cards and dates that cannot be planned from, on the command line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]
FILES = Path(__file__).parents[3] / "docs" / "tutorial" / "files"


@pytest.fixture
def campaign(call: Call, tmp_path: Path) -> Path:
    """Make a workspace with the tutorial's venues; its brief runs from 2027-01-04 to 06-30."""
    place = tmp_path / "campaign"
    assert call("init", place, "--currency", "EUR").code == 0
    files = [FILES / name for name in ("venue.csv", "rate.csv", "venue_audience.csv")]
    assert call("import", *files, "-w", place).code == 0
    return place


def bring(call: Call, campaign: Path, text: str) -> Any:
    file = campaign.parent / "more.csv"
    file.write_text(text, encoding="utf-8")
    return call("import", file, "-w", campaign)


def listed(call: Call, campaign: Path, *options: str) -> Any:
    return call("venues", "list", campaign / "brief.toml", "-w", campaign, *options)


def test_rate_card_with_a_gap_between_steps_is_refused_with_both_ends(
    call: Call, campaign: Path
) -> None:
    steps = "people-weekly,1,2,2400.00,GBP,1,24\npeople-weekly,4,,2050.00,GBP,1,24\n"
    heading = "venue_id,units_from,units_to,unit_price,currency,minimum_units,maximum_units\n"
    assert bring(call, campaign, heading + steps).code == 0
    said = listed(call, campaign)
    assert said.code == 2
    assert (
        "rate, venue people-weekly: the rate card has a gap: one price ends with 2 units, the "
        "next begins with 4" in said.err
    )
    assert "fix: end the one step with 3, or leave its end empty" in said.err


def test_prices_of_nothing_or_less_come_back_with_their_lines(call: Call, campaign: Path) -> None:
    steps = "weekly,1,9.00,EUR\nweekly,5,0,EUR\nweekly,9,-4.00,EUR\nweekly,12,7.00,EUR\n"
    said = bring(call, campaign, "venue_id,units_from,unit_price,currency\n" + steps)
    assert said.code == 3
    told = said.out + said.err
    assert "line 3, unit_price: '0': it must be at least 0.01" in told
    assert "line 4, unit_price: '-4.00': it must be at least 0.01" in told


def test_audience_over_the_whole_comes_back_with_its_line(call: Call, campaign: Path) -> None:
    shares = "a,user,0.2,0.1,0.3\nb,user,0.5,0.4,0.6\npeople-weekly,user,1.1,0.9,1.2\n"
    heading = "venue_id,role,reach_share,reach_low_share,reach_high_share\n"
    said = bring(call, campaign, heading + shares)
    assert said.code == 3
    told = said.out + said.err
    assert "line 4, reach_share: '1.1': it must be at least 0 and at most 1" in told


def test_venue_without_dates_in_the_period_is_named(call: Call, campaign: Path) -> None:
    assert bring(call, campaign, "venue_id,issue_on\npeople-weekly,2026-12-01\n").code == 0
    said = listed(call, campaign)
    assert said.code == 0
    assert "These cannot appear in the period: People Weekly." in said.out


def test_no_venue_with_dates_in_the_period_is_refused_with_the_nearest(
    call: Call, campaign: Path
) -> None:
    names = ("people-weekly", "paie-actualites", "finance-letter", "network-list")
    days = "".join(f"{name},2026-12-01\n{name},2027-09-30\n" for name in names)
    assert bring(call, campaign, "venue_id,issue_on\n" + days).code == 0
    said = listed(call, campaign)
    assert said.code == 2
    assert "no venue can appear between 2027-01-04 and 2027-06-30" in said.err
    for name in names:
        assert f"the venue {name} has no date between 2027-01-04 and 2027-06-30" in said.err
    assert "the nearest are 2026-12-01, 2027-09-30" in said.err


def test_list_reckons_lead_times_from_the_day_asked_for(call: Call, campaign: Path) -> None:
    days = "people-weekly,2027-03-25,2027-03-10,1\npeople-weekly,2027-06-24,2027-06-09,1\n"
    heading = "venue_id,issue_on,closes_on,capacity_units\n"
    assert bring(call, campaign, heading + days).code == 0
    most = []
    for today in ("2027-03-10", "2027-03-11"):
        found = listed(call, campaign, "--as-of", today, "--json").json["venues"]
        venue = next(one for one in found if one["venue_id"] == "people-weekly")
        most.append((venue["ladder"]["maximum_units"], venue["availability"]["limit"]))
    assert most == [(2, "capacity"), (1, "lead_time")]
