"""How often the planner finds the best of all plans, and whether its bound is above that.

Small problems are drawn, half of them free (price steps that may cost less for more units, minimum
buys, maximum units, prices in broken cents), half of them with every kind of term at once besides:
floors, ceilings, committed money, closed venues. Every plan of whole units that keeps all limits is
tried: python benchmarks/bench_enumeration.py 3000, or 1400 conversions for that objective alone.

With packages: python benchmarks/bench_enumeration.py 300 packages. Three venues and two or three
packages of two of them each, for 50 to 105 % of what their parts cost singly, one to three to be
had; half of the problems have floors and ceilings of venues besides, and all of those a floor and
a ceiling on two venues together. Every number of packages with every plan beside it is tried. Each
problem is planned twice: as the command plans it, and as it plans large markets, where one choice
of packages is searched whole and others are looked at from the best so far.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import count, islice, product
from typing import Any

import numpy as np

from signoff.brief import ApprovalRule
from signoff.stats.frailty import frailty_nodes, membership_share
from signoff.units import Objective
from signoff.venues.cards.prices import Ladder, PriceStep
from signoff.venues.solver import package_search
from signoff.venues.solver.bound import bound_result
from signoff.venues.solver.objective import ResultModel
from signoff.venues.solver.package_bound import bound_packages
from signoff.venues.solver.package_choices import cheapest_counts
from signoff.venues.solver.package_offers import granted_units, hold_packages
from signoff.venues.solver.package_search import buy_plan
from signoff.venues.solver.problem import Cells, PackageOption, PlanProblem, VenueOption
from signoff.venues.solver.schedule import Schedule, solve_plan
from signoff.venues.terms.limits import SpendLimit, excess_cents

Kind = tuple[Objective, ApprovalRule, int]
N_VENUES, N_ROLES, N_CELLS, N_PROFILES = 4, 3, 12, 4
KINDS = tuple(product(Objective, ApprovalRule, (1, 2, 3)))


@dataclass(frozen=True)
class Trial:
    """One problem: what the planner found, what is best, and the bound as it was computed."""

    found: float
    best: float
    bound: float
    keeps_limits: bool


def draw_problem(seed: int, *, kind: Kind | None = None) -> PlanProblem:
    """Draw a problem; seeds take turns over objectives, rules, exposures needed, and terms."""
    rng = np.random.default_rng(seed)
    objective, rule, needed = kind or KINDS[seed % len(KINDS)]
    shape = (N_VENUES, N_PROFILES, N_ROLES)
    nodes = frailty_nodes(shape=0.6, correlation_share=0.1)
    reach = rng.beta(0.8, 3.0, shape) * (rng.random(shape) < 0.7)
    n_accounts = rng.integers(1, 9, N_CELLS).astype(np.float64)
    has_terms = seed // len(KINDS) % 2 == 0
    return PlanProblem(
        objective=objective,
        rule=rule,
        exposures_needed=needed,
        role_levels=(0, 1, 1),
        membership=membership_share(reach, nodes),
        nodes=nodes,
        cells=Cells(
            profile=np.sort(rng.integers(0, N_PROFILES, N_CELLS)),
            people=rng.integers(0, 4, (N_CELLS, N_ROLES)).astype(np.float64),
            weight=n_accounts * rng.pareto(1.6, N_CELLS),
            n_accounts=n_accounts,
        ),
        options=tuple(
            _draw_option(rng, name=f"v{i}", has_terms=has_terms) for i in range(N_VENUES)
        ),
        budget_cents=int(rng.integers(20_000, 200_000)),
        quorum_roles=int(rng.integers(1, N_ROLES + 1)),
        base_share=0.05,
        uplifts=tuple(float(uplift) for uplift in rng.gamma(0.7, 2.0, N_ROLES).round(3)),
    )


def _draw_option(rng: np.random.Generator, *, name: str, has_terms: bool) -> VenueOption:
    ladder = _draw_ladder(rng)
    if not has_terms:
        ladder = replace(ladder, maximum_units=min(ladder.maximum_units, 6))
        return VenueOption(name, ladder, float(rng.gamma(2, 0.7)), 0.1)
    units = range(ladder.minimum_units, ladder.maximum_units + 1)
    dearest = max(ladder.cost_cents(n) for n in units)
    terms: dict[str, Any] = {}
    kind = rng.random()
    if kind < 0.15:
        least = ladder.cost_cents(ladder.cheapest_units(ladder.minimum_units))
        terms["fixed_cents"] = int(rng.integers(least, dearest + 5_000))
    elif kind < 0.4:
        terms["floor_cents"] = int(rng.integers(1, dearest + 1))
    elif kind < 0.5:
        terms["is_open"] = False
    if "fixed_cents" not in terms and rng.random() < 0.3:
        terms["ceiling_cents"] = int(rng.integers(terms.get("floor_cents", 0), dearest + 2_000))
    return VenueOption(name, ladder, float(rng.gamma(2, 0.7)), 0.1, **terms)


def _draw_ladder(rng: np.random.Generator) -> Ladder:
    price = Decimal(int(rng.integers(3_000, 20_000))) / 100 * Decimal("1.1537")
    steps = [PriceStep(1, price)]
    for units_from in sorted(rng.choice(np.arange(2, 9), rng.integers(0, 3), replace=False)):
        price *= Decimal(int(rng.integers(55, 105))) / 100
        steps.append(PriceStep(int(units_from), price))
    minimum = int(rng.integers(1, 4))
    return Ladder(tuple(steps), minimum, int(rng.integers(minimum, 9)))


def every_plan(problem: PlanProblem) -> Iterator[tuple[int, ...]]:
    """Give every schedule of whole units that keeps all limits and the budget."""
    menus = [
        [n for n in range(option.ladder.maximum_units + 1) if option.fits(n)]
        for option in problem.options
    ]
    for units in product(*menus):
        if problem.cost_cents(np.array(units, dtype=np.int64)) <= problem.budget_cents:
            yield units


def try_problem(problem: PlanProblem) -> Trial | None:
    """Solve a problem and enumerate it; None where no plan keeps all limits."""
    model = ResultModel(problem)
    best = max(
        (model.value(np.array(u, dtype=np.float64)) for u in every_plan(problem)), default=None
    )
    if best is None:
        return None
    found = solve_plan(problem, rng=np.random.default_rng(0))
    bought = [v for v, o in enumerate(problem.options) if o.is_open or o.fixed_cents is not None]
    part = replace(
        problem,
        membership=problem.membership[bought],
        options=tuple(problem.options[v] for v in bought),
    )
    near = np.array([found.units[v] for v in bought], dtype=np.float64)
    return Trial(
        found=found.result,
        best=best,
        bound=bound_result(part, near=near),
        keeps_limits=found.units in set(every_plan(problem)),
    )


def draw_packages(seed: int) -> PlanProblem:
    """Draw a problem of three venues with packages; seeds take turns over terms too."""
    rng = np.random.default_rng([seed, 1])
    problem = draw_problem(seed).part([0, 1, 2])
    options = tuple(
        replace(o, ladder=replace(o.ladder, maximum_units=min(o.ladder.maximum_units, 5)))
        for o in problem.options
    )
    has_terms = seed // len(KINDS) % 2 == 0
    packages = tuple(
        _draw_package(rng, options, name=f"p{p}") for p in range(int(rng.integers(2, 4)))
    )
    dearest = sum(o.ladder.cost_cents(max(o.ladder.maximum_units, 1)) for o in options[:2])
    least = int(dearest * rng.uniform(0.0, 0.5))
    limit = SpendLimit("pair", (0, 1), least_cents=least, most_cents=least + dearest // 2)
    limits = (limit,) if has_terms else ()
    return replace(problem, options=options, packages=packages, limits=limits)


def _draw_package(
    rng: np.random.Generator, options: tuple[VenueOption, ...], *, name: str
) -> PackageOption:
    free = [v for v, o in enumerate(options) if o.fixed_cents is None] or [0]
    units, value = np.zeros(len(options), dtype=np.int64), np.zeros(len(options))
    for v in rng.choice(free, min(2, len(free)), replace=False):
        units[v] = int(rng.integers(1, 3))
        value[v] = units[v] * float(options[v].ladder.unit_price(1))
    price = Decimal(round(float(value.sum() * rng.uniform(0.5, 1.05)), 2))
    ladder = Ladder((PriceStep(1, price),), 1, int(rng.integers(1, 4)))
    return PackageOption(name, ladder, units, value / value.sum())


def every_packaged(problem: PlanProblem) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Give every number of packages with every schedule beside them that keeps all limits."""
    for counts in product(*(range(p.ladder.maximum_units + 1) for p in problem.packages)):
        granted = granted_units(problem.packages, counts, n_venues=len(problem.options))
        sold = [option.ladder.maximum_units for option in problem.options]
        if any(g > most for g, most in zip(granted, sold, strict=True) if g):
            continue
        held = hold_packages(problem, counts)
        for units in every_plan(held):
            spend = held.spend_cents(np.array(units))
            if not excess_cents(held.limits, spend):
                yield counts, tuple(int(n + g) for n, g in zip(units, granted, strict=True))


