"""One rich plan, made by hand, with every state a report must show and names that mean harm."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from signoff.audience import (
    AccountLine,
    AudienceStudy,
    CommitteeStudy,
    FitCode,
    FitReason,
    FitReport,
    MarketSelection,
    MarketStep,
    OwnerShare,
    RoleGap,
)
from signoff.brief import Brief, read_brief
from signoff.measure import HoldoutOptions, design_holdout
from signoff.messages import VenueRef, build_house, write_messages
from signoff.plan import CampaignPlan, SourceNote
from signoff.results import Estimate
from signoff.units import CommitteeRole, Relationship, VenueKind
from signoff.venues import CurvePoint, RoleReach, RoleVenueReach, VenueLine, VenuePlan, WeekLine
from signoff.venues.package_lines import PackagedUnits, PackageLine
from signoff.venues.terms.limit_lines import LimitLine
from signoff.venues.weeks.result_timing import ResultTiming, VenueLag, WeekResult
from signoff.venues.weeks.whom_when import LevelWindow

EVIL = '<script>alert("x")</script>'
FORMULA = '=HYPERLINK("http://evil.example","click")'
TYPST = '#eval("1+1") *bold* $x^2$ @ref <lbl>'

BRIEF = """
language = "en"
notes = ["Prices are list prices."]
demo_limits = ["Contacts are generated, so the gaps show the method."]
[advertiser]
name = "GTX & Sons"
supply_chain_place = "final_goods"
story = "Workstations since 1998."
[offering]
name = "GTX Plus"
kind = "equipment"
description = "Workstation with remote administration"
price = 5482
price_basis = "per workstation"
buying_class = "modified_rebuy"
deal_value = 54820
[objective]
aim = "conversions"
target = 10
[market]
countries = ["FR", "DE"]
[committee]
approval_rule = "every_level"
purchase_months = 6
exposures_needed = 3
[[committee.roles]]
role = "user"
people_expected = 3
[[committee.roles]]
role = "approver"
approval_level = 2
[[committee.roles]]
role = "decider"
approval_level = 3
[message]
values = ["We answer the telephone"]
features = ["Remote administration"]
[[message.propositions]]
kind = "time_saved"
claim = "Set up a workstation from your desk"
amount = 3
unit = "hours"
per = "workstation"
proof = "Log of 40 clients"
[money]
budget = 120000
currency = "EUR"
[period]
starts_on = 2027-01-11
ends_on = 2027-06-27
"""

LINE = VenueLine(
    venue_id="weekly",
    name=f"Trade Weekly {EVIL}",
    kind="trade_title",
    units=6,
    unit="insertion",
    unit_price=Decimal("4200.50"),
    spend=Decimal("25203.00"),
    currency="EUR",
    list_price=Decimal("4200.50"),
    list_currency="EUR",
    in_plan=True,
    reason="In the plan because without its 6 units the result would be lower by 1.2.",
    reason_kind="chosen",
    basis="measured",
    source="Media kit 2026",
    source_url="https://weekly.example/kit",
    price_source="Rate card 2026",
    price_source_url="javascript:alert(document.domain)",
    marginal_result_per_1000=0.0312,
    exposures_per_person=2.4,
)
LINES = (
    LINE,
    replace(
        LINE,
        venue_id="network",
        name=FORMULA,
        kind="social",
        units=400,
        unit="thousand_impressions",
        unit_price=Decimal("92.50"),
        spend=Decimal("37000.00"),
        basis="prior",
        source_url="javascript:alert(1)",
        price_source_url="",
        marginal_result_per_1000=None,
    ),
    replace(
        LINE,
        venue_id="fair",
        name="EuroCIS",
        kind="event",
        units=1,
        unit="booth",
        unit_price=Decimal(18500),
        spend=Decimal(18500),
        basis="prior",
        source_url="",
        marginal_result_per_1000=0.011,
    ),
    replace(
        LINE,
        venue_id="daily",
        name=TYPST,
        kind="newspaper",
        units=0,
        unit_price=None,
        spend=Decimal(0),
        in_plan=False,
        reason="Left out because it reaches nobody in the roles and places of this market.",
        reason_kind="reaches_nobody",
        marginal_result_per_1000=0.0,
    ),
)


PACKAGES = (
    PackageLine(
        package_id="duo",
        name=f"Title and fair {EVIL}",
        packages=2,
        units=(
            PackagedUnits("weekly", 2, Decimal("8401.00")),
            PackagedUnits("fair", 1, Decimal("18500.00")),
        ),
        package_price=Decimal("21000.50"),
        spend=Decimal("42001.00"),
        currency="EUR",
        in_plan=True,
        reason="Bought 2 times: each saves 5,900.50 EUR against its parts bought alone.",
        reason_kind="saves",
        source="Offer of May",
        source_url="https://weekly.example/offer",
        alone_price=Decimal("26901.00"),
    ),
    PackageLine(
        package_id="trio",
        name=FORMULA,
        packages=0,
        units=(PackagedUnits("network", 10), PackagedUnits("gone", 1)),
        package_price=Decimal(900),
        spend=Decimal("0.00"),
        currency="EUR",
        in_plan=False,
        reason="Left out because its parts cost 100 EUR less alone.",
        reason_kind="parts_cost_less",
        source="",
        source_url="javascript:alert(1)",
    ),
)


def packaged(plan: CampaignPlan) -> CampaignPlan:
    """Give the plan with packages, some units of its first line among them."""
    first, *rest = plan.venues.lines
    line = replace(first, packaged_units=4, packaged_spend=Decimal("13116.51"))
    return replace(plan, venues=replace(plan.venues, lines=(line, *rest), packages=PACKAGES))


TIMING = ResultTiming(
    weeks=tuple(
        WeekResult(
            date(2027, 1, 11) + timedelta(days=7 * week),
            Estimate(0.15, 0.05, 0.3),
            Estimate(0.15 * (week + 1), 0.05 * (week + 1), 0.3 * (week + 1)),
            is_after_period=week >= 24,
        )
        for week in range(27)
    ),
    later=Estimate(0.1634567890123, 0.01, 0.6),
    within_period=Estimate(3.6, 1.7, 6.9),
    after_period=Estimate(0.6134567890123, 0.2, 1.4),
    after_share=Estimate(0.1456, 0.08, 0.21),
    half_weeks=Estimate(18.2, 17.6, 19.3),
    most_weeks=Estimate(24.6, 22.8, 27.0),
    counts_approval=True,
    n_draws=200,
    lags=(
        VenueLag(
            "fair",
            Estimate(0.8, 0.5, 0.92),
            Estimate(1.0, 0.0, 3.0),
            Estimate(0.3, 0.1, 0.5),
            "prior",
            "What is assumed of such venues, a guess: no published number was found",
        ),
        VenueLag(
            "weekly",
            Estimate(0.6, 0.55, 0.65),
            Estimate(2.0, 1.5, 2.5),
            Estimate(0.0, 0.0, 0.0),
            "measured",
            "What campaigns showed (mix model)",
        ),
    ),
)


WEEKS = (
    WeekLine(date(2027, 1, 11), "weekly", 2, Decimal("8401.00")),
    WeekLine(date(2027, 1, 25), "weekly", 4, Decimal("16802.00")),
    WeekLine(date(2027, 5, 17), "fair", 1, Decimal("18500.00")),
    WeekLine(date(2027, 5, 17), "network", 400, Decimal("37000.00")),
)


@pytest.fixture(scope="session")
def plan() -> CampaignPlan:
    """Give a plan of 30 accounts, three roles and four venues; nothing in it was measured."""
    return build_plan(read_brief(BRIEF))


def build_plan(brief: Brief) -> CampaignPlan:
    house = build_house(brief)
    roles = tuple(part.role for part in brief.committee.roles)
    venues = [VenueRef(x.venue_id, x.name, VenueKind(x.kind)) for x in LINES if x.in_plan]
    return CampaignPlan(
        run_id="0f8fad5b-d9cb-469f-a165-70867728950e",
        made_at=datetime(2026, 11, 23, 9, 5, tzinfo=UTC),
        as_of=date(2026, 11, 23),
        package_version="0.1.0",
        lake_snapshot=7,
        seed=1,
        brief_name="gtx",
        brief_version=2,
        brief=brief,
        audience=_audience(roles),
        venues=_venues(roles),
        house=house,
        messages=write_messages(house, roles=roles, venues=venues),
        holdout=design_holdout(30, options=HoldoutOptions()),
        holdout_account_ids=("a4",),
        owners=(_owner("Female", "*"), _owner("*", "*"), _owner("Female", "Asian")),
        sources=tuple(
            SourceNote(path, f"How {path} was made.", ("account",))
            for path in (
                "brief",
                "audience",
                "audience.accounts",
                "venues",
                "venues.lines",
                "messages",
                "holdout",
                "owners",
            )
        ),
        cautions=("The won and lost deals carry no usable signal.", f"Beware of {EVIL}."),
    )


def _audience(roles: tuple[CommitteeRole, ...]) -> AudienceStudy:
    names = (EVIL, FORMULA, TYPST, "Société Générale d'Électricité", "Zoomit")
    accounts = tuple(
        AccountLine(
            account_id=f"a{place}",
            name=f"{names[place % 5]} {place}",
            country="FR" if place % 2 else "DE",
            segment="retail",
            relationship=Relationship.CLIENT if place % 3 else Relationship.PROSPECT,
            market_fit_share=1 - place / 60,
            win_share=None,
            value_weight=0.05 * (1 - place / 60),
            is_holdout=place == 4,
            roles_known=roles[place % 4 :],
            roles_missing=roles[: place % 4],
        )
        for place in range(30)
    )
    return AudienceStudy(
        selection=MarketSelection(
            n_accounts=41,
            n_market=34,
            steps=(
                MarketStep("suppressed", True, 0, 41, 0),  # noqa: FBT003  # a row of a table
                MarketStep("country", True, 7, 34, 2),  # noqa: FBT003  # the same
                MarketStep("region", False, 0, 34, 0),  # noqa: FBT003  # the same
            ),
            empty_columns=(),
            never_unmatched=(),
        ),
        fit=FitReport(
            usable=False,
            auc=Estimate(0.51, 0.47, 0.55, 0.95),
            log_loss=0.69,
            log_loss_constant=0.68,
            n_train=4698,
            n_test=2013,
            n_unused=12,
            split_on=date(2026, 3, 1),
            features=("kind",),
            leaks=("amount",),
            reason=FitReason(FitCode.LIKE_CHANCE),
            model=None,
        ),
        committees=CommitteeStudy(
            gaps=(
                RoleGap(roles[0], 1, 34, 5, 80),
                RoleGap(roles[1], 2, 34, 21, 14),
                RoleGap(roles[2], 3, 34, 0, 41),
            ),
            n_people=135,
            n_unread=9,
            n_generated=128,
            n_titles=60,
        ),
        accounts=accounts,
        n_accounts=34,
        n_unlisted=4,
        n_holdout=1,
        n_generated_contacts=128,
    )


def _venues(roles: tuple[CommitteeRole, ...]) -> VenuePlan:
    reach = (Estimate(0.72, 0.55, 0.84), Estimate(0.31, 0.12, 0.5), Estimate(0.045, 0.01, 0.11))
    return VenuePlan(
        lines=LINES,
        total_spend=sum((line.spend for line in LINES), Decimal(0)),
        budget=Decimal(120000),
        currency="EUR",
        objective="conversions",
        result_unit="weighted_accounts",
        result=Estimate(4.2134567890123, 2.01, 7.9),
        bound=4.55,
        gap_share=0.074,
        rule="every_level",
        exposures_needed=3,
        covered_accounts=Estimate(11.4, 6.2, 17.9),
        n_accounts=33,
        reach_by_role=tuple(
            RoleReach(role, share, Estimate(30 * share.value, 30 * share.low, 30 * share.high), 90)
            for role, share in zip(roles, reach, strict=True)
        ),
        reach_by_role_venue=tuple(
            RoleVenueReach(role, line.venue_id, reach[0])
            for line in LINES
            if line.in_plan
            for role in roles
        ),
        curve=tuple(_curve_point(n) for n in range(9)),
        n_starts=8,
        n_ends=3,
        n_draws=200,
        draws_note="Intervals hold 90 % of 200 draws (seed 1).",
        cautions=("Two of four venues rest on assumptions.",),
        seed=1,
        appetite_shape=0.7,
        weeks=WEEKS,
        timings=(
            LevelWindow(1, date(2027, 4, 2), date(2027, 6, 14), 21.4, 70.6, "assumed"),
            LevelWindow(2, date(2027, 4, 20), date(2027, 6, 20), 9.2, 32.0, "assumed"),
            LevelWindow(3, date(2027, 5, 16), date(2027, 6, 27), 0.0, 0.0, "assumed"),
        ),
        limits=(
            LimitLine("group", EVIL, Decimal("20000.00"), None, Decimal("25203.00")),
            LimitLine("group", "social", None, Decimal("40000.00"), Decimal("37000.00")),
            LimitLine("month", "2027-01", None, Decimal("30000.00"), Decimal("25203.00")),
            LimitLine("month", "2027-05", None, None, Decimal("55500.00")),
        ),
        timing=TIMING,
    )


def _curve_point(n: int) -> CurvePoint:
    result = 4.2134567890123 * n / 4
    return CurvePoint(Decimal(30000 * n), result, low=result * 0.8, high=result * 1.3)


def _owner(sex: str, race: str) -> OwnerShare:
    return OwnerShare(
        country="US",
        industry_code="*",
        industry="Total for all sectors",
        sex=sex,
        race=race,
        year=2015,
        firms=1100000,
        n_classifiable=5300000,
        share=1100000 / 5300000,
        source="Census",
        source_url="https://census.example/ase",
    )
