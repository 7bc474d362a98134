import pytest

from signoff.app.translation import message
from signoff.app.translation.catalog import Catalog
from signoff.app.translation.place import Said, fill_place, french_number
from signoff.app.translation.template import Template

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("english", "text", "found"),
    [
        ("{0} has no column {1!r}", "rate has no column 'a b'", ("rate", "'a b'")),
        ("{0} has no column {1!r}", "rate has no column", None),
        ("{0:n} of {1:n} rows", "1,200 of 3 rows", ("1,200", "3")),
        ("{0:n} of {1:n} rows", "many of 3 rows", None),
        ("it is {0:n} wide", "it is -0.5% wide", ("-0.5%",)),
        ("write {{{0}}}", "write {a}", ("a",)),
        ("it ends.", "it ends.", ()),
        ("a {0} of b", "a b of b of b", ("b of b",)),
    ],
)
def test_match_gives_what_stands_at_the_places(
    english: str, text: str, found: tuple[str, ...] | None
) -> None:
    assert Template(english, "").match(text) == found


def test_find_the_most_exact_template_wins() -> None:
    catalog = Catalog({"{0} is {1}": "a", "{0} is full": "b", "the disk is full": "c"}, {})
    told = [catalog.find(text) for text in ("the disk is full", "the box is full", "it is odd")]
    assert [found[0].french if found else None for found in told] == ["c", "b", "a"]


def test_find_number_goes_before_any_text() -> None:
    catalog = Catalog({"give {0}": "text", "give {0:n}": "number"}, {})
    found = catalog.find("give 12")
    assert found is not None
    assert found[0].french == "number"


def test_catalog_spaces_of_french_are_unbreakable() -> None:
    catalog = Catalog({"why": "pourquoi ?"}, {"state": {"odd": "bizarre : oui"}})
    assert catalog.templates[0].french == f"pourquoi{NBSP}?"
    assert catalog.word("state", "odd") == f"bizarre{NBSP}: oui"


@pytest.mark.parametrize(
    ("found", "form", "told"),
    [
        ("'a'", "", f"«{NBSP}a{NBSP}»"),
        ('"l\'un"', "", f"«{NBSP}l'un{NBSP}»"),
        ("'a'b'", "", f"«{NBSP}a'b{NBSP}»"),
        ("1,234", "", f"1{NBSP}234"),
        ("0.5", "", "0.5"),
        ("0.5", "number", "0,5"),
        ("0.5", "as written", "0.5"),
        ("2026-11-26 at 09:05", "", f"26 novembre 2026 à 09{NBSP}h{NBSP}05"),
        ("1.9", "mois|mois entiers", "mois"),
        ("2", "jour|jours", "jours"),
        ("many", "jour|jours", "jours"),
        ("a, b and c", "list", "a, b et c"),
        ("'a', 'b'", "list", f"«{NBSP}a{NBSP}», «{NBSP}b{NBSP}»"),
        ("decider or user", "list role", "décideur ou utilisateur"),
        ("card 2", "word ad_part", "carte 2"),
        ("one pair of venues", "word grain", "une paire de supports"),
    ],
)
def test_fill_place_writes_as_french_does(found: str, form: str, told: str) -> None:
    assert fill_place(found, form, is_typed=False, say=Said).text == told


def test_filled_braces_of_the_sentence_stay() -> None:
    template = Template("write {{{0}}}", "écrivez {{{0}}}")
    assert message._filled(template, ("a",)).text == "écrivez {a}"


def test_fill_place_unknown_word_is_foreign() -> None:
    assert fill_place("frozen", "word state", is_typed=False, say=Said).foreign == ("frozen",)


@pytest.mark.parametrize(
    ("english", "french"),
    [("1,234,567.5", f"1{NBSP}234{NBSP}567,5"), ("12%", f"12{NBSP}%"), ("1.2.3", "1.2.3")],
)
def test_french_number_changes_numbers_alone(english: str, french: str) -> None:
    assert french_number(english) == french
