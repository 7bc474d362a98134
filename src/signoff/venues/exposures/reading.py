"""A problem read from its file: TOML or JSON, with tables beside it."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from signoff.brief import find_model_faults
from signoff.brief.syntax import parse_toml
from signoff.errors import BriefError, Fault
from signoff.stats.frailty import gamma_points
from signoff.stats.reach import Array
from signoff.venues.exposures.approval import Approval, own_levels
from signoff.venues.exposures.dense import from_arrays, is_dense
from signoff.venues.exposures.file_model import ProblemFile, VenuePart
from signoff.venues.exposures.file_tables import Columns, columns_of, with_tables
from signoff.venues.exposures.market import Market, read_market
from signoff.venues.exposures.merging import merge_cells
from signoff.venues.exposures.offers import available_units, list_options, read_limits
from signoff.venues.exposures.problem import Appetite, ExposureProblem
from signoff.venues.solver.problem import VenueOption

__all__ = ["FileProblem", "read_problem"]

_N_APPETITES = 5


@dataclass(frozen=True, eq=False)
class FileProblem:
    """A problem with what its file says besides.

    Attributes:
        problem: The problem; cells that are alike are one there.
        file: The file as read.
        venues: Names of the venues, in the problem's order.
        roles: Names of the roles, in the problem's order.
        n_accounts: Accounts by cell.
        cells: Names of the cells.
        present: Units of the present plan; empty: none is given.
        idle_segments: Segments of the exposures that no cell has.
        n_unmet: Cells in which nobody of a role is met by any venue, by role.
    """

    problem: ExposureProblem
    file: ProblemFile
    venues: tuple[str, ...]
    roles: tuple[str, ...]
    n_accounts: Array
    cells: tuple[str, ...]
    present: Array
    idle_segments: tuple[str, ...] = ()
    n_unmet: tuple[int, ...] = ()

    @property
    def options(self) -> tuple[VenueOption, ...]:
        """What can be bought."""
        return self.problem.options


def read_problem(path: Path, *, overrides: Mapping[str, Any] | None = None) -> FileProblem:
    """Read a planning problem.

    Args:
        path: TOML or JSON.
        overrides: Values of its part money that stand instead of the file's.

    Returns:
        The problem.

    Raises:
        BriefError: the file cannot be read, or with all that is wrong with it at once.
        DataError: a table beside it cannot be used.
    """
    data = _overridden(_parsed(path), overrides or {}, path=path)
    arrays: tuple[Array, Array, Array] | None = None
    if is_dense(data):
        data = from_arrays(data)
        arrays = data.pop("arrays")
    data, large = with_tables(data, folder=path.parent)
    faults = find_model_faults(data, model=ProblemFile)
    if faults:
        raise _faulty(path, list(faults))
    file = ProblemFile.model_validate(data)
    return _build(path, file, large=large, arrays=arrays)


def _overridden(
    data: dict[str, Any], overrides: Mapping[str, Any], *, path: Path
) -> dict[str, Any]:
    """Put other money in the place of the file's."""
    money = data.get("money", {})
    if not overrides or not isinstance(money, Mapping):
        return data
    given = {name: value for name, value in overrides.items() if name != "budget_share"}
    changed = {**data, "money": {**money, **given}}
    if "budget_share" in overrides:
        if not is_dense(data) or data.get("budget_all") is None:
            raise BriefError(
                f"the problem {path.name} has no budget_all",
                why="a share of the budget is a share of the money that buys everything, which "
                "files written as arrays name budget_all",
                fix="give a budget instead",
                where="budget_all",
            )
        changed = {**changed, "budget": None, "budget_share": overrides["budget_share"]}
        changed["money"].pop("budget", None)
    return changed


