"""How well job titles of families never seen are read, and how fast.

Usage: python benchmarks/bench_titles.py [FOLDER]

FOLDER, by default that of SIGNOFF_DATA, holds the occupation lists, as for
scripts/train_title_model.py. The labelled titles are split by family (occupation code) into five
folds. For each fold everything is learned without it: no title of its families stands in the weak
data either, and the weak shares of the titles learned from come from models that left out their
families as well (nested). Temperatures and roles are fitted within the four other folds.

The lexicon was written by hand, and mended after looking at misread titles of the folds 0 to 3;
only fold 4 was never looked at. So fold 4 is the honest figure, and the others flatter. Phrases of
the vocabulary that are a whole test title are left out, unless --with-equal-phrases is given.
"""

import os
import sys
import time
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))
import train_title_model as training

from signoff.audience import classify_titles
from signoff.audience.titles.features import hash_stems
from signoff.audience.titles.lexicon import find_terms, load_lexicon
from signoff.audience.titles.model import WEAK_BITS, apply, joint_shares, softmax
from signoff.units import CommitteeRole

DATA = Path(os.environ.get("SIGNOFF_DATA", Path(__file__).parents[2] / "shared/data"))
N_TIMED = 50_000
N_BINS = 10
UNSEEN_FOLD = 4
Held = dict[str, training.Floats]


def main(folder: Path) -> None:
    """Measure and print."""
    n_read = len(training.read_labels().titles)
    labelled = training.with_composed(training.read_labels())
    if "--without-occupations" not in sys.argv:
        labelled = training.with_occupations(labelled, folder)
    weak = training.read_weak(folder)
    real = np.arange(len(labelled.folds)) < n_read
    held = {
        "function": np.zeros((real.sum(), len(training.FUNCTIONS))),
        "level": np.zeros((real.sum(), len(training.LEVELS))),
        "role": np.zeros((real.sum(), len(CommitteeRole))),
    }
    folds = [UNSEEN_FOLD] if "--unseen" in sys.argv else range(training.N_FOLDS)
    for fold in folds:
        hold_out(fold, weak=weak, labelled=labelled, held=held, real=real)
    parts = {"fold never looked at": labelled.folds[real] == UNSEEN_FOLD}
    if len(folds) > 1:
        parts["all five folds (lexicon mended on four)"] = np.ones(real.sum(), dtype=bool)
    for name, chosen in parts.items():
        report(name, labelled=labelled, held=held, chosen=chosen)
    time_reading(labelled)


def hold_out(
    fold: int,
    *,
    weak: training.Weak,
    labelled: training.Labelled,
    held: Held,
    real: np.ndarray[tuple[int], np.dtype],
) -> None:
    """Learn without a fold and predict its titles that were labelled twice."""
    logits = training.without_own_family(weak, labelled, also=(fold,))
    mine = np.flatnonzero((labelled.folds == fold) & real)
    titles = [labelled.titles[place] for place in mine]
    never = set() if "--with-equal-phrases" in sys.argv else set(titles)
    without = training.fit_weak(weak, without=(fold,), never=never)
    logits[mine] = apply(hash_stems(titles, bits=WEAK_BITS), without)
    trained = labelled.folds != fold
    lexicon = load_lexicon(None, without=frozenset(never))
    kept = {place: list(labelled.hits[place]) for place in mine}
    for place in mine:
        labelled.hits[place][:] = find_terms(labelled.titles[place], lexicon=lexicon)
    columns = labelled.columns(logits)
    function, level, role = training.fit_second(columns, labelled, trained=trained)
    held["function"][mine] = softmax(apply(columns[mine], function))
    held["level"][mine] = softmax(apply(columns[mine], level))
    joint = joint_shares(held["function"][mine], held["level"][mine])
    held["role"][mine] = 1 / (1 + np.exp(-apply(joint, role)))
    for place, hits in kept.items():
        labelled.hits[place][:] = hits


def report(
    name: str, *, labelled: training.Labelled, held: Held, chosen: np.ndarray[tuple[int], np.dtype]
) -> None:
    """Print accuracy, macro F1 and calibration error of some titles."""
    n_real = len(chosen)
    languages = np.array(labelled.languages[:n_real])
    print(f"{name}: {chosen.sum()} titles")
    for kind, target in (("function", 0.85), ("level", 0.90)):
        truth = (labelled.functions if kind == "function" else labelled.levels)[:n_real]
        shares = held[kind]
        read = shares.argmax(axis=1)
        right = read == truth
        spoken = ", ".join(
            f"{language} {right[chosen & (languages == language)].mean():.3f}"
            for language in ("en", "fr")
        )
        print(
            f"  {kind}: accuracy {right[chosen].mean():.3f} (target {target:.2f}; {spoken}), "
            f"macro F1 {macro_f1(read[chosen], truth[chosen]):.3f}, calibration error "
            f"{calibration_error(shares.max(axis=1)[chosen], right[chosen]):.3f} (target 0.05)"
        )
    errors = [
        calibration_error(held["role"][chosen, place], labelled.roles[:n_real][chosen, place])
        for place in range(len(CommitteeRole))
    ]
    told = ", ".join(f"{r.value} {e:.3f}" for r, e in zip(CommitteeRole, errors, strict=True))
    print(f"  roles: calibration error {np.mean(errors):.3f} (target 0.05): {told}")


def macro_f1(read: training.Integers, truth: training.Integers) -> float:
    """Give the mean over the kinds of F1."""
    scores = []
    for kind in np.unique(truth):
        hit = ((read == kind) & (truth == kind)).sum()
        scores.append(2 * hit / ((read == kind).sum() + (truth == kind).sum()))
    return float(np.mean(scores))


def calibration_error(shares: training.Floats, happened: training.Floats) -> float:
    """Give the expected calibration error over ten equally wide bins."""
    bins = np.minimum((shares * N_BINS).astype(int), N_BINS - 1)
    gaps = [
        abs(shares[bins == place].mean() - happened[bins == place].mean()) * (bins == place).mean()
        for place in np.unique(bins)
    ]
    return float(sum(gaps))


def time_reading(labelled: training.Labelled) -> None:
    """Print how many different titles are read in a second."""
    words = [" ".join(stems) for stems in labelled.titles if stems]
    titles = [f"{words[n % len(words)]} {n // len(words)}" for n in range(N_TIMED)]
    list(classify_titles(titles[:100]))
    began = time.perf_counter()
    n_read = sum(1 for _ in classify_titles(titles))
    speed = n_read / (time.perf_counter() - began)
    print(f"{speed:,.0f} different titles a second (target 15,000)")


if __name__ == "__main__":
    folders = [Path(argument) for argument in sys.argv[1:] if not argument.startswith("--")]
    main(folders[0] if folders else DATA / "titles")
