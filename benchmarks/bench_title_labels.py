"""How far two readers of job titles agree, and how often the lexicon says what they settled on.

Usage: python benchmarks/bench_title_labels.py

The labels are described in benchmarks/title_labels/README.md.
"""

import csv
from collections.abc import Sequence
from pathlib import Path

from signoff.audience import classify_titles
from signoff.units import CommitteeRole

LABELS = Path(__file__).with_name("title_labels") / "labels.csv"
LETTERS = dict(zip("iufdapg", CommitteeRole, strict=True))


def main() -> None:
    """Measure and print."""
    with LABELS.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    first = [row["first_reader"].split("/") for row in rows]
    second = [row["second_reader"].split("/") for row in rows]
    for place, name in enumerate(("function", "level")):
        one, other = [read[place] for read in first], [read[place] for read in second]
        print(f"{name}: {agree(one, other)}")
    for letter, role in LETTERS.items():
        one, other = [letter in read[2] for read in first], [letter in read[2] for read in second]
        print(f"{role.value}: {agree(one, other)}")
    readings = list(classify_titles(row["title"] for row in rows))
    for name in ("function", "level"):
        n_right = sum(
            getattr(read, name) == row[name] for read, row in zip(readings, rows, strict=True)
        )
        share = n_right / len(rows)
        print(f"{name} as shipped, which learned from these titles: right for {share:.3f}")


def agree(one: Sequence[object], other: Sequence[object]) -> str:
    """Say how often two readers agree, and Cohen's kappa (1960), agreement beyond chance."""
    n_rows = len(one)
    same = sum(a == b for a, b in zip(one, other, strict=True)) / n_rows
    seen = set(one) | set(other)
    chance = sum((one.count(kind) / n_rows) * (other.count(kind) / n_rows) for kind in seen)
    return f"agreement {same:.3f}, kappa {(same - chance) / (1 - chance):.2f}"


if __name__ == "__main__":
    main()
