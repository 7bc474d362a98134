from dataclasses import replace
from typing import Any

import pytest

from signoff.stats.evidence import share_logit
from signoff.venues.market.audience_share import AudienceShare, ShareFinder
from signoff.venues.market.evidence import EvidenceRow
from signoff.venues.market.priors import PriorMeasure, find_kind_prior
from signoff.venues.sample import sample_venue
from signoff.venues.venue import AudienceRow

GROUP = ("FR", "6201")


def card(share: float, *, role: str = "*", width: float = 2.0, basis: str = "prior") -> AudienceRow:
    ends = share / width, min(share * width, 1.0)
    return AudienceRow("*", "*", role, share, *ends, basis, "media kit")


def study(share: float, n: float, **changes: Any) -> EvidenceRow:
    logit, spread = share_logit(share, n_effective=n)
    row = EvidenceRow("*", "*", "user", "survey", "spring", share, n, logit, spread, "")
    return replace(row, **changes)


def share_of(*rows: AudienceRow, role: str = "user", evidence: Any = ()) -> AudienceShare:
    venue = sample_venue(audience=rows, evidence=tuple(evidence))
    return ShareFinder(venue).find(GROUP, roles=[role])[0]


def methods(found: AudienceShare) -> list[str]:
    return [source.method for source in found.sources]


def test_find_card_alone_stands_as_it_is() -> None:
    found = share_of(card(0.2))
    assert (found.reach_share, found.basis, methods(found)) == (0.2, "prior", ["card"])


def test_find_role_nobody_speaks_of_is_assumed_of_the_kind() -> None:
    prior = find_kind_prior("trade_title", measure=PriorMeasure.REACH)
    found = share_of(card(0.4, role="decider"))
    assert found.is_assumed
    assert found.reach_share == prior.value
    assert found.above > 1.0


def test_find_assumed_reach_is_at_most_what_the_card_says_of_other_roles() -> None:
    assert share_of(card(0.01, role="decider")).reach_share == 0.01


def test_find_no_card_at_all_is_assumed() -> None:
    assert share_of().is_assumed


def test_find_card_that_says_nobody_means_it() -> None:
    found = share_of(card(0.0, role="user"), card(0.4, role="decider"))
    assert (found.reach_share, methods(found)) == (0.0, ["card"])
    assert share_of(card(0.0, role="user"), evidence=[study(0.3, 50)]).reach_share == 0.0


def test_find_survey_narrows_a_card_that_it_agrees_with() -> None:
    alone = share_of(card(0.2, width=3))
    both = share_of(card(0.2, width=3), evidence=[study(0.2, 200)])
    assert methods(both) == ["card", "survey"]
    assert both.basis == "measured"
    assert both.reach_share == pytest.approx(0.2, abs=0.01)
    assert both.below < alone.below


def test_find_survey_that_contradicts_the_card_keeps_the_doubt() -> None:
    agrees = share_of(card(0.2), evidence=[study(0.2, 200)])
    apart = share_of(card(0.2), evidence=[study(0.02, 200)])
    assert 0.02 < apart.reach_share < 0.2
    assert apart.above > agrees.above


def test_find_survey_without_a_card_is_held_by_what_is_assumed() -> None:
    few, many = (share_of(evidence=[study(0.3, n)]) for n in (5, 500))
    prior = find_kind_prior("trade_title", measure=PriorMeasure.REACH).value
    assert prior < few.reach_share < many.reach_share < 0.3
    assert methods(many) == ["kind", "survey"]
    assert not many.is_assumed
    assert many.basis == "measured"


def test_find_nobody_found_in_a_small_survey_is_no_zero() -> None:
    found = share_of(evidence=[study(0.0, 10)])
    assert 0 < found.reach_share < 0.05


def test_find_closest_row_of_each_study_counts() -> None:
    wide = study(0.1, 300, role="*")
    close = study(0.4, 300, segment="62")
    other = study(0.3, 300, study="autumn", country="GB")
    found = share_of(evidence=[wide, close, other])
    assert methods(found) == ["kind", "survey"]
    assert found.reach_share > 0.25


def test_find_lookup_measures_nothing_of_these_people() -> None:
    assert share_of(evidence=[study(0.3, 500, method="lookup")]).basis == "prior"


def test_find_groups_that_no_row_names_share_one_answer() -> None:
    finder = ShareFinder(sample_venue(audience=(card(0.2),), evidence=()))
    first = finder.find(("FR", "62"), roles=["user"])
    assert finder.find(("GB", "25"), roles=["user"]) is first
