"""Time to yes: how long approval takes at each level, and when to address whom."""

from signoff.audience.timing.approvals import fit_approvals
from signoff.audience.timing.durations import (
    DurationGroup,
    DurationStudy,
    GroupKey,
    LevelCount,
    study_durations,
)
from signoff.audience.timing.forecast import Awaited, predict_days
from signoff.audience.timing.log import (
    ApprovalEvent,
    ApprovalLog,
    make_approval_log,
    read_approval_log,
)
from signoff.audience.timing.schedule import (
    AddressPlan,
    AddressTime,
    LevelTime,
    level_times,
    prior_durations,
    when_to_address,
)
from signoff.audience.timing.stages import StageStudy, StageTime, TraitEffect, fit_stages

__all__ = [
    "AddressPlan",
    "AddressTime",
    "ApprovalEvent",
    "ApprovalLog",
    "Awaited",
    "DurationGroup",
    "DurationStudy",
    "GroupKey",
    "LevelCount",
    "LevelTime",
    "StageStudy",
    "StageTime",
    "TraitEffect",
    "fit_approvals",
    "fit_stages",
    "level_times",
    "make_approval_log",
    "predict_days",
    "prior_durations",
    "read_approval_log",
    "study_durations",
    "when_to_address",
]
