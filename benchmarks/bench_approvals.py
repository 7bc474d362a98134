"""Try time to yes on two public approval logs: a later period of each, and each on the other.

Usage: python benchmarks/bench_approvals.py [FOLDER]

FOLDER, by default that of SIGNOFF_DATA, holds DomesticDeclarations.csv.gz and PermitLog.csv.gz
(BPI Challenge 2020, TU Eindhoven, doi:10.4121/uuid:52fb97d4-4588-43c9-9d04-3604d4613b51), with the
columns case, act, t, role.

The 70 % of the requests of a log that began first are learned from. The measure is the mean
absolute error of log days, never below a minute, against the median of the same group (number of
levels; level and role); nine in ten of the times shall lie in the interval.
"""

import gzip
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from signoff.audience.timing.durations import DurationStudy, study_durations
from signoff.audience.timing.forecast import Awaited, find_group, predict_days
from signoff.audience.timing.log import ApprovalLog, make_approval_log, read_approval_log
from signoff.audience.timing.model import SHORTEST_DAYS
from signoff.audience.timing.spells import Ending, Spell, list_spells

DATA = Path(os.environ.get("SIGNOFF_DATA", Path(__file__).parents[2] / "shared/data"))
LEARN_SHARE = 0.7
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def read(path: Path) -> ApprovalLog:
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "log.csv"
        plain.write_bytes(gzip.decompress(path.read_bytes()))
        return read_approval_log(plain, now=NOW)


def only(log: ApprovalLog, document: str) -> ApprovalLog:
    """Give the steps of one document alone, with the payments that end it."""
    wanted = ("", document)
    kept = [e for e in log.events if log.activities[e.activity].document in wanted]
    return replace(log, events=tuple(kept))


def split(log: ApprovalLog) -> tuple[ApprovalLog, ApprovalLog]:
    """Give the cases that began first, and the later ones."""
    began: dict[str, datetime] = {}
    for event in log.events:
        began[event.case] = min(event.at, began.get(event.case, event.at))
    cases = sorted(began, key=lambda case: (began[case], case))
    first = set(cases[: int(LEARN_SHARE * len(cases))])
    earlier = [event for event in log.events if event.case in first]
    later = [event for event in log.events if event.case not in first]
    return make_approval_log(earlier, now=NOW), make_approval_log(later, now=NOW)


def judge(name: str, study: DurationStudy, spells: Sequence[Spell], kind: str) -> None:
    spells = [spell for spell in spells if spell.ending is Ending.APPROVED]
    awaited = [Awaited(s.started_at, kind, s.document, s.level, s.role) for s in spells]
    median = np.array([group_median(study, one) for one in awaited])
    found = predict_days(study, awaited)
    days = np.maximum([spell.days for spell in spells], SHORTEST_DAYS)
    error = np.abs(np.log(days) - np.log([one.value for one in found])).mean()
    plain = np.abs(np.log(days) - np.log(np.maximum(median, SHORTEST_DAYS))).mean()
    held = np.mean([one.low <= day <= one.high for one, day in zip(found, days, strict=True)])
    print(f"{name:42s} n {len(days):6,}  medians {plain:.3f}  ours {error:.3f}  held {held:.3f}")


MEDIANS: dict[tuple[int, object], float] = {}


def group_median(study: DurationStudy, awaited: Awaited) -> float:
    """Give the plain median of the approved times of the group, the one to beat."""
    return MEDIANS[id(study), find_group(study, awaited).key]


def learn(log: ApprovalLog) -> DurationStudy:
    study, spells = study_durations(log), list_spells(log)
    for key in study.groups:
        alike = spells.requests if key.kind == "request" else spells.levels
        days = [
            s.days
            for s in alike
            if s.ending is Ending.APPROVED
            and s.document == key.document
            and key.level in (0, s.level)
            and (key.role in ("", s.role))
        ]
        if days:
            MEDIANS[id(study), key] = float(np.median(days))
    return study


def main(folder: Path) -> None:
    declarations = read(folder / "DomesticDeclarations.csv.gz")
    permits = read(folder / "PermitLog.csv.gz")
    logs = {
        "declarations": declarations,
        "permit log, its declarations": only(permits, "declaration"),
        "permit log, its permits": only(permits, "permit"),
    }
    for kind in ("request", "role"):
        print(f"{kind}: mean absolute error of log days; share within the 90 % interval")
        for name, log in logs.items():
            earlier, later = split(log)
            spells = list_spells(later)
            judge(
                f"{name}, later",
                learn(earlier),
                spells.requests if kind == "request" else spells.levels,
                kind,
            )
        for name in list(logs)[1:]:
            for one, other in (("declarations", name), (name, "declarations")):
                spells = list_spells(logs[other])
                judge(
                    f"{one[:18]} on {other}"[:42],
                    learn(logs[one]),
                    spells.requests if kind == "request" else spells.levels,
                    kind,
                )


if __name__ == "__main__":
    folders = [Path(argument) for argument in sys.argv[1:] if not argument.startswith("--")]
    main(folders[0] if folders else DATA / "approvals")
