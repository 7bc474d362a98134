"""Draw the demonstration's contacts: privacy forbids to borrow real ones, so these are generated.

Job titles come from real distributions. For accounts in Europe a ROME occupation is drawn by the
hirings of the account's industry (ROME x NAF, France Travail), then one of its titles; elsewhere
a title of O*NET among office occupations. Names and addresses are serial numbers.
"""

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np

EUROPE = {"Belgium", "Germany", "Italy", "Norway", "Poland", "Romania"}
# Managers of firms and departments; buyers, logisticians, accountants; computing; engineers.
OFFICE_OCCUPATIONS = (
    "11-1011", "11-1021", "11-2", "11-3", "11-9041",
    "13-1023", "13-1071", "13-1081", "13-1111", "13-2011", "13-2051",
    "15-12", "17-2061", "17-2112",
)  # fmt: skip
# Sectors are the advertiser's own words; the NAF divisions beside them are an assumption.
NAF_DIVISIONS = {
    "employment": ("78",),
    "entertainment": ("59", "60", "90", "93"),
    "finance": ("64", "65", "66"),
    "marketing": ("73",),
    "medical": ("86",),
    "retail": ("47",),
    "services": ("69", "70", "82"),
    "software": ("62", "58"),
    "technolgy": ("26", "62", "63"),
    "telecommunications": ("61",),
}
# ROME families: management, purchasing, finance, information systems, production, engineering.
OFFICE_ROME = ("M1", "M18", "H1", "H2", "M17", "M16")


def _read_gz(path: Path, *, delimiter: str) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=delimiter))


def draw_contacts(folder: Path, *, rng: np.random.Generator) -> list[dict[str, str]]:
    """Give generated contacts for every account of the demonstration.

    Args:
        folder: The demonstration's folder, with data/crm, data/titles and data/industry.
        rng: Source of chance; the same state gives the same contacts.

    Returns:
        One row per contact; the column origin says "generated".
    """
    with (folder / "data" / "crm" / "accounts.csv").open(encoding="utf-8", newline="") as lines:
        accounts = list(csv.DictReader(lines))
    english = _english_titles(folder / "data" / "titles")
    french = _french_titles(folder / "data")
    contacts: list[dict[str, str]] = []
    for account in accounts:
        n_contacts = 2 + int(rng.poisson(1.2 * np.log1p(int(account["employees"]) / 100)))
        for _ in range(n_contacts):
            title = _draw_title(account, english=english, french=french, rng=rng)
            contacts.append(_contact(len(contacts) + 1, account=account["account"], title=title))
    return contacts


def _contact(number: int, *, account: str, title: str) -> dict[str, str]:
    return {
        "first_name": "Generated",
        "last_name": f"Contact {number:04d}",
        "email": f"contact{number:04d}@generated.example",
        "title": title,
        "account": account,
        "origin": "generated",
    }


def _draw_title(
    account: dict[str, str],
    *,
    english: list[str],
    french: dict[str, tuple[list[list[str]], np.ndarray]],
    rng: np.random.Generator,
) -> str:
    if account["office_location"] not in EUROPE:
        return english[int(rng.integers(len(english)))]
    occupations, shares = french[account["sector"]]
    titles = occupations[int(rng.choice(len(occupations), p=shares))]
    return titles[int(rng.integers(len(titles)))]


def _english_titles(folder: Path) -> list[str]:
    rows = _read_gz(folder / "onet_alternate_titles.txt.gz", delimiter="\t")
    return [
        r["Alternate Title"] for r in rows if r["O*NET-SOC Code"].startswith(OFFICE_OCCUPATIONS)
    ]


def _french_titles(folder: Path) -> dict[str, tuple[list[list[str]], np.ndarray]]:
    """Give, by sector, the titles of each occupation and the share of hirings of each."""
    by_code: dict[str, list[str]] = defaultdict(list)
    for row in _read_gz(folder / "titles" / "rome_appellations_v347.csv.gz", delimiter=","):
        by_code[row["code_rome"]].append(row["libelle_appellation_court"].replace("''", "'"))
    hirings = _read_gz(folder / "industry" / "fr_rome_naf_mapping_2021.csv.gz", delimiter=",")
    found: dict[str, tuple[list[list[str]], np.ndarray]] = {}
    for sector, divisions in NAF_DIVISIONS.items():
        counts: dict[str, int] = defaultdict(int)
        for code, n_hirings in _office_hirings(hirings, divisions):
            counts[code] += n_hirings
        codes = sorted(code for code in counts if by_code[code])
        weights = np.array([counts[code] for code in codes], dtype=float)
        found[sector] = ([by_code[code] for code in codes], weights / weights.sum())
    return found


def _office_hirings(
    hirings: list[dict[str, str]], divisions: tuple[str, ...]
) -> Iterator[tuple[str, int]]:
    for row in hirings:
        if row["naf_id"].startswith(divisions) and row["rome_id"].startswith(OFFICE_ROME):
            yield row["rome_id"], int(row["hirings"])
