"""People with several fields are linked without labels, on drawn lists with known doubles."""

import sys

import numpy as np
import pytest

from signoff.audience.matching.linkage import PersonRecord, link_records
from signoff.errors import DataError

FIRST = ("anna", "marie", "paul", "jean", "luc", "nora", "emma", "hugo", "lea", "noah", "iris")
LAST = ("martin", "bernard", "dubois", "moreau", "laurent", "simon", "michel", "garcia", "roux")


def draw_people(*, n_people: int, seed: int) -> list[PersonRecord]:
    """Draw people, every third once more with a misspelt name and the phone or mail unknown."""
    rng = np.random.default_rng(seed)
    people = []
    for number in range(n_people):
        name = f"{FIRST[rng.integers(len(FIRST))]} {LAST[rng.integers(len(LAST))]}"
        postcode, phone = f"75{rng.integers(100):03d}", f"0{rng.integers(10**8, 10**9)}"
        mail = f"u{number}@example.com"
        people.append(PersonRecord(f"{number}", name, postcode, phone, mail))
        if number % 3 == 0:
            keeps_mail = rng.random() < 0.5
            kept = ("", mail.upper()) if keeps_mail else (f"+33 {phone[1:]}", "")
            people.append(PersonRecord(f"{number}b", name[:-1].upper(), postcode, *kept))
    return people


def test_link_records_drawn_doubles_are_found_and_others_are_not() -> None:
    people = draw_people(n_people=300, seed=5)
    true = {(f"{number}", f"{number}b") for number in range(0, 300, 3)}
    found = {(min(p.id, p.other_id), max(p.id, p.other_id)) for p in link_records(people)}
    assert len(found & true) >= 0.95 * len(true)
    assert len(found - true) <= 0.05 * len(found)


def test_link_records_an_id_twice_is_refused() -> None:
    with pytest.raises(DataError, match="more than once"):
        link_records([PersonRecord("1", "Ann Lee"), PersonRecord("1", "Bo Kay")])


def test_link_records_without_splink_says_which_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "splink", None)
    with pytest.raises(DataError) as caught:
        link_records(draw_people(n_people=60, seed=1))
    assert "signoff[linkage]" in str(caught.value)
