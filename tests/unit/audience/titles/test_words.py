import pytest

from signoff.audience.titles.words import split_stems, split_title, stem_word


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Directeur des achats", ("directeur", "achats")),
        ("Chef d'équipe", ("chef", "equipe")),
        ("V.P. Sales", ("vp", "sales")),
        ("D.A.F", ("daf",)),
        ("Œnologue", ("oenologue",)),
        ("Acheteur.se", ("acheteur",)),
        ("Acheteur-euse", ("acheteur",)),
        ("Directeur(trice)", ("directeur",)),
        ("Technicien(ne)s", ("technicien",)),
        ("Sous-directeur", ("sous", "directeur")),
        ("Recherche et D", ("recherche",)),
        ("R et D", ("r&d",)),
        ("", ()),
    ],
)
def test_split_title_gives_plain_words(title: str, words: tuple[str, ...]) -> None:
    assert split_title(title) == words


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("directrice", "directeur"),
        ("acheteuses", "acheteur"),
        ("infirmiere", "infirmier"),
        ("technicienne", "technicien"),
        ("administrative", "administratif"),
        ("commerciaux", "commercial"),
        ("chargee", "charg"),
        ("etudes", "etud"),
        ("business", "business"),
        ("chef", "chef"),
    ],
)
def test_stem_word_brings_genders_and_numbers_together(word: str, stem: str) -> None:
    assert stem_word(word) == stem


def test_split_stems_reads_both_genders_as_one_and_no_more_than_a_title_holds() -> None:
    assert split_stems("Acheteur / Acheteuse") == ("acheteur",)
    assert split_stems("ab cd " * 500) == ("ab", "cd") * 8
    assert all(len(stem) <= 24 for stem in split_stems("x" * 10_000))
