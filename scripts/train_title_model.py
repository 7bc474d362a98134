# ruff: noqa: INP001 - a script, no part of a package
"""Train src/signoff/audience/data/title_model.npz from O*NET, ESCO, ROME and the labelled titles.

Usage: python scripts/train_title_model.py FOLDER

FOLDER holds onet_alternate_titles.txt.gz, esco_occupations_{en,fr}.csv.gz and
rome_appellations_v347.csv.gz; beside it stands industry/fr_rome_naf_mapping_2021.csv.gz. First a
weak model learns department and level of each title's occupation (occupations.csv, as a reader
labelled its name, else title_codes.csv; where the lexicon tells a level, that) from hashed pieces
of its words, and those of title_vocabulary.csv likewise. Then department and level are learned from
the titles labelled by hand, the names of ESCO's occupations and composed ones, from the lexicon's
hits, the weak model's shares and hashed pieces; the weak shares of a labelled title come from a
model that has seen no title of its family (occupation code). Last the roles, from shares predicted
for families left out. The same folds give one temperature each to department and level. No chance:
folds are hashes of codes. Labelled titles are learned without the phrases that were added after
looking at such titles (mended) and without phrases that are themselves a whole labelled title,
which would seem better than they are.
"""

import csv
import gzip
import itertools
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from composed_titles import compose_titles
from numpy.typing import NDArray
from scipy.optimize import minimize, minimize_scalar

from signoff.audience.titles.features import Stems, hash_stems
from signoff.audience.titles.lexicon import Hit, data_rows, find_terms, load_lexicon
from signoff.audience.titles.model import (
    KNOWN_BITS,
    WEAK_BITS,
    TitleModel,
    apply,
    combine,
    joint_shares,
    softmax,
)
from signoff.audience.titles.words import split_stems
from signoff.units import Function, Level

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT / "src" / "signoff" / "audience" / "data"
LABELS = ROOT / "benchmarks" / "title_labels" / "labels.csv"
OCCUPATIONS = LABELS.with_name("occupations.csv")
SCHEMES = {"onet": "soc", "esco": "isco", "rome": "rome"}
FUNCTIONS, LEVELS = list(Function), list(Level)
LETTERS = "iufdapg"
N_FOLDS = 5
NO_FAMILY = -1
OF_VOCABULARY = -2
"""Fold of words written from general knowledge, which are of no family either."""
SOC_LENGTH = 7
PENALTIES = {"weak": 1e-5, "function": 1e-3, "level": 7e-4, "role": 2e-4}
CRM_WEIGHT = 0.6
OCCUPATION_WEIGHT = 0.2
VOCABULARY_TIMES = 2
WEAK_STEPS = 80
PRIOR_HIRINGS = 500
Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Labelled:
    """Titles with their families and labels; crm titles are composed, not drawn."""

    titles: list[Stems]
    hits: list[list[Hit]]
    folds: Integers
    functions: Integers
    levels: Integers
    roles: Floats
    weights: Floats
    languages: list[str]

    def columns(self, weak_logits: Floats) -> sp.csr_matrix:
        """Give the columns of the second stage."""
        return combine(self.titles, hits=self.hits, weak_logits=weak_logits)


def fold_of(scheme: str, code: str) -> int:
    """Give the fold of a family."""
    family = code[:SOC_LENGTH] if scheme == "soc" else code
    return zlib.crc32(repr((scheme, family)).encode()) % N_FOLDS


def read_codes() -> dict[tuple[str, str], tuple[str, str]]:
    """Read department and usual level by scheme and beginning of occupation codes."""
    with (DATA / "title_codes.csv").open(encoding="utf-8") as lines:
        return {
            (row["scheme"], row["begins"]): (row["function"], row["level"])
            for row in csv.DictReader(lines)
        }