def _build(
    path: Path,
    file: ProblemFile,
    *,
    large: list[Columns],
    arrays: tuple[Array, Array, Array] | None,
) -> FileProblem:
    faults: list[Fault] = []
    market = _market(file, large, arrays, faults)
    roles = market.roles
    approval = _approval(file, roles, faults)
    options = list_options(file, faults)
    limits = read_limits(file, options, faults)
    draws = _draws(file, faults)
    if not any(fault.where.startswith(("cells", "exposures")) for fault in faults):
        faults += _reach_faults(market, options, approval)
    if file.cash and (file.period is None or not file.money.whole_units):
        faults.append(
            Fault(
                "money is limited by month, and there is no period, or units may be broken",
                "units are placed in the weeks of a period, as whole ones",
                "write [period] and whole_units = true, or drop [[cash]]",
                "cash",
            )
        )
    if faults:
        raise _faulty(path, faults)
    whole = ExposureProblem(
        weight=market.weight,
        people=market.people,
        segment=market.segment,
        exposure=market.exposure,
        approval=approval,
        exposures_needed=file.approval.exposures_needed,
        options=options,
        limits=limits,
        is_whole=file.money.whole_units,
        caps=_caps(file),
        appetite=_appetite(file),
        draws=draws,
        draw_share=file.caution.share,
    )
    met = (market.exposure.max(axis=2) > 0)[market.segment]
    present = [venue.present_units for venue in file.venues]
    return FileProblem(
        problem=merge_cells(whole),
        file=file,
        venues=tuple(venue.venue for venue in file.venues),
        roles=roles,
        n_accounts=market.n_accounts,
        cells=market.cells,
        present=np.array([n or 0.0 for n in present])
        if any(n is not None for n in present)
        else np.empty(0),
        idle_segments=market.idle_segments,
        n_unmet=tuple(((market.people > 0) & ~met).sum(axis=0).tolist()),
    )


def _parsed(path: Path) -> dict[str, Any]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BriefError(
            f"the problem {path} cannot be read",
            why=error.strerror or str(error),
            fix="give the path of a TOML or JSON file",
        ) from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BriefError(
            f"the problem {path.name} is not a text in UTF-8",
            why=f"its byte {error.start} belongs to no letter",
            fix="save it as UTF-8",
        ) from error
    if path.suffix.lower() != ".json":
        parsed = parse_toml(text)
        if parsed.faults:
            raise _faulty(path, list(parsed.faults))
        return dict(parsed.data)
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise BriefError(
            f"the problem {path.name} is no JSON",
            why=f"line {error.lineno}, column {error.colno}: {error.msg}",
            fix="mend it there",
        ) from error
    if not isinstance(data, dict):
        raise BriefError(
            f"the problem {path.name} holds no object",
            why="its parts have names",
            fix="write an object with the parts approval, money, venues, cells and exposures",
        )
    return data


def _market(
    file: ProblemFile,
    large: list[Columns],
    arrays: tuple[Array, Array, Array] | None,
    faults: list[Fault],
) -> Market:
    venues = [venue.venue for venue in file.venues]
    roles = [role.role for role in file.roles]
    if arrays is not None:
        exposure, weight, people = arrays
        cells = tuple(str(number) for number in range(1, len(weight) + 1))
        places = np.arange(len(weight), dtype=np.int64)
        return Market(tuple(roles), cells, weight, np.ones_like(weight), people, places, exposure)
    tables = {columns.table: columns for columns in large}
    faults += _double_faults(file, tables)
    if file.cells:
        rows = [
            part.model_dump(exclude={"people"})
            | {f"people_{role}": n for role, n in part.people.items()}
            for part in file.cells
        ]
        tables.setdefault("cells", columns_of("cells", rows))
    if file.exposures:
        rows = [part.model_dump() for part in file.exposures]
        tables.setdefault("exposures", columns_of("exposures", rows))
    return read_market(
        tables.get("cells"), tables.get("exposures"), venues=venues, roles=roles, faults=faults
    )


def _double_faults(file: ProblemFile, tables: Mapping[str, Columns]) -> list[Fault]:
    return [
        Fault(
            f"the table {table} stands both in the problem and in a file of its own",
            "only one of the two could count",
            "put all its rows in one place",
            f"tables.{table}",
        )
        for table, rows in (("cells", file.cells), ("exposures", file.exposures))
        if rows and table in tables
    ]


