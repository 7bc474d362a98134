"""The plan of a problem in a file: how far it is proven, how often it is the best, what it keeps.

python benchmarks/bench_planner.py runs all parts; name some to run these alone: gap, spread,
enumeration, rounding, limits, concave. --seeds 1,2 and --n 50 make them shorter.

- gap: instances as those of the shared generator planner_instances.py (100 cells, 8 roles, 40
  venues, every role must be reached, broken units), at 5, 15 and 40 % of the money that buys all.
  Targets: 20, 10 and 5 % above the plan, each within 60 s.
- spread: the same, 20 seeds of starts each. Target: values within 0.1 %.
- enumeration: for each rule, small drawn problems with steps, minimum buys, set-up costs, limits, 1
  to 3 exposures, some with draws: equal to every plan tried one by one; also by the search alone,
  which the command uses where there are too many plans to try. Target: all of 200, each rule.
- rounding: whole insertions by search against broken ones without steps, and against the best of
  all whole plans, tried one by one: what is lost beside that best is the search's own loss. Target:
  at most 0.5 % lost.
- limits: every limit of 1,000 drawn problems, larger ones included. Target: none broken.
- concave: rules any and mean, broken units. Target: proven within 0.1 %.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import count, islice, product
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any, get_args

import numpy as np

from signoff.errors import BriefError
from signoff.stats.reach import Array
from signoff.venues.exposures.approval import RuleName
from signoff.venues.exposures.bounds import ProofKind
from signoff.venues.exposures.drawn import draw_problem
from signoff.venues.exposures.model import ExposureModel
from signoff.venues.exposures.problem import ExposureProblem
from signoff.venues.exposures.reading import read_problem
from signoff.venues.exposures.solve import Solution, _solve_whole, solve_exposures
from signoff.venues.exposures.tree import ProofEffort

RULES: tuple[RuleName, ...] = get_args(RuleName)
LEVELS = {0.05: 0.20, 0.15: 0.10, 0.40: 0.05}
SHORT = ProofEffort(n_splits=0)


@dataclass(frozen=True)
class Settings:
    """How much is tried."""

    seeds: tuple[int, ...]
    n: int | None

    def number(self, usual: int) -> int:
        """Give how many problems to try."""
        return self.n or usual


def instance(seed: int, *, cells: int = 100, roles: int = 8, venues: int = 40) -> dict[str, Any]:
    """Draw an instance: the same numbers as the shared generator planner_instances.py gives."""
    rng = np.random.default_rng(seed)
    exposure = np.zeros((cells, roles, venues))
    seen = rng.random(exposure.shape) < 0.12
    exposure[seen] = rng.gamma(0.6, 0.5, int(seen.sum()))
    exposure *= rng.gamma(1.5, 0.7, (1, 1, venues))
    required = rng.random((cells, roles)) < 0.6
    required[:, 0] = True
    weight = rng.pareto(1.6, cells) + 0.2
    cost = rng.uniform(0.5, 2.0, venues)
    cap = np.full(venues, 4.0)
    steps = [
        {
            "step": int(rng.integers(2, 5)),
            "discount": round(float(rng.uniform(0.7, 0.95)), 3),
            "minimum": int(rng.integers(1, 3)),
        }
        for _ in range(venues)
    ]
    return {
        "exposure": exposure.round(6).tolist(),
        "required": required.astype(int).tolist(),
        "weight": weight.round(6).tolist(),
        "cost": cost.round(6).tolist(),
        "cap": cap.tolist(),
        "budget_all": round(float(cost @ cap), 6),
        "insertions": steps,
    }


def read(arrays: dict[str, Any], **overrides: Any) -> ExposureProblem:
    """Read an instance as the command does, from a file."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "instance.json"
        path.write_text(json.dumps(arrays), "utf-8")
        return read_problem(path, overrides=overrides).problem


def keeps(problem: ExposureProblem, units: Array) -> bool:
    """Say whether a schedule keeps every limit, by the rate cards and the limits themselves."""
    if not problem.is_whole:
        prices = np.array([float(o.ladder.steps[0].unit_price) * 100 for o in problem.options])
        within = (units >= 0).all() and (units <= problem.caps).all()
        spend = [float(cents) for cents in prices * units]
        room = 1e-6
    else:
        whole = [int(n) for n in units]
        within = (np.array(whole) == units).all() and all(
            option.fits(n) for option, n in zip(problem.options, whole, strict=True)
        )
        spend = [float(o.cost_cents(n)) for o, n in zip(problem.options, whole, strict=True)]
        room = 0.0
    sums = [sum(spend[v] for v in limit.venues) for limit in problem.limits]
    return bool(within) and all(
        limit.least_cents - room <= spent <= limit.most_cents + room
        for limit, spent in zip(problem.limits, sums, strict=True)
    )


