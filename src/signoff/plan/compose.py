"""Compose one campaign plan from what the domains find."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from signoff.audience import (
    AudienceStudy,
    list_market_account_ids,
    list_owners,
    select_market,
    study_audience,
)
from signoff.brief import Brief, brief_cautions
from signoff.measure import HoldoutDesign, HoldoutOptions, design_holdout, draw_holdout
from signoff.messages import MessageHouse, MessagePlan, VenueRef, build_house, write_messages
from signoff.plan.campaign import CampaignPlan
from signoff.plan.cautions import list_cautions
from signoff.plan.sources import list_sources
from signoff.plan.timings import list_timings
from signoff.store.engines import Engine
from signoff.units import VenueKind
from signoff.venues import VenuePlan, list_facts, plan_facts, study_venues

__all__ = ["PlanInputs", "Progress", "compose_plan", "define_market"]

Progress = Callable[[str, int, int], None]
STEPS = ("market", "committees", "venues", "messages", "measurement")


@dataclass(frozen=True)
class PlanInputs:
    """What a plan is made from, besides the tables; a run record keeps all of it.

    Attributes:
        run_id: The run.
        made_at: When it was asked for, in UTC.
        as_of: The day that counts as today.
        seed: Seed of all chance.
        package_version: Version of Signoff.
        lake_snapshot: Snapshot of the lake that the engine reads.
        brief_name: Name of the brief among the documents.
        brief_version: Its version.
        brief: The brief.
        suppressed_account_ids: Accounts that the suppression ledger blocks.
    """

    run_id: str
    made_at: datetime
    as_of: date
    seed: int
    package_version: str
    lake_snapshot: int
    brief_name: str
    brief_version: int
    brief: Brief
    suppressed_account_ids: tuple[str, ...]


def compose_plan(
    engine: Engine, inputs: PlanInputs, *, on_progress: Progress | None = None
) -> CampaignPlan:
    """Make the plan: the same inputs on the same snapshot give the same plan to the last digit.

    Args:
        engine: Runs statements over the snapshot.
        inputs: Everything else that the plan rests on.
        on_progress: Told the name of each step, its number and how many there are.

    Returns:
        The plan, not yet stored.

    Raises:
        DataError: tables lack what the brief asks for; all faults at once.
        BriefError: the brief cannot be met, for instance a budget below every minimum.

    Call `make_plan` to make and keep a plan; call this with the inputs that a run recorded:
    `compose_plan(engine, recorded_inputs(workspace, run_id=run_id))`.
    """
    tell = on_progress or (lambda _step, _done, _total: None)
    brief = inputs.brief
    tell("market", 0, len(STEPS))
    held_out, holdout = _hold_out(engine, inputs)
    tell("committees", 1, len(STEPS))
    audience = _study(engine, inputs, held_out=held_out)
    tell("venues", 2, len(STEPS))
    facts = list_facts(engine, brief=brief, as_of=inputs.as_of)
    timings = list_timings(engine, brief=brief, today=inputs.as_of)
    venues = plan_facts(facts, brief=brief, seed=inputs.seed, timings=timings).plan
    study = study_venues(engine, facts, brief=brief, plan=venues, as_of=inputs.as_of)
    tell("messages", 3, len(STEPS))
    house = build_house(brief)
    messages = _write_messages(brief, venues, house=house)
    tell("measurement", 4, len(STEPS))
    owners = list_owners(engine, countries=brief.market.countries)
    return CampaignPlan(
        run_id=inputs.run_id,
        made_at=inputs.made_at,
        as_of=inputs.as_of,
        package_version=inputs.package_version,
        lake_snapshot=inputs.lake_snapshot,
        seed=inputs.seed,
        brief_name=inputs.brief_name,
        brief_version=inputs.brief_version,
        brief=brief,
        audience=audience,
        venues=venues,
        house=house,
        messages=messages,
        holdout=holdout,
        holdout_account_ids=held_out,
        owners=owners,
        sources=list_sources(
            brief_name=inputs.brief_name,
            brief_version=inputs.brief_version,
            lake_snapshot=inputs.lake_snapshot,
        ),
        cautions=(
            *list_cautions(
                audience=audience, venues=venues, holdout=holdout, language=brief.language
            ),
            *brief_cautions(brief, today=inputs.as_of),
        ),
        study=study,
    )


def define_market(engine: Engine, inputs: PlanInputs) -> AudienceStudy:
    """Leave in the engine the accounts and committees that a plan is for, its holdout marked.

    Args:
        engine: Runs statements over the snapshot.
        inputs: What the plan is made from.

    Returns:
        The study of the audience, as it stands in the plan.
    """
    held_out, _ = _hold_out(engine, inputs)
    return _study(engine, inputs, held_out=held_out)


def _study(engine: Engine, inputs: PlanInputs, *, held_out: tuple[str, ...]) -> AudienceStudy:
    return study_audience(
        engine,
        brief=inputs.brief,
        suppressed_account_ids=inputs.suppressed_account_ids,
        holdout_account_ids=held_out,
        today=inputs.as_of,
        rng=np.random.default_rng([inputs.seed, 1]),
    )


def _hold_out(engine: Engine, inputs: PlanInputs) -> tuple[tuple[str, ...], HoldoutDesign]:
    """Draw the accounts that get no advertising, before anything else is decided."""
    brief, wanted = inputs.brief, inputs.brief.measurement
    select_market(
        engine,
        market=brief.market,
        never=brief.never_contact,
        suppressed_account_ids=inputs.suppressed_account_ids,
    )
    account_ids = list_market_account_ids(engine)
    design = design_holdout(
        len(account_ids),
        options=HoldoutOptions(
            holdout_share=wanted.holdout_share,
            alpha=wanted.alpha,
            power=wanted.power,
            baseline_share=wanted.baseline_share,
        ),
    )
    rng = np.random.default_rng([inputs.seed, 0])
    return draw_holdout(account_ids, n_holdout=design.n_holdout, rng=rng), design


def _write_messages(brief: Brief, venues: VenuePlan, *, house: MessageHouse) -> MessagePlan:
    """Write one message for each role and each venue of the plan."""
    bought = [
        VenueRef(venue_id=line.venue_id, name=line.name, kind=VenueKind(line.kind))
        for line in venues.lines
        if line.in_plan
    ]
    roles = [wanted.role for wanted in brief.committee.roles]
    return write_messages(house, roles=roles, venues=bought, language=brief.language)
