"""Which accounts are one, from answers about pairs."""

import pytest

from signoff.store.merging import Clash, group_accounts


def test_group_accounts_keeps_the_fullest_record() -> None:
    fullness = {"a": (0, 3), "b": (0, 5), "c": (1, 1)}
    found = group_accounts([("a", "b"), ("b", "c")], apart=[], fullness=fullness, kept={})
    assert found == {"a": "c", "b": "c"}


def test_group_accounts_goes_on_keeping_what_was_kept() -> None:
    found = group_accounts([("a", "b")], apart=[], fullness={"b": (9,)}, kept={"x": "a"})
    assert found == {"b": "a"}


@pytest.mark.parametrize("apart", [("a", "d"), ("d", "a")])
def test_group_accounts_tells_the_chain_of_a_contradiction(apart: tuple[str, str]) -> None:
    same = [("a", "b"), ("b", "c"), ("c", "d"), ("a", "e"), ("e", "f")]
    found = group_accounts(same, apart=[("a", "x"), apart], fullness={}, kept={})
    assert isinstance(found, Clash)
    assert found.chain in {("a", "b", "c", "d"), ("d", "c", "b", "a")}


def test_group_accounts_whatever_the_order_gives_the_same() -> None:
    same = [("a", "b"), ("c", "b"), ("x", "y")]
    one = group_accounts(same, apart=[("a", "x")], fullness={}, kept={})
    other = group_accounts(
        [pair[::-1] for pair in reversed(same)], apart=[("x", "a")], fullness={}, kept={}
    )
    assert one == other == {"b": "a", "c": "a", "y": "x"}
