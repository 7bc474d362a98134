"""Make the demonstration's venue files from published facts; what no source gives is a prior."""

import csv
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from signoff.units import round_money

Fact = dict[str, str]
Row = dict[str, object]

NEWSPAPER_SOURCE = "datos_medios (provenance undocumented); price in euro by assumption"
NEWSPAPER_URL = "https://github.com/majesus/mediaPlanR"
WIDER = 3.0  # readers among deciders may be three times more or fewer than among everybody


def read_facts(path: Path) -> dict[str, Fact]:
    """Give the published facts by "venue | metric"; the first of equal names counts."""
    facts: dict[str, Fact] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for fact in csv.DictReader(lines):
            facts.setdefault(f"{fact['venue']} | {fact['metric']}", fact)
    return facts


def make_venue_rows(folder: Path) -> dict[str, list[Row]]:
    """Give the rows of venue, rate and venue_audience.

    Args:
        folder: The demonstration's folder, with venues.toml and data/reach.

    Returns:
        Rows by table, in the order of the file, newspapers last.
    """
    facts = read_facts(folder / "data" / "reach" / "venue_facts.csv")
    written = tomllib.loads((folder / "venues.toml").read_text(encoding="utf-8"))["venue"]
    tables: dict[str, list[Row]] = {"venue": [], "rate": [], "venue_audience": []}
    for venue in written:
        rates = [_rate_row(venue, step, facts) for step in venue["prices"]]
        tables["rate"] += rates
        tables["venue"].append(_venue_row(venue, facts, currency=str(rates[0]["currency"])))
        tables["venue_audience"] += [
            _audience_row(venue, audience) for audience in venue["audience"]
        ]
    _add_newspapers(tables, folder / "data" / "reach" / "datos_medios.csv")
    return tables


def _venue_row(venue: dict[str, Any], facts: dict[str, Fact], *, currency: str) -> Row:
    response = venue["response"]
    fact = facts[response["fact"]] if "fact" in response else None
    share = float(fact["value"]) / 100 if fact else response["value"]
    return {
        "venue_id": venue["id"],
        "name": venue["name"],
        "kind": venue["kind"],
        "country": venue.get("country", ""),
        "region": venue.get("region", ""),
        "unit": venue["unit"],
        "currency": currency,
        "exposures_per_unit": 1,
        "contacts_per_unit": venue.get("contacts_per_unit", ""),
        "on_target_share": venue.get("on_target_share", ""),
        "response_share": share,
        "response_low_share": response["low"],
        "response_high_share": response["high"],
        "basis": "measured" if fact else "prior",
        "source": _cite(fact) if fact else response["note"],
        "source_url": fact["url"] if fact else "",
    }


def _rate_row(venue: dict[str, Any], step: dict[str, Any], facts: dict[str, Fact]) -> Row:
    fact, price, note = _price(step, facts)
    return {
        "venue_id": venue["id"],
        "units_from": step["from"],
        "unit_price": str(round_money(price)),
        "currency": fact["currency"],
        "minimum_units": step.get("minimum", 1),
        "maximum_units": venue["maximum_units"],
        "source": _cite(fact),
        "source_url": fact["url"],
        "note": note,
    }


def _price(step: dict[str, Any], facts: dict[str, Fact]) -> tuple[Fact, Decimal, str]:
    """Give the fact that a price comes from, the price, and how it was worked out."""
    if "sum" in step:
        parts = step["sum"]
        price = sum((Decimal(facts[p["fact"]]["value"]) * p["times"] for p in parts), Decimal(0))
        note = " + ".join(f"{p['times']} x {facts[p['fact']]['metric']}" for p in parts)
        return facts[parts[0]["fact"]], price, note
    if "range_of" in step:
        fact = facts[step["range_of"]]
        low, high = Decimal(fact["low"]), Decimal(fact["high"])
        return fact, (low + high) / 2, f"middle of the stated range {low} to {high}"
    fact = facts[step["fact"]]
    divisor = step.get("divided_by", 1)
    note = f"{fact['value']} for {divisor}" if divisor != 1 else fact["note"]
    return fact, Decimal(fact["value"]) / divisor, note


def _audience_row(venue: dict[str, Any], audience: dict[str, Any]) -> Row:
    low, best, high = audience["reach"]
    return {
        "venue_id": venue["id"],
        "country": audience.get("country", venue.get("country", "*")),
        "segment": audience.get("segment", "*").removeprefix("own:"),
        "role": audience["role"],
        "reach_share": best,
        "reach_low_share": low,
        "reach_high_share": high,
        "basis": "prior",
        "source": audience["note"],
        "source_url": "",
    }


def spell_title(written: str) -> str:
    """Undo what reading UTF-8 as Windows text did to a title, once or more.

    >>> spell_title("El Diario Monta\u00c3\u0192\u00c2\u00b1es"), spell_title("Avui")
    ('El Diario Montañes', 'Avui')
    """
    if written.isascii():
        return written
    try:
        return spell_title(written.encode("cp1252").decode("utf-8"))
    except UnicodeError:
        return written


def _add_newspapers(tables: dict[str, list[Row]], path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as lines:
        papers = list(csv.DictReader(lines))
    for paper in papers:
        venue_id = "es-" + "-".join(paper["soportes"].lower().split())
        share = float(paper["soportes_%"]) / 100
        cited = {"source": NEWSPAPER_SOURCE, "source_url": NEWSPAPER_URL}
        tables["venue"].append(
            {
                "venue_id": venue_id,
                "name": spell_title(paper["soportes"]),
                "kind": "newspaper",
                "country": "ES",
                "region": "",
                "unit": "insertion",
                "currency": "EUR",
                "exposures_per_unit": 1,
                "contacts_per_unit": "",
                "on_target_share": "",
                "response_share": 0.002,
                "response_low_share": 0.0003,
                "response_high_share": 0.01,
                "basis": "prior",
                "source": "prior: print visits are rarely published",
                "source_url": "",
            }
        )
        tables["rate"].append(
            {
                "venue_id": venue_id,
                "units_from": 1,
                "unit_price": str(round_money(Decimal(paper["tarifas"]))),
                "currency": "EUR",
                "minimum_units": 1,
                "maximum_units": 26,
                **cited,
                "note": "",
            }
        )
        tables["venue_audience"].append(
            {
                "venue_id": venue_id,
                "country": "ES",
                "segment": "*",
                "role": "*",
                "reach_share": round(share, 6),
                "reach_low_share": round(share / WIDER, 6),
                "reach_high_share": round(min(1.0, share * WIDER), 6),
                "basis": "prior",
                "source": f"{NEWSPAPER_SOURCE}; readers among everybody, taken for deciders",
                "source_url": NEWSPAPER_URL,
            }
        )


def _cite(fact: Fact) -> str:
    year = fact["year"] or "year not stated"
    second_hand = "" if fact["primary"] == "yes" else ", second-hand"
    return f"{fact['source']} ({year}{second_hand})"
