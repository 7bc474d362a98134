"""Parents and subsidiaries, and circles that must not loop."""

from signoff.audience import link_parents, list_families
from signoff.store.engines import duckdb_engine_on


def test_link_parents_compares_names_without_legal_form_and_accents() -> None:
    found = link_parents([("a", "Société Générale", None), ("b", "Bolt", "SOCIETE GENERALE SA")])
    assert found.parents == {"b": "a"}
    assert found.below("a") == ("b",)


def test_link_parents_gives_the_whole_tree_nearest_first() -> None:
    accounts = [("a", "A1", None), ("b", "B1", "A1"), ("c", "C1", "B1"), ("d", "D1", "A1")]
    found = link_parents(accounts)
    assert found.below("a") == ("b", "d", "c")
    assert [found.top(name) for name in "abcd"] == ["a"] * 4
    assert found.rows()[0] == {"account_id": "b", "parent_id": "a", "top_id": "a"}


def test_link_parents_tells_circles_and_never_loops() -> None:
    accounts = [
        ("a", "Alpha", "Beta"),
        ("b", "Beta", "Gamma"),
        ("c", "Gamma", "Alpha"),
        ("d", "Delta", "Alpha"),
        ("e", "Epsilon", "Epsilon"),
    ]
    found = link_parents(accounts)
    assert found.circles == (("a", "b", "c"), ("e",))
    assert found.parents == {"d": "a"}
    assert found.top("d") == "a"
    assert found.below("a") == ("d",)
    assert "2 circles" in found.text()


def test_link_parents_takes_no_parent_that_could_be_several() -> None:
    accounts = [("a", "Acme", None), ("b", "ACME", None), ("c", "Cog", "Acme"), ("d", "Dot", "Zed")]
    found = link_parents(accounts)
    assert (found.parents, found.ambiguous, found.unmatched) == ({}, ("Acme",), ("Zed",))


def test_link_parents_of_a_chain_of_ten_thousand_needs_no_recursion() -> None:
    accounts = [(f"a{n}", f"Firm {n}", f"Firm {n + 1}") for n in range(10_000)]
    found = link_parents([*accounts, ("a10000", "Firm 10000", None)])
    assert found.top("a0") == "a10000"
    assert len(found.below("a10000")) == 10_000


def test_list_families_reads_the_accounts() -> None:
    rows = [
        {"account_id": "a", "name": "Acme"},
        {"account_id": "b", "name": "Bolt", "parent_name": "Acme"},
        {"account_id": "c", "name": "Cog", "parent_name": None},
    ]
    with duckdb_engine_on({"account": rows}) as engine:
        assert list_families(engine).parents == {"b": "a"}
    with duckdb_engine_on({}) as engine:
        assert list_families(engine).parents == {}
