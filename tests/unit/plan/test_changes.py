from datetime import date
from decimal import Decimal

import pytest

from signoff.brief import ApprovalRule, Brief, BuyingRole, read_brief, starter_brief
from signoff.errors import BriefError
from signoff.plan import ScenarioChanges, VenueChange, change_brief
from signoff.plan.changes import keeps_market
from signoff.units import CommitteeRole, Objective
from signoff.venues import VenueBook, list_venues
from signoff.venues.sample import sample_engine


@pytest.fixture
def brief() -> Brief:
    return read_brief(starter_brief())


@pytest.fixture
def book(brief: Brief) -> VenueBook:
    with sample_engine() as engine:
        return list_venues(engine, brief=brief)


def with_terms(brief: Brief, **terms: object) -> Brief:
    return Brief.model_validate(brief.model_dump() | {"venues": [{"venue": "title", **terms}]})


def test_change_brief_nothing_changed_gives_an_equal_brief(brief: Brief) -> None:
    assert change_brief(brief, ScenarioChanges()) == brief
    assert ScenarioChanges().is_empty()


def test_change_brief_changes_what_is_named_and_nothing_else(brief: Brief) -> None:
    changes = ScenarioChanges(
        budget=Decimal(80_000),
        approval_rule=ApprovalRule.ANY,
        exposures_needed=2,
        aim=Objective.TRAFFIC,
        target=500,
    )
    changed = change_brief(brief, changes)
    assert changed.money.budget == 80_000
    assert changed.committee.approval_rule is ApprovalRule.ANY
    assert changed.committee.exposures_needed == 2
    assert (changed.objective.aim, changed.objective.target) == (Objective.TRAFFIC, 500)
    assert changed.committee.roles == brief.committee.roles
    assert changed.market == brief.market


def test_change_brief_to_a_quorum_needs_its_number(brief: Brief) -> None:
    with pytest.raises(BriefError, match="quorum_roles is missing"):
        change_brief(brief, ScenarioChanges(approval_rule=ApprovalRule.QUORUM))
    changes = ScenarioChanges(approval_rule=ApprovalRule.QUORUM, quorum_roles=2)
    changed = change_brief(brief, changes).committee
    assert (changed.approval_rule, changed.quorum_roles) == (ApprovalRule.QUORUM, 2)


def test_change_brief_role_removed_from_a_quorum_of_all_is_a_fault(brief: Brief) -> None:
    whole = change_brief(brief, ScenarioChanges(approval_rule="quorum", quorum_roles=3))
    with pytest.raises(BriefError, match="the committee has 2 roles"):
        change_brief(whole, ScenarioChanges(roles_removed=(CommitteeRole.USER,)))


def test_change_brief_to_an_uplift_by_a_role_with_one(brief: Brief) -> None:
    lifted = BuyingRole(role=CommitteeRole.USER, uplift=0.5)
    changes = ScenarioChanges(
        approval_rule=ApprovalRule.UPLIFT,
        base_share=0.1,
        roles_removed=(CommitteeRole.USER,),
        roles_added=(lifted,),
    )
    changed = change_brief(brief, changes)
    assert changed.committee.base_share == 0.1
    assert lifted in changed.committee.roles


def test_change_brief_moved_start_moves_the_end_along(brief: Brief) -> None:
    start = date(2027, 9, 1)
    changed = change_brief(brief, ScenarioChanges(starts_on=start))
    before, after = brief.period, changed.period
    assert after.starts_on == start
    assert after.ends_on - after.starts_on == before.ends_on - before.starts_on


def test_change_brief_removed_role_takes_what_is_said_to_it_alone_along(brief: Brief) -> None:
    data = brief.model_dump()
    data["message"]["propositions"][0]["roles"] = ("user",)
    only_users = Brief.model_validate(data)
    changed = change_brief(only_users, ScenarioChanges(roles_removed=(CommitteeRole.USER,)))
    assert CommitteeRole.USER not in [role.role for role in changed.committee.roles]
    assert changed.message.propositions == only_users.message.propositions[1:]


def test_change_brief_role_removed_and_added_is_changed(brief: Brief) -> None:
    more = BuyingRole(role=CommitteeRole.USER, people_expected=9)
    changes = ScenarioChanges(roles_removed=(CommitteeRole.USER,), roles_added=(more,))
    changed = change_brief(brief, changes)
    assert more in changed.committee.roles
    assert changed.message == brief.message


