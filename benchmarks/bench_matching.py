"""How well and how fast records of one firm are found, on names of listed companies.

Usage: python benchmarks/bench_matching.py [quality] [speed [100000 ...]]

Quality: pairs of company_names whose names are not equal after normalising. All pairs labelled the
same and all compared pairs count, so that a pair which blocking missed is a miss. Companies are
dealt to ten parts and a last one of every eighth company, on which nothing was chosen and whose
figures stand apart. A pair is judged by a model that saw no company of the parts of its two
records, so 66 are fitted.
"""

import csv
import os
import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from itertools import combinations, combinations_with_replacement
from multiprocessing import get_context
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))

from train_pair_model import (
    FORGETTABLE,
    MISSED_LOG_ODDS,
    fit_pairs,
    listing_features,
    read_listings,
)

from signoff.audience import AccountRecord, match_accounts
from signoff.audience.matching.blocking import block_pairs
from signoff.audience.matching.clusters import join_pairs
from signoff.audience.matching.features import FEATURES
from signoff.audience.matching.matching import THRESHOLD_SHARE, guard_shares
from signoff.audience.matching.records import compare_records
from signoff.store.firm_names import drop_legal_form, plain_words

DATA = Path(os.environ.get("SIGNOFF_DATA", Path(__file__).parents[2] / "shared/data"))
LISTINGS = DATA / "company_names/listings.csv.gz"
CORRECTIONS = Path(__file__).with_name("company_pairs") / "corrections.csv"
N_PARTS = 10
N_PROCESSES = 2
FOLDER = os.environ.get("BENCH_FOLDER", "")
LAST_SHARE = 8
TARGETS = {"f1": 0.82, "corrected": 0.87, "recall": 0.95}
FIELDS_TRIED = {
    "all fields": (),
    "without industry": ("industry",),
    "names alone": FORGETTABLE,
}


class Listings:
    """The labelled records, the pairs compared, and those that count."""

    def __init__(self) -> None:
        self.records, self.entities = read_listings(LISTINGS)
        compared = compare_records(self.records)
        self.pairs = block_pairs(compared)
        self.features = listing_features(compared, self.pairs)
        plain = [drop_legal_form(plain_words(record.name)) for record in self.records]
        self.names = np.unique(plain, return_inverse=True)[1]
        self.is_same = self.alike(self.entities, self.pairs)
        self.is_equal = self.alike(self.names, self.pairs)
        groups: dict[int, list[int]] = {}
        for row, entity in enumerate(self.entities.tolist()):
            groups.setdefault(entity, []).append(row)
        self.true = np.array([p for rows in groups.values() for p in combinations(rows, 2)])
        rng = np.random.default_rng(11)
        known, place = np.unique(self.entities, return_inverse=True)
        self.is_last = (rng.permutation(len(known)) % LAST_SHARE == 0)[place]
        self.part = rng.integers(0, N_PARTS, len(known))[place]
        self.part[self.is_last] = N_PARTS

    @staticmethod
    def alike(values: np.ndarray, pairs: np.ndarray) -> np.ndarray:
        """Say for which pairs both records have one value."""
        return values[pairs[:, 0]] == values[pairs[:, 1]]


def main() -> None:
    """Measure what is asked for and print it beside its target."""
    asked = sys.argv[1:] or ["quality", "speed", "100000"]
    if "quality" in asked:
        measure_quality()
    for size in (int(word) for word in asked if word.isdigit()):
        measure_speed(size)


def measure_quality() -> None:
    """Print recall of blocking, and F1 of pairs and of groups."""
    data = Listings()
    n_equal = int(data.alike(data.names, data.true).sum())
    found = set(map(tuple, data.pairs.tolist()))
    missed = [tuple(pair) for pair in data.true.tolist() if tuple(pair) not in found]
    print(f"{len(data.records):,} records, {len(data.pairs):,} pairs compared")
    recall = 1 - len(missed) / len(data.true)
    print(f"blocking recall as labelled: {recall:.3f} (target {TARGETS['recall']}), ", end="")
    print(f"{len(data.true):,} pairs, {n_equal:,} of them equal after normalising")
    for name, odds in score_apart(data).items():
        features = data.features.copy()
        features[:, [FEATURES.index(field) for field in FIELDS_TRIED[name]]] = np.nan
        if FOLDER:
            np.save(Path(FOLDER) / f"{name.replace(' ', '_')}.npy", odds)
        for shift in (MISSED_LOG_ODDS, 0.0):
            shares = guard_shares(1 / (1 + np.exp(-(odds + shift))), features=features)
            print(f"{name}, log odds raised by {shift}:")
            report(data, shares)


def report(data: Listings, shares: np.ndarray) -> None:
    """Print F1 of pairs and of firms, as labelled and as corrected."""
    print(f"  pairs: {judge(data, shares)}; last part: {judge(data, shares, last=True)}")
    groups = join_pairs(data.pairs, shares, size=len(data.records), threshold_share=THRESHOLD_SHARE)
    together = (groups[data.pairs[:, 0]] == groups[data.pairs[:, 1]]).astype(float)
    print(f"  firms: {judge(data, together)}; last part: {judge(data, together, last=True)}")
    print(
        f"  pairs {judge_corrected(data, shares)}; firms {judge_corrected(data, together)}",
        flush=True,
    )