def _approval(file: ProblemFile, roles: tuple[str, ...], faults: list[Fault]) -> Approval:
    part, by_name = file.approval, {role.role: role for role in file.roles}
    levels = [by_name[role].level if role in by_name else None for role in roles]
    missing = [role for role, level in zip(roles, levels, strict=True) if level is None]
    if part.rule == "every_level" and missing and len(missing) < len(levels):
        faults.append(
            Fault(
                f"{', '.join(missing)}: no level is given",
                "either every role names its level, or none does and each is a level of its own",
                "give each role its level",
                "roles.level",
            )
        )
    approval = Approval(
        rule=part.rule,
        quorum=part.quorum or 0,
        levels=own_levels(len(roles)) if missing else tuple(n for n in levels if n is not None),
        base_share=part.base_share or 0.0,
        lifts=tuple((by_name[role].lift or 0.0) if role in by_name else 0.0 for role in roles),
    )
    faults += approval.faults(n_roles=len(roles)) if roles else []
    return approval


def _caps(file: ProblemFile) -> Array:
    if file.money.whole_units:
        return np.empty(0)
    return np.array([_cap(file, venue) for venue in file.venues])


def _cap(file: ProblemFile, venue: VenuePart) -> float:
    available = available_units(file, venue)
    most = None if available is None else available.most_units
    if venue.exclude:
        return 0.0
    return min(np.inf if n is None else float(n) for n in (venue.maximum, most))


def _appetite(file: ProblemFile) -> Appetite:
    shape = file.approval.appetite_shape
    if shape is None:
        return Appetite(np.ones(1), np.ones(1))
    factor, weight = gamma_points(shape, n_points=_N_APPETITES)
    return Appetite(factor, weight)


def _draws(file: ProblemFile, faults: list[Fault]) -> Array:
    """Give factors by draw and venue; a venue without one in a draw keeps its exposures."""
    names = {venue.venue: place for place, venue in enumerate(file.venues)}
    unknown = sorted({part.venue for part in file.draws} - set(names))
    if unknown:
        faults.append(
            Fault(
                f"draws name no venue of the problem: {', '.join(unknown[:8])}",
                "a factor belongs to the exposures of one venue",
                f"use the names of the venues: {', '.join(list(names)[:8])}",
                "draws.venue",
            )
        )
        return np.empty((0, 0))
    faults += [
        Fault(
            f"draw {draw} has {count} factors for {venue}",
            "only one of them could count",
            "keep one",
            "draws",
        )
        for (draw, venue), count in Counter((p.draw, p.venue) for p in file.draws).items()
        if count > 1
    ]
    numbers = sorted({part.draw for part in file.draws})
    place = {number: row for row, number in enumerate(numbers)}
    factors = np.ones((len(numbers), len(names)))
    for part in file.draws:
        factors[place[part.draw], names[part.venue]] = part.factor
    return factors if numbers else np.empty((0, 0))


def _reach_faults(
    market: Market, options: tuple[VenueOption, ...], approval: Approval
) -> list[Fault]:
    """Find roles that no venue reaches, before anything is solved."""
    if not len(market.roles) or market.exposure.shape[2] != len(options):
        return []
    usable = np.array([option.is_open or option.fixed_units > 0 for option in options])
    held = market.people > 0
    by_segment = np.asarray(market.exposure @ usable.astype(np.float64))
    met = by_segment[market.segment] > 0
    reached = np.asarray((held & met).any(axis=0))
    parts = approval.level_rows if approval.rule == "every_level" else [[*range(len(reached))]]
    if approval.rule == "quorum" and int(reached.sum()) < approval.quorum:
        parts = [[int(role)] for role in np.flatnonzero(~reached)]
    elif approval.rule == "quorum" and (held & met).sum(axis=1).max() < approval.quorum:
        return [_small_committees(approval)]
    return [
        Fault(
            "no venue reaches the role " + " or ".join(market.roles[role] for role in part),
            "without it no account can count, whatever is bought",
            "add exposures of a venue that may be bought, or change the roles or the rule",
            "exposures",
        )
        for part in parts
        if held[:, part].any() and not reached[part].any()
    ]


def _small_committees(approval: Approval) -> Fault:
    return Fault(
        f"no account has {approval.quorum} roles that a venue reaches",
        "an account with fewer roles than the quorum is never covered",
        "lower the quorum, or add people or exposures",
        "approval.quorum",
    )


def _faulty(path: Path, faults: list[Fault]) -> BriefError:
    count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
    return BriefError(
        f"{count} in the problem {path.name}",
        why="no plan can be made from it",
        fix="mend the entries below",
        faults=faults,
    )