def test_change_brief_venue_terms_replace_and_free_clears_them(brief: Brief) -> None:
    before = with_terms(brief, floor=1_000, ceiling=9_000, note="a friend")
    higher = VenueChange(venue="TITLE", floor=Decimal(2_000))
    (terms,) = change_brief(before, ScenarioChanges(venues=(higher,))).venues
    assert (terms.venue, terms.floor, terms.ceiling) == ("title", 2_000, 9_000)
    gone = VenueChange(venue="title", free=True, exclude=True)
    (terms,) = change_brief(before, ScenarioChanges(venues=(gone,))).venues
    assert (terms.exclude, terms.floor, terms.ceiling, terms.note) == (
        True,
        None,
        None,
        "a friend",
    )


def test_change_brief_fixed_units_cost_what_the_rate_card_says(
    brief: Brief, book: VenueBook
) -> None:
    changes = ScenarioChanges(venues=(VenueChange(venue="title", fixed_units=4),))
    (terms,) = change_brief(brief, changes, book=book).venues
    assert terms.fixed_spend == 4 * 4785  # the second step of the sample's rate card


def test_change_brief_tells_all_faults_at_once(brief: Brief, book: VenueBook) -> None:
    venues = (
        VenueChange(venue="title", fixed_units=99),
        VenueChange(venue="title", exclude=True),
        VenueChange(venue="unknown", fixed_units=1),
        VenueChange(venue="network", fixed_units=1, fixed_spend=Decimal(1)),
        VenueChange(venue="dear", floor=Decimal(70_000)),
    )
    changes = ScenarioChanges(
        venues=venues,
        roles_removed=(CommitteeRole.GATEKEEPER,),
        roles_added=(BuyingRole(role=CommitteeRole.USER),),
    )
    with pytest.raises(BriefError, match="7 faults") as caught:
        change_brief(brief, changes, book=book)
    assert [fault.where for fault in caught.value.faults] == [
        "changes.roles_removed[1]",
        "changes.roles_added[1]",
        "changes.venues[1].fixed_units",
        "changes.venues[2]",
        "changes.venues[3].fixed_units",
        "changes.venues[4].fixed_units",
        "money.budget",
    ]
    assert all(fault.fix for fault in caught.value.faults)


def test_change_brief_rule_that_leaves_a_level_empty_is_told(brief: Brief) -> None:
    changes = ScenarioChanges(
        approval_rule=ApprovalRule.EVERY_LEVEL, roles_removed=(CommitteeRole.DECIDER,)
    )
    with pytest.raises(BriefError, match="level 2"):
        change_brief(brief, changes)


def test_change_brief_excluded_venue_with_committed_money_is_told(brief: Brief) -> None:
    before = with_terms(brief, fixed_spend=5_000)
    changes = ScenarioChanges(venues=(VenueChange(venue="title", exclude=True),))
    with pytest.raises(BriefError, match="excluded, but has a fixed spend"):
        change_brief(before, changes)


@pytest.mark.parametrize(
    ("changes", "is_kept"),
    [
        (ScenarioChanges(budget=Decimal(9)), True),
        (ScenarioChanges(aim=Objective.TRAFFIC), True),
        (ScenarioChanges(exposures_needed=5), True),
        (ScenarioChanges(venues=(VenueChange(venue="title", exclude=True),)), True),
        (ScenarioChanges(roles_removed=(CommitteeRole.USER,)), False),
        (ScenarioChanges(roles_added=(BuyingRole(role=CommitteeRole.GATEKEEPER),)), False),
    ],
    ids=str,
)
def test_keeps_market_only_while_accounts_and_people_stay(
    brief: Brief, changes: ScenarioChanges, is_kept: bool
) -> None:
    assert keeps_market(brief, change_brief(brief, changes)) is is_kept


def test_keeps_market_whatever_the_rule_and_its_numbers(brief: Brief) -> None:
    data = brief.model_dump()
    data["committee"] |= {"approval_rule": "uplift", "base_share": 0.1}
    for role in data["committee"]["roles"]:
        role["uplift"] = 0.2
    assert keeps_market(brief, Brief.model_validate(data))