def score_apart(data: Listings) -> dict[str, np.ndarray]:
    """Give the log odds of each pair by a model that saw no company of its records' parts."""
    found = {name: np.full(len(data.pairs), np.nan) for name in FIELDS_TRIED}
    parts = data.part[data.pairs]
    tasks = []
    for left in combinations_with_replacement(range(N_PARTS + 1), 2):
        tried = (np.sort(parts, axis=1) == left).all(1)
        tasks.append((tried, ~np.isin(parts, left).any(1)))
    with ProcessPoolExecutor(N_PROCESSES, mp_context=get_context("fork")) as pool:
        futures = [pool.submit(fit_apart, data, tried, learned) for tried, learned in tasks]
        for (tried, _), future in zip(tasks, futures, strict=True):
            for name, odds in future.result().items():
                found[name][tried] = odds
    return found


def fit_apart(data: Listings, tried: np.ndarray, learned: np.ndarray) -> dict[str, np.ndarray]:
    """Fit on some pairs and give the log odds of others, for each set of fields known."""
    fitted = fit_pairs(data.features[learned], data.is_same[learned], rng=np.random.default_rng(1))
    found = {}
    for name, forgotten in FIELDS_TRIED.items():
        features = data.features[tried]
        features[:, [FEATURES.index(field) for field in forgotten]] = np.nan
        found[name] = fitted.decision_function(features)
    return found


def judge(data: Listings, shares: np.ndarray, *, last: bool = False) -> str:
    """Give F1, precision and recall over the pairs that are not equal after normalising."""
    chosen = data.is_last[data.pairs].any(1) == last
    counted = chosen & ~data.is_equal
    said = shares >= THRESHOLD_SHARE
    n_true = int(
        np.sum(~data.alike(data.names, data.true) & (data.is_last[data.true].any(1) == last))
    )
    right = int(np.sum(counted & said & data.is_same))
    precision, recall = right / max(int(np.sum(counted & said)), 1), right / n_true
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"F1 {f1:.3f} (precision {precision:.3f}, recall {recall:.3f}, {n_true:,} true)"


def judge_corrected(data: Listings, shares: np.ndarray) -> str:
    """Give F1 against the labels that readers corrected, each stratum with its weight."""
    if not CORRECTIONS.exists():
        return "no corrected labels yet"
    place = {record.id: row for row, record in enumerate(data.records)}
    share = dict(zip(map(tuple, data.pairs.tolist()), shares.tolist(), strict=True))
    right = said = true = 0.0
    with CORRECTIONS.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["same"] not in {"yes", "no"}:
                continue
            pair = tuple(sorted((place[row["id_a"]], place[row["id_b"]])))
            is_said = share.get(pair, 0.0) >= THRESHOLD_SHARE
            is_true, weight = row["same"] == "yes", float(row["weight"])
            right += weight * (is_said and is_true)
            said, true = said + weight * is_said, true + weight * is_true
    f1 = 2 * right / (said + true)
    return f"against corrected labels: F1 {f1:.3f} (target {TARGETS['corrected']})"


def measure_speed(size: int) -> None:
    """Match records drawn from the real names with variations, and print time and memory."""
    records = draw_records(size, rng=np.random.default_rng(5))
    started = time.perf_counter()
    found = match_accounts(records)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    target = "60 s" if size <= 100_000 else "900 s, 8 GB"
    print(
        f"{size:,} records: {seconds:.1f} s, processor {time.process_time():.1f} s, "
        f"{peak:.2f} GB (target {target}); {found.text()}"
    )


def draw_records(size: int, *, rng: np.random.Generator) -> list[AccountRecord]:
    """Draw firms with names made of the words of real ones, three in ten as a varied double."""
    listed, _ = read_listings(LISTINGS)
    words = [record.name.split() for record in listed if record.name]
    firsts = sorted({name[0] for name in words})
    places = [(record.country, record.city) for record in listed]
    records: list[AccountRecord] = []
    while len(records) < size:
        number = len(records)
        if number % 10 < 7 or not records:
            rest = words[rng.integers(len(words))]
            lead = firsts[rng.integers(len(firsts))]
            second = firsts[rng.integers(len(firsts))].lower()[:4]
            name = " ".join((lead[: rng.integers(3, 9)] + second, *rest[1:]))
            country, city = places[rng.integers(len(places))]
            site = f"{lead}{second}{number}.com".lower() if rng.random() < 0.5 else ""
            records.append(AccountRecord(str(number), name, site, country, city))
        else:
            base = records[int(rng.integers(number))]
            shorter = base.name[: max(len(base.name) - 4, 4)]
            cut = base.name.upper() if rng.random() < 0.5 else shorter
            records.append(AccountRecord(str(number), f"{cut} LTD", "", base.country))
    return records


if __name__ == "__main__":
    main()
