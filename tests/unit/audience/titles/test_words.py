import pytest

from signoff.audience.titles.words import masculine_forms, split_title


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
    ("word", "form"),
    [
        ("directrice", "directeur"),
        ("acheteuse", "acheteur"),
        ("infirmiere", "infirmier"),
        ("technicienne", "technicien"),
        ("administrative", "administratif"),
        ("commerciaux", "commercial"),
        ("chargee", "charge"),
        ("etudes", "etude"),
    ],
)
def test_masculine_forms_hold_the_form_of_the_lexicon(word: str, form: str) -> None:
    assert form in masculine_forms(word)


def test_masculine_forms_of_short_words_are_left_alone() -> None:
    assert masculine_forms("es") == ()