def try_packages(seed: int) -> list[Trial]:
    """Plan a problem with packages in both ways, and enumerate it; none where nothing fits."""
    problem = draw_packages(seed)
    if any(p.units[v] for p in problem.packages for v in _committed(problem)):
        return []
    model, plans = ResultModel(problem), set(every_packaged(problem))
    if not plans or cheapest_counts(problem) is None:
        return [Trial(0.0, 1.0, 0.0, keeps_limits=False)] * 2 if plans else []
    best = max(model.value(np.array(units, dtype=np.float64)) for _, units in plans)
    trials = []
    for most_whole in (16, 1):
        package_search._MOST_WHOLE = most_whole  # noqa: SLF001 - large markets are planned so
        found: Schedule = buy_plan(problem, rng=np.random.default_rng(0))
        bound = bound_packages(problem, near=np.array(found.units, dtype=np.float64))
        trials.append(
            Trial(
                found=found.result,
                best=best,
                bound=min(found.bound, max(bound, found.result)),
                keeps_limits=(found.packages, found.units) in plans,
            )
        )
    return trials


def _committed(problem: PlanProblem) -> list[int]:
    return [v for v, option in enumerate(problem.options) if option.fixed_cents is not None]


def main_packages(n_problems: int) -> None:
    """Try so many problems with packages that some plan keeps the limits of, and print rates."""
    tried = ((seed, try_packages(seed)) for seed in count())
    trials = dict(islice(((seed, found) for seed, found in tried if found), n_problems))
    for label, is_free in (("with all kinds of terms", 0), ("free", 1)):
        for way, how in enumerate(("as planned", "as large markets are planned")):
            chosen = [t[way] for s, t in trials.items() if s // len(KINDS) % 2 == is_free]
            _print_rates(f"packages, {label}, {how}", list(chosen))


def main(n_problems: int, *, aims: tuple[Objective, ...] = tuple(Objective)) -> None:
    """Try so many problems and print rates by terms, by rule, then by all that was drawn."""
    asked = (seed for seed in count() if KINDS[seed % len(KINDS)][0] in aims)
    trials = {seed: try_problem(draw_problem(seed)) for seed in islice(asked, n_problems)}
    for label, is_free in (("with all kinds of terms", 0), ("free", 1)):
        _print_rates(label, [t for s, t in trials.items() if s // len(KINDS) % 2 == is_free])
    for rule in ApprovalRule:
        label = f"conversions, {rule.value}, 1 to 3 needed"
        wanted = {i for i, k in enumerate(KINDS) if k[:2] == (Objective.CONVERSIONS, rule)}
        _print_rates(label, [t for s, t in trials.items() if s % len(KINDS) in wanted])
    for kind, (objective, rule, needed) in enumerate(KINDS):
        if objective not in aims:
            continue
        label = f"{objective.value}, {rule.value}, {needed} needed"
        _print_rates(label, [t for s, t in trials.items() if s % len(KINDS) == kind])


def _print_rates(label: str, tried: list[Trial | None]) -> None:
    trials = [trial for trial in tried if trial is not None]
    losses = np.array([1 - t.found / t.best if t.best > 0 else 0.0 for t in trials])
    gaps = np.array([1 - t.best / t.bound if t.bound > 0 else 0.0 for t in trials])
    n_below = sum(trial.bound < trial.best * (1 - 1e-9) for trial in trials)
    n_broken = sum(not trial.keeps_limits for trial in trials)
    print(
        f"{label}: {len(trials)} problems, best found in {np.mean(losses < 1e-9):.1%}, "
        f"most lost {losses.max():.2%}, median gap of the bound to the best {np.median(gaps):.1%}, "
        f"bounds below the best {n_below}, limits broken {n_broken}"
    )


if __name__ == "__main__" and sys.argv[2:] == ["packages"]:
    main_packages(int(sys.argv[1]))
elif __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 1_000,
        aims=tuple(Objective(name) for name in sys.argv[2:]) or tuple(Objective),
    )
