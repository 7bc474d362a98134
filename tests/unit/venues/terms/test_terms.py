from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

from signoff.brief import Brief, VenueTerms
from signoff.errors import Fault
from signoff.venues.cards.prices import Ladder, PriceStep
from signoff.venues.sample import sample_brief
from signoff.venues.terms.terms import find_term_faults, to_cents


@dataclass(frozen=True)
class Priced:
    venue_id: str
    ladder: Ladder


TITLE = Priced("title", Ladder((PriceStep(1, Decimal(1000)),), 2, 5))


def brief_with(*terms: dict[str, Any], budget: int = 60000) -> Brief:
    """Take terms past the brief's own checks, as an older stored brief might."""
    brief = sample_brief()
    fields = {name: getattr(brief, name) for name in Brief.model_fields}
    fields["venues"] = tuple(VenueTerms(**entry) for entry in terms)
    fields["money"] = brief.money.model_copy(update={"budget": Decimal(budget)})
    return Brief.model_construct(**fields)


def faults_of(*terms: dict[str, Any], priced: bool = False, budget: int = 60000) -> list[Fault]:
    brief = brief_with(*terms, budget=budget)
    return find_term_faults(brief, known={"title", "other"}, book=[TITLE] if priced else ())


def only(faults: list[Fault]) -> Fault:
    assert len(faults) == 1, [fault.what for fault in faults]
    return faults[0]


@pytest.mark.parametrize(
    ("amount", "cents"),
    [(None, 0), (Decimal(0), 0), (Decimal("0.01"), 1), (Decimal("1e3"), 100000)],
)
def test_to_cents_is_exact(amount: Decimal | None, cents: int) -> None:
    assert to_cents(amount) == cents


def test_find_term_faults_sound_terms_have_none() -> None:
    terms = {"venue": "title", "floor": 2000, "ceiling": 4000}
    assert faults_of(terms) == faults_of(terms, priced=True) == []


def test_find_term_faults_misspelt_venue_is_asked_about() -> None:
    assert only(faults_of({"venue": "Titel"})).fix == "did you mean title?"


def test_find_term_faults_unknown_venue_lists_the_known_ones() -> None:
    assert only(faults_of({"venue": "zzz"})).fix == "use one of: other, title"


def test_find_term_faults_misspelt_venue_is_found_among_many() -> None:
    known = {f"a{i:02}" for i in range(40)} | {"Les Échos"}
    brief = brief_with({"venue": "les échos "}, {"venue": "zzz"})
    near, far = find_term_faults(brief, known=known)
    assert near.fix == "did you mean Les Échos?"
    assert far.fix.endswith("a10 and 29 more")


def test_find_term_faults_excluded_and_committed_is_refused() -> None:
    fault = only(faults_of({"venue": "title", "exclude": True, "fixed_spend": 10}))
    assert "excluded" in fault.what
    assert fault.where == "venues.0 (title)"


def test_find_term_faults_floor_above_ceiling_is_refused() -> None:
    assert "at least 5 " in only(faults_of({"venue": "title", "floor": 5, "ceiling": 4})).what


def test_find_term_faults_floor_above_committed_is_refused() -> None:
    only(faults_of({"venue": "title", "floor": 500, "fixed_spend": 400}))


def test_find_term_faults_commitments_above_budget_are_refused() -> None:
    fault = only(
        faults_of(
            {"venue": "title", "fixed_spend": 900}, {"venue": "other", "floor": 200}, budget=1000
        )
    )
    assert "1100" in fault.what
    assert fault.where == "money.budget"


def test_find_term_faults_excluded_floor_is_not_counted_twice() -> None:
    assert len(faults_of({"venue": "title", "exclude": True, "floor": 999}, budget=10)) == 1


def test_find_term_faults_committed_below_minimum_buy_is_refused() -> None:
    fault = only(faults_of({"venue": "title", "fixed_spend": 1999}, priced=True))
    assert "2000.00" in fault.what


def test_find_term_faults_floor_above_all_units_is_refused() -> None:
    only(faults_of({"venue": "title", "floor": 5001}, priced=True))


def test_find_term_faults_floor_and_ceiling_between_two_units_are_refused() -> None:
    fault = only(faults_of({"venue": "title", "floor": 3100, "ceiling": 3900}, priced=True))
    assert "at most 3900" in fault.what


def test_find_term_faults_budget_below_every_minimum_is_refused() -> None:
    fault = only(faults_of(priced=True, budget=1999))
    assert "below every minimum buy" in fault.what
    assert "2000.00" in fault.why


def test_find_term_faults_budget_of_the_cheapest_minimum_is_enough() -> None:
    assert faults_of(priced=True, budget=2000) == []


def test_find_term_faults_whole_units_for_floors_above_the_budget_are_refused() -> None:
    # 2,500 and 2,500 fit 5,500 as written, but three units of 1,000 each do not
    other = Priced("other", TITLE.ladder)
    terms = [{"venue": "title", "floor": 2500}, {"venue": "other", "floor": 2500}]
    found = find_term_faults(
        brief_with(*terms, budget=5500), known={"title", "other"}, book=[TITLE, other]
    )
    assert "6000.00" in only(found).what
    assert only(found).where == "money.budget"
    paid = brief_with(*terms, budget=6000)
    assert find_term_faults(paid, known={"title", "other"}, book=[TITLE, other]) == []


def test_find_term_faults_floor_below_ceiling_is_kept_by_a_cheaper_step() -> None:
    # three cost 300, above the ceiling; four cost 280 and keep both
    stepped = Priced("title", Ladder((PriceStep(1, Decimal(100)), PriceStep(4, Decimal(70))), 1, 9))
    brief = brief_with({"venue": "title", "floor": 250, "ceiling": 290})
    assert find_term_faults(brief, known={"title"}, book=[stepped]) == []


def test_find_term_faults_cheapest_buy_may_be_a_later_step() -> None:
    stepped = Priced("title", Ladder((PriceStep(1, Decimal(100)), PriceStep(4, Decimal(70))), 3, 9))
    assert find_term_faults(brief_with(budget=280), known={"title"}, book=[stepped]) == []
    short = only(find_term_faults(brief_with(budget=279), known={"title"}, book=[stepped]))
    assert "280.00" in short.why
