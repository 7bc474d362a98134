"""A fitted plan of venues as bytes: arrays of numbers and a heading in JSON, nothing that runs."""

import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np
from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass

from signoff.errors import DataError
from signoff.results import Estimate
from signoff.stats.reach import Array
from signoff.units import CommitteeRole
from signoff.venues.budgets.fitted import DrawPoints, FittedVenues, PlanStand
from signoff.venues.budgets.rungs import Rung
from signoff.venues.market.cells import MarketCells
from signoff.venues.solver.problem import VenueOption
from signoff.venues.solver.tangent import Tangent

__all__ = ["FORMAT_VERSION", "pack_cells", "pack_venues", "unpack_cells", "unpack_venues"]

FORMAT_VERSION = 1
_ANY_BUDGET = -1
_BROKEN = (ValueError, KeyError, TypeError, EOFError, OSError, zipfile.BadZipFile, zlib.error)


@dataclass(frozen=True)
class _Heading:
    """Everything but the arrays."""

    format_version: int
    currency: str
    objective: str
    result_unit: str
    roles: tuple[CommitteeRole, ...]
    n_accounts: int
    options: tuple[VenueOption, ...]
    ceiling: float
    seed: int
    place: int
    budget_cents: int
    result: Estimate
    covered_accounts: Estimate
    role_reach: tuple[Estimate, ...]
    bound: float
    offers: tuple[VenueOption, ...] = ()


def pack_venues(fitted: FittedVenues) -> bytes:
    """Give a fitted plan as bytes, so that one process fits and others answer.

    Args:
        fitted: The fitted plan.

    Returns:
        A zip of NumPy arrays and a heading in JSON; no account, name or address is in it.

    >>> from signoff.venues.sample import sample_fitted
    >>> packed = pack_venues(sample_fitted())
    >>> unpack_venues(packed).highest_budget
    Decimal('150000.00')
    """
    plan, out = fitted.plan, io.BytesIO()
    heading = _Heading(
        format_version=FORMAT_VERSION,
        currency=fitted.currency,
        objective=fitted.objective,
        result_unit=fitted.result_unit,
        roles=fitted.roles,
        n_accounts=fitted.n_accounts,
        options=fitted.options,
        ceiling=fitted.ceiling,
        seed=fitted.seed,
        offers=fitted.offers,
        place=plan.place,
        budget_cents=plan.budget_cents,
        result=plan.result,
        covered_accounts=plan.covered_accounts,
        role_reach=plan.role_reach,
        bound=plan.bound,
    )
    text = TypeAdapter(_Heading).dump_json(heading)
    np.savez_compressed(
        out, allow_pickle=False, heading=np.frombuffer(text, dtype=np.uint8), **_arrays(fitted)
    )
    return out.getvalue()


def unpack_venues(packed: bytes) -> FittedVenues:
    """Give a fitted plan back from its bytes.

    Args:
        packed: What `pack_venues` gave.

    Returns:
        A fitted plan that answers as the packed one, to the last digit.

    Raises:
        DataError: the bytes hold no fitted plan of this version.

    >>> unpack_venues(b"")
    Traceback (most recent call last):
    signoff.errors.DataError: the bytes hold no fitted plan. Why: ...
    """
    try:
        with np.load(io.BytesIO(packed), allow_pickle=False) as parts:
            arrays = {name: parts[name] for name in parts.files}
        text = arrays.pop("heading").tobytes()
        version = json.loads(text)["format_version"]
        if version != FORMAT_VERSION:
            raise _lost(f"they are of version {version}, this Signoff reads {FORMAT_VERSION}")
        return _fitted(TypeAdapter(_Heading).validate_json(text), arrays)
    except _BROKEN as error:
        raise _lost("they are cut short, or something else") from error


