# ruff: noqa: INP001 - a script, no part of a package
"""Build src/signoff/audience/data/title_words.csv from O*NET, ESCO and ROME.

Usage: python scripts/build_title_lexicons.py FOLDER [--check]

FOLDER holds onet_alternate_titles.txt.gz, esco_occupations_{en,fr}.csv.gz and
rome_appellations_v347.csv.gz. Each title counts for the department of its occupation's code
(title_codes.csv). A phrase of one or two words is kept when at least three titles have it and
most of its weight, each department weighted alike, lies in one department. --check learns from
O*NET and ROME alone and prints how often ESCO's titles are then read as their code says.
"""

import csv
import gzip
import itertools
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from signoff.audience.titles.words import split_title

DATA = Path(__file__).resolve().parents[1] / "src" / "signoff" / "audience" / "data"
FEWEST_TITLES = 3
LEAST_SHARE = 0.6
Labelled = tuple[str, str, str, str]  # source, language, title, department


def read_codes() -> list[tuple[str, str, str]]:
    """Read which occupation codes belong to which department, longest beginnings first."""
    with (DATA / "title_codes.csv").open(encoding="utf-8") as lines:
        rows = [(row["scheme"], row["begins"], row["function"]) for row in csv.DictReader(lines)]
    return sorted(rows, key=lambda row: -len(row[1]))


def department(scheme: str, code: str, codes: list[tuple[str, str, str]]) -> str:
    """Give the department of an occupation code; empty where the table leaves it out."""
    for known, begins, function in codes:
        if known == scheme and code.startswith(begins):
            return function
    return "other"


def read_titles(folder: Path) -> Iterator[Labelled]:
    """Give every title of the three lists with the department of its code."""
    codes = read_codes()
    with gzip.open(folder / "onet_alternate_titles.txt.gz", "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            function = department("soc", row["O*NET-SOC Code"], codes)
            yield "onet", "en", row["Alternate Title"], function
    for language in ("en", "fr"):
        path = folder / f"esco_occupations_{language}.csv.gz"
        with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                function = department("isco", row["iscoGroup"], codes)
                labels = {row["preferredLabel"], *row["altLabels"].splitlines()}
                yield from (("esco", language, t, function) for t in sorted(labels) if t)
    path = folder / "rome_appellations_v347.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            function = department("rome", row["code_rome"], codes)
            yield "rome", "fr", row["libelle_appellation_long"], function


def phrases(title: str) -> set[str]:
    """Give the phrases of one and two words of every form of a title."""
    found = set()
    for form in re.split(r"\s*/\s*", title):
        words = split_title(form)
        found.update(word for word in words if len(word) > 2 and not word.isdigit())
        found.update(" ".join(pair) for pair in itertools.pairwise(words))
    return found


def learn(titles: Iterable[Labelled]) -> list[dict[str, str]]:
    """Tie phrases to departments."""
    counts: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    totals: defaultdict[str, Counter[str]] = defaultdict(Counter)
    sources: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for source, language, title, function in titles:
        if not function:
            continue
        totals[language][function] += 1
        for phrase in phrases(title):
            counts[language, phrase][function] += 1
            sources[language, phrase].add(source)
    rows = []
    for (language, phrase), count in sorted(counts.items()):
        weights = {f: n / totals[language][f] for f, n in count.items()}
        function = max(sorted(weights), key=weights.__getitem__)
        share = weights[function] / sum(weights.values())
        if count.total() >= FEWEST_TITLES and share >= LEAST_SHARE:
            rows.append(
                {
                    "phrase": phrase,
                    "language": language,
                    "function": function,
                    "weight": f"{share:.2f}",
                    "n_titles": str(count.total()),
                    "source": "+".join(sorted(sources[language, phrase])),
                }
            )
    return without_needless(rows)


def without_needless(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Drop phrases of two words that say what one of their words says at least as strongly."""
    alone = {(r["language"], r["phrase"]): r for r in rows if " " not in r["phrase"]}

    def needed(row: dict[str, str]) -> bool:
        words = row["phrase"].split(" ")
        if len(words) == 1:
            return True
        said = [alone.get((row["language"], word)) for word in words]
        if any(one and one["function"] == row["function"] for one in said):
            return False
        return int(row["n_titles"]) >= 2 * FEWEST_TITLES

    return [row for row in rows if needed(row)]


def write(rows: list[dict[str, str]]) -> None:
    """Write the lexicon."""
    with (DATA / "title_words.csv").open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def check(titles: list[Labelled]) -> None:
    """Print how often titles of ESCO are read as their code says, having learned from the rest."""
    from signoff.audience import titles as reader

    write(learn(t for t in titles if t[0] != "esco"))
    for language in ("en", "fr"):
        said = [t for t in titles if t[0] == "esco" and t[1] == language and t[3]]
        read = reader.classify_titles((t[2] for t in said), language=language)
        pairs = [
            (r.function.value if r.is_function_known else "", t[3])
            for r, t in zip(read, said, strict=True)
        ]
        told = [(r, t) for r, t in pairs if t != "other"]
        n_read = sum(bool(r) for r, _ in told)
        n_right = sum(r == t for r, t in told)
        sys.stdout.write(f"{language}: {len(told)} titles, {n_read} read, {n_right} as coded\n")


if __name__ == "__main__":
    every = list(read_titles(Path(sys.argv[1])))
    if "--check" in sys.argv:
        check(every)
    write(learn(every))