def find_code(
    codes: dict[tuple[str, str], tuple[str, str]], *, scheme: str, code: str
) -> tuple[int, int]:
    """Give department and level of the longest known beginning; -1 for no one department."""
    begun = next(size for size in range(len(code), 0, -1) if (scheme, code[:size]) in codes)
    function, level = codes[scheme, code[:begun]]
    return FUNCTIONS.index(Function(function)) if function else -1, LEVELS.index(Level(level))


@dataclass(frozen=True)
class Occupation:
    """One title of an occupation list; ref names its occupation, finer than its code."""

    scheme: str
    code: str
    ref: str
    title: str
    language: str
    is_preferred: bool = False


def read_occupations(folder: Path) -> Iterator[Occupation]:
    """Give the titles of the three lists."""
    with gzip.open(folder / "onet_alternate_titles.txt.gz", "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            code = row["O*NET-SOC Code"]
            yield Occupation("soc", code, code, row["Alternate Title"], "en")
    for language in ("en", "fr"):
        path = folder / f"esco_occupations_{language}.csv.gz"
        with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                code, ref = row["iscoGroup"], row["conceptUri"].rpartition("/")[2]
                first = row["preferredLabel"]
                yield Occupation("isco", code, ref, first, language, is_preferred=True)
                for title in sorted({*row["altLabels"].splitlines()} - {first}):
                    yield Occupation("isco", code, ref, title, language)
    with gzip.open(folder / "rome_appellations_v347.csv.gz", "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            code = row["code_rome"]
            yield Occupation("rome", code, code, row["libelle_appellation_long"], "fr")


def read_occupation_labels() -> dict[tuple[str, str], tuple[int, int]]:
    """Read department and level of each occupation, as one reader labelled its name."""
    with OCCUPATIONS.open(encoding="utf-8") as lines:
        return {
            (row["scheme"], row["occupation"]): (
                FUNCTIONS.index(Function(row["function"])),
                LEVELS.index(Level(row["level"])),
            )
            for row in csv.DictReader(lines)
        }


def read_vocabulary() -> dict[Stems, tuple[int, int]]:
    """Read department and level (-1 for none) of words and phrases, as readers know them."""
    found = {
        split_stems(row["term"]): (
            FUNCTIONS.index(Function(row["function"])),
            LEVELS.index(Level(row["level"])) if row["level"] else -1,
        )
        for row in data_rows("title_vocabulary.csv")
    }
    return {stems: said for stems, said in found.items() if stems}


@dataclass(frozen=True)
class Weak:
    """Titles of occupation lists with the department of their code, and words known from elsewhere.

    Department or level is -1 where it tells none.
    """

    titles: list[Stems]
    folds: Integers
    functions: Integers
    levels: Integers
    columns: sp.csr_matrix


def read_weak(folder: Path) -> Weak:
    """Read every title once per fold and department."""
    codes, labels, lexicon = read_codes(), read_occupation_labels(), load_lexicon(None)
    seen: dict[tuple[Stems, int, int, int], None] = {}
    for one in read_occupations(folder):
        stems = split_stems(one.title)
        if not stems:
            continue
        known = labels.get((one.scheme, one.ref))
        function, level = known or find_code(codes, scheme=one.scheme, code=one.code)
        told = [hit for hit in find_terms(stems, lexicon=lexicon) if hit and hit.level]
        if told and not one.is_preferred:
            level = LEVELS.index(max(told, key=lambda hit: hit.rank).level or Level.STAFF)
        seen[stems, fold_of(one.scheme, one.code), function, level] = None
    words = [(stems, OF_VOCABULARY, *said) for stems, said in read_vocabulary().items()]
    rows = [*seen, *words * VOCABULARY_TIMES]
    titles = [stems for stems, *_ in rows]
    folds, functions, levels = np.array([told for _, *told in rows]).T
    return Weak(titles, folds, functions, levels, hash_stems(titles, bits=WEAK_BITS))


def read_labels() -> Labelled:
    """Read the titles labelled by hand."""
    with LABELS.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    titles = [split_stems(row["title"]) for row in rows]
    lexicon = load_lexicon(None, with_mended=False, without=frozenset(titles))
    return Labelled(
        titles,
        [find_terms(stems, lexicon=lexicon) for stems in titles],
        np.array([fold_of(SCHEMES[row["source"]], row["occupation_code"]) for row in rows]),
        np.array([FUNCTIONS.index(Function(row["function"])) for row in rows]),
        np.array([LEVELS.index(Level(row["level"])) for row in rows]),
        np.array([[letter in row["roles"] for letter in LETTERS] for row in rows], dtype=float),
        np.ones(len(rows)),
        [row["language"] for row in rows],
    )


def with_occupations(labelled: Labelled, folder: Path) -> Labelled:
    """Add the names of ESCO's occupations, in their families, of some weight; without roles."""
    labels = read_occupation_labels()
    lexicon = load_lexicon(None, with_mended=False, without=frozenset(labelled.titles))
    known = {tuple(stems) for stems in labelled.titles}
    found = [
        (split_stems(one.title), one, labels[one.scheme, one.ref])
        for one in read_occupations(folder)
        if one.is_preferred and (one.scheme, one.ref) in labels
    ]
    found = [(stems, one, said) for stems, one, said in found if stems and stems not in known]
    n_found = len(found)
    return Labelled(
        labelled.titles + [stems for stems, _, _ in found],
        labelled.hits + [find_terms(stems, lexicon=lexicon) for stems, _, _ in found],
        np.concatenate([labelled.folds, [fold_of("isco", one.code) for _, one, _ in found]]),
        np.concatenate([labelled.functions, [function for _, _, (function, _) in found]]),
        np.concatenate([labelled.levels, [level for _, _, (_, level) in found]]),
        np.concatenate([labelled.roles, np.full((n_found, len(LETTERS)), np.nan)]),
        np.concatenate([labelled.weights, np.full(n_found, OCCUPATION_WEIGHT)]),
        labelled.languages + [one.language for _, one, _ in found],
    )


def with_composed(labelled: Labelled) -> Labelled:
    """Add composed titles, of no family and of little weight."""
    made = list(compose_titles())
    titles = [split_stems(title) for title, _, _ in made]
    lexicon, n_made = load_lexicon(None), len(made)
    return Labelled(
        labelled.titles + titles,
        labelled.hits + [find_terms(stems, lexicon=lexicon) for stems in titles],
        np.concatenate([labelled.folds, np.full(n_made, NO_FAMILY)]),
        np.concatenate([labelled.functions, [FUNCTIONS.index(Function(f)) for _, f, _ in made]]),
        np.concatenate([labelled.levels, [LEVELS.index(Level(level)) for _, _, level in made]]),
        np.concatenate([labelled.roles, np.zeros((n_made, len(LETTERS)))]),
        np.concatenate([labelled.weights, np.full(n_made, CRM_WEIGHT)]),
        labelled.languages + ["crm"] * n_made,
    )


def fit(
    columns: sp.csr_matrix | Floats,
    shares: Floats,
    *,
    penalty: float,
    weights: Floats,
    n_steps: int,
) -> Floats:
    """Fit a multinomial logistic by L-BFGS; the last row of the weights is the constant."""
    n_columns, n_kinds = columns.shape[1], shares.shape[1]
    columns = columns.astype(np.float64)
    turned = sp.csr_matrix(columns.T) if sp.issparse(columns) else columns.T
    total = weights.sum()

    def loss(flat: Floats) -> tuple[float, Floats]:
        kept = flat.reshape(n_columns + 1, n_kinds)
        predicted = softmax(apply(columns, kept))
        missed = -(weights[:, None] * shares * np.log(predicted + 1e-12)).sum() / total
        slope = (predicted - shares) * weights[:, None] / total
        gradient = np.vstack([turned @ slope + penalty * kept[:-1], slope.sum(axis=0)])
        return missed + penalty / 2 * (kept[:-1] ** 2).sum(), gradient.ravel()

    start = np.zeros((n_columns + 1) * n_kinds)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": n_steps})
    return found.x.reshape(n_columns + 1, n_kinds)


def fit_weak(weak: Weak, *, without: Sequence[int], never: set[Stems]) -> Floats:
    """Learn the departments of occupation codes, without families of these folds."""
    allowed = ~np.isin(weak.folds, without)
    allowed &= np.array([stems not in never for stems in weak.titles])
    found = []
    for kinds, n_kinds in ((weak.functions, len(FUNCTIONS)), (weak.levels, len(LEVELS))):
        kept = allowed & (kinds >= 0)
        shares = np.eye(n_kinds)[kinds[kept]]
        ones = np.ones(len(shares))
        penalty = PENALTIES["weak"]
        found.append(
            fit(weak.columns[kept], shares, penalty=penalty, weights=ones, n_steps=WEAK_STEPS)
        )
    return np.hstack(found)


def fit_stage(
    columns: sp.csr_matrix, kinds: Integers, *, n_kinds: int, name: str, weights: Floats
) -> Floats:
    """Learn department or level."""
    return fit(
        columns, np.eye(n_kinds)[kinds], penalty=PENALTIES[name], weights=weights, n_steps=50
    )


def fit_roles(functions: Floats, levels: Floats, *, roles: Floats, weights: Floats) -> Floats:
    """Learn each role from shares of department and level."""
    columns = joint_shares(functions, levels)
    fits = [
        fit(
            columns,
            np.stack([1 - role, role], axis=1),
            penalty=PENALTIES["role"],
            weights=weights,
            n_steps=200,
        )
        for role in roles.T
    ]
    return np.stack([found[:, 1] - found[:, 0] for found in fits], axis=1)


def temperature(logits: Floats, kinds: Integers) -> float:
    """Give the factor on logits under which held-out labels are likeliest."""
    places = np.arange(len(kinds))

    def loss(factor: float) -> float:
        return float(-np.log(softmax(logits * factor)[places, kinds] + 1e-12).mean())

    return float(minimize_scalar(loss, bounds=(0.3, 3), method="bounded").x)


def without_own_family(weak: Weak, labelled: Labelled, *, also: Sequence[int] = ()) -> Floats:
    """Give each labelled title's weak logits by a model that has not seen its family."""
    logits = np.zeros((len(labelled.titles), len(FUNCTIONS) + len(LEVELS)))
    for fold in range(N_FOLDS):
        if fold in also:
            continue
        mine = labelled.folds == fold
        apart = np.isin(labelled.folds, (fold, *also))
        never = {labelled.titles[i] for i in np.flatnonzero(apart)}
        weights = fit_weak(weak, without=(fold, *also), never=never)
        pieces = hash_stems([labelled.titles[i] for i in np.flatnonzero(mine)], bits=WEAK_BITS)
        logits[mine] = apply(pieces, weights)
    composed = labelled.folds == NO_FAMILY
    pieces = hash_stems([labelled.titles[i] for i in np.flatnonzero(composed)], bits=WEAK_BITS)
    logits[composed] = apply(pieces, weights)
    return logits


def fit_second(
    columns: sp.csr_matrix, labelled: Labelled, *, trained: NDArray[np.bool_]
) -> tuple[Floats, Floats, Floats]:
    """Learn department, level and roles from some titles, calibrated on their own folds."""
    weights, folds = labelled.weights, labelled.folds
    held: dict[str, Floats] = {}
    final: dict[str, Floats] = {}
    for name, kinds, n_kinds in (
        ("function", labelled.functions, len(FUNCTIONS)),
        ("level", labelled.levels, len(LEVELS)),
    ):
        logits = np.zeros((len(kinds), n_kinds))
        for fold in np.unique(folds[trained & (folds >= 0)]):
            inner = trained & (folds != fold)
            found = fit_stage(
                columns[inner], kinds[inner], n_kinds=n_kinds, name=name, weights=weights[inner]
            )
            mine = trained & (folds == fold)
            logits[mine] = apply(columns[mine], found)
        drawn = trained & (folds >= 0) & ~np.isnan(labelled.roles[:, 0])
        factor = temperature(logits[drawn], kinds[drawn])
        held[name] = softmax(logits * factor)
        final[name] = factor * fit_stage(
            columns[trained],
            kinds[trained],
            n_kinds=n_kinds,
            name=name,
            weights=weights[trained],
        )
    drawn = trained & (folds >= 0) & ~np.isnan(labelled.roles[:, 0])
    role = fit_roles(
        held["function"][drawn],
        held["level"][drawn],
        roles=labelled.roles[drawn],
        weights=weights[drawn],
    )
    return final["function"], final["level"], role


def known_words(weak: Weak) -> NDArray[np.uint8]:
    """Set one bit for the hash of each word that at least two titles hold."""
    counts: dict[str, int] = {}
    for stem in itertools.chain.from_iterable(weak.titles):
        counts[stem] = counts.get(stem, 0) + 1
    bits = np.zeros(1 << KNOWN_BITS, dtype=bool)
    for stem, count in counts.items():
        if count > 1:
            bits[zlib.crc32(stem.encode()) & ((1 << KNOWN_BITS) - 1)] = True
    return np.packbits(bits)


def keep(model: TitleModel) -> None:
    """Write the model: one byte per weight, the role weights in two."""
    arrays: dict[str, NDArray[np.generic]] = {"known": model.known}
    for name in ("weak", "function", "level"):
        weights = getattr(model, name)
        scale = np.quantile(np.abs(weights), 0.9999, axis=0) / 127
        arrays[name] = np.clip(np.rint(weights / scale), -127, 127).astype(np.int8)
        arrays[f"{name}_scale"] = scale.astype(np.float32)
    arrays["role"] = model.role.astype(np.float16)
    arrays["role_scale"] = np.ones(1, dtype=np.float32)
    np.savez_compressed(DATA / "title_model.npz", **arrays)


def write_industries(folder: Path) -> None:
    """Write how much likelier each department is in an industry (NAF division) than anywhere."""
    codes = read_codes()
    hirings: dict[str, Floats] = {}
    path = folder.parent / "industry" / "fr_rome_naf_mapping_2021.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            function, _ = find_code(codes, scheme="rome", code=row["rome_id"])
            if function >= 0:
                division = hirings.setdefault(row["naf_id"][:2], np.zeros(len(FUNCTIONS)))
                division[function] += float(row["hirings"])
    anywhere = sum(hirings.values(), np.zeros(len(FUNCTIONS)))
    anywhere = anywhere / anywhere.sum()
    with (DATA / "industry_functions.csv").open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(["division", *FUNCTIONS])
        for division, counts in sorted(hirings.items()):
            smoothed = (counts + PRIOR_HIRINGS * anywhere) / (counts.sum() + PRIOR_HIRINGS)
            lifts = np.clip(smoothed / anywhere, 0.1, 10)
            writer.writerow([division, *(f"{lift:.2f}" for lift in lifts)])


def main(folder: Path) -> None:
    """Train on everything and write."""
    write_industries(folder)
    weak = read_weak(folder)
    labelled = with_occupations(with_composed(read_labels()), folder)
    logits = without_own_family(weak, labelled)
    columns = labelled.columns(logits)
    everything = np.ones(len(labelled.titles), dtype=bool)
    function, level, role = fit_second(columns, labelled, trained=everything)
    final = fit_weak(weak, without=(), never=set())
    keep(TitleModel(final, function, level, role, known_words(weak)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