def every_plan(problem: ExposureProblem) -> Iterator[tuple[int, ...]]:
    """Give every schedule that keeps all limits, one by one."""
    menus = [
        [n for n in range(option.ladder.maximum_units + 1) if option.fits(n)]
        for option in problem.options
    ]
    for units in product(*menus):
        if keeps(problem, np.array(units, dtype=np.float64)):
            yield units


def best_of_all(problem: ExposureProblem) -> float | None:
    """Give what the best of all schedules brings; None where none keeps the limits."""
    plans = np.array(list(every_plan(problem)), dtype=np.float64)
    return float(ExposureModel(problem).values(plans).max()) if len(plans) else None


def gap(settings: Settings) -> None:
    """Print how far each instance is proven, and how long it takes."""
    seconds, cpu, gaps = [], [], {share: [] for share in LEVELS}
    for seed in settings.seeds:
        arrays = instance(seed)
        for share in LEVELS:
            problem = read(arrays, budget_share=share)
            clock, began = perf_counter(), process_time()
            found = solve_exposures(problem, rng=np.random.default_rng(1))
            seconds.append(perf_counter() - clock)
            cpu.append(process_time() - began)
            gaps[share].append(found.gap_share)
            print(
                f"gap seed {seed} at {share:.0%}: value {found.value:.4f}, "
                f"bound {found.bound:.4f}, gap {found.gap_share:.2%}, "
                f"{found.n_splits} splits, {seconds[-1]:.1f} s ({cpu[-1]:.1f} s of processor), "
                f"limits kept {keeps(problem, found.units)}",
                flush=True,
            )
    for share, target in LEVELS.items():
        worst = max(gaps[share])
        print(
            f"gap at {share:.0%}: target {target:.0%} | worst {worst:.1%}, "
            f"median {np.median(gaps[share]):.1%} of {len(settings.seeds)} instances"
        )
    print(
        f"time: target 60 s | longest {max(seconds):.0f} s by the clock, {max(cpu):.0f} s of "
        "processor"
    )


def spread(settings: Settings) -> None:
    """Print how far apart the values of 20 seeds of starts are."""
    n_seeds, widest = settings.number(20), 0.0
    for seed in settings.seeds:
        arrays = instance(seed)
        for share in LEVELS:
            problem = read(arrays, budget_share=share)
            values = [
                solve_exposures(problem, rng=np.random.default_rng(n), effort=SHORT).value
                for n in range(n_seeds)
            ]
            apart = 1.0 - min(values) / max(values)
            widest = max(widest, apart)
            print(
                f"spread seed {seed} at {share:.0%}: {apart:.3%} of {max(values):.4f}", flush=True
            )
    print(f"spread of {n_seeds} seeds: target 0.1 % | widest {widest:.3%}")


def small(seed: int, rule: RuleName) -> ExposureProblem:
    """Draw a small problem; seeds take turns over exposures needed and terms."""
    rng = np.random.default_rng([RULES.index(rule), seed])
    return draw_problem(
        rng, rule=rule, exposures_needed=1 + seed % 3, n_venues=4, has_terms=seed % 2 == 0
    )


def feasible(rule: RuleName, n: int) -> Iterator[tuple[ExposureProblem, float]]:
    """Give drawn problems that some plan solves, with what the best plan brings."""
    drawn = ((small(seed, rule)) for seed in count())
    tried = ((problem, best_of_all(problem)) for problem in drawn)
    return islice(((problem, best) for problem, best in tried if best is not None), n)


def enumeration(settings: Settings) -> None:
    """Print how often the plan is the best of all, as the command makes it and by search alone."""
    for rule in RULES:
        n, kept, below, losses, alone = 0, 0, 0, list[float](), list[float]()
        gaps = []
        for problem, best in feasible(rule, settings.number(200)):
            n += 1
            found = solve_exposures(problem, rng=np.random.default_rng(1))
            search = searched(problem)
            kept += keeps(problem, found.units) and keeps(problem, search.units)
            losses.append(lost(found.value, best))
            alone.append(lost(search.value, best))
            below += search.bound < best * (1 - 1e-9)
            gaps.append(search.bound / best - 1.0 if best > 0 else 0.0)
        print(
            f"enumeration, {rule}: target all best of 200 | {equal(losses)} of {n} best; by "
            f"search alone {equal(alone)} best, most lost {max(alone):.2%}; bounds below the best "
            f"{below}, median bound {np.median(gaps):.1%} above it; plans that "
            f"keep all limits {kept}",
            flush=True,
        )


def searched(problem: ExposureProblem) -> Solution:
    """Solve a problem as if there were too many plans to try them one by one."""
    return _solve_whole(
        problem, rng=np.random.default_rng(1), effort=ProofEffort(n_splits=10), n_climbed=12
    )


def lost(value: float, best: float) -> float:
    """Give the share of the best that is missing."""
    return 1.0 - value / best if best > 0 else 0.0


def equal(losses: list[float]) -> int:
    """Count what is equal to the best but for rounding of the last digits."""
    return int((np.array(losses) < 1e-9).sum())


