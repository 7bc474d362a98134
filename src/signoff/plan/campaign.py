"""The campaign plan: everything that was decided, with where each number comes from."""

from dataclasses import dataclass
from datetime import date, datetime

from pydantic import TypeAdapter, ValidationError

from signoff.audience import AudienceStudy, OwnerShare
from signoff.brief import Brief
from signoff.errors import DataError
from signoff.measure import HoldoutDesign
from signoff.messages import MessageHouse, MessagePlan
from signoff.venues import VenuePlan, VenueStudy

__all__ = ["CampaignPlan", "SourceNote", "read_plan", "write_plan"]


@dataclass(frozen=True)
class SourceNote:
    """Where the numbers below one path of the plan come from.

    Attributes:
        path: Path in the plan ("venues.lines"); it covers all that begins with it.
        text: How the numbers were made, in words.
        tables: Tables of the lake, or documents, that they were made from.
    """

    path: str
    text: str
    tables: tuple[str, ...] = ()


@dataclass(frozen=True)
class CampaignPlan:
    """One plan: which accounts and roles, where, for how much, with what words, and the proof.

    Attributes:
        run_id: The run that made it.
        made_at: When, in UTC.
        as_of: The day that counts as today.
        package_version: Version of Signoff.
        lake_snapshot: Snapshot of the lake that it was made from.
        seed: Seed of all chance in it.
        brief_name: Name of the brief among the documents.
        brief_version: Version of the brief.
        brief: The brief.
        audience: Accounts, committees, gaps, fit.
        venues: Budget plan with reach and result.
        house: What there is to say to each role.
        messages: One message per role and venue.
        holdout: How success will be measured.
        holdout_account_ids: Accounts left out of all advertising.
        owners: Who owns firms of the market, where counts are at hand.
        sources: Where each number comes from.
        cautions: What a reader must know before believing it.
        study: What limits cost, what to learn next, whether the plan beats the present; None in
            plans of an earlier Signoff.
    """

    run_id: str
    made_at: datetime
    as_of: date
    package_version: str
    lake_snapshot: int
    seed: int
    brief_name: str
    brief_version: int
    brief: Brief
    audience: AudienceStudy
    venues: VenuePlan
    house: MessageHouse
    messages: MessagePlan
    holdout: HoldoutDesign
    holdout_account_ids: tuple[str, ...]
    owners: tuple[OwnerShare, ...]
    sources: tuple[SourceNote, ...]
    cautions: tuple[str, ...]
    study: VenueStudy | None = None


def write_plan(plan: CampaignPlan) -> str:
    """Give a plan as JSON; every number keeps all its digits.

    Args:
        plan: The plan.

    Returns:
        JSON text that `read_plan` turns into an equal plan.

    Call it with a kept plan: `write_plan(load_plan(workspace))`.
    """
    return _adapter().dump_json(plan).decode()


def read_plan(text: str) -> CampaignPlan:
    """Read a plan from JSON.

    Args:
        text: What `write_plan` gave.

    Returns:
        A plan equal to the written one, to the last digit.

    Raises:
        DataError: the text holds no plan of this version.

    >>> read_plan("{}")
    Traceback (most recent call last):
    signoff.errors.DataError: the text holds no plan. Why: ...
    """
    try:
        return _adapter().validate_json(text)
    except ValidationError as error:
        raise DataError(
            "the text holds no plan",
            why=f"{error.error_count()} of its parts are missing or of another kind",
            fix="make the plan anew: signoff plan",
        ) from error


def _adapter() -> TypeAdapter[CampaignPlan]:
    return TypeAdapter(CampaignPlan)