def pack_cells(cells: MarketCells) -> bytes:
    """Give the cells of a market as bytes, so that a change of money asks no table again.

    Args:
        cells: Accounts by country, industry and committee.

    Returns:
        A zip of NumPy arrays: counts alone.

    >>> cells = MarketCells((("FR", "62"),), *np.ones((4, 1), dtype=np.int64))
    >>> unpack_cells(pack_cells(cells)).groups
    (('FR', '62'),)
    """
    out = io.BytesIO()
    np.savez_compressed(
        out,
        allow_pickle=False,
        heading=np.frombuffer(json.dumps(cells.groups).encode(), dtype=np.uint8),
        group=cells.group,
        people=cells.people,
        weight_billionths=cells.weight_billionths,
        n_accounts=cells.n_accounts,
        drawn=np.array([cells.drawn_share, cells.error_share]),
    )
    return out.getvalue()


def unpack_cells(packed: bytes) -> MarketCells:
    """Give the cells of a market back from their bytes.

    Args:
        packed: What `pack_cells` gave.

    Returns:
        The cells.

    Raises:
        DataError: the bytes hold no cells.

    >>> unpack_cells(b"")
    Traceback (most recent call last):
    signoff.errors.DataError: the bytes hold no cells of a market. Why: ...
    """
    try:
        with np.load(io.BytesIO(packed), allow_pickle=False) as parts:
            arrays = {name: parts[name] for name in parts.files}
        groups = json.loads(arrays.pop("heading").tobytes())
        drawn_share, error_share = arrays.pop("drawn", np.zeros(2)).tolist()
        return MarketCells(
            groups=tuple((str(c), str(s)) for c, s in groups),
            drawn_share=drawn_share,
            error_share=error_share,
            **arrays,
        )
    except _BROKEN as error:
        raise _lost("they are cut short, or something else", what="cells of a market") from error


def _lost(why: str, *, what: str = "fitted plan") -> DataError:
    return DataError(f"the bytes hold no {what}", why=why, fix="fit the plan again")


def _arrays(fitted: FittedVenues) -> dict[str, Array]:
    rungs, tangents = fitted.rungs, fitted.tangents
    holds = [_ANY_BUDGET if t.holds_to_cents is None else t.holds_to_cents for t in tangents]
    return {
        "units": np.stack([rung.units for rung in rungs]),
        "money": np.array([(rung.cost_cents, rung.from_cents) for rung in rungs]),
        "totals": fitted.totals,
        "draw_cents": fitted.draws.from_cents,
        "draw_ratio": fitted.draws.ratio,
        "constants": np.array([tangent.constant for tangent in tangents]),
        "slopes": np.stack([tangent.slopes for tangent in tangents]),
        "holds": np.array(holds),
    }


def _fitted(heading: _Heading, arrays: Mapping[str, Any]) -> FittedVenues:
    rungs = [
        Rung(units, int(cost), int(start), float(totals[0]))
        for units, (cost, start), totals in zip(
            arrays["units"], arrays["money"], arrays["totals"], strict=True
        )
    ]
    tangents = [
        Tangent(float(constant), slopes, None if holds == _ANY_BUDGET else int(holds))
        for constant, slopes, holds in zip(
            arrays["constants"], arrays["slopes"], arrays["holds"], strict=True
        )
    ]
    return FittedVenues(
        currency=heading.currency,
        objective=heading.objective,
        result_unit=heading.result_unit,
        roles=heading.roles,
        n_accounts=heading.n_accounts,
        options=heading.options,
        rungs=tuple(rungs),
        totals=arrays["totals"],
        draws=DrawPoints(arrays["draw_cents"], arrays["draw_ratio"]),
        tangents=tuple(tangents),
        ceiling=heading.ceiling,
        plan=PlanStand(
            place=heading.place,
            budget_cents=heading.budget_cents,
            result=heading.result,
            covered_accounts=heading.covered_accounts,
            role_reach=heading.role_reach,
            bound=heading.bound,
        ),
        seed=heading.seed,
        offers=heading.offers,
    )