def rounding(settings: Settings) -> None:
    """Print what whole insertions lose against broken ones, and what of it no plan could keep.

    The optimum in broken units is proven under any and mean; under every level it is the best end
    of 40 climbs or more. The loss of the best whole plan of all is inevitable; what the search,
    which larger problems rest on, loses beside that is its own.
    """
    for rule, (n_venues, n_units) in product(
        ("any", "mean", "every_level"), ((3, 20), (3, 60), (4, 12), (4, 20))
    ):
        inevitable, ours, own = list[float](), list[float](), list[float]()
        for seed in count():
            if len(ours) == settings.number(10):
                break
            arrays = finer(instance(seed, cells=20, roles=3, venues=n_venues), n_units)
            arrays["approval"] = {"rule": rule}
            try:
                broken = solve(read(arrays, budget_share=0.4)).value
            except BriefError:  # a role that none of so few venues meets
                continue
            problem = read(arrays, budget_share=0.4, whole_units=True)
            best = solve(problem)
            if best.proof is not ProofKind.ENUMERATED:
                raise SystemExit("too many plans to try them all: nothing is shown")
            found = searched(problem).value
            inevitable.append(lost(best.value, broken))
            ours.append(lost(found, broken))
            own.append(lost(found, best.value))
        print(
            f"rounding, {rule}, {n_venues} venues x {n_units} insertions: target at most 0.5 % "
            f"lost against broken units | by the search median {np.median(ours):.2%}, most "
            f"{max(ours):.2%}; by the best of all whole plans {np.median(inevitable):.2%} and "
            f"{max(inevitable):.2%}; by the search against that best most {max(own):.3%}, equal "
            f"in {equal(own)} of {len(own)}",
            flush=True,
        )


def finer(arrays: dict[str, Any], n_units: int) -> dict[str, Any]:
    """Sell what a venue of the generator has in so many insertions, without steps or minimums."""
    parts = n_units / 4
    return {
        **arrays,
        "insertions": [{} for _ in arrays["cost"]],
        "cost": [price / parts for price in arrays["cost"]],
        "exposure": (np.array(arrays["exposure"]) / parts).tolist(),
        "cap": [n_units] * len(arrays["cost"]),
    }


def solve(problem: ExposureProblem) -> Solution:
    """Solve a problem without looking long for a proof."""
    return solve_exposures(problem, rng=np.random.default_rng(1), effort=SHORT)


def limits(settings: Settings) -> None:
    """Print how many of many plans break a limit."""
    wanted, solved, broken, without = settings.number(1_000), 0, 0, 0
    for seed in count():
        if solved == wanted:
            break
        rng = np.random.default_rng([99, seed])
        problem = draw_problem(
            rng,
            rule=RULES[seed % len(RULES)],
            exposures_needed=1 + seed % 3,
            n_venues=3 + seed % 8,
            n_cells=6,
        )
        if seed % 4 == 3:
            problem = as_broken(problem)
        try:
            found = solve(problem)
        except BriefError:
            without += 1
            continue
        solved += 1
        broken += not keeps(problem, found.units)
    print(
        f"limits: target 0 broken of 1,000 | {broken} of {solved} plans; besides {without} "
        "problems for which no plan was found to keep all limits",
        flush=True,
    )


def as_broken(problem: ExposureProblem) -> ExposureProblem:
    """Let units of a drawn problem be broken, at one price each."""
    options = tuple(
        replace(
            option,
            ladder=replace(
                option.ladder,
                steps=option.ladder.steps[:1],
                minimum_units=1,
                setup_cost=Decimal(0),
            ),
            fixed_cents=None,
            floor_cents=0,
            ceiling_cents=None,
        )
        for option in problem.options
    )
    caps = np.array([float(o.ladder.maximum_units) if o.is_open else 0.0 for o in options])
    return replace(problem, options=options, is_whole=False, caps=caps)


def concave(settings: Settings) -> None:
    """Print how far plans under concave rules are proven."""
    gaps = []
    for seed in settings.seeds:
        for rule, share in product(("any", "mean"), LEVELS):
            problem = read(instance(seed) | {"approval": {"rule": rule}}, budget_share=share)
            found = solve_exposures(problem, rng=np.random.default_rng(1))
            gaps.append(found.gap_share)
    print(f"concave rules: target 0.1 % | worst gap {max(gaps):.4%} of {len(gaps)}", flush=True)


PARTS = {
    "concave": concave,
    "rounding": rounding,
    "limits": limits,
    "enumeration": enumeration,
    "gap": gap,
    "spread": spread,
}


def main() -> None:
    """Run the parts that are asked for, or all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("parts", nargs="*", help=f"of: {', '.join(PARTS)}")
    parser.add_argument("--seeds", default=",".join(map(str, range(1, 11))))
    parser.add_argument("--n", type=int)
    given = parser.parse_args()
    settings = Settings(tuple(int(seed) for seed in given.seeds.split(",")), given.n)
    for part in given.parts or PARTS:
        PARTS[part](settings)


if __name__ == "__main__":
    main()
