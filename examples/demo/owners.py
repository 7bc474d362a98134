"""Make the rows of firm owners from the US Census Annual Survey of Entrepreneurs 2015."""

import csv
from pathlib import Path

SOURCE = "US Census Bureau, Annual Survey of Entrepreneurs 2015, table SE1500CSA01"
URL = "https://www.census.gov/programs-surveys/ase.html"
ALL = "All firms"
PUBLIC = "Publicly held"
CLASSIFIABLE = "All firms classifiable by gender, ethnicity, race, and veteran status"


def make_owner_rows(path: Path) -> list[dict[str, object]]:
    """Give firms by industry, sex and race of the owners; ethnicity and veteran status summed over.

    Args:
        path: The Census file.

    Returns:
        One row per industry, sex and race: "*" for all, "classifiable" for firms whose owners
        the Census could classify.
    """
    with path.open(encoding="utf-8-sig", newline="") as lines:
        counts = list(csv.DictReader(lines))
    return [
        {
            "country": "US",
            "industry_code": _sector(count["NAICS.id"]),
            "industry": count["NAICS.display-label"].partition("(")[0],
            "sex": _group(count["SEX.display-label"]),
            "race": _group(count["RACE_GROUP.display-label"]),
            "year": int(count["YEAR.id"]),
            "firms": int(count["FIRMPDEMP"]),
            "source": SOURCE,
            "source_url": URL,
        }
        for count in counts
        if count["ETH_GROUP.display-label"] == count["VET_GROUP.display-label"] == ALL
        and count["RACE_GROUP.display-label"] != CLASSIFIABLE
        and not count["SEX.display-label"].startswith(PUBLIC)
        and not count["RACE_GROUP.display-label"].startswith(PUBLIC)
    ]


def _sector(naics: str) -> str:
    code = naics.partition("(")[0]
    return "*" if code == "0" else code


def _group(label: str) -> str:
    return {ALL: "*", CLASSIFIABLE: "classifiable"}.get(label, label)
