import pytest

from signoff.store.firm_names import LETTERS, fold_name, name_variants, plain_words


def test_letters_stand_opposite_their_plain_form() -> None:
    assert len(LETTERS[0]) == len(LETTERS[1]) == len(set(LETTERS[0]))
    assert LETTERS[1].isascii()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Müller & Söhne G.m.b.H.", "muller sohne gmbh"),
        ("L'Oréal", "loreal"),
        ("  Saint-Gobain  ", "saint gobain"),
        ("Cafe\u0301", "cafe"),
        ("", ""),
    ],
)
def test_plain_words_drop_case_accents_and_signs(name: str, words: str) -> None:
    assert plain_words(name) == words
    assert fold_name(name) == words.replace(" ", "")


@pytest.mark.parametrize(
    "name", ["Acme", "Acme Ltd", "Acme, Inc.", "Acme GmbH & Co. KG", "SAS Acme"]
)
def test_name_variants_of_a_firm_are_the_same_under_every_legal_form(name: str) -> None:
    assert {"acme", "acme sas", "acme ltd", "acme gmbh", "sarl acme"} <= set(name_variants(name))


@pytest.mark.parametrize("name", ["SAS", "AG", "SE"])
def test_name_variants_of_a_legal_form_alone_keep_it(name: str) -> None:
    assert name_variants(name)[0] == name.lower()
