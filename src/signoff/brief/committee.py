"""Who has to sign: the roles of the buying committee and the rule by which they decide."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from signoff.brief.section import Amount, Section
from signoff.units import CommitteeRole, Function, Level

__all__ = ["ApprovalRule", "BuyingRole", "Committee"]


class ApprovalRule(StrEnum):
    """How reached roles add up to a purchase."""

    ANY = "any"
    MEAN = "mean"
    EVERY_LEVEL = "every_level"
    QUORUM = "quorum"
    UPLIFT = "uplift"


class BuyingRole(Section):
    """One role of the committee."""

    role: CommitteeRole
    """Part played in the purchase."""
    functions: tuple[Function, ...] = ()
    """Departments where it is found; empty for any."""
    levels: tuple[Level, ...] = ()
    """Levels where it is found; empty for any."""
    approval_level: Annotated[int, Field(ge=1, le=9)] = 1
    """Step of approval at which it speaks, 1 first."""
    people_expected: Annotated[int, Field(ge=1, le=1000)] = 1
    """People of an account who play it, assumed where none is known."""
    amount_above: Amount | None = None
    """Amount of a purchase above which it has to sign, in the brief's currency; empty when it
    takes part in every purchase."""
    uplift: Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)] = 0.0
    """How much likelier approval becomes once it is reached, as a share of what the chance was:
    0.5 makes it half as likely again. Counts under the rule uplift alone."""


class Committee(Section):
    """Who has to sign, by which rule, over how long."""

    approval_rule: ApprovalRule
    """any: one reached role is enough; mean: each reached role adds its part; every_level: every
    level of approval must be reached; quorum: as many roles as quorum_roles must be reached;
    uplift: each reached role makes approval likelier, from base_share on."""
    quorum_roles: Annotated[int, Field(ge=1, le=7)] | None = None
    """Fewest roles that must be reached under the rule quorum, which needs it."""
    base_share: Annotated[float, Field(gt=0, lt=1, allow_inf_nan=False)] | None = None
    """Chance of approval without any reached role, under the rule uplift, which needs it. What a
    plan counts there is what reached roles add to it."""
    purchase_months: Annotated[float, Field(gt=0, le=120, allow_inf_nan=False)]
    """Length of the purchase in months, from first interest to signature."""
    exposures_needed: Annotated[int, Field(ge=1, le=50)] = 3
    """Exposures within the period that make a person count as reached. The default is an
    assumption (Krugman 1972, "Why three exposures may be enough")."""
    roles: Annotated[tuple[BuyingRole, ...], Field(min_length=1)]
    """The roles, each once."""
